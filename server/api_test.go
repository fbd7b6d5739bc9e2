package server_test

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/wire"
)

var update = flag.Bool("update", false, "rewrite the files that tests compare with")

const saveProtocol = `mutation($in: SaveProtocolInput!) { saveProtocol(input: $in) {
	protocol { id name description latestNumber } version { id number hash note createdBy } check { ok diagnostics { code } } } }`

func TestAProtocolIsSavedCheckedAndCompared(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	type saved struct {
		SaveProtocol struct {
			Protocol struct {
				ID, Name     string
				LatestNumber int
			}
			Version struct {
				ID, Hash, Note, CreatedBy string
				Number                    int
			}
			Check struct{ Ok bool }
		}
	}
	save := func(in map[string]any) saved {
		var v saved
		s.ask(saveProtocol, map[string]any{"in": in}).into(t, &v)
		return v
	}
	first := save(map[string]any{"document": lever(t), "note": "first", "expected": 0}).SaveProtocol
	require.Equal(t, "lever", first.Protocol.Name)
	require.Equal(t, 1, first.Version.Number)
	require.Equal(t, "administrator", first.Version.CreatedBy)
	require.True(t, first.Check.Ok)

	changed := json.RawMessage(strings.Replace(string(lever(t)), `"1s"`, `"2s"`, 1))
	second := save(map[string]any{"id": first.Protocol.ID, "document": changed, "expected": 1}).SaveProtocol
	require.Equal(t, 2, second.Version.Number)
	again := save(map[string]any{"document": changed}).SaveProtocol
	require.Equal(t, 2, again.Version.Number, "an equal document is no new version")
	a := s.ask(saveProtocol, map[string]any{"in": map[string]any{"document": lever(t), "expected": 1}})
	require.Equal(t, "CONFLICT", a.code())

	var diff struct {
		ProtocolDiff struct {
			Changes []struct {
				Kind, Object, ID, Field string
				Before, After           any
			}
		}
	}
	s.ask(`query($a: ID!, $b: ID!) { protocolDiff(from: $a, to: $b) { changes { kind object id field before after } } }`,
		map[string]any{"a": first.Version.ID, "b": second.Version.ID}).into(t, &diff)
	require.Len(t, diff.ProtocolDiff.Changes, 1)
	require.Equal(t, "reward", diff.ProtocolDiff.Changes[0].ID)
	require.Equal(t, "2s", diff.ProtocolDiff.Changes[0].After)

	var got struct {
		ProtocolByName struct {
			Versions struct {
				Nodes    []struct{ Number int }
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
			}
			Latest struct {
				Document map[string]any
				Check    struct {
					Roles []struct {
						Name     string
						Channels []struct {
							Name, Direction  string
							NeedsCalibration bool
						}
					}
					Parameters []struct {
						Name    string
						Default any
						Maximum *float64
					}
				}
			}
		}
	}
	s.ask(`{ protocolByName(name: "lever") { versions(first: 1) { nodes { number } pageInfo { hasNextPage endCursor } }
		latest { document check { roles { name channels { name direction needsCalibration } } parameters { name default maximum } } } } }`, nil).into(t, &got)
	require.Equal(t, 2, got.ProtocolByName.Versions.Nodes[0].Number)
	require.True(t, got.ProtocolByName.Versions.PageInfo.HasNextPage)
	check := got.ProtocolByName.Latest.Check
	require.Equal(t, "OUT", check.Roles[0].Channels[1].Direction)
	require.True(t, check.Roles[0].Channels[1].NeedsCalibration)
	require.InDelta(t, 100, *check.Parameters[0].Maximum, 0)
	require.Equal(t, "lics.protocol", got.ProtocolByName.Latest.Document["kind"])
}

func TestADocumentWithErrorsIsCheckedAndSavedButNotAnError(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	broken := json.RawMessage(strings.Replace(string(lever(t)), `"initial": "wait"`, `"initial": "nowhere"`, 1))
	var got struct {
		CheckProtocol struct {
			Ok          bool
			Diagnostics []struct{ Code, Severity, Node, Field, Message string }
		}
	}
	query := `query($in: CheckProtocolInput!) { checkProtocol(input: $in) { ok diagnostics { code severity node field message } } }`
	s.ask(query, map[string]any{"in": map[string]any{"document": broken}}).into(t, &got)
	require.False(t, got.CheckProtocol.Ok)
	require.Equal(t, "task", got.CheckProtocol.Diagnostics[0].Node)
	require.Equal(t, "ERROR", got.CheckProtocol.Diagnostics[0].Severity)
	require.Empty(t, s.ask(saveProtocol, map[string]any{"in": map[string]any{"document": broken}}).Errors)

	s.ask(query, map[string]any{"in": map[string]any{"document": map[string]any{"kind": "else"}}}).into(t, &got)
	require.Equal(t, "unreadable", got.CheckProtocol.Diagnostics[0].Code)
	a := s.ask(saveProtocol, map[string]any{"in": map[string]any{"document": 5}})
	require.Equal(t, "INVALID", a.code())
	require.Equal(t, "document", a.Errors[0].Extensions["field"])
}

func TestACommandByHandReachesTheDevice(t *testing.T) {
	t.Parallel()
	s := ready(t)
	s.commander.reply = wire.Reply{State: wire.Done, Result: json.RawMessage(`{"duration_ns":42500000}`)}
	query := `mutation($in: SendDeviceCommandInput!) { sendDeviceCommand(input: $in) { state result reasonCode reason } }`
	send := func(in map[string]any) answer {
		in["device"] = "rig-1"
		return s.ask(query, map[string]any{"in": in})
	}
	a := send(map[string]any{"verb": "PULSE", "channel": "valve", "microlitres": 5, "key": "k"})
	require.Empty(t, a.Errors)
	require.JSONEq(t, `{"sendDeviceCommand":{"state":"DONE","result":{"duration_ns":42500000},"reasonCode":null,"reason":null}}`, string(a.Data))
	require.Equal(t, "hand/rig-1/k", s.commander.asked[0].ID)
	var body wire.PulseBody
	require.NoError(t, json.Unmarshal(s.commander.asked[0].Body, &body))
	require.Len(t, body.Calibration.Points, 2)

	// What is set by hand and forgotten goes off, and safe leaves runs alone.
	s.box("rig-1", true, func(r *wire.Rig) { r.Channels[1].MaxOn = 2 * time.Second })
	var set wire.SetBody
	for _, tt := range []struct {
		in   map[string]any
		want time.Duration
	}{
		{map[string]any{"verb": "SET", "channel": "valve"}, 2 * time.Second},
		{map[string]any{"verb": "SET", "channel": "valve", "durationMs": 500}, 500 * time.Millisecond},
		{map[string]any{"verb": "SET", "channel": "lamp", "whileWatched": true}, time.Minute},
	} {
		require.Empty(t, send(tt.in).Errors)
		set = wire.SetBody{}
		require.NoError(t, json.Unmarshal(s.commander.last().Body, &set))
		require.Equal(t, tt.want, set.MaxOn)
	}
	require.True(t, set.WhileWatched)
	require.Empty(t, send(map[string]any{"verb": "SAFE"}).Errors)
	require.JSONEq(t, `{"by_hand":true}`, string(s.commander.last().Body))

	s.commander.reply = wire.Reply{State: wire.Refused, Reason: &wire.Reason{Code: wire.ReasonBusy, Message: "Run 7 holds the device."}}
	require.Contains(t, string(send(map[string]any{"verb": "READ", "channel": "lever"}).Data), `"reasonCode":"busy"`)
	for _, in := range []map[string]any{
		{"verb": "PULSE", "channel": "valve"},
		{"verb": "PULSE", "channel": "valve", "durationMs": 5, "microlitres": 5},
		{"verb": "SET"},
		{"verb": "PULSE", "channel": "lever", "microlitres": 1},
		{"verb": "SET", "channel": "valve", "durationMs": -1},
	} {
		require.Equal(t, "INVALID", send(in).code(), in)
	}
	s.commander.err = os.ErrDeadlineExceeded
	require.Equal(t, "UNAVAILABLE", send(map[string]any{"verb": "PING"}).code())
}

func TestAQuestionIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	s := ready(t)
	run := s.begun()
	require.NoError(t, s.store.AskHuman(t.Context(), lab.HumanStep{ID: run + "/ask/1", Run: run, Node: "ask", Title: "Ready?", Choices: []string{"yes", "no"}}))
	list := `{ humanSteps { nodes { id title choices run { id } } } }`
	require.Contains(t, string(s.ask(list, nil).Data), run+"/ask/1")
	answer := `mutation($in: AnswerHumanStepInput!) { answerHumanStep(input: $in) { humanStep { answer answeredBy } } }`
	a := s.ask(answer, map[string]any{"in": map[string]any{"id": run + "/ask/1", "answer": "perhaps"}})
	require.Equal(t, "answer", a.Errors[0].Extensions["field"])
	a = s.ask(answer, map[string]any{"in": map[string]any{"id": run + "/ask/1", "answer": "yes"}})
	require.JSONEq(t, `{"answerHumanStep":{"humanStep":{"answer":"yes","answeredBy":"administrator"}}}`, string(a.Data))
	require.Equal(t, "yes", s.runner.answers[0].Answer)
	a = s.ask(answer, map[string]any{"in": map[string]any{"id": run + "/ask/1", "answer": "no"}})
	require.Equal(t, "WRONG_STATE", a.code())
	require.NotContains(t, string(s.ask(list, nil).Data), run)
}

func TestSubjectsAndExperimentsKeepWhatIsNotGiven(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	save := `mutation($in: SaveSubjectInput!) { saveSubject(input: $in) { subject { id name species bornOn cohort } } }`
	var got struct {
		SaveSubject struct {
			Subject struct {
				ID, Name, Species, Cohort string
				BornOn                    *string
			}
		}
	}
	s.ask(save, map[string]any{"in": map[string]any{"name": "m1", "species": "mouse", "bornOn": "2026-01-02"}}).into(t, &got)
	id := got.SaveSubject.Subject.ID
	s.ask(save, map[string]any{"in": map[string]any{"id": id, "cohort": "a"}}).into(t, &got)
	require.Equal(t, "mouse", got.SaveSubject.Subject.Species)
	require.Equal(t, "2026-01-02", *got.SaveSubject.Subject.BornOn)
	s.ask(save, map[string]any{"in": map[string]any{"id": id, "bornOn": nil}}).into(t, &got)
	require.Nil(t, got.SaveSubject.Subject.BornOn)
	require.Equal(t, "CONFLICT", s.ask(save, map[string]any{"in": map[string]any{"name": "m1"}}).code())
	require.Equal(t, "INVALID", s.ask(save, map[string]any{"in": map[string]any{"name": " "}}).code())
	require.Equal(t, "INVALID", s.ask(save, map[string]any{"in": map[string]any{"name": "m2", "bornOn": "yesterday"}}).code())

	e := s.ask(`mutation { saveExperiment(input: {name: "pilot"}) { experiment { name runs { nodes { id } } } } }`, nil)
	require.JSONEq(t, `{"saveExperiment":{"experiment":{"name":"pilot","runs":{"nodes":[]}}}}`, string(e.Data))
}

func TestStepsAndNotesOfARun(t *testing.T) {
	t.Parallel()
	s := ready(t)
	r := &record{s: s, run: s.begun()}
	r.batch("wait")
	r.event("step_started", "")
	r.event("step_done", "limit")
	r.event("step_started", "")
	a := s.ask(`mutation($in: AddNoteInput!) { addNote(input: $in) { note { by text } } }`,
		map[string]any{"in": map[string]any{"run": r.run, "text": "restless"}})
	require.JSONEq(t, `{"addNote":{"note":{"by":"administrator","text":"restless"}}}`, string(a.Data))
	a = s.ask(`query($id: ID!) { run(id: $id) { steps { status port endedAt } notes { text } trials { nodes { number } } } }`, map[string]any{"id": r.run})
	var got struct {
		Run struct {
			Steps []struct {
				Status, Port string
				EndedAt      *string
			}
			Notes []struct{ Text string }
		}
	}
	a.into(t, &got)
	require.Len(t, got.Run.Steps, 2)
	require.Equal(t, "DONE", got.Run.Steps[0].Status)
	require.Equal(t, "limit", got.Run.Steps[0].Port)
	require.Equal(t, "RUNNING", got.Run.Steps[1].Status)
	require.Nil(t, got.Run.Steps[1].EndedAt)
	require.Equal(t, "restless", got.Run.Notes[0].Text)
}

func TestWhatDoesNotExistIsNullWhereItIsAskedFor(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id := `"01900000-0000-7000-8000-000000000000"`
	a := s.ask(`{ protocol(id: `+id+`) { id } run(id: "x") { id } device(id: "x") { id } subject(id: `+id+`) { id }
		experiment(id: "") { id } protocolVersion(id: "1") { id } protocolByName(name: "x") { id } template(name: "x") { name } }`, nil)
	require.Empty(t, a.Errors)
	require.NotRegexp(t, `[{\[]"id"`, string(a.Data))
}

func TestErrorsAreAsTheirFileShows(t *testing.T) {
	t.Parallel()
	s := ready(t)
	var b strings.Builder
	for _, query := range []string{
		`{ nothing }`, `{ viewer { id }`, `query($a: ID!) { run(id: $a) { id } }`, `{ runs(filter: {status: [LOST]}) { nodes { id } } }`,
		`{ runs(filter: {since: "yesterday"}) { nodes { id } } }`, `{ protocolDiff(from: "a", to: "b") { changes { id } } }`,
		`mutation { saveSubject(input: {name: ""}) { subject { id } } }`, `mutation { addNote(input: {run: "x", text: "y"}) { note { id } } }`,
		`mutation { pauseRun(input: {run: "x"}) { run { id } } }`, `mutation { saveCalibration(input: {device: "rig-1", channel: "lever", points: []}) { calibration { id } } }`,
		`mutation { saveCalibration(input: {device: "rig-1", channel: "valve", points: [{microlitres: 2, openMs: 1}, {microlitres: 1, openMs: 2}]}) { calibration { id } } }`,
		`mutation { startRun(input: {devices: []}) { created } }`, `mutation { answerHumanStep(input: {id: "x"}) { humanStep { id } } }`,
		`mutation { startDryRun(input: {protocol: "unknown"}) { dryRun { id } } }`, `mutation { cancelDryRun(input: {dryRun: "x"}) { dryRun { id } } }`, `subscription { runEvents(runId: "x") { kind } }`,
	} {
		a := s.ask(query, nil)
		require.NotEmpty(t, a.Errors, query)
		e := a.Errors[0]
		ext, err := json.Marshal(e.Extensions)
		require.NoError(t, err)
		b.WriteString(query + "\n  " + strings.ReplaceAll(e.Message, "\n", "\n  ") + "\n  " + string(ext) + "\n")
	}
	const file = "testdata/errors.txt"
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), b.String())
}
