package edge_test

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/edge"
	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/mqtt"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// BenchmarkCommand is a command from a server to an agent and its answer back,
// against the same way without either: two clients, one echoing.
func BenchmarkCommand(b *testing.B) {
	w := newWorld(b)
	w.start()
	ctx := context.Background()
	device, err := mqtt.Connect(ctx, mqtt.Config{URL: w.url()})
	require.NoError(b, err)
	b.Cleanup(device.Close)
	require.NoError(b, device.Subscribe("there", func(_ string, p []byte) { _ = device.Publish(ctx, "back", 1, false, p) }))
	back := make(chan struct{}, 1)
	require.NoError(b, w.server.client.Subscribe("back", func(string, []byte) { back <- struct{}{} }))
	n := 0
	measure := func(name string, f func()) {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				n++
				t := time.Now()
				f()
				took = append(took, time.Since(t))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
		})
	}
	command := func(verb wire.Verb, body any) func() {
		raw, _ := json.Marshal(body)
		return func() {
			r, err := w.server.Do(ctx, "box", wire.Command{ID: "bench" + strconv.Itoa(n), Run: "r", Verb: verb, Body: raw})
			if err != nil || r.State != wire.Done {
				b.Fatal(err, r)
			}
		}
	}
	measure("raw", func() {
		_ = w.server.client.Publish(ctx, "there", 1, false, []byte(`{"v":1}`))
		<-back
	})
	measure("ping", command(wire.VerbPing, nil))
	measure("read", command(wire.VerbRead, wire.ReadBody{Channel: "led"}))
	measure("set", command(wire.VerbSet, wire.SetBody{Channel: "led", Level: 1}))
}

// wires is a driver in memory: an input that a test moves, an output that tells
// when it moved.
type wires struct {
	edge func(driver.Edge)
	out  chan time.Duration
}

func (w *wires) Name() string                               { return "wires" }
func (w *wires) String() string                             { return "wires" }
func (w *wires) Open(driver.Box) (driver.Instrument, error) { return w, nil }
func (w *wires) Safe() error                                { return nil }
func (w *wires) Close() error                               { return nil }
func (w *wires) Output(string) (driver.Output, error)       { return w, nil }
func (w *wires) Level(string) (bool, error)                 { return false, nil }
func (w *wires) Watch(f func(driver.Edge)) error            { w.edge = f; return nil }
func (w *wires) Set(level float64) error {
	if level == 1 {
		w.out <- driver.Now()
	}
	return nil
}

// BenchmarkReaction is from an input edge to the write of the output that the
// task answers it with, in the agent's real loop.
func BenchmarkReaction(b *testing.B) {
	lines := &wires{out: make(chan time.Duration, 1)}
	w := newWorld(b)
	w.drive = func(c *edge.Config) {
		c.Drivers = []driver.Driver{lines}
		c.Rig = []byte("name: wires\nchannels:\n  - {name: poke, direction: in, driver: wires}\n  - {name: valve, direction: out, driver: wires}\n")
	}
	w.start()
	program := task.Program{
		Format: task.Format, Name: "react", Initial: "wait",
		Channels: []task.Channel{{Name: "poke", Direction: task.In}, {Name: "valve", Direction: task.Out}},
		States: []task.State{
			{Name: "wait", Trial: true, On: []task.Handler{{Events: []string{"poke_in"}, To: "open"}}},
			{Name: "open", Outputs: []task.Output{{Channel: "valve"}}, On: []task.Handler{{
				Events: []string{"poke_out"}, To: "wait",
				Actions: []task.Action{{Do: task.DoOutcome, Outcome: "done"}},
			}}},
		},
	}
	go func() {
		raw, _ := json.Marshal(wire.TaskBody{Program: program})
		_, _ = w.server.Do(b.Context(), "box", wire.Command{ID: "t", Run: "r", Verb: wire.VerbTask, Body: raw})
	}()
	w.server.await("the task", func() bool { return w.server.progress("t") != nil })
	var took []time.Duration
	for b.Loop() {
		at := driver.Now()
		lines.edge(driver.Edge{Channel: "poke", High: true, At: at})
		took = append(took, <-lines.out-at)
		lines.edge(driver.Edge{Channel: "poke", At: driver.Now()})
		time.Sleep(200 * time.Microsecond) // the loop has gone to sleep again, as between two real events
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1e3, "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1e3, "p99-µs")
}
