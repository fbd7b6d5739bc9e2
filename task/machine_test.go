package task_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/task"
)

var box = []task.Channel{
	{Name: "poke", Direction: task.In},
	{Name: "lever", Direction: task.In},
	{Name: "led", Direction: task.Out},
	{Name: "valve", Direction: task.Out},
}

const (
	poke = iota
	lever
	led
	valve
)

func TestAnOutputThatBothStatesHoldDoesNotGlitch(t *testing.T) {
	t.Parallel()
	p := &task.Program{
		Name: "t", Channels: box, Initial: "a", Ends: []string{"done"},
		States: []task.State{
			on(state("a", "10ms", "led", "valve"), "timeup", "b"),
			on(state("b", "10ms", "led"), "timeup", "done"),
		},
	}
	r, m := play(t, p, task.Start{}, time.Second)
	require.Equal(t, lines(`
0 trial 1
0 state a
0 output led=1
0 output valve=1
10 output valve=0
10 state b
20 output led=0
20 state done
20 end done (end)`), r.lines)
	require.True(t, m.Done())
	require.Equal(t, "done", m.Result().Exit)
}

func TestAnOutputSetAgainByTheEntryActionsDoesNotGlitch(t *testing.T) {
	t.Parallel()
	set := task.Action{Do: task.DoSet, Channel: "led"}
	b := state("b", "10ms")
	b.Entry = []task.Action{set}
	c := state("c", "10ms")
	c.Entry = []task.Action{{Do: task.DoSet, Channel: "led", If: "false"}}
	p := &task.Program{
		Name: "t", Channels: box, Initial: "a",
		States: []task.State{on(state("a", "10ms", "led"), "timeup", "b"), on(b, "timeup", "c"), c},
	}
	r, _ := play(t, p, task.Start{}, 25*ms)
	require.Equal(t, lines("0 output led=1\n20 output led=0"), r.only(task.KindOutput))
}

func TestATransitionRunsInTheWrittenOrder(t *testing.T) {
	t.Parallel()
	say := func(text string) []task.Action { return []task.Action{{Do: task.DoPrint, Text: text}} }
	a := on(state("a", "", "led"), "poke_in", "b", task.Action{Do: task.DoPrint, Text: "handler {event}"})
	a.Exit = say("exit")
	b := state("b", "", "valve")
	b.Entry = say("entry")
	p := &task.Program{Name: "t", Channels: box, Initial: "a", States: []task.State{a, b}}
	r, _ := play(t, p, task.Start{}, time.Second, edge{5 * ms, poke, true})
	require.Equal(t, lines(`
0 trial 1
0 state a
0 output led=1
5 event poke_in
5 print handler poke_in
5 print exit
5 output led=0
5 state b
5 output valve=1
5 print entry`), r.lines)
}

func TestInOneInstantEdgesComeBeforeRaisedEventsAndThoseBeforeTimers(t *testing.T) {
	t.Parallel()
	a := state("a", "10ms")
	a.On = []task.Handler{
		{Events: []string{"poke_in"}, Actions: []task.Action{{Do: task.DoRaise, Event: "mine"}}},
		{Events: []string{"timeup", "mine", "lever_in", "gt"}, Actions: []task.Action{{Do: task.DoPrint, Text: "{event}"}}},
	}
	a.Entry = []task.Action{{Do: task.DoStartTimer, Timer: "gt"}}
	p := &task.Program{Name: "t", Channels: box, Initial: "a", States: []task.State{a}, Timers: []task.Timer{{Name: "gt", Duration: "10ms"}}}
	r, _ := play(t, p, task.Start{}, time.Second, edge{10 * ms, poke, true}, edge{10 * ms, lever, true})
	require.Equal(t, lines("10 print lever_in\n10 print mine\n10 print timeup\n10 print gt"), r.only(task.KindPrint))
}

func TestAZeroDurationStateTakesNoTimeButYieldsToEdgesOfTheSameInstant(t *testing.T) {
	t.Parallel()
	p := &task.Program{
		Name: "t", Channels: box, Initial: "a",
		States: []task.State{
			on(state("a", ""), "poke_in", "zero"),
			on(on(state("zero", "0ms"), "timeup", "b"), "lever_in", "c"),
			state("b", ""), state("c", ""),
		},
	}
	r, _ := play(t, p, task.Start{}, time.Second, edge{10 * ms, poke, true})
	require.Equal(t, lines("0 state a\n10 state zero\n10 state b"), r.only(task.KindState))
	r, _ = play(t, p, task.Start{}, time.Second, edge{10 * ms, poke, true}, edge{10 * ms, lever, true})
	require.Equal(t, lines("0 state a\n10 state zero\n10 state c"), r.only(task.KindState))
}

func TestACircleOfStatesWithoutTimeIsStopped(t *testing.T) {
	t.Parallel()
	p := &task.Program{
		Name: "t", Channels: box, Initial: "a",
		States: []task.State{on(state("a", "0ms", "led"), "timeup", "b"), on(state("b", "0ms"), "timeup", "a")},
	}
	r, m := play(t, p, task.Start{}, time.Second)
	require.Equal(t, task.ReasonFailed, m.Result().Reason)
	require.Contains(t, m.Result().Error, "without time passing, near state")
	require.Zero(t, r.levels[led], "a failed task leaves nothing on")
}

func TestACircleOfNanosecondTimersIsStopped(t *testing.T) {
	t.Parallel()
	p := &task.Program{
		Name: "t", Channels: box, Initial: "a",
		States: []task.State{on(state("a", "0.000001ms", "led"), "timeup", "b"), on(state("b", "0.000001ms"), "timeup", "a")},
	}
	r, m := play(t, p, task.Start{}, time.Hour)
	require.Contains(t, m.Result().Error, "steps within a second, near state")
	require.Less(t, m.Result().Duration, time.Second)
	require.Zero(t, r.levels[led])
}

func TestALatchEndsByItselfAfterItsSafetyTime(t *testing.T) {
	t.Parallel()
	a := state("a", "10ms")
	a.Entry = []task.Action{{Do: task.DoLatch, Channel: "valve", Duration: "50ms"}}
	p := &task.Program{Name: "t", Channels: box, Initial: "a", States: []task.State{on(a, "timeup", "b"), state("b", "")}}
	r, _ := play(t, p, task.Start{}, time.Second)
	require.Equal(t, lines("0 output valve=1\n50 output valve=0"), r.only(task.KindOutput))
}

func TestEverythingIsOffAfterTheEnd(t *testing.T) {
	t.Parallel()
	a := state("a", "", "led")
	a.Entry = []task.Action{{Do: task.DoLatch, Channel: "valve", Duration: "1h"}}
	p := &task.Program{Name: "t", Channels: box, Initial: "a", States: []task.State{a}, Limits: task.Limits{Duration: "30ms"}}
	r, m := play(t, p, task.Start{}, time.Second)
	require.Equal(t, lines("0 output led=1\n0 output valve=1\n30 output led=0\n30 output valve=0"), r.only(task.KindOutput))
	require.Equal(t, task.ExitLimit, m.Result().Exit)
	require.Equal(t, task.ReasonTime, m.Result().Reason)
	require.Equal(t, 30*ms, m.Result().Duration)
}

func TestTheFirstHandlerWithATransitionEndsTheAsking(t *testing.T) {
	t.Parallel()
	a := state("a", "")
	say := func(s string) []task.Action { return []task.Action{{Do: task.DoPrint, Text: s}} }
	a.On = []task.Handler{
		{Events: []string{"poke_in"}, Actions: say("one")},
		{Events: []string{"poke_in"}, Guard: "lever", To: "c"},
		{Events: []string{"poke_in"}, Actions: say("two"), To: "b"},
		{Events: []string{"poke_in"}, Actions: say("never"), To: "c"},
	}
	p := &task.Program{
		Name: "t", Channels: box, Initial: "a", States: []task.State{a, state("b", ""), state("c", "")},
		Always: []task.Handler{{Events: []string{"poke_in"}, Actions: say("always")}},
	}
	r, _ := play(t, p, task.Start{}, time.Second, edge{ms, poke, true})
	require.Equal(t, lines("1 print always\n1 print one\n1 print two"), r.only(task.KindPrint))
	require.Equal(t, lines("0 state a\n1 state b"), r.only(task.KindState))
	r, _ = play(t, p, task.Start{}, time.Second, edge{ms, lever, true}, edge{2 * ms, poke, true})
	require.Equal(t, lines("0 state a\n2 state c"), r.only(task.KindState))
}

// trials is a task of one poke per trial.
func trials(limits task.Limits) *task.Program {
	return &task.Program{
		Name: "t", Channels: box, Initial: "wait", Limits: limits,
		Variables: []task.Variable{{Name: "n", Type: "int"}, {Name: "most", Type: "int", Parameter: true, Initial: "3"}},
		States: []task.State{on(state("wait", "", "led"), "poke_in", "wait",
			task.Action{Do: task.DoOutcome, Outcome: "correct"},
			task.Action{Do: task.DoAssign, Variable: "n", Value: "n + 1"},
			task.Action{Do: task.DoPulse, Channel: "valve", Volume: "2.5"})},
	}
}

var calibrated = map[string]task.Calibration{"valve": {ID: "c", Points: []task.CalibrationPoint{
	{Microlitres: 2, Open: 20 * ms}, {Microlitres: 4, Open: 60 * ms},
}}}

func TestATrialEndsAtTheStateThatBeginsTheNext(t *testing.T) {
	t.Parallel()
	r, m := play(t, trials(task.Limits{Trials: "most"}), task.Start{Calibrations: calibrated}, time.Minute,
		edge{100 * ms, poke, true}, edge{200 * ms, poke, true}, edge{300 * ms, poke, true})
	require.Equal(t, lines(`
0 trial 1
100 outcome correct
100 trial 2
200 outcome correct
200 trial 3
300 outcome correct
300 end limit (trials)`), r.only(task.KindTrial, task.KindOutcome, task.KindEnd))
	require.Equal(t, 3, m.Result().Trials)
	require.Equal(t, map[string]int{"correct": 3}, m.Result().Outcomes)
	require.InDelta(t, 7.5, m.Result().Microlitres, 1e-9)
}

func TestAnOutputHeldOnBothSidesOfATrialBoundaryDoesNotGlitch(t *testing.T) {
	t.Parallel()
	r, _ := play(t, trials(task.Limits{}), task.Start{Calibrations: calibrated}, 50*ms, edge{10 * ms, poke, true})
	require.Equal(t, lines("0 output led=1\n10 output valve=1\n40 output valve=0"), r.only(task.KindOutput))
}

func TestAVolumeIsDeliveredByTheCalibratedTime(t *testing.T) {
	t.Parallel()
	r, _ := play(t, trials(task.Limits{}), task.Start{Calibrations: calibrated}, time.Minute, edge{100 * ms, poke, true})
	require.Contains(t, r.lines, "100 output valve=1")
	require.Contains(t, r.lines, "130 output valve=0", "2.5 µl lies a quarter of the way from 20 to 60 ms")
}

func TestAVolumeOutsideTheCalibrationFailsWithThePlace(t *testing.T) {
	t.Parallel()
	small := map[string]task.Calibration{"valve": {Points: []task.CalibrationPoint{{1, 10 * ms}, {2, 20 * ms}}}}
	_, m := play(t, trials(task.Limits{}), task.Start{Calibrations: small}, time.Minute, edge{ms, poke, true})
	require.Equal(t, "state wait, on poke_in, action 3 (pulse): 2.5 µl is outside the calibration of valve (1 to 2 µl)", m.Result().Error)
}

func TestAVolumeLimitEndsAtTheNextTrialBoundary(t *testing.T) {
	t.Parallel()
	_, m := play(t, trials(task.Limits{Volume: "5µl"}), task.Start{Calibrations: calibrated}, time.Minute,
		edge{100 * ms, poke, true}, edge{200 * ms, poke, true}, edge{300 * ms, poke, true})
	require.Equal(t, task.ReasonVolume, m.Result().Reason)
	require.Equal(t, 200*ms, m.Result().Duration)
}

func TestPauseWaitsForTheTrialBoundaryAndResumeBeginsTheNextTrial(t *testing.T) {
	t.Parallel()
	r := &recorder{}
	m, err := task.New(trials(task.Limits{}), task.Start{Calibrations: calibrated}, r)
	require.NoError(t, err)
	m.Begin()
	m.Advance(10 * ms)
	m.Pause()
	m.Advance(20 * ms)
	require.False(t, m.Position().Paused, "a trial goes on to its end")
	m.Input(30*ms, poke, true)
	m.Advance(30 * ms)
	require.True(t, m.Position().Paused)
	require.Zero(t, r.levels[led], "nothing the state held stays on while paused")
	m.Input(40*ms, poke, true)
	m.Advance(100 * ms)
	require.Equal(t, 1, m.Position().Outcomes["correct"], "inputs are recorded, not answered, while paused")
	m.Resume(200 * ms)
	require.InDelta(t, 1, r.levels[led], 0)
	require.Equal(t, lines("30 control paused\n200 control resumed\n200 trial 2"), r.only(task.KindControl, task.KindTrial)[1:])
}

func TestStopRunsExitActionsAndAbortDoesNot(t *testing.T) {
	t.Parallel()
	a := state("a", "", "led")
	a.Exit = []task.Action{{Do: task.DoPrint, Text: "bye"}}
	p := &task.Program{Name: "t", Channels: box, Initial: "a", States: []task.State{a}}
	r, m := play(t, p, task.Start{}, ms)
	m.Stop(2 * ms)
	require.Equal(t, task.ReasonStop, m.Result().Reason)
	require.Equal(t, []string{"2 print bye"}, r.only(task.KindPrint))
	r, m = play(t, p, task.Start{}, ms)
	m.Abort(2 * ms)
	require.Equal(t, task.ReasonAbort, m.Result().Reason)
	require.Empty(t, r.only(task.KindPrint))
	require.Zero(t, r.levels[led])
}

func TestAResumedTaskBeginsAtTheTrialAfterTheLastOne(t *testing.T) {
	t.Parallel()
	p := trials(task.Limits{Trials: "most"})
	p.States = append(p.States, on(state("hello", "1s"), "timeup", "wait"))
	p.Initial = "hello"
	p.States[0].Trial = true
	r, _ := play(t, p, task.Start{Calibrations: calibrated, Trial: 2}, time.Minute, edge{ms, poke, true})
	require.Equal(t, lines("0 trial 3\n0 state wait\n1 end limit (trials)"), r.only(task.KindTrial, task.KindState, task.KindEnd))
}

func TestAVariableIsRecordedWhenItChanges(t *testing.T) {
	t.Parallel()
	a := on(state("a", ""), "poke_in", "", task.Action{Do: task.DoAssign, Variable: "x", Value: "lever ? 1 : 0.5"})
	p := &task.Program{Name: "t", Channels: box, Initial: "a", States: []task.State{a}, Variables: []task.Variable{{Name: "x", Type: "float"}}}
	r, _ := play(t, p, task.Start{}, time.Second, edge{1 * ms, poke, true}, edge{2 * ms, poke, false}, edge{3 * ms, poke, true},
		edge{4 * ms, lever, true}, edge{5 * ms, poke, true})
	require.Equal(t, lines("1 variable x=0.5\n5 variable x=1"), r.only(task.KindVariable))
}

func TestAFailingExpressionFailsTheTaskAndNamesThePlace(t *testing.T) {
	t.Parallel()
	a := on(state("a", "", "led"), "poke_in", "", task.Action{Do: task.DoAssign, Variable: "x", Value: "1 / x"})
	p := &task.Program{Name: "t", Channels: box, Initial: "a", States: []task.State{a}, Variables: []task.Variable{{Name: "x", Type: "float"}}}
	r, m := play(t, p, task.Start{}, time.Second, edge{ms, poke, true})
	require.Equal(t, task.ReasonFailed, m.Result().Reason)
	require.Contains(t, m.Result().Error, "state a, on poke_in, action 1 (assign), value: division by zero")
	require.Zero(t, r.levels[led])
}

func TestParametersCalibrationsAndDrawsAreRefusedWithTheirNames(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		start task.Start
		want  string
	}{
		"no calibration":  {task.Start{}, "channel valve delivers a volume but has no calibration"},
		"wrong parameter": {task.Start{Calibrations: calibrated, Parameters: map[string]json.RawMessage{"most": json.RawMessage(`"many"`)}}, "parameter most"},
		"unknown stream":  {task.Start{Calibrations: calibrated, Draws: map[string][]json.RawMessage{"x": nil}}, "draws are given for x"},
		"zero trials":     {task.Start{Calibrations: calibrated, Parameters: map[string]json.RawMessage{"most": json.RawMessage(`0`)}}, "at least 1"},
	} {
		_, err := task.New(trials(task.Limits{Trials: "most"}), tt.start, &recorder{})
		require.ErrorContains(t, err, tt.want, name)
	}
}
