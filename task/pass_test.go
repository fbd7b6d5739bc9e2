package task_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/task"
)

// passing is wait → (pass) sort → near or far, with the light on in all but far.
func passing() *task.Program {
	sort := task.State{Name: "sort", Pass: true, Entry: []task.Action{{Do: task.DoRaise, Event: "sorted"}}, On: []task.Handler{
		{Events: []string{task.Timeup}, Guard: `event == "left_in"`, To: "near"},
		{Events: []string{task.Timeup}, To: "far"},
	}}
	return &task.Program{
		Name: "passing", Initial: "wait", Ends: []string{"over"},
		Channels: []task.Channel{{Name: "left", Direction: task.In}, {Name: "right", Direction: task.In}, {Name: "light", Direction: task.Out}},
		States: []task.State{
			on(on(state("wait", "", "light"), "left_in", "sort"), "right_in", "sort"),
			sort,
			on(state("near", "1s", "light"), "right_in", "over"),
			on(state("far", "1s"), "sorted", "over"),
		},
	}
}

func TestAPassingStateKeepsTheOutputsOnAndTakesNoTime(t *testing.T) {
	t.Parallel()
	r, _ := play(t, passing(), task.Start{}, 20*ms, edge{10 * ms, 0, true})
	require.Equal(t, lines(`
0 state wait
0 output light=1
10 state sort
10 state near`), r.only(task.KindState, task.KindOutput))
}

func TestAnEdgeOfTheSameInstantMeetsTheStateBehindAPassingOne(t *testing.T) {
	t.Parallel()
	r, m := play(t, passing(), task.Start{}, 20*ms, edge{10 * ms, 0, true}, edge{10 * ms, 1, true})
	require.Equal(t, lines("0 state wait\n10 state sort\n10 state near\n10 state over"), r.only(task.KindState))
	require.True(t, m.Done())
}

func TestWhatAPassingStateRaisesIsAnsweredByTheStateBehindIt(t *testing.T) {
	t.Parallel()
	r, _ := play(t, passing(), task.Start{}, 20*ms, edge{10 * ms, 1, true})
	require.Equal(t, lines(`
0 state wait
0 output light=1
10 event right_in
10 state sort
10 output light=0
10 state far
10 event sorted
10 state over`), r.only(task.KindState, task.KindOutput, task.KindEvent))
}

func TestAPassingStateThatMayNotLeadOnIsRefused(t *testing.T) {
	t.Parallel()
	p := passing()
	p.States[1].On = p.States[1].On[:1]
	p.States[1].Timer = "1s"
	problems := task.Check(p)
	require.Len(t, problems, 2)
	require.Contains(t, problems[0].Message, "neither a timer")
	require.Contains(t, problems[1].Message, "must always lead on")
}

func TestPassingStatesInACircleFailTheTask(t *testing.T) {
	t.Parallel()
	round := func(name, to string) task.State {
		return task.State{Name: name, Pass: true, On: []task.Handler{{Events: []string{task.Timeup}, To: to}}}
	}
	_, m := play(t, &task.Program{Name: "round", Initial: "a", States: []task.State{round("a", "b"), round("b", "a")}}, task.Start{}, ms)
	require.Equal(t, task.ReasonFailed, m.Result().Reason)
	require.Contains(t, m.Result().Error, "without time passing")
}

// pulsing pulses a valve and moves on when the pulse is over.
func pulsing(pulse task.Action, extra ...task.Action) *task.Program {
	pulse.Do, pulse.Channel, pulse.Done = task.DoPulse, "valve", "closed"
	open := state("open", "")
	open.Entry = append([]task.Action{pulse}, extra...)
	return &task.Program{
		Name: "pulsing", Initial: "open", Ends: []string{"over"},
		Channels: []task.Channel{{Name: "valve", Direction: task.Out}},
		States:   []task.State{on(on(open, "closed", "after"), task.Timeup, "after"), on(state("after", "10ms"), task.Timeup, "over")},
	}
}

func TestAPulseRaisesItsEventAtTheCalibratedTime(t *testing.T) {
	t.Parallel()
	start := task.Start{Calibrations: map[string]task.Calibration{"valve": {Points: []task.CalibrationPoint{
		{Microlitres: 2, Open: 20 * ms}, {Microlitres: 4, Open: 40 * ms},
	}}}}
	r, _ := play(t, pulsing(task.Action{Volume: "3µl"}), start, 100*ms)
	require.Equal(t, lines(`
0 state open
0 output valve=1
30 output valve=0
30 event closed
30 state after
40 state over`), r.only(task.KindState, task.KindOutput, task.KindEvent))
}

func TestAPulseOfNothingIsOverAtOnce(t *testing.T) {
	t.Parallel()
	for _, nothing := range []task.Action{{Duration: "0s"}, {Volume: "0"}} {
		start := task.Start{Calibrations: map[string]task.Calibration{"valve": {Points: []task.CalibrationPoint{{Microlitres: 2, Open: ms}}}}}
		r, _ := play(t, pulsing(nothing), start, 100*ms)
		require.Equal(t, lines("0 state open\n0 event closed\n0 state after\n10 state over"), r.only(task.KindState, task.KindEvent, task.KindOutput))
	}
}

func TestAReleasedPulseIsOverAndAReplacedOneIsNot(t *testing.T) {
	t.Parallel()
	r, _ := play(t, pulsing(task.Action{Duration: "50ms"}, task.Action{Do: task.DoRelease, Channel: "valve"}), task.Start{}, 100*ms)
	require.Equal(t, lines("0 event closed"), r.only(task.KindEvent))
	again := task.Action{Do: task.DoPulse, Channel: "valve", Duration: "20ms"}
	r, m := play(t, pulsing(task.Action{Duration: "50ms"}, again), task.Start{}, 100*ms)
	require.Empty(t, r.only(task.KindEvent))
	require.Equal(t, "open", m.Position().State)
}

func TestAProgramNamesTheOldestFormatThatCanSayIt(t *testing.T) {
	t.Parallel()
	require.Equal(t, 2, passing().OldestFormat())
	require.Equal(t, 2, pulsing(task.Action{Duration: "1s"}).OldestFormat())
	require.Equal(t, 1, (&task.Program{States: []task.State{state("a", "1s")}}).OldestFormat())
}

func TestATimerThatElapsesWhilePausedIsAnsweredAfterwards(t *testing.T) {
	t.Parallel()
	tick := task.Action{Do: task.DoStartTimer, Timer: "tick"}
	work := on(state("work", "10ms"), task.Timeup, "work", task.Action{Do: task.DoOutcome, Outcome: "done"})
	begin := on(state("begin", "0s"), task.Timeup, "work", tick)
	work.Trial = true
	r, m := play(t, &task.Program{
		Name: "ticking", Initial: "begin", Timers: []task.Timer{{Name: "tick", Duration: "30ms"}},
		Channels: []task.Channel{{Name: "led", Direction: task.Out}},
		States:   []task.State{begin, work},
		Always:   []task.Handler{{Events: []string{"tick"}, Actions: []task.Action{{Do: task.DoPulse, Channel: "led", Duration: "1ms"}, tick}}},
	}, task.Start{}, 35*ms)
	m.Pause()
	m.Advance(100 * ms)
	m.Resume(200 * ms)
	m.Advance(240 * ms)
	require.Equal(t, lines(`
30 event tick
30 output led=1
31 output led=0
60 event tick
200 output led=1
201 output led=0
230 event tick
230 output led=1
231 output led=0`), r.only(task.KindEvent, task.KindOutput))
}
