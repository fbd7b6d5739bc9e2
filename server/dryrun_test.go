package server_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/template"
)

const startDryRun = `mutation($in: StartDryRunInput!) { startDryRun(input: $in) { dryRun { id state } diagnostics { code severity } } }`

const dryRunParts = `id state error began animals animalsDone virtualNs timesRealTime rowCount
	session { ended outcome error durationNs accuracy rewards microlitres rowCount
		outcomes { outcome count } states { node state drawnAs visits totalNs } warnings { code message node count }
		rows(first: 1000) { nodes { number atNs kind name value node drawnAs role trial } pageInfo { hasNextPage endCursor } }
		trials { nodes { number startNs durationNs outcome } }
		timeline { truncated lanes { kind name node role startNs endNs level state drawnAs } } }
	cohort { distributions { quantity unit animals mean sd minimum maximum median: quantile(p: 0.5) under: below(value: 5) bins { low high count } }
		endings { outcome count } warnings { outcome count }
		subjects { nodes { number seed animal durationNs trials rewards microlitres accuracy ended outcome } pageInfo { hasNextPage } } }`

type dryRunAnswer struct {
	ID, State, Error     string
	Began                time.Time
	Animals, AnimalsDone int
	VirtualNs            int64
	TimesRealTime        float64
	RowCount             int
	Session              *struct {
		Ended, Outcome, Error string
		DurationNs            int64
		Rewards, RowCount     int
		States                []struct {
			State, DrawnAs string
			Visits         int
		}
		Rows struct {
			Nodes []struct {
				Number                                 int
				AtNs                                   int64
				Kind, Name, Value, Node, DrawnAs, Role string
			}
			PageInfo struct {
				HasNextPage bool
				EndCursor   string
			}
		}
		Trials struct {
			Nodes []struct {
				Number  int
				Outcome string
			}
		}
		Timeline struct {
			Truncated bool
			Lanes     []struct {
				Kind, Name     string
				StartNs, EndNs []int64
				State, DrawnAs []string
			}
		}
	}
	Cohort *struct {
		Distributions []struct {
			Quantity, Unit      string
			Animals             int
			Mean, Median, Under *float64
			Bins                []struct{ Count int }
		}
		Endings []struct {
			Outcome string
			Count   int
		}
		Subjects struct {
			Nodes []struct {
				Number, Trials, Rewards int
				Seed, DurationNs        int64
				Animal                  map[string]any
			}
		}
	}
}

// dryRun starts a dry-run, watches it until it is over, and gives the last.
func (s *site) dryRun(in map[string]any) dryRunAnswer {
	s.t.Helper()
	var started struct {
		StartDryRun struct{ DryRun struct{ ID string } }
	}
	s.ask(startDryRun, map[string]any{"in": in}).into(s.t, &started)
	c := s.open()
	c.subscribe("1", `subscription($id: ID!) { dryRunProgress(id: $id) { `+dryRunParts+` } }`, map[string]any{"id": started.StartDryRun.DryRun.ID})
	var last struct {
		Data struct{ DryRunProgress dryRunAnswer }
	}
	for {
		m := c.next()
		if m.Type == "complete" {
			return last.Data.DryRunProgress
		}
		require.Equal(s.t, "next", m.Type, string(m.Payload))
		require.NoError(s.t, json.Unmarshal(m.Payload, &last))
	}
}

func TestADryRunIsWatchedToItsEndAndReadAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	in := map[string]any{"document": lever(t), "seed": 3, "inputs": []any{
		map[string]any{"atMs": 1000, "event": "lever_in"},
		map[string]any{"atMs": 1100, "event": "lever_out"},
		map[string]any{"atMs": 3000, "event": "lever_in"},
	}, "parameters": map[string]any{"trials": 2}}
	got := s.dryRun(in)
	require.Equal(t, "DONE", got.State)
	require.Equal(t, 1, got.AnimalsDone)
	require.Nil(t, got.Cohort)
	r := got.Session
	require.Equal(t, "END", r.Ended)
	require.Equal(t, "done", r.Outcome)
	require.Len(t, r.Trials.Nodes, 2)
	require.Equal(t, 2, r.Rewards, "the valve went on twice")
	require.Len(t, r.Rows.Nodes, r.RowCount)
	require.Equal(t, got.VirtualNs, r.DurationNs)
	states := 0
	for i, row := range r.Rows.Nodes {
		require.Equal(t, i+1, row.Number)
		if row.Kind == "state" && row.DrawnAs != "" {
			states++
		}
	}
	require.Positive(t, states, "rows lead to the nodes that states are drawn as")
	for _, l := range r.Timeline.Lanes {
		if l.Kind == "INPUT" {
			require.Equal(t, "lever", l.Name)
			require.Equal(t, []int64{1_000_000_000, 3_000_000_000}, l.StartNs)
			require.Equal(t, int64(1_100_000_000), l.EndNs[0])
		}
		require.Len(t, l.State, len(l.StartNs))
		require.Len(t, l.DrawnAs, len(l.StartNs))
	}

	var again struct{ DryRun dryRunAnswer }
	s.ask(`query($id: ID!) { dryRun(id: $id) { `+dryRunParts+` } }`, map[string]any{"id": got.ID}).into(t, &again)
	require.Equal(t, got.Session, again.DryRun.Session)
	second := s.dryRun(in)
	require.Equal(t, got.Session, second.Session, "the same seed and inputs")
	var mine struct{ DryRuns []struct{ ID string } }
	s.ask(`{ dryRuns { id } }`, nil).into(t, &mine)
	require.Len(t, mine.DryRuns, 2)
	require.Equal(t, second.ID, mine.DryRuns[0].ID)
}

func TestRowsOfADryRunArePagedAndFound(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	got := s.dryRun(map[string]any{"document": lever(t), "parameters": map[string]any{"trials": 20}})
	all := got.Session.Rows.Nodes
	require.Greater(t, len(all), 40)
	query := `query($id: ID!, $first: Int!, $after: Cursor, $from: Int64, $kinds: [String!], $node: ID) { dryRun(id: $id) {
		session { rows(first: $first, after: $after, fromNs: $from, kinds: $kinds, node: $node) { nodes { number atNs kind } pageInfo { hasNextPage endCursor } } } } }`
	page := func(v map[string]any) (numbers []int, next any) {
		v["id"] = got.ID
		var a struct{ DryRun dryRunAnswer }
		s.ask(query, v).into(t, &a)
		for _, n := range a.DryRun.Session.Rows.Nodes {
			numbers = append(numbers, n.Number)
		}
		if a.DryRun.Session.Rows.PageInfo.HasNextPage {
			next = a.DryRun.Session.Rows.PageInfo.EndCursor
		}
		return numbers, next
	}
	seen := 0
	for next := any(nil); ; {
		var numbers []int
		numbers, next = page(map[string]any{"first": 7, "after": next})
		for _, n := range numbers {
			seen++
			require.Equal(t, seen, n)
		}
		if next == nil {
			break
		}
	}
	require.Equal(t, len(all), seen)
	states, _ := page(map[string]any{"first": 1000, "kinds": []string{"state"}})
	want := []int{}
	for _, r := range all {
		if r.Kind == "state" {
			want = append(want, r.Number)
		}
	}
	require.Equal(t, want, states)
	late, _ := page(map[string]any{"first": 1000, "from": all[30].AtNs})
	require.LessOrEqual(t, late[0], 31)
	require.Equal(t, len(all), late[len(late)-1])
	none, _ := page(map[string]any{"first": 10, "node": "nowhere"})
	require.Empty(t, none)
	require.Equal(t, "INVALID", s.ask(query, map[string]any{"id": got.ID, "first": 1, "after": "x"}).code())
}

func TestManyAnimalsGiveADistribution(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	in := map[string]any{"document": lever(t), "parameters": map[string]any{"trials": 20}, "animals": 12, "seed": 5}
	got := s.dryRun(in)
	require.Equal(t, "DONE", got.State, got.Error)
	require.Equal(t, 12, got.AnimalsDone)
	require.Nil(t, got.Session)
	c := got.Cohort
	require.Len(t, c.Distributions, 5)
	require.Equal(t, "SESSION_LENGTH", c.Distributions[0].Quantity)
	require.Equal(t, 12, c.Distributions[0].Animals)
	require.Positive(t, *c.Distributions[0].Median)
	require.InDelta(t, 20, *c.Distributions[1].Mean, 0)
	require.InDelta(t, 0, *c.Distributions[1].Under, 0, "all have more than five trials")
	require.InDelta(t, 1, *c.Distributions[4].Mean, 0, "nothing here can be wrong")
	require.Equal(t, 12, c.Endings[0].Count)
	require.Len(t, c.Subjects.Nodes, 12)

	// Any animal can be watched alone.
	one := c.Subjects.Nodes[6]
	alone := s.dryRun(map[string]any{"document": lever(t), "parameters": map[string]any{"trials": 20}, "seed": one.Seed, "animal": one.Animal})
	require.Equal(t, one.DurationNs, alone.Session.DurationNs)
	require.Equal(t, c, s.dryRun(in).Cohort, "the same seed")
}

func TestADryRunIsCancelledAndOthersDoNotSeeIt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var started struct {
		StartDryRun struct{ DryRun struct{ ID string } }
	}
	in := map[string]any{"document": lever(t), "parameters": map[string]any{"trials": 100}, "animals": 10_000}
	s.ask(startDryRun, map[string]any{"in": in}).into(t, &started)
	var cancelled struct {
		CancelDryRun struct{ DryRun dryRunAnswer }
	}
	s.ask(`mutation($id: ID!) { cancelDryRun(input: {dryRun: $id}) { dryRun { id state animalsDone } } }`,
		map[string]any{"id": started.StartDryRun.DryRun.ID}).into(t, &cancelled)
	require.Equal(t, "CANCELLED", cancelled.CancelDryRun.DryRun.State)
	require.Less(t, cancelled.CancelDryRun.DryRun.AnimalsDone, 10_000)

	require.JSONEq(t, `{"dryRun": null}`, string(s.ask(`{ dryRun(id: "x") { id } }`, nil).Data))
	c := s.open()
	c.subscribe("1", `subscription { dryRunProgress(id: "x") { id } }`, nil)
	m := c.next()
	require.Contains(t, string(m.Payload), "NOT_FOUND")
}

func TestWhatIsWrongWithADryRunIsSaidBeforeItStarts(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for field, change := range map[string]any{
		"input":           map[string]any{"inputs": []any{map[string]any{"atMs": 1, "event": "pedal_in"}}},
		"maxRows":         map[string]any{"maxRows": 1_000_000},
		"untilMs":         map[string]any{"untilMs": -1},
		"animals":         map[string]any{"animals": 10_001},
		"spread":          map[string]any{"animals": 2, "spread": 3},
		"inputs":          map[string]any{"animals": 2, "inputs": []any{}},
		"draws":           map[string]any{"draws": 5},
		"animal.accuracy": map[string]any{"animal": map[string]any{"accuracy": 1.5}},
		"animal.pokeMs":   map[string]any{"animal": map[string]any{"pokeMs": -1}},
		"parameters.x":    map[string]any{"parameters": map[string]any{"x": 1}},
		"began":           map[string]any{"began": "2026-03-29T01:30", "zone": "Europe/Lisbon"},
		"zone":            map[string]any{"zone": "Europe/Lisbon"},
		"changes[1].atMs": map[string]any{"changes": []any{
			map[string]any{"atMs": 0, "values": map[string]any{"trials": 3}}, map[string]any{"atMs": -1, "values": map[string]any{"trials": 3}},
		}},
		"changes[0].values": map[string]any{"changes": []any{map[string]any{"atMs": 0, "values": map[string]any{"trials": 3}}}},
		"silences[0].atMs":  map[string]any{"silences": []any{map[string]any{"atMs": 1e300, "forMs": 1}}},
		"silences[0].forMs": map[string]any{"silences": []any{map[string]any{"atMs": 1, "forMs": -5}}},
		"metrics[0].atMs":   map[string]any{"metrics": []any{map[string]any{"name": "temperature", "atMs": -5}}},
		"silences":          map[string]any{"silences": slices.Repeat([]any{map[string]any{"atMs": 1, "forMs": 5}}, 1001)},
	} {
		in := map[string]any{"document": lever(t)}
		maps.Copy(in, change.(map[string]any))
		a := s.ask(startDryRun, map[string]any{"in": in})
		require.Equal(t, "INVALID", a.code(), field)
		require.Equal(t, field, a.Errors[0].Extensions["field"])
	}
	var refused struct {
		StartDryRun struct {
			DryRun      *struct{ ID string }
			Diagnostics []struct{ Code, Severity string }
		}
	}
	s.ask(startDryRun, map[string]any{"in": map[string]any{"document": map[string]any{"kind": "else"}}}).into(t, &refused)
	require.Nil(t, refused.StartDryRun.DryRun)
	require.Equal(t, "unreadable", refused.StartDryRun.Diagnostics[0].Code)
}

// A night of the home cage: the clocks go forward, food gets dearer, the network
// fails.
func TestADryRunHasACalendarAndThingsThatHappen(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	cage, err := template.Get("home-cage")
	require.NoError(t, err)
	g, err := protocol.Parse(cage.Document)
	require.NoError(t, err)
	for i := range g.Parameters {
		g.Parameters[i].Live = g.Parameters[i].Name == "ratio"
	}
	in := map[string]any{
		"document": g, "parameters": map[string]any{"days": 1, "zone": "Europe/Lisbon"}, "inputs": []any{},
		"began": "2026-03-28T18:00", "zone": "Europe/Lisbon",
		"changes":  []any{map[string]any{"atMs": 60_000, "values": map[string]any{"ratio": 4}}},
		"silences": []any{map[string]any{"role": "cage", "atMs": 3_600_000, "forMs": 600_000}},
	}
	got := s.dryRun(in)
	require.Equal(t, "2026-03-28T18:00:00Z", got.Began.Format(time.RFC3339))
	said := map[string]string{}
	for _, row := range got.Session.Rows.Nodes {
		if row.Kind == "control" && said[row.Name] == "" {
			said[row.Name] = fmt.Sprint(time.Duration(row.AtNs), " ", row.Value)
		}
	}
	require.Equal(t, "0s 2026-03-29T07:00:00+01:00", said["wait_until"])
	require.Equal(t, "1m0s ratio=4", said["set_parameter"])
	require.Equal(t, "1h0m0s cage", said["silent"])
	require.Equal(t, "1h10m0s cage", said["heard_again"])

	a := s.ask(startDryRun, map[string]any{"in": map[string]any{"document": cage.Document, "metrics": []any{map[string]any{"name": "heat", "atMs": 0}}}})
	require.Equal(t, "INVALID", a.code())
	require.Contains(t, a.Errors[0].Message, `nothing watches "heat"`)
}

func TestAReplayNeedsARunThatIsOver(t *testing.T) {
	t.Parallel()
	s := ready(t)
	query := `query($in: ReplayRunInput!) { replayRun(input: $in) { same } }`
	require.Equal(t, "NOT_FOUND", s.ask(query, map[string]any{"in": map[string]any{"run": "x"}}).code())
	var started struct {
		StartRun struct{ Run struct{ ID string } }
	}
	s.ask(`mutation($in: StartRunInput!) { startRun(input: $in) { run { id } } }`, map[string]any{"in": map[string]any{
		"document": lever(t), "devices": []any{map[string]any{"role": "box", "device": "rig-1"}},
	}}).into(t, &started)
	a := s.ask(query, map[string]any{"in": map[string]any{"run": started.StartRun.Run.ID}})
	require.Equal(t, "WRONG_STATE", a.code())
	require.Contains(t, a.Errors[0].Message, "Replay it when it is.")
	_, err := s.store.FinishRun(t.Context(), started.StartRun.Run.ID, lab.RunFailed, "", "it was never begun")
	require.NoError(t, err)
	a = s.ask(query, map[string]any{"in": map[string]any{"run": started.StartRun.Run.ID}})
	require.Equal(t, "WRONG_STATE", a.code())
	require.Contains(t, a.Errors[0].Message, "ended before its first step")
	a = s.ask(query, map[string]any{"in": map[string]any{"run": started.StartRun.Run.ID, "document": map[string]any{"kind": "else"}}})
	require.Equal(t, "INVALID", a.code())
}
