package task_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/lics-lab/lics/task"
)

// cued waits for a poke, then shows the led for the live parameter cue.
func cued() *task.Program {
	p := &task.Program{
		Name: "t", Channels: box, Initial: "wait", Limits: task.Limits{Trials: "most", Duration: "session"},
		Variables: []task.Variable{
			{Name: "cue", Type: "duration", Parameter: true, Live: true, Initial: "10ms"},
			{Name: "most", Type: "int", Parameter: true, Live: true, Initial: "3"},
			{Name: "session", Type: "duration", Parameter: true, Live: true, Initial: "1h"},
			{Name: "fixed", Type: "int", Parameter: true, Initial: "1"},
			{Name: "n", Type: "int"},
		},
		States: []task.State{
			on(state("wait", ""), "poke_in", "show"),
			on(state("show", "cue", "led"), "timeup", "wait", task.Action{Do: task.DoOutcome, Outcome: "seen"}),
		},
	}
	p.States[0].Trial = true
	return p
}

func raw(pairs ...string) map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = json.RawMessage(pairs[i+1])
	}
	return out
}

func live(t require.TestingT, p *task.Program, s task.Start) (*recorder, *task.Machine) {
	r := &recorder{}
	m, err := task.New(p, s, r)
	require.NoError(t, err)
	m.Begin()
	return r, m
}

func TestALiveParameterHoldsFromTheNextTrialOn(t *testing.T) {
	t.Parallel()
	r, m := live(t, cued(), task.Start{})
	m.Input(100*ms, poke, true)
	require.NoError(t, m.SetParameters(raw("cue", `"50ms"`)))
	m.Input(105*ms, poke, false)
	m.Advance(150 * ms)
	m.Input(200*ms, poke, true)
	m.Advance(300 * ms)
	require.Equal(t, lines(`
0 trial 1
0 state wait
100 state show
110 outcome seen
110 trial 2
110 parameter cue=50ms
110 state wait
200 state show
250 outcome seen
250 trial 3
250 state wait`), r.only(task.KindTrial, task.KindState, task.KindOutcome, task.KindParameter))
	i := slices.IndexFunc(r.rows, func(row task.Row) bool { return row.Kind == task.KindParameter })
	require.Equal(t, "10ms", r.rows[i].Old.String())
	require.EqualValues(t, 2, r.rows[i].Trial)
}

func TestInATaskWithoutTrialsALiveParameterHoldsFromTheNextState(t *testing.T) {
	t.Parallel()
	p := cued()
	p.States[1].On[0].Actions = nil
	r, m := live(t, p, task.Start{})
	m.Input(100*ms, poke, true)
	require.NoError(t, m.SetParameters(raw("cue", `"50ms"`)))
	m.Input(105*ms, poke, false)
	m.Input(200*ms, poke, true)
	m.Advance(300 * ms)
	require.Equal(t, lines("0 state wait\n100 state show\n110 parameter cue=50ms\n110 state wait\n200 state show\n250 state wait"),
		r.only(task.KindState, task.KindParameter))
}

func TestWhatIsSetTwiceBeforeABoundaryIsChangedOnceAndTheSameValueNotAtAll(t *testing.T) {
	t.Parallel()
	r, m := live(t, cued(), task.Start{})
	m.Input(100*ms, poke, true)
	require.NoError(t, m.SetParameters(raw("cue", `"50ms"`, "most", "9")))
	require.NoError(t, m.SetParameters(raw("cue", `"70ms"`, "most", "3")))
	m.Advance(200 * ms)
	require.Equal(t, lines("110 parameter cue=70ms"), r.only(task.KindParameter))
}

func TestALimitFollowsItsLiveParameter(t *testing.T) {
	t.Parallel()
	pokes := func(m *task.Machine, n int, from time.Duration) {
		for i := range n {
			at := from + time.Duration(i)*100*ms
			m.Input(at, poke, true)
			m.Input(at+5*ms, poke, false)
			m.Advance(at + 90*ms)
		}
	}
	_, m := live(t, cued(), task.Start{})
	pokes(m, 2, 100*ms)
	require.NoError(t, m.SetParameters(raw("most", "5")))
	pokes(m, 9, 300*ms)
	require.Equal(t, task.ReasonTrials, m.Result().Reason)
	require.Equal(t, 5, m.Result().Trials)

	_, m = live(t, cued(), task.Start{})
	require.NoError(t, m.SetParameters(raw("session", `"500ms"`)))
	m.Advance(time.Minute)
	require.False(t, m.Done(), "not before the next trial")
	pokes(m, 1, time.Minute)
	require.Equal(t, task.ReasonTime, m.Result().Reason, "the limit had passed when it was set")
	require.Equal(t, time.Minute+10*ms, m.Result().Duration)

	r, m := live(t, cued(), task.Start{})
	m.Pause()
	pokes(m, 1, 100*ms)
	require.True(t, m.Position().Paused)
	require.NoError(t, m.SetParameters(raw("most", "1")))
	m.Resume(time.Second)
	require.Equal(t, task.ReasonTrials, m.Result().Reason)
	require.Equal(t, lines("1000 parameter most=1"), r.only(task.KindParameter))
}

func TestLiveParametersAreRefusedAllTogether(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		values map[string]json.RawMessage
		want   string
	}{
		"unknown":    {raw("cue", `"50ms"`, "other", "1"), "parameter other: the task has no such parameter"},
		"a variable": {raw("n", "1"), "parameter n: the task has no such parameter"},
		"fixed":      {raw("cue", `"50ms"`, "fixed", "2"), "parameter fixed: it is not live"},
		"type":       {raw("cue", `"50ms"`, "most", `"many"`), `parameter most: "many" is not an int`},
		"limit":      {raw("cue", `"50ms"`, "most", "0"), "the limit of trials must be at least 1 (`most`)"},
	} {
		r, m := live(t, cued(), task.Start{})
		require.ErrorContains(t, m.SetParameters(tt.values), tt.want, name)
		m.Input(100*ms, poke, true)
		m.Advance(200 * ms)
		require.Empty(t, r.only(task.KindParameter), name)
	}
}

func TestATaskThatIsOverHasNothingToChange(t *testing.T) {
	t.Parallel()
	r, m := live(t, cued(), task.Start{})
	m.Stop(ms)
	require.NoError(t, m.SetParameters(raw("cue", `"50ms"`)))
	require.Empty(t, r.only(task.KindParameter))
}

// at plays inputs, with some values set at a time.
func at(t require.TestingT, p *task.Program, inputs []edge, set time.Duration, values map[string]json.RawMessage) *recorder {
	r, m := live(t, p, task.Start{Seed: 7})
	done := false
	change := func(now time.Duration) {
		if !done && now >= set {
			done = true
			m.Advance(set)
			require.NoError(t, m.SetParameters(values))
		}
	}
	for _, e := range inputs {
		change(e.at)
		m.Input(e.at, e.channel, e.high)
	}
	change(3 * time.Second)
	m.Advance(3 * time.Second)
	m.Stop(3 * time.Second)
	return r
}

// It changes at a boundary and nowhere else: until the first trial that begins
// after it was set (the first state, in a task without trials) nothing is
// different, and it does not matter when before that it was set.
func TestAnyProgramChangesLiveParametersAtABoundaryOnly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, inputs := anyProgram(t), anyInputs(t)
		p.Variables = append(p.Variables, task.Variable{Name: "live", Type: "duration", Parameter: true, Live: true, Initial: "4ms"})
		p.States[0].Timer = "live"
		set := time.Duration(rapid.IntRange(0, 1000).Draw(t, "set")) * ms
		without := at(t, p, inputs, set, nil)
		with := at(t, p, inputs, set, raw("live", `"6ms"`))
		i := slices.IndexFunc(with.rows, func(row task.Row) bool { return row.Kind == task.KindParameter })
		if i < 0 {
			require.Equal(t, without.lines, with.lines)
			return
		}
		require.GreaterOrEqual(t, with.rows[i].At, set)
		require.Equal(t, without.lines[:i], with.lines[:i], "nothing is different before")
		if counts := slices.ContainsFunc(with.rows, func(row task.Row) bool { return row.Kind == task.KindOutcome }); counts {
			require.Equal(t, task.KindTrial, with.rows[i-1].Kind)
		}
		require.Equal(t, task.KindState, with.rows[i+1].Kind)

		// The boundary before the one at which it held.
		last := time.Duration(0)
		for _, row := range with.rows[:i-1] {
			if row.Kind == with.rows[i-1].Kind || row.Kind == task.KindState {
				last = row.At
			}
		}
		if later := with.rows[i].At - ms; later > set && last < set {
			require.Equal(t, with.lines, at(t, p, inputs, later, raw("live", `"6ms"`)).lines, "it does not matter when it was set")
		}
	})
}

// keeping is a recorder that keeps checkpoints with the number of rows before.
type keeping struct {
	recorder
	at    []int
	taken []task.Checkpoint
}

func (k *keeping) Checkpoint(c task.Checkpoint) {
	k.at, k.taken = append(k.at, len(k.rows)), append(k.taken, c)
}

func TestACheckpointIsTakenBeforeEachTrialAndAfterItsOutcome(t *testing.T) {
	t.Parallel()
	p := trials(task.Limits{})
	p.States[0].On[0].To = "pause"
	p.States[0].Trial = true
	p.States = append(p.States, on(state("pause", "10ms"), "timeup", "wait"))
	p.States[1].Entry = []task.Action{{Do: task.DoAssign, Variable: "n", Value: "n * 10"}}
	p.Variables[0].Silent = true
	k := &keeping{}
	m, err := task.New(p, task.Start{Calibrations: calibrated}, k)
	require.NoError(t, err)
	m.Begin()
	m.Input(100*ms, poke, true)
	m.Advance(time.Second)
	require.Len(t, k.taken, 4)
	require.Equal(t, "0", k.taken[0].Variables["n"].String())
	require.InDelta(t, 2.5, k.taken[1].Microlitres, 1e-9, "the animal drank it")
	require.Equal(t, "0", k.taken[1].Variables["n"].String(), "of the beginning of the trial")
	require.Equal(t, "10", k.taken[2].Variables["n"].String(), "silent ones too, and what the state's entry did")
	require.Equal(t, 110*ms, k.taken[3].Elapsed)
	require.Equal(t, task.KindTrial, k.rows[k.at[3]].Kind)
	require.NotContains(t, k.taken[3].Variables, "most", "parameters come with the start")
}

func TestAResumedTaskHasItsVariablesAndWhatTheLimitsHaveUsedUp(t *testing.T) {
	t.Parallel()
	p := trials(task.Limits{Volume: "5µl", Duration: "1h"})
	p.States[0].On[0].Actions = append(p.States[0].On[0].Actions, task.Action{Do: task.DoPrint, Text: "{elapsed}"})
	_, m := play(t, p, task.Start{Calibrations: calibrated}, ms)
	m.Stop(ms)
	start := task.Start{Calibrations: calibrated, Trial: 4, Variables: m.Result().Variables, Microlitres: 2.5, Elapsed: 59 * time.Minute}
	start.Variables["n"] = start.Variables["most"] // 3
	r, m := play(t, p, start, 2*time.Minute, edge{100 * ms, poke, true})
	require.Equal(t, lines("0 trial 5\n0 variable n=3\n0 state wait"), r.lines[:3])
	require.Equal(t, task.ReasonVolume, m.Result().Reason, "2.5 µl before and 2.5 now")
	require.InDelta(t, 2.5, m.Result().Microlitres, 1e-9, "the result is of this part")
	require.Equal(t, lines("100 print 3540.1s"), r.only(task.KindPrint))

	_, m = play(t, p, start, 2*time.Minute)
	require.Equal(t, task.ReasonTime, m.Result().Reason)
	require.Equal(t, time.Minute, m.Result().Duration)

	p.Limits = task.Limits{Trials: "4"}
	r, _ = play(t, p, start, ms)
	require.Equal(t, lines("0 end limit (trials)"), r.lines, "no trial too many")
}
