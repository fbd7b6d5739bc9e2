package edge_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/wire"
)

// heldBack gives a command up after a time and returns the message that would
// have brought it to the box: somewhere on its way it is kept.
func (w *world) heldBack(c wire.Command, body any, patience time.Duration) []byte {
	w.t.Helper()
	kept := make(chan []byte, 100)
	require.NoError(w.t, w.server.client.Subscribe(wire.Topic("elsewhere", wire.TopicCommand), func(_ string, p []byte) { kept <- slices.Clone(p) }))
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	c.Body, _ = json.Marshal(body)
	_, err := w.server.Do(ctx, "elsewhere", c)
	require.ErrorIs(w.t, err, context.DeadlineExceeded)
	return <-kept
}

func TestACommandThatWasGivenUpDoesNothingWhenItsMessageComesLate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	pulse := wire.Command{ID: "p", Run: "r", Node: "n", Verb: wire.VerbPulse}
	body := wire.PulseBody{Channel: "valve", Duration: 5 * time.Millisecond}
	message := w.heldBack(pulse, body, 300*time.Millisecond)
	require.NoError(t, w.server.client.Publish(t.Context(), wire.Topic("box", wire.TopicCommand), 1, false, message))
	w.server.await("the refusal", func() bool {
		return slices.ContainsFunc(w.server.replies, func(r wire.Reply) bool { return r.Command == "p" && r.Late() })
	})
	require.NotContains(t, w.edges("valve"), 1.0)

	// Whoever still wants it asks again; the late message does not stand in its way.
	require.Equal(t, wire.Done, w.server.do(pulse, body).State)
	require.NoError(t, w.server.client.Publish(t.Context(), wire.Topic("box", wire.TopicCommand), 1, false, message))
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "ping", Verb: wire.VerbPing}, nil).State)
	require.Len(t, slices.DeleteFunc(w.edges("valve"), func(l float64) bool { return l != 1 }), 1, "one pulse")
}

func TestWhatOnlyEndsSomethingIsNeverTooLate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "s", Run: "r", Verb: wire.VerbSet}, wire.SetBody{Channel: "led", Level: 1}).State)
	message := w.heldBack(wire.Command{ID: "safe", Run: "r", Verb: wire.VerbSafe}, nil, 300*time.Millisecond)
	require.NoError(t, w.server.client.Publish(t.Context(), wire.Topic("box", wire.TopicCommand), 1, false, message))
	w.server.await("the led to be off", func() bool { return w.levels()["led"] == 0 })
}

func TestADeviceWhoseClockIsFarAheadTakesTheNextSending(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	send := func() { // by a clock an hour behind
		now := time.Now().Add(-time.Hour)
		c := wire.Command{ID: "c", Verb: wire.VerbSet, At: now.UnixNano(), Deadline: now.Add(wire.GoodFor).UnixMilli()}
		c.Body, _ = json.Marshal(wire.SetBody{Channel: "led"})
		b, err := wire.EncodeCommand(c)
		require.NoError(t, err)
		require.NoError(t, w.server.client.Publish(t.Context(), wire.Topic("box", wire.TopicCommand), 1, false, b))
	}
	said := func(f func(wire.Reply) bool) func() bool {
		return func() bool {
			return slices.ContainsFunc(w.server.replies, func(r wire.Reply) bool { return r.Command == "c" && f(r) })
		}
	}
	send()
	w.server.await("the refusal", said(wire.Reply.Late))
	send()
	w.server.await("the answer", said(func(r wire.Reply) bool { return r.State == wire.Done }))
}
