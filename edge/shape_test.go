package edge_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/edge"
	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/edge/driver/sim"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// tone is a task of one state that sounds the led for a time.
func tone(channel string, o task.Output, lasts string) wire.TaskBody {
	o.Channel = "led"
	return wire.TaskBody{
		Channels: map[string]string{"led": channel},
		Program: task.Program{
			Format: task.Format, Name: "tone", Initial: "on", Ends: []string{"over"}, Channels: []task.Channel{{Name: "led", Direction: task.Out}},
			States: []task.State{{Name: "on", Timer: lasts, Outputs: []task.Output{o}, On: []task.Handler{{Events: []string{task.Timeup}, To: "over"}}}},
		},
	}
}

// shapes are what the simulated box was told of a channel, since it went on.
func (w *world) shapes(channel string) (all []driver.Shape) {
	w.t.Helper()
	edges, err := sim.ReadOutputs(w.dir + "/" + sim.OutputsFile)
	require.NoError(w.t, err)
	for _, e := range edges {
		if s := (driver.Shape{Level: e.Level, Ramp: e.Ramp, Frequency: e.Frequency}); e.Channel == channel && (all != nil || s != driver.Shape{}) {
			all = append(all, s)
		}
	}
	return all
}

func TestATasksRampAndFrequencyReachTheBoxAndTheRows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	r := w.server.do(wire.Command{ID: "t", Run: "r", Verb: wire.VerbTask}, tone("led", task.Output{Level: "0.5", Ramp: "20ms", Frequency: "4000"}, "50ms"))
	require.Equal(t, wire.Done, r.State, "%v", r.Reason)
	require.Equal(t, []driver.Shape{{Level: 0.5, Ramp: 20 * time.Millisecond, Frequency: 4000}, {}}, w.shapes("led"))
	result := decode[wire.TaskResult](t, r.Result)
	require.Contains(t, texts(w.server.rows("t", result.Boot, result.LastSeq)), "output led=0.5 (ramp 20ms, 4000 Hz)")
}

// relay opens parts that can only be switched.
type relay struct{}

func (relay) Name() string                               { return "relay" }
func (relay) Open(driver.Box) (driver.Instrument, error) { return relay{}, nil }
func (relay) String() string                             { return "relays" }
func (relay) Safe() error                                { return nil }
func (relay) Close() error                               { return nil }
func (relay) Output(channel string) (driver.Output, error) {
	if channel == "missing" {
		return nil, errors.New("no such relay")
	}
	return relay{}, nil
}
func (relay) Set(float64) error { return nil }

func TestATaskIsRefusedWhenAnOutputCannotHaveItsShape(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.drive = func(c *edge.Config) {
		c.Drivers = append(c.Drivers, relay{})
		c.Rig = []byte(testRig[:len(testRig)-len("animal: {initiation: 0, impulsivity: 0, laziness: 1}\n")] + "  - {name: lamp, direction: out, driver: relay}\n")
	}
	w.start()
	for id, o := range map[string]task.Output{"ramp": {Ramp: "1ms"}, "frequency": {Frequency: "40"}} {
		r := w.server.do(wire.Command{ID: id, Run: "r", Verb: wire.VerbTask}, tone("lamp", o, "1ms"))
		require.Equal(t, wire.Refused, r.State)
		require.Equal(t, wire.ReasonChannel, r.Reason.Code)
		require.Contains(t, r.Reason.Message, "channel lamp of the rig test has no ramp and no frequency")
		require.Contains(t, r.Reason.Message, "bind led to another channel")
	}
	r := w.server.do(wire.Command{ID: "plain", Run: "r", Verb: wire.VerbTask}, tone("lamp", task.Output{}, "1ms"))
	require.Equal(t, wire.Done, r.State, "%v", r.Reason)
	shaped := map[string]bool{}
	w.server.await("the status to say what can be shaped", func() bool {
		for _, c := range w.server.status[len(w.server.status)-1].Rig.Channels {
			shaped[c.Name] = c.Shaped
		}
		return true
	})
	require.Equal(t, map[string]bool{"poke": false, "led": true, "valve": true, "door": true, "lost": false, "lamp": false}, shaped)
}

func TestAnOutputThatFadesOutCountsAsOnUntilTheTaskLetsItGo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	reply := make(chan wire.Reply, 1)
	body := tone("valve", task.Output{}, "10ms")
	body.Program.States[0].On[0].To = "fade"
	body.Program.States = append(body.Program.States, task.State{Name: "fade", Outputs: []task.Output{{Channel: "led", Level: "0", Ramp: "1h"}}})
	go func() { reply <- w.server.do(wire.Command{ID: "t", Run: "r", Verb: wire.VerbTask}, body) }()
	w.server.await("the rig's limit to end the fade", func() bool {
		shapes := w.shapes("valve")
		return len(shapes) == 3 && shapes[2] == driver.Shape{}
	})
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "stop", Run: "r", Verb: wire.VerbStop}, nil).State)
	r := <-reply
	result := decode[wire.TaskResult](t, r.Result)
	rows := texts(w.server.rows("t", result.Boot, result.LastSeq))
	require.Contains(t, rows, "output valve=0")
	require.Contains(t, rows, "warning max_on: valve was on for 500ms, the rig's limit; forced to 0")
}

func TestAnOutputThatHasFadedOutIsNoAlarm(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	body := tone("valve", task.Output{}, "10ms")
	body.Program.States[0].On[0].To = "fade"
	body.Program.States = append(body.Program.States, task.State{
		Name: "fade", Timer: "700ms", Outputs: []task.Output{{Channel: "led", Level: "0", Ramp: "20ms"}},
		On: []task.Handler{{Events: []string{task.Timeup}, To: "over"}},
	})
	r := w.server.do(wire.Command{ID: "t", Run: "r", Verb: wire.VerbTask}, body)
	require.Equal(t, wire.Done, r.State)
	require.Equal(t, []driver.Shape{{Level: 1}, {Ramp: 20 * time.Millisecond}, {}}, w.shapes("valve"))
	result := decode[wire.TaskResult](t, r.Result)
	for _, text := range texts(w.server.rows("t", result.Boot, result.LastSeq)) {
		require.NotContains(t, text, "max_on")
	}
}

func TestSafeEndsARamp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	reply := make(chan wire.Reply, 1)
	go func() {
		reply <- w.server.do(wire.Command{ID: "t", Run: "r", Verb: wire.VerbTask}, tone("led", task.Output{Ramp: "1h"}, "1h"))
	}()
	w.server.await("the ramp", func() bool { return w.levels()["led"] == 1 })
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "s", Run: "r", Verb: wire.VerbSafe}, nil).State)
	<-reply
	require.Equal(t, []driver.Shape{{Level: 1, Ramp: time.Hour}, {}}, w.shapes("led")[:2])
}
