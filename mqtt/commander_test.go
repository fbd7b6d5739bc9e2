package mqtt_test

import (
	"context"
	"encoding/json"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/mqtt"
	"github.com/lics-lab/lics/wire"
)

// answer makes a device of a client: f says what it replies to a command.
func answer(t testing.TB, c *mqtt.Client, device string, f func(wire.Command) []wire.Reply) {
	t.Helper()
	require.NoError(t, c.Subscribe(wire.Topic(device, wire.TopicCommand), func(_ string, p []byte) {
		cmd, err := wire.DecodeCommand(p)
		if err != nil {
			return
		}
		for _, r := range f(cmd) {
			r.Command, r.Device, r.Boot = cmd.ID, device, "b"
			b, _ := wire.EncodeReply(r)
			_ = c.Publish(context.Background(), wire.Topic(device, wire.TopicReply), 1, false, b)
		}
	}))
}

func TestDoWaitsForTheFinalReply(t *testing.T) {
	b := newBroker(t)
	answer(t, connect(t, mqtt.Config{URL: b.url()}), "box", func(wire.Command) []wire.Reply {
		rs := []wire.Reply{{State: wire.Received}, {State: wire.Started}}
		for range 50 {
			rs = append(rs, wire.Reply{State: wire.Progress})
		}
		return append(rs, wire.Reply{State: wire.Refused, Reason: &wire.Reason{Code: wire.ReasonBusy, Message: "no"}})
	})
	m := mqtt.NewCommander(connect(t, mqtt.Config{URL: b.url()}), nil)
	heard := make(chan wire.Reply, 100)
	m.OnReply(func(_ string, r wire.Reply) { heard <- r })
	r, err := m.Do(t.Context(), "box", wire.Command{ID: "c", Verb: wire.VerbPing})
	require.NoError(t, err)
	require.Equal(t, wire.Refused, r.State)
	require.ErrorIs(t, r.Err(), wire.ErrRefused)
	for range 53 {
		recv(t, heard)
	}
}

func TestDoAsksAgainUntilTheDeviceIsThere(t *testing.T) {
	b := newBroker(t)
	m := mqtt.NewCommander(connect(t, mqtt.Config{URL: b.url()}), nil)
	device := connect(t, mqtt.Config{URL: b.url()})
	var n atomic.Int32
	answer(t, device, "box", func(wire.Command) []wire.Reply {
		if n.Add(1) == 1 {
			return nil // the first one is lost
		}
		return []wire.Reply{{State: wire.Done, Result: json.RawMessage(`1`)}}
	})
	r, err := m.Do(t.Context(), "box", wire.Command{ID: "c", Verb: wire.VerbPing})
	require.NoError(t, err)
	require.Equal(t, wire.Done, r.State)
	require.EqualValues(t, 2, n.Load())
}

func TestDoSurvivesTheBroker(t *testing.T) {
	b := newBroker(t)
	m := mqtt.NewCommander(connect(t, mqtt.Config{URL: b.url()}), nil)
	var dead atomic.Bool
	got := make(chan struct{}, 10)
	answer(t, connect(t, mqtt.Config{URL: b.url()}), "box", func(wire.Command) []wire.Reply {
		got <- struct{}{}
		if !dead.Load() {
			return nil
		}
		return []wire.Reply{{State: wire.Done}}
	})
	go func() {
		<-got
		dead.Store(true)
		b.kill()
		b.start()
	}()
	r, err := m.Do(t.Context(), "box", wire.Command{ID: "c", Verb: wire.VerbPing})
	require.NoError(t, err)
	require.Equal(t, wire.Done, r.State)
}

func TestDoEndsWithItsContext(t *testing.T) {
	b := newBroker(t)
	m := mqtt.NewCommander(connect(t, mqtt.Config{URL: b.url()}), nil)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := m.Do(ctx, "nobody", wire.Command{ID: "c", Verb: wire.VerbPing})
	require.ErrorIs(t, err, context.DeadlineExceeded)
	_, err = m.Do(t.Context(), "nobody", wire.Command{Verb: wire.VerbPing})
	require.ErrorContains(t, err, "no id")
}

func BenchmarkRoundTrip(b *testing.B) {
	broker := newBroker(b)
	b.Run("raw", func(b *testing.B) {
		device, asker := connect(b, mqtt.Config{URL: broker.url()}), connect(b, mqtt.Config{URL: broker.url()})
		require.NoError(b, device.Subscribe("ping", func(_ string, p []byte) {
			_ = device.Publish(context.Background(), "pong", 1, false, p)
		}))
		got := make(chan struct{}, 1)
		require.NoError(b, asker.Subscribe("pong", func(string, []byte) { got <- struct{}{} }))
		for b.Loop() {
			_ = asker.Publish(context.Background(), "ping", 1, false, []byte("x"))
			<-got
		}
	})
	b.Run("do", func(b *testing.B) {
		answer(b, connect(b, mqtt.Config{URL: broker.url()}), "box", func(wire.Command) []wire.Reply {
			return []wire.Reply{{State: wire.Done}}
		})
		m := mqtt.NewCommander(connect(b, mqtt.Config{URL: broker.url()}), nil)
		for b.Loop() {
			_, _ = m.Do(context.Background(), "box", wire.Command{ID: "c", Verb: wire.VerbPing})
		}
	})
}

func TestDoGoesOnWhenOnlyAnEarlierSendingWasTooLate(t *testing.T) {
	late := &wire.Reason{Code: wire.ReasonDeadline, Message: "too late"}
	b := newBroker(t)
	m := mqtt.NewCommander(connect(t, mqtt.Config{URL: b.url()}), nil)
	var n atomic.Int64
	answer(t, connect(t, mqtt.Config{URL: b.url()}), "box", func(wire.Command) []wire.Reply {
		if n.Add(1) == 1 {
			return []wire.Reply{{State: wire.Refused, Reason: late, At: 1}}
		}
		return []wire.Reply{{State: wire.Done}}
	})
	r, err := m.Do(t.Context(), "box", wire.Command{ID: "c", Verb: wire.VerbPulse})
	require.NoError(t, err)
	require.Equal(t, wire.Done, r.State)

	answer(t, connect(t, mqtt.Config{URL: b.url()}), "old", func(wire.Command) []wire.Reply {
		return []wire.Reply{{State: wire.Refused, Reason: late, At: 1}} // from its journal, for ever
	})
	r, err = m.Do(t.Context(), "old", wire.Command{ID: "c", Verb: wire.VerbPulse})
	require.NoError(t, err)
	require.True(t, r.Late())

	answer(t, connect(t, mqtt.Config{URL: b.url()}), "hand", func(c wire.Command) []wire.Reply {
		return []wire.Reply{{State: wire.Refused, Reason: late, At: c.At}}
	})
	r, err = m.Do(t.Context(), "hand", wire.Command{ID: "c", Verb: wire.VerbPulse, Deadline: time.Now().UnixMilli()})
	require.NoError(t, err)
	require.True(t, r.Late(), "whoever gives a deadline means it")
}
