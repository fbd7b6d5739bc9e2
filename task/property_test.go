package task_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/lics-lab/lics/task"
)

// anyProgram draws a valid program with a handful of everything.
func anyProgram(t *rapid.T) *task.Program {
	n := rapid.IntRange(1, 5).Draw(t, "states")
	p := &task.Program{
		Name: "any", Channels: box, Initial: "s0", Ends: []string{"done"},
		Timers:    []task.Timer{{Name: "gt", Duration: "7ms"}},
		Variables: []task.Variable{{Name: "n", Type: "int"}, {Name: "x", Type: "float"}, {Name: "d", Type: "duration", Initial: "3ms"}},
		Streams: []task.Stream{
			{Name: "u", Kind: task.Uniform, Low: "0.0", High: "5.0"},
			{Name: "w", Kind: task.TruncatedExponential, Mean: "4ms", Low: "1ms", High: "20ms"},
			{Name: "k", Kind: task.ShuffleBag, Values: "[1, 2, 3]"},
		},
		Limits: task.Limits{Duration: "2s", Trials: "50"},
	}
	target := func() string {
		i := rapid.IntRange(-1, n).Draw(t, "to")
		switch i {
		case -1:
			return ""
		case n:
			return "done"
		}
		return fmt.Sprintf("s%d", i)
	}
	actions := func() []task.Action {
		return rapid.SliceOfN(rapid.SampledFrom([]task.Action{
			{Do: task.DoSet, Channel: "led", Level: "n % 2 == 0"},
			{Do: task.DoSet, Channel: "led", Ramp: "d", Frequency: "100.0 + abs(x)"},
			{Do: task.DoPulse, Channel: "led", Level: "0.5", Duration: "4ms", Ramp: "2ms"},
			{Do: task.DoLatch, Channel: "valve", Duration: "9ms"},
			{Do: task.DoRelease, Channel: "valve"},
			{Do: task.DoPulse, Channel: "valve", Duration: "d"},
			{Do: task.DoAssign, Variable: "n", Value: "n + 1"},
			{Do: task.DoAssign, Variable: "x", Value: "x / 2 + float(n)", If: "n < 1000"},
			{Do: task.DoDraw, Variable: "x", Stream: "u"},
			{Do: task.DoDraw, Variable: "d", Stream: "w"},
			{Do: task.DoDraw, Variable: "n", Stream: "k"},
			{Do: task.DoStartTimer, Timer: "gt"},
			{Do: task.DoStopTimer, Timer: "gt"},
			{Do: task.DoRaise, Event: "mine"},
			{Do: task.DoOutcome, Outcome: "correct"},
			{Do: task.DoPrint, Text: "{event} {n} {trial}"},
		}), 0, 4).Draw(t, "actions")
	}
	event := rapid.SampledFrom([]string{"timeup", "poke_in", "poke_out", "lever_in", "gt", "mine"})
	handlers := func(most int) []task.Handler {
		var out []task.Handler
		for range rapid.IntRange(0, most).Draw(t, "handlers") {
			guard := rapid.SampledFrom([]string{"", "poke", "n > 3", "in_state > 2ms"}).Draw(t, "guard")
			out = append(out, task.Handler{Events: []string{event.Draw(t, "event")}, Guard: guard, Actions: actions(), To: target()})
		}
		return out
	}
	for i := range n {
		s := task.State{Name: fmt.Sprintf("s%d", i), Trial: rapid.Bool().Draw(t, "trial"), Entry: actions(), Exit: actions(), On: handlers(4)}
		s.Timer = rapid.SampledFrom([]string{"", "0ms", "1ms", "5ms", "d"}).Draw(t, "timer")
		if rapid.Bool().Draw(t, "holds") {
			s.Outputs = []task.Output{{
				Channel: "led", Level: rapid.SampledFrom([]string{"", "x > 2", "0.5"}).Draw(t, "level"),
				Ramp:      rapid.SampledFrom([]string{"", "0ms", "3ms", "d"}).Draw(t, "ramp"),
				Frequency: rapid.SampledFrom([]string{"", "4000", "1.0 + abs(x)"}).Draw(t, "frequency"),
			}}
		}
		p.States = append(p.States, s)
	}
	p.Always = append(handlers(2), task.Handler{Events: []string{"lever_out"}, Actions: []task.Action{{Do: task.DoRaise, Event: "mine"}}})
	return p
}

func anyInputs(t *rapid.T) []edge {
	at, out := time.Duration(0), []edge(nil)
	for range rapid.IntRange(0, 40).Draw(t, "inputs") {
		at += time.Duration(rapid.IntRange(0, 30).Draw(t, "gap")) * ms
		out = append(out, edge{at, rapid.IntRange(0, 1).Draw(t, "line"), rapid.Bool().Draw(t, "high")})
	}
	return out
}

// run drives a program in steps of its own timers, as a device does.
func run(t require.TestingT, p *task.Program, inputs []edge, until time.Duration, stepwise bool) (*recorder, *task.Machine) {
	r := &recorder{}
	m, err := task.New(p, task.Start{Seed: 7}, r)
	require.NoError(t, err)
	m.Begin()
	for i, e := range inputs {
		for stepwise {
			due, ok := m.Next()
			if !ok || due >= e.at {
				break
			}
			m.Advance(due)
		}
		m.Input(e.at, e.channel, e.high)
		if i+1 == len(inputs) || inputs[i+1].at > e.at {
			m.Advance(e.at)
		}
	}
	m.Advance(until)
	m.Stop(until)
	return r, m
}

func TestAnyProgramIsDeterministicBoundedAndLeavesNothingOn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, inputs := anyProgram(t), anyInputs(t)
		a, m := run(t, p, inputs, 3*time.Second, false)
		b, _ := run(t, p, inputs, 3*time.Second, true)
		require.Equal(t, a.lines, b.lines, "it does not matter how finely time is given")

		require.True(t, m.Done())
		for channel, level := range a.levels {
			require.Zero(t, level, "channel %d stayed on", channel)
		}
		require.Empty(t, a.shapes, "no ramp goes on after the end")
		driven, last := map[string]task.Row{}, time.Duration(0)
		for _, row := range a.rows {
			require.GreaterOrEqual(t, row.At, last, "time never goes back")
			last = row.At
			if row.Kind == task.KindOutput {
				require.NotEqual(t, driven[row.Name].Text(), row.Text(), "only changes of an output are recorded")
				driven[row.Name] = row
				require.False(t, row.Ramp < 0 || row.Frequency < 0 || row.Frequency > 0 && row.Value.Float() == 0, row.Text())
			}
		}
		require.Equal(t, task.KindEnd, a.rows[len(a.rows)-1].Kind)

		// A program that crossed the wire is the same program.
		raw, err := json.Marshal(p)
		require.NoError(t, err)
		var q task.Program
		require.NoError(t, json.Unmarshal(raw, &q))
		c, _ := run(t, &q, inputs, 3*time.Second, false)
		require.Equal(t, a.lines, c.lines)
	})
}

func FuzzProgram(f *testing.F) {
	for _, p := range []*task.Program{steady(), trials(task.Limits{Trials: "most"})} {
		raw, err := json.Marshal(p)
		require.NoError(f, err)
		f.Add(raw)
	}
	f.Add([]byte(`{"variables":[{"name":"d","type":"duration","parameter":true,"live":true,"initial":"1ms"}],"limits":{"duration":"d * 9"},"states":[{"name":"a","timer":"d","on":[{"events":["timeup"],"actions":[{"do":"outcome","outcome":"x"}],"to":"a"}]}],"initial":"a"}`))
	f.Add([]byte(`{"channels":[{"name":"o","direction":"out"}],"variables":[{"name":"f","type":"float","initial":"9.5"}],"states":[{"name":"a","timer":"3ms","outputs":[{"channel":"o","level":"0.5","ramp":"5ms","frequency":"f"}],"on":[{"events":["timeup"],"actions":[{"do":"pulse","channel":"o","duration":"1ms","ramp":"1ms","frequency":"f - 9"},{"do":"assign","variable":"f","value":"f - 0.5"}],"to":"a"}]}],"initial":"a"}`))
	f.Add([]byte(`{"states":[{"name":"a","timer":"0ms","on":[{"events":["timeup"],"to":"a"}]}],"initial":"a"}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var p task.Program
		if len(raw) > 64<<10 || json.Unmarshal(raw, &p) != nil {
			t.Skip()
		}
		problems := task.Check(&p)
		m, err := task.New(&p, task.Start{}, &sink{})
		if len(problems) > 0 {
			require.Error(t, err)
		}
		if err != nil {
			return
		}
		m.Begin()
		for i := range 50 {
			at := time.Duration(i) * 20 * ms
			for c, ch := range p.Channels {
				if ch.Direction == task.In {
					m.Input(at, c, i%2 == 0)
				}
			}
			for _, v := range p.Variables {
				for _, value := range []string{"1", `"3ms"`, "[]"} {
					_ = m.SetParameters(map[string]json.RawMessage{v.Name: json.RawMessage(value)})
				}
			}
			m.Advance(at)
		}
		m.Abort(2 * time.Second)
		require.True(t, m.Done())
	})
}
