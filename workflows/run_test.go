package workflows_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/activities/activitiestest"
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
	"github.com/lics-lab/lics/workflows"
)

func TestRunDoesOneStepAfterTheOther(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	res := b.run(input(plantest.Draw(t, "start -> set1\nset1 -> wait1\nwait1 -> task1\ntask1 -done> read1\nread1 -> end")))
	require.Equal(t, workflows.RunResult{Status: lab.RunCompleted, Outcome: "end"}, res)
	require.ElementsMatch(t, []string{"set set1/1", "task task1/1", "read read1/1", "safe safe/end.box-1", "safe safe/end.box-2"}, b.devices.Did())
	require.Equal(t, []lab.RunStatus{lab.RunRunning, lab.RunCompleted}, b.store.Statuses())
	require.Equal(t, []string{
		"status  RUNNING",
		"step_done start out",
		"step_started set1", "step_done set1 out",
		"step_started wait1", "step_done wait1 out",
		"step_started task1", "step_done task1 done",
		"step_started read1", "variable read1 x", "step_done read1 out",
		"step_done end",
		"status  COMPLETED",
	}, b.store.Told())
}

func TestRunRepeatsAndBranchesOnResults(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := plantest.Draw(t, "start -> repeat\nrepeat -body> repeat:task1\nrepeat -done> branch\nbranch -big> end1\nbranch -else> end2")
	p.Node("task1").Task.Results = map[string]string{"outcome.correct": "x"}
	res := b.run(input(p))
	require.Equal(t, "end1", res.Outcome)
	require.ElementsMatch(t, []string{"task task1/1", "task task1/2", "safe safe/end.box-1", "safe safe/end.box-2"}, b.devices.Did())
}

func TestRunForksJoinsAndRaces(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = func(string, wire.Command) activitiestest.Script { return activitiestest.Script{Takes: time.Hour} }
	p := plantest.Draw(t, `start -> parallel
		parallel -a> task1
		parallel -b> wait1
		parallel -c> each
		each -body> each:set1
		task1 -done> race
		wait1 -> race
		race -> join
		each -done> join
		join -> task2
		task2 -done> end`)
	p.Node("wait1").Wait.Duration = "30min"
	res := b.run(input(p))
	require.Equal(t, lab.RunCompleted, res.Status)
	// The lost task is ended on the device before the next one begins there.
	require.Equal(t, []string{"abort control/1", "task task2/1"}, b.devices.Did()[3:5])
	require.Contains(t, b.store.Told(), "step_cancelled task1")
}

func TestTaskGetsWhatItBeginsWith(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := plantest.Draw(t, "start -> task1\ntask1 -done> end")
	p.Parameters = []plan.Parameter{{Name: "trials", Type: "int", Default: json.RawMessage("3")}}
	p.Node("task1").Task.Program = task.Program{
		Format: task.Format, Name: "5CSRTT",
		Channels:  []task.Channel{{Name: "pump", Direction: task.Out}, {Name: "light", Direction: task.Out}},
		Variables: []task.Variable{{Name: "n", Type: "int", Parameter: true}},
	}
	p.Node("task1").Task.Parameters = map[string]string{"n": "trials * 2"}
	p.Node("task1").Task.Results = map[string]string{"n": "x", "trials": "i"}
	b.devices.Play = func(string, wire.Command) activitiestest.Script {
		return activitiestest.Script{Variables: map[string]expr.Value{"n": expr.IntValue(9)}}
	}
	in := input(p)
	in.Parameters = map[string]json.RawMessage{"trials": json.RawMessage("5")}
	in.Bindings[0].Channels = map[string]string{"pump": "valve_2", "light": "light"}
	in.Bindings[0].Calibrations = map[string]json.RawMessage{"pump": json.RawMessage(`{"id":"c1","points":[{"microlitres":1,"open_ns":1000}]}`)}
	require.Equal(t, lab.RunCompleted, b.run(in).Status)
	cmd := b.devices.Commands()[0]
	require.Equal(t, wire.CommandID(runID, "task1", "1"), cmd.ID)
	require.Equal(t, int64(1), cmd.Epoch)
	var body wire.TaskBody
	require.NoError(t, json.Unmarshal(cmd.Body, &body))
	require.Equal(t, map[string]string{"pump": "valve_2"}, body.Channels)
	require.JSONEq(t, `{"n":10}`, string(mustJSON(t, body.Start.Parameters)))
	require.Equal(t, "c1", body.Start.Calibrations["pump"].ID)
	require.Equal(t, plan.TaskSeed(42, "task1", "1"), body.Start.Seed) // as the dry-run draws
	require.Contains(t, b.store.Told(), "variable task1 x")
	require.Contains(t, b.store.Told(), "variable task1 i")
}

func TestPulseIsCalibrated(t *testing.T) {
	t.Parallel()
	for _, calibrated := range []bool{true, false} {
		b := newBench(t)
		p := plantest.Draw(t, "start -> set1\nset1 -> end")
		n := p.Node("set1")
		n.Kind, n.Set, n.Pulse = plan.KindPulse, nil, &plan.Pulse{Role: "box", Channel: "pump", Volume: "5"}
		in := input(p)
		if !calibrated {
			res := b.run(in)
			require.Equal(t, lab.RunFailed, res.Status)
			require.Equal(t, "set1: channel pump of box-1 has no calibration", res.Error)
			continue
		}
		in.Bindings[0].Calibrations = map[string]json.RawMessage{"pump": json.RawMessage(`{"id":"c1"}`)}
		require.Equal(t, lab.RunCompleted, b.run(in).Status)
		require.JSONEq(t, `{"channel":"pump","microlitres":5,"calibration":{"id":"c1","points":null}}`, string(b.devices.Commands()[0].Body))
	}
}

func TestRefusalFailsTheRunAndLeavesTheDevicesSafe(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Act = func(string, wire.Command) wire.Reply {
		return wire.Reply{State: wire.Refused, Reason: &wire.Reason{Code: wire.ReasonChannel, Message: "there is no channel light"}}
	}
	res := b.run(input(plantest.Draw(t, "start -> set1\nset1 -> end")))
	require.Equal(t, lab.RunFailed, res.Status)
	require.Equal(t, "set1: there is no channel light", res.Error)
	require.ElementsMatch(t, []string{"set set1/1", "safe safe/end.box-1", "safe safe/end.box-2"}, b.devices.Did())
	require.Equal(t, lab.RunFailed, b.store.Statuses()[1])
}

func TestRefusedTaskTakesItsFailedPort(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = func(string, wire.Command) activitiestest.Script {
		return activitiestest.Script{Reply: wire.Reply{State: wire.Refused, Reason: &wire.Reason{Code: wire.ReasonProgram, Message: "it does not compile"}}}
	}
	res := b.run(input(plantest.Draw(t, "start -> task1\ntask1 -done> end1\ntask1 -failed> end2")))
	require.Equal(t, workflows.RunResult{Status: lab.RunCompleted, Outcome: "end2"}, res)
}

func TestRunThatCannotBeginFails(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		edit func(in *workflows.RunInput)
		want string
	}{
		"parameter": {func(in *workflows.RunInput) { in.Parameters = map[string]json.RawMessage{"size": json.RawMessage("1")} }, "parameter size: the protocol has no such parameter"},
		"role":      {func(in *workflows.RunInput) { in.Plan.Roles = []plan.Role{{Name: "camera"}} }, `no device is bound to the role "camera"`},
		"plan":      {func(in *workflows.RunInput) { in.Plan.Nodes = nil }, "the plan has 0 start nodes; it needs one"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			in := input(plantest.Draw(t, "start -> set1\nset1 -> end"))
			tt.edit(&in)
			res := b.run(in)
			require.Equal(t, lab.RunFailed, res.Status)
			require.Equal(t, tt.want, res.Error)
			require.ElementsMatch(t, []string{"safe safe/end.box-1", "safe safe/end.box-2"}, b.devices.Did())
		})
	}
}

func TestHumanChoosesAndTimesOut(t *testing.T) {
	t.Parallel()
	id := wire.CommandID(runID, "human", "1")
	draw := func(t *testing.T) *plan.Plan {
		p := plantest.Draw(t, "start -> human\nhuman -yes> end1\nhuman -no> end2\nhuman -timeout> end3")
		p.Node("human").Human.Timeout = "1h"
		return p
	}
	t.Run("chooses", func(t *testing.T) {
		t.Parallel()
		b := newBench(t)
		b.refused(time.Minute, workflows.UpdateAnswer, workflows.Answer{Step: "moon", Choice: "no"}, "does not wait for an answer to moon")
		b.refused(time.Minute, workflows.UpdateAnswer, workflows.Answer{Step: id, Choice: "perhaps"}, `"perhaps" is not one of the choices`)
		b.update(30*time.Minute, workflows.UpdateAnswer, workflows.Answer{Step: id, Choice: "no", By: "alice"})
		require.Equal(t, "end2", b.run(input(draw(t))).Outcome)
		require.Equal(t, "x is 0", b.store.Asked()[id].Text)
		require.Contains(t, b.store.Told(), "human human answered")
		require.Equal(t, []string{id}, b.store.Closed())
	})
	t.Run("is too late", func(t *testing.T) {
		t.Parallel()
		b := newBench(t)
		require.Equal(t, "end3", b.run(input(draw(t))).Outcome)
		require.Contains(t, b.store.Told(), "human human timeout")
	})
}

func TestRunWaitsUntilEveryRowIsStored(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.store.Rows("box-1", "b1", 8) // the task recorded 9
	go func() {
		b.told("status  SEALING")
		b.store.Rows("box-1", "b1", 9)
	}()
	require.Equal(t, lab.RunCompleted, b.run(input(plantest.Draw(t, "start -> task1\ntask1 -done> end"))).Status)
	require.Equal(t, []lab.RunStatus{lab.RunRunning, lab.RunSealing, lab.RunCompleted}, b.store.Statuses())
}

func TestDeviceThatIsAwayIsWaitedForAndSoSaid(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Take("box-1", true)
	go func() {
		b.told("device_lost set1 box-1")
		b.devices.Take("box-1", false)
	}()
	require.Equal(t, lab.RunCompleted, b.run(input(plantest.Draw(t, "start -> set1\nset1 -> end"))).Status)
	require.Contains(t, b.store.Told(), "device_back set1 box-1")
	require.ElementsMatch(t, []string{"set set1/1", "safe safe/end.box-1", "safe safe/end.box-2"}, b.devices.Did())
}

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return b
}
