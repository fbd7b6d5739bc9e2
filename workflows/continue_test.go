package workflows_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities/activitiestest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/wire"
	"github.com/lics-lab/lics/workflows"
)

// histories runs a plan through as many histories as it takes; in each but the
// last, Temporal suggests to continue at the given time.
func histories(t *testing.T, p *plan.Plan, suggest []time.Duration, prepare func(n int, b *bench)) (*activitiestest.Store, *activitiestest.Devices, workflows.RunResult) {
	t.Helper()
	in := input(p)
	store, devices := &activitiestest.Store{}, &activitiestest.Devices{}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := 0; ; n++ {
		b := benchWith(t, store, devices, now)
		if prepare != nil {
			prepare(n, b)
		}
		if n < len(suggest) {
			b.env.RegisterDelayedCallback(func() { b.env.SetContinueAsNewSuggested(true) }, suggest[n])
			b.env.RegisterDelayedCallback(func() {}, suggest[n]+time.Second) // a turn to notice it
		}
		b.env.ExecuteWorkflow(workflows.Run, in)
		require.True(t, b.env.IsWorkflowCompleted())
		now = b.env.Now()
		var next *workflow.ContinueAsNewError
		if err := b.env.GetWorkflowError(); errors.As(err, &next) {
			require.NoError(t, converter.GetDefaultDataConverter().FromPayloads(next.Input, &in))
			continue
		}
		require.NoError(t, b.env.GetWorkflowError(), "history %d: %v, %v", n, store.Told(), devices.Did())
		require.Equal(t, len(suggest), n, "histories")
		var res workflows.RunResult
		require.NoError(t, b.env.GetWorkflowResult(&res))
		return store, devices, res
	}
}

func TestNothingChangesWhenAHistoryIsContinued(t *testing.T) {
	t.Parallel()
	p := plantest.Draw(t, `start -> parallel
		parallel -a> task1
		parallel -b> wait1
		parallel -c> human
		task1 -done> repeat
		repeat -body> repeat:set1
		repeat:set1 -> repeat:wait2
		repeat -done> join
		wait1 -> join
		human -yes> join
		human -no> join
		join -> end`)
	p.Node("wait1").Wait.Duration = "5h"
	answer := func(b *bench, after time.Duration) {
		b.update(after, workflows.UpdateAnswer, workflows.Answer{Step: wire.CommandID(runID, "human", "1"), Choice: "yes", By: "alice"})
	}
	said := func(suggest []time.Duration, prepare func(n int, b *bench)) (told, did []string, took time.Duration) {
		store, devices, res := histories(t, p, suggest, func(n int, b *bench) {
			if b.devices.Play == nil {
				b.devices.Play = hour
			}
			prepare(n, b)
		})
		require.Equal(t, workflows.RunResult{Status: lab.RunCompleted, Outcome: "end"}, res)
		es := store.Events()
		return store.Told(), devices.Did(), es[len(es)-1].At.Sub(es[0].At).Round(time.Minute)
	}
	told, did, took := said(nil, func(_ int, b *bench) { answer(b, 3*time.Hour) })
	require.Equal(t, 5*time.Hour, took)
	toldAgain, didAgain, tookAgain := said([]time.Duration{10 * time.Minute, 20 * time.Minute}, func(n int, b *bench) {
		if n == 2 {
			answer(b, 2*time.Hour+30*time.Minute)
		}
	})
	require.Equal(t, told, toldAgain)
	require.ElementsMatch(t, did, didAgain)
	require.Equal(t, took, tookAgain)
}

func TestPausedRunStaysPausedInTheNextHistory(t *testing.T) {
	t.Parallel()
	p := plantest.Draw(t, longTask)
	store, devices, res := histories(t, p, []time.Duration{2 * time.Hour}, func(n int, b *bench) {
		b.devices.Play = hour
		if n == 0 {
			b.update(time.Minute, workflows.UpdatePause, alice)
		} else {
			b.update(time.Minute, workflows.UpdateResume, alice)
		}
	})
	require.Equal(t, lab.RunCompleted, res.Status)
	require.Equal(t, []lab.RunStatus{lab.RunRunning, lab.RunPaused, lab.RunRunning, lab.RunCompleted}, store.Statuses())
	require.Equal(t, []string{"task task1/1", "pause control/1", "set set1/1"}, devices.Did()[:3])
}
