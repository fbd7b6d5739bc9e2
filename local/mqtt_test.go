package local_test

import (
	"errors"
	"testing"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
	"github.com/stretchr/testify/require"
)

func dial(t *testing.T, addr, id, user, password string, more func(*paho.ClientOptions)) paho.Client {
	t.Helper()
	o := paho.NewClientOptions().AddBroker("tcp://" + addr).SetClientID(id).SetUsername(user).SetPassword(password)
	o.SetAutoReconnect(false).SetConnectRetry(false).SetProtocolVersion(4)
	if more != nil {
		more(o)
	}
	c := paho.NewClient(o)
	t.Cleanup(func() { c.Disconnect(0) })
	return c
}

func connect(t *testing.T, addr, id, user, password string) paho.Client {
	t.Helper()
	c := dial(t, addr, id, user, password, nil)
	require.NoError(t, wait(t, c.Connect()))
	return c
}

func subscribe(t *testing.T, c paho.Client, filter string, heard chan<- string) {
	t.Helper()
	require.NoError(t, wait(t, c.Subscribe(filter, 1, func(_ paho.Client, m paho.Message) { heard <- m.Topic() })))
}

// granted reports whether the broker accepts a subscription.
func granted(t *testing.T, c paho.Client, filter string) bool {
	t.Helper()
	token := c.Subscribe(filter, 1, nil).(*paho.SubscribeToken)
	_ = wait(t, token)
	result := token.Result()
	require.Len(t, result, 1) // under the filter, or what is left of a shared one
	for _, code := range result {
		return code < 0x80
	}
	return false
}

func publish(t *testing.T, c paho.Client, topic string) {
	t.Helper()
	require.NoError(t, wait(t, c.Publish(topic, 1, false, "x")))
}

func publishRetained(t *testing.T, c paho.Client, topic string) {
	t.Helper()
	require.NoError(t, wait(t, c.Publish(topic, 1, true, "x")))
}

func wait(t *testing.T, token paho.Token) error {
	t.Helper()
	if !token.WaitTimeout(patience) {
		return errors.New("no answer")
	}
	return token.Error()
}

func receive[T any](t *testing.T, from <-chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(patience):
		t.Fatal("nothing came")
		panic("unreachable")
	}
}
