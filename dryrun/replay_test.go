package dryrun_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/task"
)

var templates = []string{"5csrtt", "light-2afc", "fixed-ratio", "go-no-go", "probabilistic-reversal"}

func TestARunReplaysThroughItsOwnVersionWhateverHappened(t *testing.T) {
	t.Parallel()
	interrupted, paused := 0, 0
	for _, name := range templates {
		p := compiled(t, name)
		for what, set := range map[string]func(*recorder){
			"nothing":       func(*recorder) {},
			"late edges":    func(r *recorder) { r.late = true },
			"pauses":        func(r *recorder) { r.late, r.pauses = true, true },
			"forced":        func(r *recorder) { r.late, r.forced = true, true },
			"stopped":       func(r *recorder) { r.late, r.pauses, r.stopAfter = true, true, 2*time.Minute },
			"aborted":       func(r *recorder) { r.late, r.abort, r.stopAfter = true, true, time.Minute },
			"killed":        func(r *recorder) { r.late, r.kills = true, true },
			"all of it":     func(r *recorder) { r.late, r.pauses, r.forced, r.kills = true, true, true, true },
			"pause, forced": func(r *recorder) { r.pauses, r.forced = true, true },
		} {
			for seed := range int64(2) {
				r := newRecorder(t, p, `{}`, seed)
				set(r)
				rec := r.record()
				got, err := dryrun.Replay(t.Context(), rec, nil)
				at := fmt.Sprintf("%s, %s, seed %d", name, what, seed)
				require.NoError(t, err, at)
				require.Nil(t, got.Difference, "%s: %+v", at, got.Difference)
				require.Equal(t, len(rec.Rows), got.Decisions+got.Inputs+got.DeviceRows, at)
				require.Positive(t, got.Inputs, at)
				require.Positive(t, got.Events, at)
				interrupted += got.Interrupted
				for _, row := range rec.Rows {
					if row.Name == "paused" {
						paused++
					}
				}
			}
		}
	}
	require.Positive(t, interrupted)
	require.Greater(t, paused, 20)
}

func TestALiveParameterHoldsFromTheTrialItIsRecordedFor(t *testing.T) {
	t.Parallel()
	p := compiled(t, "fixed-ratio")
	changed := 0
	for seed := range int64(5) {
		r := newRecorder(t, p, `{"ratio": 5}`, seed)
		r.late, r.pauses = true, true
		r.live = []map[string]json.RawMessage{{"ratio": json.RawMessage("2")}}
		rec := r.record()
		got, err := dryrun.Replay(t.Context(), rec, nil)
		require.NoError(t, err)
		require.Nil(t, got.Difference, "seed %d: %+v", seed, got.Difference)
		for _, row := range rec.Rows {
			if row.Kind == string(task.KindParameter) {
				changed++
			}
		}
	}
	require.Positive(t, changed)
}

// While a run is paused nothing starts: that a step started is recorded later
// than the plan said so.
func TestStepsThatWereHeldBackAreNoDifference(t *testing.T) {
	t.Parallel()
	rec := newRecorder(t, session(t), `{}`, 4).record()
	held := slices.IndexFunc(rec.Events, func(e lab.RunEvent) bool { return e.Kind == plan.EventStarted && e.Node == "set1" })
	require.Positive(t, held)
	insert := func(name string) lab.RunEvent {
		e := rec.Events[held]
		e.Kind, e.Node, e.Name, e.Body = "control", "", name, json.RawMessage(`{"by":"alice"}`)
		return e
	}
	events := slices.Insert(slices.Clone(rec.Events), held, insert("pause"), insert("resume"))
	for i := range events {
		events[i].Seq = int64(i + 1)
	}
	paused := rec
	paused.Events = events
	got, err := dryrun.Replay(t.Context(), paused, nil)
	require.NoError(t, err)
	require.Nil(t, got.Difference, "%+v", got.Difference)

	never := rec
	never.Events = slices.Delete(slices.Clone(rec.Events), held, held+1)
	got, err = dryrun.Replay(t.Context(), never, nil)
	require.NoError(t, err)
	require.Equal(t, "step_started set1", got.Difference.Got.String())
}

// Whatever is changed in the record of a decision is found, at its very row.
func TestEveryChangedRowIsTheFirstDifference(t *testing.T) {
	t.Parallel()
	p := compiled(t, "5csrtt")
	r := newRecorder(t, p, `{"max_trials": 4}`, 5)
	rec := r.record()
	rows := rec.Rows
	for i := range rows {
		changed := append([]lab.DeviceRow(nil), rows...)
		row := &changed[i]
		switch {
		case row.Kind == string(task.KindEvent), row.Kind == string(task.KindControl):
			continue // an input; what follows from it is another thing
		case row.Kind == string(task.KindOutput):
			continue // may have been the device
		case len(row.Value) > 0 && i%2 == 0:
			row.Value = json.RawMessage(`"something else"`)
		default:
			row.Name += "x"
		}
		if row.Kind == string(task.KindEnd) && row.Name != rows[i].Name || row.Kind == string(task.KindWarning) {
			continue
		}
		rec.Rows = changed
		got, err := dryrun.Replay(t.Context(), rec, nil)
		require.NoError(t, err)
		d := got.Difference
		require.NotNil(t, d, "row %d: %+v", i, rows[i])
		require.Equal(t, i+1, d.Row)
		require.Equal(t, rows[i].At, d.At)
		require.Equal(t, rows[i].Node, d.Node)
		require.Equal(t, rows[i].T, d.Expected.At)
		require.Equal(t, rows[i].Kind, d.Got.Kind)
		require.Equal(t, rows[i].T, d.Got.At)
	}
}

func TestAMissingOrAddedRowIsFound(t *testing.T) {
	t.Parallel()
	p := compiled(t, "light-2afc")
	rec := newRecorder(t, p, `{"max_trials": 5}`, 2).record()
	rows := rec.Rows
	for i := 1; i < len(rows)-1; i++ {
		if rows[i].Kind != string(task.KindState) {
			continue
		}
		rec.Rows = append(append([]lab.DeviceRow(nil), rows[:i]...), rows[i+1:]...)
		got, err := dryrun.Replay(t.Context(), rec, nil)
		require.NoError(t, err)
		require.NotNil(t, got.Difference, i)
		require.Equal(t, "state "+rows[i].Name, got.Difference.Got.String())

		extra := rows[i]
		extra.Name = "nowhere"
		rec.Rows = append(append(append([]lab.DeviceRow(nil), rows[:i]...), extra), rows[i:]...)
		got, err = dryrun.Replay(t.Context(), rec, nil)
		require.NoError(t, err)
		require.Equal(t, i+1, got.Difference.Row)
		require.Equal(t, "state nowhere", got.Difference.Expected.String())
	}
}

func TestAnEditedVersionShowsTheFirstDifference(t *testing.T) {
	t.Parallel()
	p := compiled(t, "light-2afc")
	r := newRecorder(t, p, `{"max_trials": 20}`, 3)
	r.late, r.forced, r.pauses = true, true, true
	rec := r.record()
	var program *task.Program
	for i := range p.Nodes {
		if p.Nodes[i].Task != nil {
			program = &p.Nodes[i].Task.Program
		}
	}
	first := func(state string) lab.DeviceRow {
		for _, row := range rec.Rows {
			if row.Kind == "state" && row.Name == state {
				return row
			}
		}
		t.Fatal("the animal never came to " + state)
		return lab.DeviceRow{}
	}
	change := func(f func(*task.Program)) *plan.Plan {
		q := compiled(t, "light-2afc")
		for i := range q.Nodes {
			if q.Nodes[i].Task != nil {
				f(&q.Nodes[i].Task.Program)
			}
		}
		return q
	}

	// A longer delay: the next state comes later, or never.
	var delayed task.State
	for _, s := range program.States {
		if s.Name == "CueDelay" {
			delayed = s
		}
	}
	require.NotEmpty(t, delayed.Timer)
	got, err := dryrun.Replay(t.Context(), rec, change(func(p *task.Program) {
		for i := range p.States {
			if p.States[i].Name == "CueDelay" {
				p.States[i].Timer = "(" + delayed.Timer + ") + 10ms"
			}
		}
	}))
	require.NoError(t, err)
	d := got.Difference
	require.NotNil(t, d)
	want := first("WaitForPortOut")
	require.Equal(t, want.At, d.At)
	require.Equal(t, want.At.Sub(*rec.Run.StartedAt), d.Elapsed)
	require.Equal(t, want.Trial, d.Trial)
	require.Equal(t, want.T, d.Expected.At)
	require.NotEmpty(t, d.Expected.Node, "the node to look at")
	require.NotEqual(t, d.Expected, d.Got)
	last := d.Before[len(d.Before)-1]
	require.Equal(t, "state CueDelay", last.String(), "what came out as it is recorded, up to there")
	require.LessOrEqual(t, last.At, d.Expected.At)

	// What is only called otherwise is no difference; what is never reached neither.
	got, err = dryrun.Replay(t.Context(), rec, change(func(p *task.Program) {
		p.States = append(p.States, task.State{Name: "unreached"})
	}))
	require.NoError(t, err)
	require.Nil(t, got.Difference)
}

func TestAStreamThatWasNotChangedGivesWhatItGaveThen(t *testing.T) {
	t.Parallel()
	p := compiled(t, "5csrtt")
	rec := newRecorder(t, p, `{"max_trials": 5}`, 3).record()
	rename := func(f func(*task.Program)) *plan.Plan {
		q := compiled(t, "5csrtt")
		for i := range q.Nodes {
			if q.Nodes[i].Task != nil {
				f(&q.Nodes[i].Task.Program)
			}
		}
		return q
	}
	got, err := dryrun.Replay(t.Context(), rec, rename(func(p *task.Program) { p.Name = "another" }))
	require.NoError(t, err)
	require.Nil(t, got.Difference, "another name seeds other draws, which are not asked for")
	require.Positive(t, got.Draws)

	got, err = dryrun.Replay(t.Context(), rec, rename(func(p *task.Program) { p.Streams[0].Low, p.Streams[0].High, p.Streams[0].Values = "6", "6", "[6]" }))
	require.NoError(t, err)
	require.Equal(t, "draw", got.Difference.Expected.Kind)
}

func TestTheSessionLevelIsReplayedToo(t *testing.T) {
	t.Parallel()
	p := session(t)
	r := newRecorder(t, p, `{}`, 4)
	rec := r.record()
	got, err := dryrun.Replay(t.Context(), rec, nil)
	require.NoError(t, err)
	require.Nil(t, got.Difference, "%+v", got.Difference)
	require.Equal(t, 3, got.Tasks)

	for name, tt := range map[string]struct {
		change        func(*plan.Plan)
		node          string
		expected, got string
	}{
		"one iteration more": {func(p *plan.Plan) { p.Node("repeat").Repeat.Count = "4" }, "repeat", "step_done done", "iteration repeat"},
		"another level":      {func(p *plan.Plan) { p.Node("set1").Set.Level = "0.5" }, "set1", `"level":1`, `"level":0.5`},
		"another branch":     {func(p *plan.Plan) { p.Node("branch").Branch.Cases[0].When = "x < 0" }, "branch", "branch", "branch else"},
		"another end":        {func(p *plan.Plan) { p.Node("end").End.Outcome = "elsewhere" }, "", "outcome end", "outcome elsewhere"},
	} {
		q := session(t)
		tt.change(q)
		got, err := dryrun.Replay(t.Context(), rec, q)
		require.NoError(t, err, name)
		require.NotNil(t, got.Difference, name)
		require.Equal(t, tt.node, got.Difference.Node, "%s: %+v", name, got.Difference)
		require.Contains(t, got.Difference.Expected.String(), tt.expected, name)
		require.Contains(t, got.Difference.Got.String(), tt.got, name)
		require.NotEmpty(t, got.Difference.Before, name)
	}
}

// Every kind of node of the session level, as its own test draws it.
func TestEveryKindOfTheSessionLevelIsReplayed(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../protocol/testdata/kinds/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range append(files, "../protocol/testdata/every-kind.json") {
		raw, err := os.ReadFile(file)
		require.NoError(t, err)
		g, err := protocol.Parse(raw)
		require.NoError(t, err)
		p, found := protocol.CompileWith(g, func(version string) ([]byte, error) {
			return os.ReadFile("../protocol/testdata/library/" + version + ".json")
		})
		require.NotNil(t, p, "%s: %v", file, found)
		for seed := range int64(3) {
			r := newRecorder(t, p, `{}`, seed)
			r.late, r.patience = true, 10*time.Minute
			rec := r.record()
			got, err := dryrun.Replay(t.Context(), rec, nil)
			require.NoError(t, err, file)
			require.Nil(t, got.Difference, "%s, seed %d: %+v", file, seed, got.Difference)
			require.Positive(t, got.Events, file)
		}
	}
}

func TestWhatCannotBeReplayedSaysWhy(t *testing.T) {
	t.Parallel()
	rec := newRecorder(t, compiled(t, "fixed-ratio"), `{}`, 1).record()
	refused := func(why string, rec dryrun.Recording) {
		t.Helper()
		_, err := dryrun.Replay(t.Context(), rec, nil)
		require.Equal(t, lab.State, lab.CodeOf(err))
		require.ErrorContains(t, err, why)
	}
	running := rec
	running.Run.Status = lab.RunRunning
	refused("it is not over", running)
	silent := rec
	silent.Events = nil
	refused("ended before its first step", silent)
	cut := rec
	cut.Rows = cut.Rows[:len(cut.Rows)-1]
	refused("are not complete", cut)
	odd := rec
	odd.Rows = append([]lab.DeviceRow(nil), rec.Rows...)
	odd.Rows[3].Value = json.RawMessage(`{}`)
	refused("cannot be read", odd)

	both := compiled(t, "fixed-ratio")
	for i := range both.Nodes {
		if n := both.Nodes[i].Task; n != nil {
			n.Program.Always = append(n.Program.Always, task.Handler{
				Events: []string{n.Program.Channels[0].RisingEvent()}, Guard: "false",
				Actions: []task.Action{{Do: task.DoRaise, Event: n.Program.Channels[0].FallingEvent()}},
			})
		}
	}
	ambiguous := rec
	ambiguous.Plan = both
	refused("also the edge of an input", ambiguous)
}

// session is a plan whose tasks stand in a loop between other steps.
func session(t *testing.T) *plan.Plan {
	t.Helper()
	var node *plan.Task
	p := compiled(t, "light-2afc")
	for i := range p.Nodes {
		if p.Nodes[i].Task != nil {
			node = p.Nodes[i].Task
		}
	}
	return plantest.Draw(t, `
		start -> read1
		read1 -> repeat
		repeat -body> repeat:task1
		repeat -done> set1
		set1 -> human1
		human1 -yes> branch
		human1 -no> branch
		branch -big> end
		branch -else> end`, func(q *plan.Plan) {
		q.Roles = p.Roles
		q.Node("repeat").Repeat.Count = "3"
		n := q.Node("task1")
		n.Task = &plan.Task{Role: "box", Program: node.Program, Results: map[string]string{"trials": "x"}, Parameters: map[string]string{}}
		for _, v := range node.Program.Variables {
			if v.Parameter {
				n.Task.Parameters[v.Name] = v.Initial
			}
		}
		maps.Copy(n.Task.Parameters, node.Parameters)
		n.Task.Parameters["max_trials"] = "3"
		q.Parameters = p.Parameters
		for _, port := range append(slices.Clone(node.Program.Ends), task.ExitLimit) {
			n.Out = append(n.Out, plan.Wire{Port: port, To: "add1"})
		}
		q.Nodes = append(q.Nodes, plan.Node{
			ID: "add1", Kind: plan.KindAssign, Parent: "repeat", Assign: &plan.Assign{Set: []plan.Assignment{{Variable: "item", Value: "item + x"}}},
		})
	})
}
