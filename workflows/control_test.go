package workflows_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/activities/activitiestest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/wire"
	"github.com/lics-lab/lics/workflows"
)

const longTask = "start -> task1\ntask1 -done> set1\nset1 -> end"

func hour(string, wire.Command) activitiestest.Script {
	return activitiestest.Script{Takes: time.Hour, Silent: true}
}

func TestPauseHoldsTheNextStepAndTellsTheTask(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = hour
	var paused, resumed time.Time
	b.update(10*time.Minute, workflows.UpdatePause, alice, func(s lab.RunStatus, err error) {
		require.NoError(t, err)
		require.Equal(t, lab.RunPaused, s)
		paused = b.env.Now()
	})
	b.refused(20*time.Minute, workflows.UpdatePause, alice, "The run is paused already.")
	b.update(3*time.Hour, workflows.UpdateResume, alice, func(s lab.RunStatus, err error) {
		require.NoError(t, err)
		require.Equal(t, lab.RunRunning, s)
		resumed = b.env.Now()
	})
	require.Equal(t, lab.RunCompleted, b.run(input(plantest.Draw(t, longTask))).Status)
	require.Equal(t, []string{"task task1/1", "pause control/1", "set set1/1"}, b.devices.Did()[:3])
	require.Equal(t, []lab.RunStatus{lab.RunRunning, lab.RunPaused, lab.RunRunning, lab.RunCompleted}, b.store.Statuses())
	require.Equal(t, 3*time.Hour-10*time.Minute, resumed.Sub(paused).Round(time.Minute))
	require.Equal(t, []string{
		"step_started task1", "control  pause", "status  PAUSED", "step_done task1 done",
		"control  resume", "status  RUNNING", "step_started set1", "step_done set1 out",
	}, b.store.Told()[2:10])
	var body map[string]string
	require.NoError(t, json.Unmarshal(b.store.Events()[3].Body, &body))
	require.Equal(t, map[string]string{"by": "alice", "why": "lunch"}, body)
}

func TestResumeIsRefusedUnlessPaused(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = hour
	b.refused(time.Minute, workflows.UpdateResume, alice, "The run is not paused; it is RUNNING.")
	require.Equal(t, lab.RunCompleted, b.run(input(plantest.Draw(t, longTask))).Status)
}

func TestStopEndsTheTaskWellAndStartsNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = hour
	p := plantest.Draw(t, longTask)
	p.Node("task1").Task.Results = map[string]string{"trials": "x"}
	b.update(10*time.Minute, workflows.UpdateStop, alice)
	require.Equal(t, lab.RunStopped, b.run(input(p)).Status)
	require.ElementsMatch(t, []string{"task task1/1", "stop control/1", "safe safe/end.box-1", "safe safe/end.box-2"}, b.devices.Did())
	require.Equal(t, []lab.RunStatus{lab.RunRunning, lab.RunStopped}, b.store.Statuses())
	require.Contains(t, b.store.Told(), "variable task1 x") // what there is, is kept
}

func TestStopOfAPausedRunDropsWhatWasHeldBack(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = hour
	b.update(10*time.Minute, workflows.UpdatePause, alice)
	b.update(2*time.Hour, workflows.UpdateStop, alice)
	require.Equal(t, lab.RunStopped, b.run(input(plantest.Draw(t, longTask))).Status)
	require.NotContains(t, b.devices.Did(), "set set1/1")
	require.Contains(t, b.store.Told(), "step_cancelled set1")
}

func TestStopEndsWaitsAndQuestions(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.update(10*time.Minute, workflows.UpdateStop, alice)
	p := plantest.Draw(t, "start -> parallel\nparallel -a> human\nparallel -b> wait1\nwait1 -> end\nhuman -yes> end\nhuman -no> end")
	p.Node("wait1").Wait.Duration = "9h"
	begin := b.env.Now()
	require.Equal(t, lab.RunStopped, b.run(input(p)).Status)
	require.Less(t, b.env.Now().Sub(begin), time.Hour)
	require.Equal(t, []string{wire.CommandID(runID, "human", "1")}, b.store.Closed())
}

func TestAbortEndsTheTaskNowAndCleansUp(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = hour
	b.update(10*time.Minute, workflows.UpdateAbort, alice)
	b.refused(10*time.Minute, workflows.UpdateAbort, alice, "The run is about to end: it will be ABORTED.")
	res := b.run(input(plantest.Draw(t, longTask)))
	require.Equal(t, lab.RunAborted, res.Status)
	require.Equal(t, "lunch", res.Error)
	require.ElementsMatch(t, []string{"task task1/1", "abort control/1", "safe safe/end.box-1", "safe safe/end.box-2"}, b.devices.Did())
}

func TestHaltTurnsOutputsOffBeforeAnythingElse(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = hour
	b.update(10*time.Minute, workflows.UpdateHalt, alice)
	require.Equal(t, lab.RunHalted, b.run(input(plantest.Draw(t, longTask))).Status)
	require.ElementsMatch(t, []string{"task task1/1", "safe safe/end.box-1", "safe safe/end.box-2"}, b.devices.Did())
	require.Contains(t, b.store.Told(), "control  halt")
}

func TestAbortReplacesAStopThatADeviceDoesNotHear(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = hour
	b.env.RegisterDelayedCallback(func() { b.devices.Take("box-1", true) }, 5*time.Minute)
	b.update(10*time.Minute, workflows.UpdateStop, alice)
	go func() { // virtual time stands still while a device is being asked
		b.told("control  stop")
		b.update(0, workflows.UpdateHalt, alice)
		b.told("control  halt")
		b.devices.Take("box-1", false)
	}()
	require.Equal(t, lab.RunHalted, b.run(input(plantest.Draw(t, longTask))).Status)
}

func TestCancelledWorkflowIsAnAbort(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = hour
	b.env.RegisterDelayedCallback(b.env.CancelWorkflow, 10*time.Minute)
	require.Equal(t, lab.RunAborted, b.run(input(plantest.Draw(t, longTask))).Status)
	require.Contains(t, b.devices.Did(), "abort control/1")
	require.Contains(t, b.devices.Did(), "safe safe/end.box-1")
}

func TestInterruptedTask(t *testing.T) {
	t.Parallel()
	interrupted := wire.Reply{State: wire.Interrupted, Boot: "b0", Result: json.RawMessage(`{"trial":5,"outcomes":{"correct":3,"omission":1},"microlitres":12,"boot":"b0","last_seq":44}`)}
	for _, tt := range []struct {
		policy wire.OnInterrupt
		choose string
		did    []string
		trials int
		status lab.RunStatus
		x, i   int64
	}{
		{"", "", []string{"task task1/1", "task task1/1~r1"}, 4, lab.RunCompleted, 8 + 3, 1},
		{wire.InterruptResume, "", []string{"task task1/1", "task task1/1~r1"}, 4, lab.RunCompleted, 8 + 3, 1},
		{wire.InterruptRestart, "", []string{"task task1/1", "task task1/1~r1"}, 0, lab.RunCompleted, 8, 0},
		{wire.InterruptFail, "", []string{"task task1/1"}, 0, lab.RunFailed, 0, 0},
		{wire.InterruptAsk, "resume", []string{"task task1/1", "task task1/1~r1"}, 4, lab.RunCompleted, 8 + 3, 1},
		{wire.InterruptAsk, "restart", []string{"task task1/1", "task task1/1~r1"}, 0, lab.RunCompleted, 8, 0},
		{wire.InterruptAsk, "fail", []string{"task task1/1"}, 0, lab.RunFailed, 0, 0},
	} {
		t.Run(string(tt.policy)+" "+tt.choose, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.devices.Play = func(_ string, cmd wire.Command) activitiestest.Script {
				if cmd.Visit == "1" {
					return activitiestest.Script{Reply: interrupted}
				}
				return activitiestest.Script{}
			}
			if tt.choose != "" {
				b.update(time.Minute, workflows.UpdateAnswer, workflows.Answer{Step: wire.CommandID(runID, "task1", "1~r1"), Choice: tt.choose})
			}
			p := plantest.Draw(t, "start -> task1\ntask1 -done> end")
			p.Node("task1").Task.OnInterrupt = tt.policy
			p.Node("task1").Task.Results = map[string]string{"outcome.correct": "x", "outcome.omission": "i"}
			require.Equal(t, tt.status, b.run(input(p)).Status)
			require.Equal(t, tt.did, b.devices.Did()[:len(tt.did)])
			require.Contains(t, b.store.Told(), "interrupted task1 box-1")
			if tt.status == lab.RunFailed {
				return
			}
			var body wire.TaskBody
			require.NoError(t, json.Unmarshal(b.devices.Commands()[1].Body, &body))
			require.Equal(t, tt.trials, body.Start.Trial)
			require.Equal(t, tt.x, variable(t, b, "x"))
			require.Equal(t, tt.i, variable(t, b, "i"))
		})
	}
}

// variable is the last recorded value of an int.
func variable(t *testing.T, b *bench, name string) (n int64) {
	t.Helper()
	for _, e := range b.store.Events() {
		if e.Kind == plan.EventVariable && e.Name == name {
			var body struct{ Value int64 }
			require.NoError(t, json.Unmarshal(e.Body, &body))
			n = body.Value
		}
	}
	return n
}
