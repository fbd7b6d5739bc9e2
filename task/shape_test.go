package task_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/task"
)

func shaped(s task.State, level, ramp, frequency string) task.State {
	s.Outputs = []task.Output{{Channel: "led", Level: level, Ramp: ramp, Frequency: frequency}}
	return s
}

// chain goes from each state to the next when its timer is over.
func chain(states ...task.State) *task.Program {
	p := &task.Program{Name: "t", Channels: box, Initial: states[0].Name, Ends: []string{"done"}}
	for i, s := range states {
		to := "done"
		if i+1 < len(states) {
			to = states[i+1].Name
		}
		p.States = append(p.States, on(s, "timeup", to))
	}
	return p
}

func outputs(t *testing.T, p *task.Program) []string {
	t.Helper()
	r, m := play(t, p, task.Start{Seed: 1}, time.Second)
	require.True(t, m.Done(), m.Result().Error)
	require.Empty(t, r.shapes, "nothing rises after the end")
	require.Zero(t, r.levels[led])
	return r.only(task.KindOutput)
}

func TestAnOutputIsRecordedWithItsRampAndItsFrequency(t *testing.T) {
	t.Parallel()
	p := chain(shaped(state("a", "100ms"), "0.5", "20ms", "4000"))
	require.Equal(t, lines("0 output led=0.5 (ramp 20ms, 4000 Hz)\n100 output led=0"), outputs(t, p))
	r, _ := play(t, p, task.Start{}, 50*ms)
	require.Equal(t, task.Shape{Level: 0.5, Ramp: 20 * ms, Frequency: 4000}, r.shapes[led], "the box is told the same")
	raw, err := json.Marshal(r.rows[2])
	require.NoError(t, err)
	require.JSONEq(t, `{"t": 0, "k": "output", "n": "led", "v": 0.5, "ramp_ns": 20000000, "frequency_hz": 4000, "trial": 1}`, string(raw))
}

func TestAHostThatKnowsNoShapesIsToldTheLevel(t *testing.T) {
	t.Parallel()
	h := &plain{}
	m, err := task.New(chain(shaped(state("a", "100ms"), "0.5", "20ms", "4000")), task.Start{}, h)
	require.NoError(t, err)
	m.Begin()
	m.Advance(time.Second)
	require.Equal(t, []float64{0.5, 0}, h.levels)
}

// plain is a host that is no Shaper.
type plain struct{ levels []float64 }

func (h *plain) Output(_ time.Duration, _ int, level float64) { h.levels = append(h.levels, level) }
func (h *plain) Record(task.Row)                              {}

func TestAStateThatIsLeftInTheMiddleOfARampDropsTheOutputAtOnce(t *testing.T) {
	t.Parallel()
	p := chain(shaped(state("a", "10ms"), "", "1s", ""), state("b", "10ms"))
	require.Equal(t, lines("0 output led=1 (ramp 1s)\n10 output led=0"), outputs(t, p))
}

func TestARampGoesOnThroughStatesThatHoldTheOutputInTheSameWay(t *testing.T) {
	t.Parallel()
	same := func(name string) task.State { return shaped(state(name, "10ms"), "", "25ms", "40") }
	require.Equal(t, lines("0 output led=1 (ramp 25ms, 40 Hz)\n40 output led=0"), outputs(t, chain(same("a"), same("b"), same("c"), same("d"))))
}

func TestARampThatIsOverMakesNoDifferenceAndOneThatIsNotIsReplaced(t *testing.T) {
	t.Parallel()
	p := chain(shaped(state("a", "10ms"), "", "10ms", ""), state("b", "10ms", "led"), shaped(state("c", "10ms"), "", "1s", ""))
	require.Equal(t, lines("0 output led=1 (ramp 10ms)\n30 output led=0"), outputs(t, p))
	p = chain(shaped(state("a", "10ms"), "", "30ms", ""), shaped(state("b", "10ms"), "", "40ms", ""), state("c", "10ms", "led"))
	require.Equal(t, lines("0 output led=1 (ramp 30ms)\n10 output led=1 (ramp 40ms)\n20 output led=1\n30 output led=0"), outputs(t, p))
}

func TestAnotherFrequencyIsAnotherRow(t *testing.T) {
	t.Parallel()
	p := chain(shaped(state("a", "10ms"), "", "", "4000"), shaped(state("b", "10ms"), "", "", "8000.5"), state("c", "10ms", "led"))
	require.Equal(t, lines("0 output led=1 (4000 Hz)\n10 output led=1 (8000.5 Hz)\n20 output led=1\n30 output led=0"), outputs(t, p))
}

func TestAnOutputThatFadesOutHasNoFrequencyAndIsLetGoWithoutAnotherRow(t *testing.T) {
	t.Parallel()
	p := chain(shaped(state("a", "10ms"), "", "", "4000"), shaped(state("b", "20ms"), "0", "20ms", "4000"), state("c", "10ms"))
	require.Equal(t, lines("0 output led=1 (4000 Hz)\n10 output led=0 (ramp 20ms)"), outputs(t, p))
	p = chain(shaped(state("a", "10ms"), "", "", "4000"), shaped(state("b", "10ms"), "0", "20ms", ""), state("c", "10ms"))
	require.Equal(t, lines("0 output led=1 (4000 Hz)\n10 output led=0 (ramp 20ms)\n20 output led=0"), outputs(t, p),
		"one that is cut short is off from then on")
}

func TestAPulseHidesWhatTheStateHoldsAndGivesItBackWithoutItsRamp(t *testing.T) {
	t.Parallel()
	a := shaped(state("a", "50ms"), "0.5", "40ms", "")
	a.Entry = []task.Action{{Do: task.DoPulse, Channel: "led", Duration: "10ms", Ramp: "5ms", Frequency: "100"}}
	require.Equal(t, lines("0 output led=0.5 (ramp 40ms)\n0 output led=1 (ramp 5ms, 100 Hz)\n10 output led=0.5\n50 output led=0"), outputs(t, chain(a)))
	a.Entry = []task.Action{{Do: task.DoRelease, Channel: "led"}}
	require.Equal(t, lines("0 output led=0.5 (ramp 40ms)\n50 output led=0"), outputs(t, chain(a)), "without a pulse there is nothing to release")
}

func TestAPulseThatIsShorterThanItsRampEndsInIt(t *testing.T) {
	t.Parallel()
	a := state("a", "50ms")
	a.Entry = []task.Action{{Do: task.DoPulse, Channel: "led", Duration: "10ms", Ramp: "1h"}}
	require.Equal(t, lines("0 output led=1 (ramp 3600s)\n10 output led=0"), outputs(t, chain(a)))
}

func TestAFrequencyOrARampThatCannotBeFailsTheTaskAndNamesThePlace(t *testing.T) {
	t.Parallel()
	for frequency, want := range map[string]string{
		"f":     "state a, outputs.led.frequency: the frequency of 0 Hz is not above 0 (`f`)",
		"f - 1": "the frequency of -1 Hz is not above 0",
		"1 / f": "division by zero",
	} {
		p := chain(shaped(state("a", "100ms"), "", "", frequency))
		p.Variables = []task.Variable{{Name: "f", Type: "float"}}
		r, m := play(t, p, task.Start{}, time.Second)
		require.Equal(t, task.ReasonFailed, m.Result().Reason)
		require.Contains(t, m.Result().Error, want)
		require.Empty(t, r.only(task.KindOutput), "it does not begin")
	}
	_, m := play(t, chain(shaped(state("a", "100ms"), "", "0s - 5ms", "")), task.Start{}, time.Second)
	require.Contains(t, m.Result().Error, "state a, outputs.led.ramp: the duration -5ms is negative")
}

func TestWhatIsNoRampAndNoFrequencyIsRefused(t *testing.T) {
	t.Parallel()
	problems := task.Check(chain(shaped(state("a", "100ms"), "", "5", "\"high\"")))
	require.Len(t, problems, 2)
	require.Contains(t, problems[0].String(), "state a: ")
	require.Equal(t, "outputs.led.ramp", problems[0].Field)
	require.Equal(t, "outputs.led.frequency", problems[1].Field)
}

func TestAProgramNeedsTheFormatOfItsShapes(t *testing.T) {
	t.Parallel()
	p := chain(state("a", "100ms", "led"))
	require.Equal(t, 1, p.OldestFormat())
	require.Empty(t, task.Shaped(p))
	p.States[0].Outputs[0].Frequency = "4000"
	require.Equal(t, 3, p.OldestFormat(), "an agent that would sound another tone has to refuse it")
	p.States[0].Outputs[0].Frequency = ""
	p.States[0].On[0].Actions = []task.Action{{Do: task.DoPulse, Channel: "valve", Duration: "1s", Ramp: "1ms"}}
	require.Equal(t, 3, p.OldestFormat())
	require.Equal(t, []string{"valve"}, task.Shaped(p))
}
