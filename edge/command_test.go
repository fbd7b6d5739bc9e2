package edge_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// blinks is a task that turns the led on and off for n trials of two times d.
func blinks(n string, d string) wire.TaskBody {
	return wire.TaskBody{Program: task.Program{
		Format: task.Format, Name: "blink", Initial: "on", Limits: task.Limits{Trials: n},
		Channels: []task.Channel{{Name: "led", Direction: task.Out}, {Name: "poke", Direction: task.In}},
		States: []task.State{
			{
				Name: "on", Trial: true, Timer: d, Outputs: []task.Output{{Channel: "led"}},
				On: []task.Handler{{Events: []string{"timeup"}, To: "off"}},
			},
			{Name: "off", Timer: d, On: []task.Handler{{
				Events: []string{"timeup"}, To: "on",
				Actions: []task.Action{{Do: task.DoOutcome, Outcome: "done"}},
			}}},
		},
	}}
}

// waits is a task that holds the led until it is ended.
func waits() wire.TaskBody {
	return wire.TaskBody{Program: task.Program{
		Format: task.Format, Name: "wait", Initial: "on", Channels: []task.Channel{{Name: "led", Direction: task.Out}},
		States: []task.State{{Name: "on", Trial: true, Outputs: []task.Output{{Channel: "led"}}}},
	}}
}

func TestATaskRunsAndItsRowsArrive(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	r := w.server.do(wire.Command{ID: "r1/n/1", Run: "r1", Node: "n", Verb: wire.VerbTask}, blinks("3", "20ms"))
	require.Equal(t, wire.Done, r.State, "%v", r.Reason)
	res := decode[wire.TaskResult](t, r.Result)
	require.Equal(t, 3, res.Trials)
	require.Equal(t, task.ReasonTrials, res.Reason)
	rows := w.server.rows("r1/n/1", res.Boot, res.LastSeq)
	require.Equal(t, "trial 1|state on|output led=1|output led=0|state off", strings.Join(texts(rows[:5]), "|"))
	require.Equal(t, task.KindEnd, rows[len(rows)-1].Kind)
	require.Zero(t, w.levels()["led"])
	require.Equal(t, []float64{0, 0, 1, 0, 1, 0, 1, 0}, w.edges("led")[:8])
	w.server.await("idle status with an empty outbox", func() bool {
		last := w.server.status[len(w.server.status)-1]
		return last.Online && last.Run == "" && last.Rig != nil
	})
}

func TestARepeatDoesNothingAndAnswersTheSame(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	pulse := wire.Command{ID: "p", Run: "r", Verb: wire.VerbPulse}
	first := w.server.do(pulse, wire.PulseBody{Channel: "valve", Microlitres: 2})
	require.Equal(t, wire.Done, first.State, "%v", first.Reason)
	took := decode[wire.PulseResult](t, first.Result).Duration
	require.GreaterOrEqual(t, took, 20*time.Millisecond)
	require.Less(t, took, 500*time.Millisecond, "and no test of a busy machine")
	require.Equal(t, first, w.server.do(pulse, wire.PulseBody{Channel: "valve", Microlitres: 2}))
	w.end()
	w.start() // the journal is on disk
	require.Equal(t, first, w.server.do(pulse, wire.PulseBody{Channel: "valve", Microlitres: 2}))
	n := 0
	for _, level := range w.edges("valve") {
		if level == 1 {
			n++
		}
	}
	require.Equal(t, 1, n, "one pulse")
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	refuse := func(code string, c wire.Command, body any) {
		t.Helper()
		r := w.server.do(c, body)
		require.Equal(t, wire.Refused, r.State)
		require.Equal(t, code, r.Reason.Code, r.Reason.Message)
	}
	past := time.Now().Add(-time.Second).UnixMilli()
	refuse(wire.ReasonDeadline, wire.Command{ID: "1", Verb: wire.VerbSet, Deadline: past}, wire.SetBody{Channel: "led", Level: 1})
	refuse(wire.ReasonUnknownVerb, wire.Command{ID: "2", Verb: "dance"}, nil)
	refuse(wire.ReasonChannel, wire.Command{ID: "3", Verb: wire.VerbSet}, wire.SetBody{Channel: "nothing", Level: 1})
	refuse(wire.ReasonChannel, wire.Command{ID: "4", Verb: wire.VerbSet}, wire.SetBody{Channel: "poke", Level: 1})
	refuse(wire.ReasonChannel, wire.Command{ID: "5", Verb: wire.VerbSet}, wire.SetBody{Channel: "lost", Level: 1})
	refuse(wire.ReasonLimit, wire.Command{ID: "6", Verb: wire.VerbPulse}, wire.PulseBody{Channel: "valve", Duration: time.Second})
	refuse(wire.ReasonLimit, wire.Command{ID: "7", Verb: wire.VerbSet}, wire.SetBody{Channel: "valve", Level: 1, MaxOn: time.Second})
	refuse(wire.ReasonMalformed, wire.Command{ID: "8", Verb: wire.VerbPulse}, wire.PulseBody{Channel: "valve"})
	refuse(wire.ReasonMalformed, wire.Command{ID: "9", Verb: wire.VerbSet, Body: json.RawMessage(`[1]`)}, nil)
	refuse(wire.ReasonNoTask, wire.Command{ID: "10", Run: "r", Verb: wire.VerbStop}, nil)
	refuse(wire.ReasonProgram, wire.Command{ID: "11", Run: "r", Verb: wire.VerbTask}, wire.TaskBody{})
	newer := blinks("1", "1ms")
	newer.Program.Format = task.Format + 1
	refuse(wire.ReasonVersion, wire.Command{ID: "12", Run: "r", Verb: wire.VerbTask}, newer)
	wrong := blinks("1", "1ms")
	wrong.Channels = map[string]string{"led": "poke"}
	refuse(wire.ReasonChannel, wire.Command{ID: "13", Run: "r", Verb: wire.VerbTask}, wrong)

	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "14", Run: "e", Epoch: 2, Verb: wire.VerbSet}, wire.SetBody{Channel: "led"}).State)
	refuse(wire.ReasonEpoch, wire.Command{ID: "15", Run: "e", Epoch: 1, Verb: wire.VerbSet}, wire.SetBody{Channel: "led"})

	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "16", Run: "a", Verb: wire.VerbSet}, wire.SetBody{Channel: "led", Level: 1}).State)
	refuse(wire.ReasonBusy, wire.Command{ID: "17", Run: "b", Verb: wire.VerbSet}, wire.SetBody{Channel: "door", Level: 0})
	refuse(wire.ReasonBusy, wire.Command{ID: "18", Run: "b", Verb: wire.VerbTask}, blinks("1", "1ms"))
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "19", Run: "a", Verb: wire.VerbSafe}, nil).State)
	require.Zero(t, w.levels()["led"])
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "20", Run: "b", Verb: wire.VerbTask}, blinks("1", "1ms")).State)
	refuse(wire.ReasonBusy, wire.Command{ID: "17", Run: "b", Verb: wire.VerbSet}, wire.SetBody{Channel: "door", Level: 0})
}

func TestHostileMessagesAreSurvived(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	for _, topic := range []string{wire.TopicCommand, wire.TopicAck, wire.TopicConfig} {
		for _, p := range []string{
			"", "{", "null", `{"v":99}`, `[]`, `{"v":1,"id":"` + strings.Repeat("x", 1000) + `","verb":"ping"}`,
			strings.Repeat("[", 100_000), strings.Repeat(" ", wire.MaxCommandBytes+1),
			`{"v":1,"boot":"nobody's","seq":9223372036854775807}`,
		} {
			require.NoError(t, w.server.client.Publish(t.Context(), wire.Topic("box", topic), 1, false, []byte(p)))
		}
	}
	require.NoError(t, w.server.client.Publish(t.Context(), wire.Topic("box", wire.TopicCommand), 1, false, []byte(`{"v":2,"id":"new","verb":"x"}`)))
	w.server.await("the newer version to be refused", func() bool {
		for _, r := range w.server.replies {
			if r.Command == "new" {
				return r.State == wire.Refused && r.Reason.Code == wire.ReasonVersion
			}
		}
		return false
	})
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "ping", Verb: wire.VerbPing}, nil).State)
}

func TestPauseResumeStop(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	done := make(chan wire.Reply, 1)
	go func() {
		done <- w.server.do(wire.Command{ID: "t", Run: "r", Verb: wire.VerbTask}, blinks("", "10ms"))
	}()
	w.server.await("progress", func() bool { return w.server.progress("t") != nil })
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "pause", Run: "r", Verb: wire.VerbPause}, nil).State)
	w.server.await("the pause", func() bool { p := w.server.progress("t"); return p.Paused })
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "resume", Run: "r", Verb: wire.VerbResume}, wire.ControlBody{Command: "t"}).State)
	w.server.await("going on", func() bool { p := w.server.progress("t"); return !p.Paused })
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "stop", Run: "r", Verb: wire.VerbStop}, nil).State)
	r := <-done
	require.Equal(t, task.ReasonStop, decode[wire.TaskResult](t, r.Result).Reason)
}

// progress is the latest of a command; it needs mu.
func (s *server) progress(command string) *wire.TaskProgress {
	for _, r := range slices.Backward(s.replies) {
		if r.Command == command && r.State == wire.Progress {
			var p wire.TaskProgress
			if json.Unmarshal(r.Result, &p) == nil {
				return &p
			}
		}
	}
	return nil
}

func TestReadsAnInputAndAnOutput(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	r := w.server.do(wire.Command{ID: "1", Verb: wire.VerbRead}, wire.ReadBody{Channel: "door"})
	require.InDelta(t, 1, decode[wire.ReadResult](t, r.Result).Value, 0)
	r = w.server.do(wire.Command{ID: "2", Verb: wire.VerbRead}, wire.ReadBody{Channel: "poke"})
	require.InDelta(t, 0, decode[wire.ReadResult](t, r.Result).Value, 0)
	require.Equal(t, wire.Refused, w.server.do(wire.Command{ID: "3", Verb: wire.VerbRead}, wire.ReadBody{Channel: "lost"}).State)
}
