package task_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/task"
)

// sink is a host that costs nothing.
type sink struct{ rows int }

func (s *sink) Output(time.Duration, int, float64)   {}
func (s *sink) Shape(time.Duration, int, task.Shape) {}
func (s *sink) Record(task.Row)                      { s.rows++ }

// steady is a task that does a bit of everything for ever: two states, guards,
// draws of several kinds, variables, timers, pulses, outcomes.
func steady() *task.Program {
	a := on(state("a", "wait", "led"), "timeup", "b")
	a.Trial = true
	a.Entry = []task.Action{
		{Do: task.DoDraw, Variable: "wait", Stream: "waits"},
		{Do: task.DoDraw, Variable: "side", Stream: "sides"},
		{Do: task.DoStartTimer, Timer: "cue"},
	}
	a.Exit = []task.Action{{Do: task.DoStopTimer, Timer: "cue"}}
	a.On = append(a.On, task.Handler{
		Events: []string{"poke_in"}, Guard: "n % 2 == 0 and side == \"left\"",
		Actions: []task.Action{{Do: task.DoAssign, Variable: "v", Value: "v * 0.9 + (1 - 0.9) * float(n)"}},
	})
	a.Outputs[0].Ramp, a.Outputs[0].Frequency = "wait / 2", "100.0 + v"
	b := on(state("b", "1ms", "led"), "timeup", "a",
		task.Action{Do: task.DoAssign, Variable: "n", Value: "n + 1"},
		task.Action{Do: task.DoPulse, Channel: "valve", Duration: "2ms", Ramp: "1ms"},
		task.Action{Do: task.DoOutcome, Outcome: "correct"})
	return &task.Program{
		Name: "steady", Channels: box, Initial: "a", States: []task.State{a, b},
		Timers: []task.Timer{{Name: "cue", Duration: "1ms"}},
		Variables: []task.Variable{
			{Name: "n", Type: "int"},
			{Name: "v", Type: "float"},
			{Name: "wait", Type: "duration", Initial: "1ms"},
			{Name: "side", Type: "string"},
		},
		Streams: []task.Stream{
			{Name: "waits", Kind: task.Uniform, Low: "1ms", High: "3ms"},
			{Name: "sides", Kind: task.MaxRun, Values: `["left", "right"]`, Run: "3"},
		},
	}
}

func TestSteadyStateDoesNotAllocate(t *testing.T) {
	host := &sink{}
	m, err := task.New(steady(), task.Start{Seed: 1}, host)
	require.NoError(t, err)
	m.Begin()
	at := time.Duration(0)
	cycle := func() {
		at += 500 * time.Microsecond
		m.Input(at, poke, at/(500*time.Microsecond)%2 == 0)
		m.Advance(at)
	}
	for range 1000 {
		cycle()
	}
	// Many cycles a run: the average is cut to a whole number.
	require.Zero(t, testing.AllocsPerRun(10, func() {
		for range 1000 {
			cycle()
		}
	}))
	require.Greater(t, host.rows, 10_000)
	require.False(t, m.Done())
}

func BenchmarkEvent(b *testing.B) {
	host := &sink{}
	m, err := task.New(steady(), task.Start{Seed: 1}, host)
	require.NoError(b, err)
	m.Begin()
	at := time.Duration(0)
	b.ReportAllocs()
	for b.Loop() {
		at += 500 * time.Microsecond
		m.Input(at, poke, at/(500*time.Microsecond)%2 == 0)
		m.Advance(at)
	}
	b.ReportMetric(float64(host.rows)/float64(b.N), "rows/op")
}
