package dryrun_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

// steered is a session in which both levels use live parameters.
func steered(t *testing.T) *plan.Plan {
	t.Helper()
	p := session(t)
	p.Node("task1").Task.Parameters["max_trials"] = "max_trials"
	p.Node("add1").Assign.Set[0].Value = "item + x + max_trials"
	p.Node("branch").Branch.Cases[0].When = "max_trials > 8"
	return p
}

// steeredRun is a run of it in which people change parameters before the first
// task, in two tasks, and after the last.
func steeredRun(t *testing.T, seed int64) dryrun.Recording {
	t.Helper()
	r := newRecorder(t, steered(t), `{"max_trials": 2}`, seed)
	r.late, r.pauses, r.forced = true, true, true
	r.live = []map[string]json.RawMessage{
		{"cue_delay": json.RawMessage(`"300ms"`)},
		{"cue_delay": json.RawMessage(`"250ms"`), "reward": json.RawMessage("5")},
		{"max_trials": json.RawMessage("5")},
		{"reward": json.RawMessage("2")},
	}
	r.before = map[string]map[string]json.RawMessage{
		"read1": {"max_trials": json.RawMessage("3")},
		"set1":  {"max_trials": json.RawMessage("9")},
	}
	return r.record()
}

func TestLiveParametersOfTheSessionAndOfLaterTasksAreReplayed(t *testing.T) {
	t.Parallel()
	inTasks := map[string]int{}
	for seed := range int64(10) {
		rec := steeredRun(t, seed)
		for _, row := range rec.Rows {
			if row.Kind == string(task.KindParameter) {
				inTasks[row.Command[strings.LastIndex(row.Command, "/")+1:]]++
			}
		}
		got, err := dryrun.Replay(t.Context(), rec, nil)
		require.NoError(t, err)
		require.Nil(t, got.Difference, "seed %d: %+v", seed, got.Difference)
		require.Equal(t, 3, got.Tasks)

		got, err = dryrun.Replay(t.Context(), rec, steered(t))
		require.NoError(t, err)
		require.Nil(t, got.Difference, "seed %d, as an edited version: %+v", seed, got.Difference)
	}
	require.Greater(t, len(inTasks), 1, "in the first task and in later ones: %v", inTasks)
}

// Without the change, or with another, the record cannot be decided again: so
// it was the change that decided it.
func TestAChangeOfAParameterThatIsNotInTheRecordIsFound(t *testing.T) {
	t.Parallel()
	rec := steeredRun(t, 6)
	changes := 0
	for i, e := range rec.Events {
		if e.Kind != "set_parameter" || e.Name != "max_trials" {
			continue
		}
		changes++
		without := rec
		without.Events = slices.Delete(slices.Clone(rec.Events), i, i+1)
		got, err := dryrun.Replay(t.Context(), without, nil)
		require.NoError(t, err)
		require.NotNil(t, got.Difference, "without change %d", changes)

		other := rec
		other.Events = slices.Clone(rec.Events)
		other.Events[i].Body = json.RawMessage(`{"old": 1, "new": 7}`)
		got, err = dryrun.Replay(t.Context(), other, nil)
		require.NoError(t, err)
		require.NotNil(t, got.Difference, "with another change %d", changes)
	}
	require.Equal(t, 3, changes)
}

func TestAnEditedVersionOfARunThatWasSteeredShowsTheFirstDifference(t *testing.T) {
	t.Parallel()
	rec := steeredRun(t, 6)
	first := func(of string, is func(lab.DeviceRow) bool) lab.DeviceRow {
		i := slices.IndexFunc(rec.Rows, is)
		require.GreaterOrEqual(t, i, 0, of)
		return rec.Rows[i]
	}

	// The session level: what the parameter has become goes into a variable.
	q := steered(t)
	q.Node("add1").Assign.Set[0].Value = "item + x + 2 * max_trials"
	got, err := dryrun.Replay(t.Context(), rec, q)
	require.NoError(t, err)
	d := got.Difference
	require.NotNil(t, d)
	require.Equal(t, "add1", d.Node)
	require.Equal(t, "1", d.Visit)
	require.Equal(t, "variable", d.Got.Kind)

	// A task: from the trial on in which the changed parameter holds.
	changed := first("a changed delay", func(r lab.DeviceRow) bool { return r.Kind == string(task.KindParameter) && r.Name == "cue_delay" })
	q = steered(t)
	states := q.Node("task1").Task.Program.States
	for i := range states {
		if states[i].Name == "CueDelay" {
			states[i].Timer = "cue_delay == 200ms ? cue_delay : cue_delay + 10ms"
		}
	}
	got, err = dryrun.Replay(t.Context(), rec, q)
	require.NoError(t, err)
	d = got.Difference
	require.NotNil(t, d)
	require.Equal(t, "task1", d.Node)
	require.True(t, d.At.After(changed.At), "the value before makes no difference")
	require.Equal(t, "draw", d.Expected.Kind, "of the side, when the delay is over")

	// A version without the parameter goes on without: from there on the delay is
	// as at the start.
	q = steered(t)
	q.Parameters = slices.DeleteFunc(slices.Clone(q.Parameters), func(p plan.Parameter) bool { return p.Name == "reward" })
	delete(q.Node("task1").Task.Parameters, "reward")
	got, err = dryrun.Replay(t.Context(), rec, q)
	require.NoError(t, err)
	require.NotNil(t, got.Difference)
}
