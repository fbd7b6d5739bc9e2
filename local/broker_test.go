package local_test

import (
	"os"
	"strings"
	"syscall"
	"testing"

	paho "github.com/eclipse/paho.mqtt.golang"
	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/local"
	"github.com/lics-lab/lics/wire"
)

func TestADeviceUsesItsOwnTopicsAndNoOthers(t *testing.T) {
	t.Parallel()
	b := startBroker(t, local.BrokerConfig{
		ServerUser: "server", ServerPassword: "s3cret",
		Devices: map[string]string{"box1": "one", "box10": "ten"},
	})
	server := connect(t, b.Addr(), "server", "server", "s3cret")
	heard := make(chan string, 10)
	subscribe(t, server, "lics/devices/+/status", heard)
	box := connect(t, b.Addr(), "box1", "box1", "one")
	told := make(chan string, 10)
	subscribe(t, box, wire.Topic("box1", "#"), told)
	subscribe(t, box, wire.HaltAll, told)

	publish(t, box, wire.Topic("box1", wire.TopicStatus))
	require.Equal(t, wire.Topic("box1", wire.TopicStatus), receive(t, heard))
	require.Equal(t, wire.Topic("box1", wire.TopicStatus), receive(t, told))
	publish(t, server, wire.HaltAll)
	require.Equal(t, wire.HaltAll, receive(t, told))

	for _, filter := range []string{"#", "lics/#", "lics/devices/#", "lics/devices/+/status", wire.Topic("box10", "#"), "$share/g/lics/devices/#"} {
		require.False(t, granted(t, box, filter), filter)
	}
	// MQTT 3.1.1 has no other way to refuse a message than to hang up.
	lost := make(chan struct{})
	liar := dial(t, b.Addr(), "box1-liar", "box1", "one", func(o *paho.ClientOptions) {
		o.SetConnectionLostHandler(func(paho.Client, error) { close(lost) })
	})
	require.NoError(t, wait(t, liar.Connect()))
	liar.Publish(wire.Topic("box10", wire.TopicStatus), 1, false, "x")
	receive(t, lost)
}

func TestTheBrokerRefusesWhomItDoesNotKnow(t *testing.T) {
	t.Parallel()
	cfg := local.BrokerConfig{ServerUser: "server", ServerPassword: "s3cret", Devices: map[string]string{"box1": "one", "box2": "two"}}
	b := startBroker(t, cfg)
	connect(t, b.Addr(), "box1", "box1", "one")
	will := func(o *paho.ClientOptions) { o.SetWill(wire.Topic("box2", wire.TopicCommand), "x", 1, false) }
	for name, c := range map[string]paho.Client{
		"a wrong password":             dial(t, b.Addr(), "a", "box1", "two", nil),
		"an unknown user":              dial(t, b.Addr(), "b", "box3", "", nil),
		"no name":                      dial(t, b.Addr(), "c", "", "", nil),
		"no password of the server":    dial(t, b.Addr(), "d", "server", "", nil),
		"the client id of another one": dial(t, b.Addr(), "box1", "box2", "two", nil),
		"a last will on foreign topic": dial(t, b.Addr(), "e", "box1", "one", will),
	} {
		require.Error(t, wait(t, c.Connect()), name)
	}

	cfg.Anonymous = true
	b = startBroker(t, cfg)
	guest := connect(t, b.Addr(), "guest", "", "")
	require.True(t, granted(t, guest, wire.Topic("box1", "#")))
	require.False(t, granted(t, guest, "lics/all/other"))
}

func TestAnOversizedMessageEndsItsConnectionOnly(t *testing.T) {
	t.Parallel()
	b := startBroker(t, local.BrokerConfig{Open: true})
	other := connect(t, b.Addr(), "other", "", "")
	heard := make(chan string, 1)
	subscribe(t, other, "lics/#", heard)
	lost := make(chan struct{})
	big := dial(t, b.Addr(), "big", "", "", func(o *paho.ClientOptions) {
		o.SetConnectionLostHandler(func(paho.Client, error) { close(lost) })
	})
	require.NoError(t, wait(t, big.Connect()))
	big.Publish("lics/x", 1, false, strings.Repeat("x", 5<<20))
	receive(t, lost)
	publish(t, other, "lics/small")
	require.Equal(t, "lics/small", receive(t, heard))
}

func TestTheBrokerRestartsOnTheSamePort(t *testing.T) {
	t.Parallel()
	b := startBroker(t, local.BrokerConfig{Open: true})
	publishRetained(t, connect(t, b.Addr(), "a", "", ""), "lics/devices/a/status")
	require.NoError(t, b.Stop())

	again := startBroker(t, local.BrokerConfig{Addr: b.Addr(), Open: true})
	require.Equal(t, b.Addr(), again.Addr())
	c := connect(t, again.Addr(), "a", "", "")
	heard := make(chan string, 2)
	subscribe(t, c, "lics/devices/#", heard)
	publish(t, c, "lics/devices/b/status")
	require.Equal(t, "lics/devices/b/status", receive(t, heard), "the retained message is forgotten")
}

func TestABrokerProcessThatIsKilledComesBack(t *testing.T) {
	t.Parallel()
	ctx := within(t)
	self, err := os.Executable()
	require.NoError(t, err)
	cfg := local.BrokerConfig{Addr: "127.0.0.1:0", ServerUser: "server", ServerPassword: "s3cret"}
	b, err := local.StartBrokerProcess(ctx, cfg, self, "serve-broker")
	require.NoError(t, err)
	addr, pid := b.Addr(), b.PID()
	connect(t, addr, "a", "server", "s3cret")

	require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
	require.NoError(t, b.Restarted(ctx, pid))
	require.Equal(t, addr, b.Addr())
	connect(t, addr, "a", "server", "s3cret")
	require.NoError(t, b.Stop())
	<-b.Done()
}

func startBroker(t *testing.T, cfg local.BrokerConfig) *local.Broker {
	t.Helper()
	if cfg.Addr == "" {
		cfg.Addr = "127.0.0.1:0"
	}
	b, err := local.StartBroker(t.Context(), cfg)
	require.NoError(t, err)
	t.Cleanup(func() { _ = b.Stop() })
	return b
}
