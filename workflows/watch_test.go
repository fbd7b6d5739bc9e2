package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/activities/activitiestest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/wire"
	"github.com/lics-lab/lics/workflows"
)

const guarded = "start -> parallel\nparallel -a> task1\nparallel -b> watch\ntask1 -done> race\nwatch -alarm> set1\nset1 -> race\nrace -> end"

func takes(d time.Duration) func(string, wire.Command) activitiestest.Script {
	return func(string, wire.Command) activitiestest.Script { return activitiestest.Script{Takes: d, Silent: true} }
}

func TestAnAlarmEndsWhatItGuardsWhereBothLeadToARace(t *testing.T) {
	t.Parallel()
	// Long ago by the clock of the worker: no event came since.
	b := benchWith(t, &activitiestest.Store{}, &activitiestest.Devices{Play: takes(time.Hour)}, time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC))
	require.Equal(t, lab.RunCompleted, b.run(input(plantest.Draw(t, guarded))).Status)
	told := b.store.Told()
	require.Subset(t, told, []string{"alarm watch box-1", "variable watch word", "step_done watch alarm", "step_cancelled task1"})
	require.Contains(t, b.devices.Did(), "abort control/1")
}

func TestAGuardianIsDismissedWhenNothingIsLeftToGuard(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = takes(20 * time.Millisecond)
	p := plantest.Draw(t, "start -> parallel\nparallel -a> task1\nparallel -b> watch\ntask1 -done> join\nwatch -alarm> join\njoin -> end")
	require.Equal(t, lab.RunCompleted, b.run(input(p)).Status)
	require.Subset(t, b.store.Told(), []string{"step_cancelled watch", "step_done join out"})
}

func TestAWatchIsPausedStoppedAbortedAndHalted(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]lab.RunStatus{
		workflows.UpdateStop: lab.RunStopped, workflows.UpdateAbort: lab.RunAborted, workflows.UpdateHalt: lab.RunHalted,
	} {
		b := newBench(t)
		b.devices.Play = takes(time.Hour)
		b.update(10*time.Millisecond, workflows.UpdatePause, alice)
		b.update(20*time.Millisecond, workflows.UpdateResume, alice)
		b.update(30*time.Millisecond, name, alice)
		require.Equal(t, want, b.run(input(plantest.Draw(t, guarded))).Status)
		require.Contains(t, b.store.Told(), "step_cancelled watch")
	}
}
