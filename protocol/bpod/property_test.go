package bpod_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/bpod"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

func pick[T any](t *rapid.T, label string, vs ...T) T { return rapid.SampledFrom(vs).Draw(t, label) }

// machine is a random state machine of what LICS carries both ways.
func machine(t *rapid.T) *bpod.Machine {
	m := &bpod.Machine{Name: "random", GlobalTimers: map[int]bpod.GlobalTimer{}, GlobalCounters: map[int]bpod.GlobalCounter{}, Conditions: map[int]bpod.Condition{}}
	events := []string{"Port1_High", "Port1_Low", "Port2_High", "TTLIn1_High", "Wire1_Low"}
	for i := range rapid.IntRange(0, 3).Draw(t, "timers") {
		g := bpod.GlobalTimer{Duration: float64(rapid.IntRange(1, 3000).Draw(t, "duration")) / 1000}
		if rapid.Bool().Draw(t, "delayed") {
			g.OnsetDelay = float64(rapid.IntRange(1, 500).Draw(t, "delay")) / 1000
		}
		if rapid.Bool().Draw(t, "linked") {
			line := []string{"Valve1", "TTLOut1", "Wire2"}[i] // each its own
			g.Channel, g.ValueOn = &line, 1
		}
		m.GlobalTimers[i] = g
		events = append(events, fmt.Sprintf("GlobalTimer%d_Start", i), fmt.Sprintf("GlobalTimer%d_End", i))
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "counters") {
		m.GlobalCounters[i] = bpod.GlobalCounter{Event: pick(t, "counted", "Port1_High", "Port2_High"), Threshold: int64(rapid.IntRange(1, 4).Draw(t, "threshold"))}
		events = append(events, fmt.Sprintf("GlobalCounter%d_End", i))
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "conditions") {
		m.Conditions[i] = bpod.Condition{Channel: pick(t, "line", "Port1", "Wire1"), Value: rapid.Bool().Draw(t, "value")}
		events = append(events, fmt.Sprintf("Condition%d", i))
	}
	n := rapid.IntRange(1, 6).Draw(t, "states")
	for i := range n {
		s := bpod.State{Name: fmt.Sprintf("S%d", i), Timer: float64(rapid.IntRange(1, 2000).Draw(t, "timer")) / 1000}
		next := ">exit"
		if i < n-1 {
			next = fmt.Sprintf("S%d", i+1)
		}
		s.Transitions = []bpod.Transition{{Event: "Tup", Target: next}}
		for _, e := range rapid.SliceOfNDistinct(rapid.SampledFrom(events), 0, 4, rapid.ID).Draw(t, "events") {
			s.Transitions = append(s.Transitions, bpod.Transition{Event: e, Target: pick(t, "target", ">exit", "S0", fmt.Sprintf("S%d", n-1))})
		}
		if rapid.Bool().Draw(t, "lit") {
			s.Actions = append(s.Actions, bpod.Action{Name: "PWM1", Value: rapid.IntRange(0, 255).Draw(t, "level")})
		}
		if rapid.Bool().Draw(t, "on") {
			s.Actions = append(s.Actions, bpod.Action{Name: "TTLOut2", Value: 1})
		}
		if k := len(m.GlobalTimers); k > 0 && rapid.Bool().Draw(t, "starts") {
			s.Actions = append(s.Actions, bpod.Action{Name: "GlobalTimerTrig", Value: rapid.IntRange(0, k-1).Draw(t, "started")})
		}
		if k := len(m.GlobalTimers); k > 0 && rapid.Bool().Draw(t, "cancels") {
			s.Actions = append(s.Actions, bpod.Action{Name: "GlobalTimerCancel", Value: rapid.IntRange(0, k-1).Draw(t, "cancelled")})
		}
		if k := len(m.GlobalCounters); k > 0 && rapid.Bool().Draw(t, "resets") {
			s.Actions = append(s.Actions, bpod.Action{Name: "GlobalCounterReset", Value: rapid.IntRange(0, k-1).Draw(t, "reset")})
		}
		m.States = append(m.States, s)
	}
	return m
}

// rows keeps what a machine records and drives.
type rows struct{ all []string }

func (r *rows) Output(at time.Duration, channel int, level float64) {}

func (r *rows) Record(row task.Row) {
	if row.Kind != task.KindVariable {
		r.all = append(r.all, fmt.Sprintf("%v %s %s", row.At, row.Kind, row.Text()))
	}
}

type edge struct {
	at   time.Duration
	line string
	high bool
}

// run drives a program in virtual time.
func run(t require.TestingT, p *task.Program, edges []edge) []string {
	r := &rows{}
	m, err := task.New(p, task.Start{Seed: 1}, r)
	require.NoError(t, err)
	m.Begin()
	for _, e := range edges {
		for i, c := range p.Channels {
			if c.Name == e.line {
				m.Input(e.at, i, e.high)
				m.Advance(e.at)
			}
		}
	}
	m.Advance(time.Minute)
	return r.all
}

func programOf(t require.TestingT, g *protocol.Graph) *task.Program {
	p, ds := protocol.Compile(g)
	if diagnostic.HasErrors(ds) {
		return nil
	}
	for i := range p.Nodes {
		if p.Nodes[i].Task != nil {
			return &p.Nodes[i].Task.Program
		}
	}
	require.Fail(t, "no task")
	return nil
}

func TestExportingAndImportingAgainDoesTheSameInVirtualTime(t *testing.T) {
	t.Parallel()
	done := 0
	rapid.Check(t, func(t *rapid.T) {
		raw, err := machine(t).Encode()
		require.NoError(t, err)
		first, ds := bpod.Import(raw)
		require.False(t, diagnostic.HasErrors(ds), "%v\n%s", ds, raw)
		one := programOf(t, first)
		if one == nil {
			return // the checker refuses it: a state that is never reached, a circle without time
		}
		m, ds := bpod.Export(first, bpod.Options{})
		require.False(t, diagnostic.HasErrors(ds), "%v\n%s", ds, raw)
		again, err := m.Encode()
		require.NoError(t, err)
		second, ds := bpod.Import(again)
		require.False(t, diagnostic.HasErrors(ds), "%v\n%s", ds, again)
		two := programOf(t, second)
		require.NotNil(t, two, "%s", again)

		var edges []edge
		at := time.Duration(0)
		level := map[string]bool{}
		for range rapid.IntRange(0, 30).Draw(t, "edges") {
			at += time.Duration(rapid.IntRange(1, 400).Draw(t, "after")) * time.Millisecond
			line := pick(t, "input", "Port1", "Port2", "TTLIn1", "Wire1")
			level[line] = !level[line]
			edges = append(edges, edge{at, line, level[line]})
		}
		require.Equal(t, run(t, one, edges), run(t, two, edges), "%s\nbecame\n%s", raw, again)
		done++
	})
	require.Greater(t, done, 30, "most random machines can be run")
}

func FuzzImport(f *testing.F) {
	for _, name := range []string{"light2afc-left.json", "everything.json"} {
		f.Add(file(f, name))
	}
	f.Add([]byte(`{"states": {"a": {"transitions": {"Tup": ">back"}}}}`))
	f.Add([]byte(`{"states": {"": {"timer": -1, "actions": {"PWM1": 256}}, "exit": []}}`))
	f.Add([]byte(`{"global_timers": {"999999999999999999999": {}, "0": {"duration": 1e999}}}`))
	f.Add([]byte(`{"states": {"a": null, "a": null}} {}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		g, ds := bpod.Import(raw)
		if g == nil {
			require.True(t, diagnostic.HasErrors(ds), "a refusal says why")
			return
		}
		encoded, err := g.Encode()
		require.NoError(t, err)
		parsed, err := protocol.Parse(encoded)
		require.NoError(t, err, "what is drawn can be opened")
		if _, ds := protocol.Compile(parsed); diagnostic.HasErrors(ds) {
			return
		}
		if m, _ := bpod.Export(parsed, bpod.Options{}); m != nil {
			again, err := m.Encode()
			require.NoError(t, err)
			_, ds := bpod.Import(again)
			require.False(t, diagnostic.HasErrors(ds), "%v\n%s", ds, again)
		}
	})
}
