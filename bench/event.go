package main

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/lics-lab/lics/task"
)

// sink is a host that costs nothing.
type sink struct{ rows int }

func (s *sink) Output(time.Duration, int, float64) {}
func (s *sink) Record(task.Row)                    { s.rows++ }

// steady is the program of task's own BenchmarkEvent: two states, guards, draws,
// variables, timers, pulses and outcomes, for ever.
func steady() *task.Program {
	return &task.Program{
		Name: "steady", Initial: "a",
		Channels: []task.Channel{
			{Name: "poke", Direction: task.In},
			{Name: "lever", Direction: task.In},
			{Name: "led", Direction: task.Out},
			{Name: "valve", Direction: task.Out},
		},
		States: []task.State{
			{
				Name: "a", Timer: "wait", Outputs: []task.Output{{Channel: "led"}}, Trial: true,
				Entry: []task.Action{
					{Do: task.DoDraw, Variable: "wait", Stream: "waits"},
					{Do: task.DoDraw, Variable: "side", Stream: "sides"},
					{Do: task.DoStartTimer, Timer: "cue"},
				},
				Exit: []task.Action{{Do: task.DoStopTimer, Timer: "cue"}},
				On: []task.Handler{
					{Events: []string{"timeup"}, To: "b"},
					{
						Events: []string{"poke_in"}, Guard: `n % 2 == 0 and side == "left"`,
						Actions: []task.Action{{Do: task.DoAssign, Variable: "v", Value: "v * 0.9 + (1 - 0.9) * float(n)"}},
					},
				},
			},
			{
				Name: "b", Timer: "1ms", Outputs: []task.Output{{Channel: "led"}},
				On: []task.Handler{{Events: []string{"timeup"}, To: "a", Actions: []task.Action{
					{Do: task.DoAssign, Variable: "n", Value: "n + 1"},
					{Do: task.DoPulse, Channel: "valve", Duration: "2ms"},
					{Do: task.DoOutcome, Outcome: "correct"},
				}}},
			},
		},
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

// measureEvent is an input edge, the timers due by then, and the rows of both.
func measureEvent(context.Context, *bench) ([]figure, error) {
	var failed error
	r := testing.Benchmark(func(b *testing.B) { //nolint:thelper // the benchmark itself
		m, err := task.New(steady(), task.Start{Seed: 1}, &sink{})
		if err != nil {
			failed = err
			return
		}
		m.Begin()
		at := time.Duration(0)
		b.ReportAllocs()
		for b.Loop() {
			at += 500 * time.Microsecond
			m.Input(at, 0, at/(500*time.Microsecond)%2 == 1)
			m.Advance(at)
		}
		if m.Done() {
			failed = errors.New("the task ended")
		}
	})
	if failed != nil {
		return nil, failed
	}
	took := time.Duration(r.NsPerOp())
	return []figure{{
		what: "interpreter, per event", ours: fmt.Sprintf("%.2f µs, %d allocs", float64(took)/1e3, r.AllocsPerOp()),
		goal: "≤ 20 µs, 0 allocs", met: judge(took <= 20*time.Microsecond && r.AllocsPerOp() == 0),
	}}, nil
}
