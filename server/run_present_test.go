package server_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/task"
)

const runPresent = `query($id: ID!) { run(id: $id) {
	variables { node deviceId name value }
	activeStates { deviceId node state drawnAs since }
	currentParameters { name value origin changedAt changedBy reason }
	progress { node measure done limit } } }`

type present struct {
	Run struct {
		Variables []struct {
			Node, Name string
			DeviceID   *string
			Value      json.RawMessage
		}
		ActiveStates []struct {
			DeviceID, Node, State, DrawnAs string
			Since                          time.Time
		}
		CurrentParameters []struct {
			Name, Origin, ChangedBy, Reason string
			Value                           json.RawMessage
			ChangedAt                       *time.Time
		}
		Progress []struct {
			Node, Measure string
			Done, Limit   float64
		}
	}
}

func (r *record) present() present {
	r.s.t.Helper()
	var got present
	r.s.ask(runPresent, map[string]any{"id": r.run}).into(r.s.t, &got)
	return got
}

// tell writes an event of the workflow down, with its node and body.
func (r *record) tell(kind, node, name, body string) {
	r.s.t.Helper()
	r.seq++
	e := lab.RunEvent{Run: r.run, Seq: r.seq, At: time.Now(), Kind: kind, Node: node, Name: name, Body: json.RawMessage(body)}
	require.NoError(r.s.t, r.s.store.AppendRunEvents(r.s.t.Context(), []lab.RunEvent{e}))
}

// around puts the task of the lever protocol into a loop, and gives it three
// limits.
func around(t *testing.T) json.RawMessage {
	t.Helper()
	text := string(lever(t))
	for _, change := range [][2]string{
		{`"limits": {"trials": "trials"}`, `"limits": {"trials": "trials", "duration": "1h", "volume": "10 * reward"}`},
		{`{"id": "task", "type": "task",`, `{"id": "loop", "type": "repeat", "position": {"x": 100, "y": 0, "width": 900, "height": 500}, "data": {"count": "4"}},
		  {"id": "task", "type": "task", "parent": "loop",`},
		{
			`{"id": "e1", "source": "start", "target": "task"}`,
			`{"id": "e0", "source": "start", "target": "loop"}, {"id": "e1", "source": "loop", "sourceHandle": "body", "target": "task"}`,
		},
		{`"source": "task", "sourceHandle": "limit", "target": "end"`, `"source": "loop", "sourceHandle": "done", "target": "end"`},
		{`"default": 3, "minimum": 1`, `"live": true, "default": 3, "minimum": 1`},
	} {
		require.Contains(t, text, change[0])
		text = strings.Replace(text, change[0], change[1], 1)
	}
	return json.RawMessage(text)
}

func TestTheProgressOfARunIsKnownWhereItsEndsAre(t *testing.T) {
	t.Parallel()
	s := ready(t)
	var got struct {
		StartRun struct{ Run struct{ ID string } }
	}
	s.ask(startRun, start(t, func(in map[string]any) {
		in["document"] = around(t)
		in["parameters"] = map[string]any{"reward": 4}
	})).into(t, &got)
	r := &record{s: s, run: got.StartRun.Run.ID}
	require.Empty(t, r.present().Run.Progress, "it has not begun")
	_, err := s.store.BeginRun(t.Context(), r.run)
	require.NoError(t, err)

	r.tell("step_started", "loop", "", `{"visit": "1"}`)
	r.tell("iteration", "loop", "", `{"visit": "1.2", "index": 2}`)
	r.tell("step_started", "task", "", `{"visit": "1.2"}`)
	begun := time.Now().Add(-10 * time.Minute)
	ms := time.Millisecond
	r.stored("b0", "/task/1.1", 1, begun, // of the iteration before
		task.Row{Kind: task.KindTrial, Trial: 9}, output(0, "valve", 1), output(15*ms, "valve", 0))
	r.stored("b1", "/task/1.2", 1, begun,
		task.Row{Kind: task.KindTrial, Trial: 1}, task.Row{Kind: task.KindState, Name: "wait", Trial: 1},
		output(0, "valve", 1), output(15*ms, "valve", 0), task.Row{Kind: task.KindState, Name: "reward", Trial: 1, At: 20 * ms})
	// The box was restarted a minute after that, and has gone on for two.
	again := time.Now().Add(-2 * time.Minute)
	r.stored("b2", "/task/1.2~r1", 1, again,
		task.Row{Kind: task.KindTrial, Trial: 2}, output(0, "valve", 1), output(15*ms, "valve", 0),
		task.Row{Kind: task.KindState, Name: "wait", Trial: 2, At: 30 * ms})

	p := r.present().Run
	measures := map[string][2]float64{}
	for _, x := range p.Progress {
		measures[x.Node+" "+x.Measure] = [2]float64{x.Done, x.Limit}
	}
	require.Len(t, measures, 4)
	require.Equal(t, [2]float64{2, 4}, measures["loop ITERATIONS"])
	require.Equal(t, [2]float64{2, 3}, measures["task TRIALS"])
	require.InDelta(t, 120, measures["task SECONDS"][0], 20, "what the box was away for does not count")
	require.InDelta(t, 3600, measures["task SECONDS"][1], 0)
	require.InDelta(t, 2*1.77, measures["task MICROLITRES"][0], 0.5, "of both attempts, not of the task before")
	require.InDelta(t, 40, measures["task MICROLITRES"][1], 0, "of the chosen reward")
	require.Equal(t, "loop", p.Progress[0].Node, "the outermost first")

	require.Len(t, p.ActiveStates, 1)
	require.Equal(t, "wait", p.ActiveStates[0].State)
	require.Equal(t, "wait", p.ActiveStates[0].DrawnAs)
	require.WithinDuration(t, again.Add(30*ms), p.ActiveStates[0].Since, ms)

	// A person gives it more trials, and says why.
	r.tell("set_parameter", "", "trials", `{"old": 3, "new": 50, "by": "Ada", "why": "it works well"}`)
	p = r.present().Run
	require.InDelta(t, 50, p.Progress[1].Limit, 0)
	trials, reward := p.CurrentParameters[0], p.CurrentParameters[1]
	require.Equal(t, []string{"trials", "CHANGED", "50", "Ada", "it works well"},
		[]string{trials.Name, trials.Origin, string(trials.Value), trials.ChangedBy, trials.Reason})
	require.NotNil(t, trials.ChangedAt)
	require.Equal(t, []string{"reward", "CHOSEN", "4", ""}, []string{reward.Name, reward.Origin, string(reward.Value), reward.ChangedBy})

	r.stored("b2", "/task/1.2~r1", 5, again, task.Row{Kind: task.KindState, Name: "end", At: time.Second, Trial: 2}, task.Row{Kind: task.KindEnd, At: time.Second, Trial: 2})
	require.Empty(t, r.present().Run.ActiveStates)
	_, err = s.store.FinishRun(t.Context(), r.run, lab.RunStopped, "", "")
	require.NoError(t, err)
	require.Empty(t, r.present().Run.Progress)
}

func TestVariablesHaveTheirLastValue(t *testing.T) {
	t.Parallel()
	s := ready(t)
	r := &record{s: s, run: s.begun()}
	variable := func(kind task.Kind, name string, v int64) task.Row {
		return task.Row{Kind: kind, Name: name, Value: expr.IntValue(v)}
	}
	r.stored("b1", "/task/1", 1, time.Now(), variable("variable", "n", 1), variable("draw", "iti", 5), variable("variable", "n", 2))
	r.stored("b1", "/task/1", 4, time.Now(), variable("variable", "n", 3), task.Row{Kind: task.KindState, Name: "n"})
	r.tell("variable", "", "block", `{"value": 1}`)
	r.tell("variable", "", "block", `{"value": 2}`)
	var names []string
	for _, v := range r.present().Run.Variables {
		device := ""
		if v.DeviceID != nil {
			device = *v.DeviceID
		}
		names = append(names, device+" "+v.Node+" "+v.Name+"="+string(v.Value))
	}
	require.Equal(t, []string{"  block=2", "rig-1 task iti=5", "rig-1 task n=3"}, names)
}

func TestALongRunIsReadFromItsEnd(t *testing.T) {
	t.Parallel()
	s := ready(t)
	r := &record{s: s, run: s.begun()}
	var rows []task.Row
	for i, name := range []string{"wait", "reward", "wait", "reward", "wait"} {
		rows = append(rows, task.Row{Kind: task.KindState, Name: name, At: time.Duration(i) * time.Second})
	}
	r.stored("b1", "/task/1", 1, time.Now().Add(-time.Hour), rows...)
	r.event("note", "x")
	type page struct {
		Run struct {
			Events struct {
				Nodes []struct {
					Cursor, Kind, Name, DrawnAs string
				}
				Before   *string
				PageInfo struct{ HasPreviousPage, HasNextPage bool }
			}
		}
	}
	read := func(last int, upTo *string) (p page) {
		s.ask(`query($run: ID!, $last: Int, $upTo: Cursor) { run(id: $run) { events(last: $last, upTo: $upTo) {
			nodes { cursor kind name drawnAs } before pageInfo { hasPreviousPage hasNextPage } } } }`,
			map[string]any{"run": r.run, "last": last, "upTo": upTo}).into(t, &p)
		return p
	}
	end := read(2, nil).Run.Events
	require.Equal(t, []string{"wait", "x"}, []string{end.Nodes[0].Name, end.Nodes[1].Name})
	require.Equal(t, "wait", end.Nodes[0].DrawnAs)
	require.True(t, end.PageInfo.HasPreviousPage)
	require.False(t, end.PageInfo.HasNextPage)
	middle := read(3, end.Before).Run.Events
	require.Equal(t, "reward", middle.Nodes[0].Name)
	require.Len(t, middle.Nodes, 3)
	first := read(3, middle.Before).Run.Events
	require.Len(t, first.Nodes, 1)
	require.Nil(t, first.Before)
	require.False(t, first.PageInfo.HasPreviousPage)

	// What the stream has after a cursor is what the page up to it has not.
	c := s.open()
	c.subscribe("1", runEvents, map[string]any{"run": r.run, "after": middle.Nodes[2].Cursor})
	rest := c.events("1", 2)
	require.Equal(t, []string{"wait", "x"}, []string{rest[0].Name, rest[1].Name})

	for query, says := range map[string]string{
		`events(last: 0) { nodes { kind } }`:             "Ask for 1 to 1000 items.",
		`events(last: 1001) { nodes { kind } }`:          "Ask for 1 to 1000 items.",
		`events(last: 1, after: "x") { nodes { kind } }`: "Give `after` with `first`, and `upTo` with `last`.",
		`events(last: 1, upTo: "x") { nodes { kind } }`:  "cursor",
		`events(first: 1, upTo: "x") { nodes { kind } }`: "Say with `last` how many",
	} {
		a := s.ask(`query($run: ID!) { run(id: $run) { `+query+` } }`, map[string]any{"run": r.run})
		require.Contains(t, a.Errors[0].Message, says, query)
	}
}
