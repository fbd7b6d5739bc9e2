package mqtt_test

import (
	"log/slog"
	"net"
	"testing"

	mochi "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/hooks/auth"
	"github.com/mochi-mqtt/server/v2/listeners"
	"github.com/stretchr/testify/require"
)

// broker is a real broker that can be killed, memory and all, and started
// again at the same address.
type broker struct {
	t      testing.TB
	addr   string
	server *mochi.Server
}

func newBroker(t testing.TB) *broker {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	b := &broker{t: t, addr: l.Addr().String()}
	b.serve(l)
	t.Cleanup(func() { b.kill() })
	return b
}

func (b *broker) url() string { return "mqtt://" + b.addr }

func (b *broker) serve(l net.Listener) {
	b.server = mochi.New(&mochi.Options{InlineClient: true, Logger: slog.New(slog.DiscardHandler)})
	require.NoError(b.t, b.server.AddHook(new(auth.AllowHook), nil))
	require.NoError(b.t, b.server.AddListener(listeners.NewNet("test", l)))
	require.NoError(b.t, b.server.Serve())
}

func (b *broker) kill() {
	if b.server != nil {
		_ = b.server.Close()
		b.server = nil
	}
}

func (b *broker) start() {
	l, err := net.Listen("tcp", b.addr)
	require.NoError(b.t, err)
	b.serve(l)
}
