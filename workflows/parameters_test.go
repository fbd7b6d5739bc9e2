package workflows_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"

	"github.com/lics-lab/lics/activities/activitiestest"
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
	"github.com/lics-lab/lics/workflows"
)

// withLive gives a plan the live parameters reward and bright, the first of
// which its tasks have, and one that is fixed.
func withLive(p *plan.Plan) *plan.Plan {
	most := 10.0
	p.Parameters = []plan.Parameter{
		{Name: "reward", Type: "float", Default: json.RawMessage("3"), Maximum: &most, Live: true},
		{Name: "bright", Type: "float", Default: json.RawMessage("0.5"), Live: true},
		{Name: "fixed", Type: "int", Default: json.RawMessage("1")},
	}
	for i := range p.Nodes {
		switch n := &p.Nodes[i]; n.Kind {
		case plan.KindTask:
			n.Task.Program.Variables = []task.Variable{
				{Name: "reward", Type: "float", Parameter: true, Live: true},
				{Name: "fixed", Type: "int", Parameter: true},
			}
			n.Task.Parameters = map[string]string{"reward": "reward", "fixed": "fixed"}
		case plan.KindSet:
			n.Set.Level = "bright"
		}
	}
	return p
}

func values(pairs ...string) workflows.SetParameters {
	s := workflows.SetParameters{Values: map[string]json.RawMessage{}, By: "alice", Why: "it drinks little"}
	for i := 0; i < len(pairs); i += 2 {
		s.Values[pairs[i]] = json.RawMessage(pairs[i+1])
	}
	return s
}

// set sends the update after a time; the answer is there after the run.
func (b *bench) set(after time.Duration, in workflows.SetParameters) *workflows.SetParametersAnswer {
	answer := &workflows.SetParametersAnswer{}
	b.env.RegisterDelayedCallback(func() {
		b.env.UpdateWorkflow(workflows.UpdateSetParameters, "", &testsuite.TestUpdateCallback{
			OnAccept: func() {},
			OnReject: func(err error) { b.t.Errorf("refused: %v", err) },
			OnComplete: func(res any, err error) {
				if err != nil {
					b.t.Errorf("failed: %v", err)
				}
				*answer, _ = res.(workflows.SetParametersAnswer)
			},
		}, in)
	}, after)
	return answer
}

// given are the bodies of the commands of a verb.
func given[T any](t *testing.T, devices *activitiestest.Devices, verb wire.Verb) (all []T) {
	t.Helper()
	for _, c := range devices.Commands() {
		if c.Verb == verb {
			var body T
			require.NoError(t, json.Unmarshal(c.Body, &body))
			all = append(all, body)
		}
	}
	return all
}

func TestALiveParameterReachesTheRunningTaskAndTheNextStep(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = hour
	answer := b.set(10*time.Minute, values("reward", "4.5", "bright", "0.5"))
	b.set(20*time.Minute, values("bright", "1"))
	require.Equal(t, lab.RunCompleted, b.run(input(withLive(plantest.Draw(t, longTask)))).Status)
	require.Equal(t, []workflows.ParameterChange{
		{Change: plan.Change{Name: "reward", Old: json.RawMessage("3.0"), New: json.RawMessage("4.5")}, Applies: workflows.AppliesNextTrial},
		{Change: plan.Change{Name: "bright", Old: json.RawMessage("0.5"), New: json.RawMessage("0.5")}, Applies: workflows.AppliesUnchanged},
	}, answer.Changes)
	told := given[wire.ParametersBody](t, b.devices, wire.VerbParameters)
	require.Equal(t, []wire.ParametersBody{{Command: wire.CommandID(runID, "task1", "1"), Number: 1, Values: values("reward", "4.5").Values}}, told,
		"the task has not the parameter bright")
	require.InDelta(t, 1, given[wire.SetBody](t, b.devices, wire.VerbSet)[0].Level, 0)
	i := slices.Index(b.store.Told(), "set_parameter  reward")
	require.Positive(t, i)
	require.JSONEq(t, `{"old":3,"new":4.5,"by":"alice","why":"it drinks little"}`, string(b.store.Events()[i].Body))
	require.Equal(t, []string{"set_parameter  reward", "set_parameter  bright"}, b.store.Told()[i:i+2], "what stays the same is no change")
}

func TestAValueThatCannotBeIsRefusedWithItsProblem(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = hour
	for name, tt := range map[string]struct {
		in      workflows.SetParameters
		problem plan.ParameterProblem
	}{
		"missing": {values("none", "1"), plan.ParameterUnknown},
		"fixed":   {values("reward", "4", "fixed", "2"), plan.ParameterNotLive},
		"reward":  {values("reward", `"much"`), plan.ParameterType},
		"limit":   {values("reward", "11"), plan.ParameterLimits},
	} {
		b.update(time.Minute, workflows.UpdateSetParameters, tt.in, func(_ lab.RunStatus, err error) {
			var app *temporal.ApplicationError
			if !errors.As(err, &app) || app.Type() != workflows.TypeParameter {
				t.Errorf("%s: %v", name, err)
				return
			}
			var problem, parameter string
			if err := app.Details(&problem, &parameter); err != nil || problem != string(tt.problem) {
				t.Errorf("%s: %v %s %v", name, problem, parameter, err)
			}
		})
	}
	b.refused(time.Minute, workflows.UpdateSetParameters, workflows.SetParameters{}, "No parameter is named.")
	require.Equal(t, lab.RunCompleted, b.run(input(withLive(plantest.Draw(t, longTask)))).Status)
	require.Empty(t, given[wire.ParametersBody](t, b.devices, wire.VerbParameters))
}

func TestAnAgentThatDoesNotKnowTheVerbGetsTheValueWithItsNextTask(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = hour
	b.devices.Act = func(_ string, cmd wire.Command) wire.Reply {
		return wire.Reply{State: wire.Refused, Reason: &wire.Reason{Code: wire.ReasonUnknownVerb, Message: `this agent does not know the verb "parameters"`}}
	}
	answer := b.set(10*time.Minute, values("reward", "4.5"))
	p := withLive(plantest.Draw(t, "start -> task1\ntask1 -done> task2\ntask2 -done> end"))
	require.Equal(t, lab.RunCompleted, b.run(input(p)).Status)
	require.Equal(t, workflows.AppliesNextStep, answer.Changes[0].Applies)
	require.Contains(t, b.store.Told(), "note task1 parameters_later")
	tasks := given[wire.TaskBody](t, b.devices, wire.VerbTask)
	require.JSONEq(t, `{"reward":3.0,"fixed":1}`, string(mustJSON(t, tasks[0].Start.Parameters)))
	require.JSONEq(t, `{"reward":4.5,"fixed":1}`, string(mustJSON(t, tasks[1].Start.Parameters)))
}

func TestAResumedTaskHasTheLiveValuesAndWhatTheDeviceKnew(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = func(_ string, cmd wire.Command) activitiestest.Script {
		s := activitiestest.Script{Takes: time.Hour, Silent: true}
		if cmd.Visit == "1" {
			raw := mustJSON(t, wire.TaskProgress{
				Trial: 5, Outcomes: map[string]int{"correct": 4}, Microlitres: 12, Elapsed: time.Minute, Boot: "b0", LastSeq: 44,
				Variables: map[string]expr.Value{"wait": expr.DurationValue(time.Second)},
			})
			s.Reply = wire.Reply{State: wire.Interrupted, Boot: "b0", Result: raw}
		}
		return s
	}
	b.set(10*time.Minute, values("reward", "4.5"))
	b.set(70*time.Minute, values("reward", "5"))
	require.Equal(t, lab.RunCompleted, b.run(input(withLive(plantest.Draw(t, longTask)))).Status)
	start := given[wire.TaskBody](t, b.devices, wire.VerbTask)[1].Start
	require.JSONEq(t, `{"reward":4.5,"fixed":1}`, string(mustJSON(t, start.Parameters)))
	require.Equal(t, 4, start.Trial)
	require.InDelta(t, 12, start.Microlitres, 0)
	require.Equal(t, time.Minute, start.Elapsed)
	require.Equal(t, map[string]expr.Value{"wait": expr.DurationValue(time.Second)}, start.Variables)
	told := given[wire.ParametersBody](t, b.devices, wire.VerbParameters)
	require.Equal(t, wire.CommandID(runID, "task1", "1~r1"), told[1].Command)
}

func TestAStepThatAPausedRunHoldsBackIsEvaluatedAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = hour
	b.update(10*time.Minute, workflows.UpdatePause, alice)
	b.set(2*time.Hour, values("bright", "1"))
	b.update(3*time.Hour, workflows.UpdateResume, alice)
	require.Equal(t, lab.RunCompleted, b.run(input(withLive(plantest.Draw(t, longTask)))).Status)
	require.InDelta(t, 1, given[wire.SetBody](t, b.devices, wire.VerbSet)[0].Level, 0)
}

func TestARunThatIsOverHasNoParametersToChange(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = hour
	b.update(10*time.Minute, workflows.UpdateStop, alice)
	b.refused(10*time.Minute, workflows.UpdateSetParameters, values("reward", "4"), "The run is about to end")
	require.Equal(t, lab.RunStopped, b.run(input(withLive(plantest.Draw(t, longTask)))).Status)
}

func TestLiveValuesAreThereInTheNextHistory(t *testing.T) {
	t.Parallel()
	p := withLive(plantest.Draw(t, longTask))
	_, devices, res := histories(t, p, []time.Duration{30 * time.Minute}, func(n int, b *bench) {
		b.devices.Play = hour
		if n == 0 {
			b.set(time.Minute, values("reward", "4.5", "bright", "1"))
		} else {
			b.set(time.Minute, values("reward", "5"))
		}
	})
	require.Equal(t, lab.RunCompleted, res.Status)
	told := given[wire.ParametersBody](t, devices, wire.VerbParameters)
	require.Len(t, told, 2, "what the device knows is not told again")
	require.EqualValues(t, 2, told[1].Number)
	require.JSONEq(t, "5.0", string(told[1].Values["reward"]))
	require.InDelta(t, 1, given[wire.SetBody](t, devices, wire.VerbSet)[0].Level, 0)
}

func TestADeviceThatIsAwayIsToldWhenItIsBack(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.devices.Play = hour
	b.env.RegisterDelayedCallback(func() { b.devices.Take("box-1", true) }, 5*time.Minute)
	answer := b.set(10*time.Minute, values("reward", "4.5"))
	go func() { // virtual time stands still while a device is being asked
		b.told("set_parameter  reward")
		b.devices.Take("box-1", false)
	}()
	require.Equal(t, lab.RunCompleted, b.run(input(withLive(plantest.Draw(t, longTask)))).Status)
	require.Equal(t, workflows.AppliesNextTrial, answer.Changes[0].Applies)
	require.NotEmpty(t, given[wire.ParametersBody](t, b.devices, wire.VerbParameters))
}
