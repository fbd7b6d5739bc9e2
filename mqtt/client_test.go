package mqtt_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/lics-lab/lics/mqtt"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func connect(t testing.TB, cfg mqtt.Config) *mqtt.Client {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	c, err := mqtt.Connect(ctx, cfg)
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}

func recv[T any](t testing.TB, ch <-chan T) T {
	t.Helper()
	select {
	case v := <-ch:
		return v
	case <-time.After(20 * time.Second):
		require.FailNow(t, "nothing came")
		panic("unreachable")
	}
}

func TestMessagesArriveInOrder(t *testing.T) {
	b := newBroker(t)
	c := connect(t, mqtt.Config{URL: b.url()})
	const n = 500
	got := make(chan string, n)
	require.NoError(t, c.Subscribe("a/+/b", func(_ string, p []byte) { got <- string(p) }))
	for i := range n {
		require.NoError(t, c.Publish(t.Context(), "a/x/b", 1, false, []byte(strconv.Itoa(i))))
	}
	for i := range n {
		require.Equal(t, strconv.Itoa(i), recv(t, got))
	}
}

func TestSubscriptionsSurviveTheBroker(t *testing.T) {
	b := newBroker(t)
	up, down := make(chan struct{}, 10), make(chan error, 10)
	c := connect(t, mqtt.Config{
		URL:    b.url(),
		OnUp:   func() { up <- struct{}{} },
		OnDown: func(err error) { down <- err },
	})
	recv(t, up)
	got := make(chan string, 10)
	require.NoError(t, c.Subscribe("x", func(_ string, p []byte) { got <- string(p) }))

	b.kill()
	require.Error(t, recv(t, down))
	require.False(t, c.Connected())
	require.ErrorIs(t, c.Publish(t.Context(), "x", 1, false, nil), mqtt.ErrOffline)
	late := make(chan string, 10)
	require.NoError(t, c.Subscribe("y", func(_ string, p []byte) { late <- string(p) }), "remembered while offline")

	b.start()
	recv(t, up)
	require.NoError(t, c.Publish(t.Context(), "x", 1, false, []byte("again")))
	require.Equal(t, "again", recv(t, got))
	require.NoError(t, c.Publish(t.Context(), "y", 1, false, []byte("late")))
	require.Equal(t, "late", recv(t, late))
}

func TestASlowHandlerHoldsUpNobodyElse(t *testing.T) {
	b := newBroker(t)
	c := connect(t, mqtt.Config{URL: b.url()})
	release := make(chan struct{})
	defer close(release)
	require.NoError(t, c.Subscribe("slow", func(string, []byte) { <-release }))
	got := make(chan string, 1)
	require.NoError(t, c.Subscribe("quick", func(_ string, p []byte) {
		// Publishing from a handler must work too.
		_ = c.Publish(context.Background(), "echo", 1, false, p)
	}))
	require.NoError(t, c.Subscribe("echo", func(_ string, p []byte) { got <- string(p) }))
	require.NoError(t, c.Publish(t.Context(), "slow", 1, false, nil))
	require.NoError(t, c.Publish(t.Context(), "quick", 1, false, []byte("hello")))
	require.Equal(t, "hello", recv(t, got))
}

func TestTheWillIsPublishedWhenTheClientVanishes(t *testing.T) {
	b := newBroker(t)
	c := connect(t, mqtt.Config{URL: b.url()})
	got := make(chan string, 1)
	require.NoError(t, c.Subscribe("will", func(_ string, p []byte) { got <- string(p) }))
	_ = connect(t, mqtt.Config{
		URL: b.url(), ClientID: "mortal",
		Will: &mqtt.Message{Topic: "will", QoS: 1, Payload: []byte("gone")},
	})
	mortal, ok := b.server.Clients.Get("mortal")
	require.True(t, ok)
	require.NoError(t, mortal.Net.Conn.Close())
	require.Equal(t, "gone", recv(t, got))
}

func TestConnectEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := mqtt.Connect(ctx, mqtt.Config{URL: "mqtt://127.0.0.1:1"})
	require.ErrorIs(t, err, context.DeadlineExceeded)
	_, err = mqtt.Connect(ctx, mqtt.Config{URL: "nonsense"})
	require.ErrorContains(t, err, "not a URL")
}
