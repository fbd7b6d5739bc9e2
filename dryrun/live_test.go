package dryrun_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/task"
)

func reward(at time.Duration, value string) dryrun.Change {
	return dryrun.Change{At: at, Values: map[string]json.RawMessage{"reward": json.RawMessage(value)}}
}

func TestALiveParameterChangesInADryRunAtTheNextTrial(t *testing.T) {
	t.Parallel()
	p := compiled(t, "5csrtt")
	without, err := dryrun.Run(t.Context(), p, dryrun.Options{Seed: 3, Until: 10 * time.Minute})
	require.NoError(t, err)
	o := dryrun.Options{Seed: 3, Until: 10 * time.Minute, Changes: []dryrun.Change{reward(2*time.Minute, "9"), reward(time.Minute, "7")}}
	with, err := dryrun.Run(t.Context(), p, o)
	require.NoError(t, err)
	require.Greater(t, with.Microlitres, without.Microlitres)

	var changes []string
	for i, r := range with.Rows {
		switch r.Kind {
		case task.KindParameter:
			require.Equal(t, task.KindTrial, with.Rows[i-1].Kind)
			changes = append(changes, r.Old.String()+" "+r.Text())
		case task.KindControl:
			changes = append(changes, r.Value.String())
		}
	}
	require.Equal(t, []string{"reward=7.0", "5 reward=7", "reward=9.0", "7 reward=9"}, changes)

	first := slices.IndexFunc(with.Rows, func(r dryrun.Row) bool { return r.Kind == task.KindParameter })
	before := slices.DeleteFunc(slices.Clone(with.Rows[:first]), func(r dryrun.Row) bool { return r.Kind == task.KindControl })
	require.Equal(t, without.Rows[:len(before)], before, "nothing is different before")

	again, err := dryrun.Run(t.Context(), p, o)
	require.NoError(t, err)
	require.Equal(t, with.Rows, again.Rows)
}

func TestAChangeThatNoRunWouldTakeIsRefusedBeforeADryRun(t *testing.T) {
	t.Parallel()
	p := compiled(t, "5csrtt")
	for want, c := range map[string]dryrun.Change{
		"change at 1m0s: parameter reward: -1 is less than 0":            reward(time.Minute, "-1"),
		"change 1: the time is negative":                                 reward(-1, "4"),
		"change at 0s: parameter iti_choice: it is not live":             {Values: map[string]json.RawMessage{"iti_choice": json.RawMessage("true")}},
		"change at 0s: parameter rewards: the protocol has no such para": {Values: map[string]json.RawMessage{"rewards": json.RawMessage("4")}},
	} {
		_, err := dryrun.Run(t.Context(), p, dryrun.Options{Changes: []dryrun.Change{c}})
		require.ErrorContains(t, err, want)
	}
}

func TestAChangeThatALimitForbidsIsAWarningAndTheTaskGoesOn(t *testing.T) {
	t.Parallel()
	p := compiled(t, "5csrtt")
	zero := 0.0
	for i := range p.Parameters {
		if p.Parameters[i].Name == "max_trials" {
			p.Parameters[i].Minimum = &zero
		}
	}
	c := dryrun.Change{At: time.Minute, Values: map[string]json.RawMessage{"max_trials": json.RawMessage("0")}}
	got, err := dryrun.Run(t.Context(), p, dryrun.Options{Seed: 3, Until: 5 * time.Minute, Changes: []dryrun.Change{c}})
	require.NoError(t, err)
	require.Equal(t, dryrun.EndedUntil, got.Ended)
	i := slices.IndexFunc(got.Rows, func(r dryrun.Row) bool { return r.Kind == task.KindWarning })
	require.Contains(t, got.Rows[i].Text(), "the limit of trials must be at least 1")
}
