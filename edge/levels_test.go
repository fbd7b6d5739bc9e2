package edge_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/edge"
	"github.com/lics-lab/lics/wire"
)

// shown collects the levels that a device sends.
func (w *world) shown() <-chan wire.Levels {
	w.t.Helper()
	out := make(chan wire.Levels, 1000)
	require.NoError(w.t, w.server.client.Subscribe(wire.Topic("box", wire.TopicLevels), func(_ string, b []byte) {
		l, err := wire.DecodeLevels(b)
		if err != nil {
			w.t.Errorf("levels: %v", err)
		}
		out <- l
	}))
	return out
}

// until reads levels until some are as wanted.
func until(t *testing.T, levels <-chan wire.Levels, want func(map[string]wire.Level) bool) {
	t.Helper()
	for limit := time.After(20 * time.Second); ; {
		select {
		case l := <-levels:
			if want(l.Channels) {
				return
			}
		case <-limit:
			require.FailNow(t, "the levels never came")
		}
	}
}

func (w *world) watch(n string, lease time.Duration) wire.Reply {
	return w.server.do(wire.Command{ID: "watch/" + n, Verb: wire.VerbWatch}, wire.WatchBody{Watcher: "page", Lease: lease})
}

func TestWhoWatchesSeesEveryChannelAndWhatWasTooShortToSee(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	levels := w.shown()
	require.Equal(t, wire.Done, w.watch("1", time.Minute).State)
	until(t, levels, func(now map[string]wire.Level) bool {
		_, lost := now["lost"]
		require.False(t, lost, "it is not available")
		require.InDelta(t, 1, now["door"].Level, 0, "its safe level")
		require.Contains(t, now, "poke")
		return true
	})
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "s", Verb: wire.VerbSet}, wire.SetBody{Channel: "led", Level: 1}).State)
	until(t, levels, func(now map[string]wire.Level) bool { return now["led"] == wire.Level{Level: 1, Changes: 1} })
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "p", Verb: wire.VerbPulse}, wire.PulseBody{Channel: "valve", Duration: time.Millisecond}).State)
	until(t, levels, func(now map[string]wire.Level) bool { return now["valve"] == wire.Level{Level: 0, Changes: 2} })

	require.Equal(t, wire.Done, w.watch("2", 0).State)
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "s2", Verb: wire.VerbSet}, wire.SetBody{Channel: "led", Level: 0}).State)
	// Six times as long as a change takes to be told; what was on its way before is no change.
	for over := time.After(300 * time.Millisecond); ; {
		select {
		case l := <-levels:
			require.InDelta(t, 1, l.Channels["led"].Level, 0, "nobody watches")
			continue
		case <-over:
		}
		break
	}
}

func TestAWatchThatMakesNoSenseIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	require.Equal(t, wire.ReasonLimit, w.watch("1", time.Hour).Reason.Code)
	r := w.server.do(wire.Command{ID: "w", Verb: wire.VerbWatch}, wire.WatchBody{Lease: time.Second})
	require.Equal(t, wire.ReasonMalformed, r.Reason.Code)
}

func TestAnOutputThatIsOnWhileSomebodyWatchesGoesOffWithTheLastWatch(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(*world){
		"the page is left":    func(w *world) { require.Equal(t, wire.Done, w.watch("2", 0).State) },
		"the browser is gone": func(*world) {}, // nobody says anything any more
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.start()
			on := wire.SetBody{Channel: "led", Level: 1, WhileWatched: true}
			r := w.server.do(wire.Command{ID: "s1", Verb: wire.VerbSet}, on)
			require.Equal(t, wire.Refused, r.State)
			require.Contains(t, r.Reason.Message, "nobody does")

			lease := time.Second
			if name == "the page is left" {
				lease = time.Minute
			}
			require.Equal(t, wire.Done, w.watch("1", lease).State)
			require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "s2", Verb: wire.VerbSet}, on).State)
			require.InDelta(t, 1, w.levels()["led"], 0)
			leave(w)
			w.server.await("the led to go off", func() bool { return w.levels()["led"] == 0 })
			w.server.await("that it is recorded", func() bool {
				for _, rows := range w.server.stored {
					for _, r := range rows {
						if r.Name == "unwatched" {
							return true
						}
					}
				}
				return false
			})
		})
	}
}

func TestSafeByHandLeavesARunAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	reply := make(chan wire.Reply, 1)
	go func() {
		reply <- w.server.do(wire.Command{ID: "t", Run: "r", Node: "n", Verb: wire.VerbTask}, blinks("", "20ms"))
	}()
	var before int
	w.server.await("a trial", func() bool {
		p := w.server.progress("t")
		if p != nil {
			before = p.Trial
		}
		return before >= 1
	})
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "safe1", Verb: wire.VerbSafe}, wire.SafeBody{ByHand: true}).State)
	w.server.await("more trials", func() bool { return w.server.progress("t").Trial > before })

	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "safe2", Verb: wire.VerbSafe}, nil).State)
	require.Equal(t, wire.ReasonSafe, (<-reply).Reason.Code)

	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "s", Verb: wire.VerbSet}, wire.SetBody{Channel: "led", Level: 1}).State)
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "safe3", Verb: wire.VerbSafe}, wire.SafeBody{ByHand: true}).State)
	require.InDelta(t, 0, w.levels()["led"], 0)
}

func TestTheAgentTellsHowItsMachineIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.drive = func(c *edge.Config) { c.VitalsEvery = 10 * time.Millisecond }
	told := make(chan []byte, 1000)
	require.NoError(t, w.server.client.Subscribe(wire.Topic("box", "agent"), func(_ string, b []byte) { told <- b }))
	w.start()
	var got struct {
		TS     int64
		Values map[string]float64
	}
	require.NoError(t, json.Unmarshal(<-told, &got))
	require.WithinDuration(t, time.Now(), time.UnixMilli(got.TS), time.Minute)
	require.Positive(t, got.Values["disk_free_bytes"])
	require.Positive(t, got.Values["memory_available_bytes"])
	require.Contains(t, got.Values, "outbox_rows")
	w.server.do(wire.Command{ID: "ping", Verb: wire.VerbPing}, nil)
	w.server.await("the offset of the clock", func() bool {
		var later struct{ Values map[string]float64 }
		return json.Unmarshal(<-told, &later) == nil && later.Values["clock_offset_ms"] != 0
	})
}
