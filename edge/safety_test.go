package edge_test

import (
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

func TestAKilledAgentLeavesTheBoxSafeAndSaysInterrupted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	agent := w.spawn()
	command := wire.Command{ID: "t", Run: "r", Node: "n", Verb: wire.VerbTask}
	reply := make(chan wire.Reply, 1)
	go func() { reply <- w.server.do(command, blinks("", "60ms")) }()
	w.server.await("some trials", func() bool { p := w.server.progress("t"); return p != nil && p.Trial >= 3 })
	w.server.await("the led to be on", func() bool { return w.levels()["led"] == 1 })

	killed := time.Now()
	require.NoError(t, agent.Process.Kill())
	_ = agent.Wait()
	require.Less(t, w.guardTook("led", killed), time.Second, "the lease")
	w.server.await("the last will", func() bool { return !w.server.status[len(w.server.status)-1].Online })

	agent = w.spawn()
	r := <-reply
	require.Equal(t, wire.Interrupted, r.State)
	p := decode[wire.TaskProgress](t, r.Result)
	require.GreaterOrEqual(t, p.Trial, 3)
	rows := w.server.rows("t", p.Boot, p.LastSeq)
	require.NotEmpty(t, rows)
	w.server.await("the interruption to be told by itself and recorded", func() bool {
		for boot, rows := range w.server.stored {
			if boot != p.Boot && rows[1].Name == "interrupted" {
				return true
			}
		}
		return false
	})
	require.Equal(t, r, w.server.do(command, blinks("", "60ms")), "and again when asked")
	require.NoError(t, agent.Process.Signal(syscall.SIGTERM))
	require.NoError(t, agent.Wait())
}

func TestAHungAgentIsReplacedByItsGuard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	agent := w.spawn()
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "s", Verb: wire.VerbSet}, wire.SetBody{Channel: "led", Level: 1}).State)
	hung := time.Now()
	require.NoError(t, agent.Process.Signal(syscall.SIGSTOP))
	require.Less(t, w.guardTook("led", hung), 4*time.Second, "the lease, and some for a busy machine")
	require.Error(t, agent.Wait(), "killed")
}

func TestAPulseCutByADeathIsUncertain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	agent := w.spawn()
	command := wire.Command{ID: "p", Run: "r", Verb: wire.VerbPulse}
	reply := make(chan wire.Reply, 1)
	go func() {
		reply <- w.server.do(command, wire.PulseBody{Channel: "valve", Duration: 500 * time.Millisecond})
	}()
	w.server.await("the valve to be open", func() bool { return w.levels()["valve"] == 1 })
	require.NoError(t, agent.Process.Kill())
	_ = agent.Wait()
	w.start()
	r := <-reply
	require.Equal(t, wire.Done, r.State)
	require.True(t, decode[wire.PulseResult](t, r.Result).Uncertain)
	n := 0
	for _, level := range w.edges("valve") {
		if level == 1 {
			n++
		}
	}
	require.Equal(t, 1, n)
	require.Zero(t, w.levels()["valve"])
}

func TestAnEndedAgentInterruptsItsTask(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	reply := make(chan wire.Reply, 1)
	go func() { reply <- w.server.do(wire.Command{ID: "t", Run: "r", Verb: wire.VerbTask}, waits()) }()
	w.server.await("the led", func() bool { return w.levels()["led"] == 1 })
	w.end()
	require.Zero(t, w.levels()["led"])
	require.InDelta(t, 1, w.levels()["door"], 0)
	w.server.await("goodbye", func() bool { return !w.server.status[len(w.server.status)-1].Online })
	w.start()
	require.Equal(t, wire.Interrupted, (<-reply).State)
}

func TestHalt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	reply := make(chan wire.Reply, 1)
	go func() { reply <- w.server.do(wire.Command{ID: "t", Run: "r", Verb: wire.VerbTask}, waits()) }()
	w.server.await("the led", func() bool { return w.levels()["led"] == 1 })
	require.NoError(t, w.server.client.Publish(t.Context(), wire.HaltAll, 1, false, []byte("{}")))
	r := <-reply
	require.Equal(t, wire.ReasonHalted, r.Reason.Code)
	res := decode[wire.TaskResult](t, r.Result)
	require.Equal(t, task.ReasonAbort, res.Reason)
	require.Zero(t, w.levels()["led"])
	require.Contains(t, strings.Join(texts(w.server.rows("t", res.Boot, res.LastSeq)), "|"), "output led=0|warning halted")
	again := w.server.do(wire.Command{ID: "t2", Run: "r", Verb: wire.VerbTask}, waits())
	require.Equal(t, wire.ReasonHalted, again.Reason.Code)
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "t3", Run: "r2", Verb: wire.VerbTask}, blinks("1", "1ms")).State)
}

func TestHaltOfATaskThatSwitchesAllTheTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	for i := range 10 {
		id := strconv.Itoa(i)
		reply := make(chan wire.Reply, 1)
		go func() { reply <- w.server.do(wire.Command{ID: id, Run: id, Verb: wire.VerbTask}, blinks("", "200us")) }()
		w.server.await("progress", func() bool { return w.server.progress(id) != nil })
		require.NoError(t, w.server.client.Publish(t.Context(), wire.HaltAll, 1, false, nil))
		r := <-reply
		require.Equal(t, wire.Done, r.State, "%v", r.Reason)
		require.Equal(t, wire.ReasonHalted, r.Reason.Code)
		require.Zero(t, w.levels()["led"])
	}
}

func TestASessionOutputFallsWithTheLink(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	for _, c := range []string{"led", "door"} {
		level := 1.0
		if c == "door" {
			level = 0
		}
		require.Equal(t, wire.Done, w.server.do(wire.Command{ID: c, Run: "r", Verb: wire.VerbSet}, wire.SetBody{Channel: c, Level: level}).State)
	}
	w.broker.Stop()
	w.server.await("the outputs to be safe", func() bool { return w.levels()["led"] == 0 && w.levels()["door"] == 1 })
	w.broker.Start()
	w.server.await("the record of it", func() bool {
		n := 0
		for _, rows := range w.server.stored {
			for _, r := range rows {
				if r.Kind == task.KindWarning && r.Name == "link_lost" {
					n++
				}
			}
		}
		return n == 2
	})
}

func TestATaskGoesOnWithoutTheLink(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	reply := make(chan wire.Reply, 1)
	go func() {
		reply <- w.server.do(wire.Command{ID: "t", Run: "r", Verb: wire.VerbTask}, blinks("40", "10ms"))
	}()
	w.server.await("progress", func() bool { return w.server.progress("t") != nil })
	w.broker.Stop()
	w.server.await("the task to end alone", func() bool {
		n := 0
		for _, level := range w.edges("led") {
			n += int(level)
		}
		return n == 40
	})
	w.broker.Start()
	r := <-reply
	require.Equal(t, wire.Done, r.State)
	res := decode[wire.TaskResult](t, r.Result)
	require.Equal(t, 40, res.Trials)
	rows := w.server.rows("t", res.Boot, res.LastSeq)
	last := time.Duration(0)
	for _, row := range rows {
		require.GreaterOrEqual(t, row.At, last)
		last = row.At
	}
}

func TestTheRigsLimitHoldsInsideATask(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	body := waits()
	body.Channels = map[string]string{"led": "valve"}
	reply := make(chan wire.Reply, 1)
	go func() { reply <- w.server.do(wire.Command{ID: "t", Run: "r", Verb: wire.VerbTask}, body) }()
	w.server.await("the limit", func() bool {
		e := w.edges("valve")
		return len(e) > 1 && e[len(e)-2] == 1 && e[len(e)-1] == 0
	})
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "abort", Run: "r", Verb: wire.VerbAbort}, nil).State)
	res := decode[wire.TaskResult](t, (<-reply).Result)
	require.Contains(t, strings.Join(texts(w.server.rows("t", res.Boot, res.LastSeq)), "|"), "warning max_on")
}

func TestADesiredRigIsUsedWhenNothingRuns(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	reply := make(chan wire.Reply, 1)
	go func() { reply <- w.server.do(wire.Command{ID: "t", Run: "r", Verb: wire.VerbTask}, waits()) }()
	w.server.await("the led", func() bool { return w.levels()["led"] == 1 })
	want := func(rig string) {
		b, err := wire.EncodeConfig(wire.Config{Rig: rig})
		require.NoError(t, err)
		require.NoError(t, w.server.client.Publish(t.Context(), wire.Topic("box", wire.TopicConfig), 1, true, b))
	}
	last := func() wire.Status { return w.server.status[len(w.server.status)-1] }
	want("name: [")
	w.server.await("the refusal", func() bool { return strings.Contains(last().RigRefused, "rig:") })
	want("name: other\nchannels:\n  - {name: lamp, direction: out, driver: sim}\n")
	w.server.await("the wait", func() bool { return strings.Contains(last().RigRefused, "waiting") })
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "x", Run: "r", Verb: wire.VerbStop}, nil).State)
	<-reply
	w.server.await("the change", func() bool { return last().Rig.Name == "other" && last().RigRefused == "" })
	w.end()
	w.start()
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "lamp", Verb: wire.VerbSet}, wire.SetBody{Channel: "lamp", Level: 1}).State)
}
