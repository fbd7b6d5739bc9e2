package local_test

import (
	"errors"
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/eclipse/paho.mqtt.golang/packets"
	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/local"
)

// A network that was frozen gives the broker several connections of one client
// at the same moment, all but one of them dead. Whichever of them the broker
// keeps open must hear what is sent to the client.
func TestNoConnectionStaysOpenAndDeaf(t *testing.T) {
	t.Parallel()
	b := startBroker(t, local.BrokerConfig{Open: true})
	server := connect(t, b.Addr(), "server", "", "")
	for range 20 {
		conns := connectAtOnce(t, b.Addr(), "box-1", 8)
		var deaf, hearing sync.WaitGroup
		for _, c := range conns {
			require.NoError(t, c.SetReadDeadline(time.Now().Add(10*time.Second)))
			heard := make(chan struct{})
			deaf.Go(func() { // ends with a message or the connection
				defer close(heard)
				for {
					p, err := packets.ReadPacket(c)
					if err != nil {
						// Ended is well: the client will come back.
						if errors.Is(err, os.ErrDeadlineExceeded) {
							t.Error("a connection is open and hears nothing")
						}
						return
					}
					if _, ok := p.(*packets.PublishPacket); ok {
						return
					}
				}
			})
			hearing.Go(func() {
				again := time.NewTicker(20 * time.Millisecond)
				defer again.Stop()
				for {
					select {
					case <-heard:
						return
					case <-again.C:
						server.Publish("lics/devices/box-1/command", 0, false, "x")
					}
				}
			})
		}
		deaf.Wait()
		hearing.Wait()
		for _, c := range conns {
			_ = c.Close()
		}
	}
}

// connectAtOnce opens connections and sends CONNECT and SUBSCRIBE on all of
// them in the same instant.
func connectAtOnce(t *testing.T, addr, id string, n int) []net.Conn {
	t.Helper()
	conns := make([]net.Conn, n)
	for i := range conns {
		c, err := net.Dial("tcp", addr)
		require.NoError(t, err)
		t.Cleanup(func() { _ = c.Close() })
		conns[i] = c
	}
	var sent sync.WaitGroup
	for _, c := range conns {
		sent.Go(func() {
			p := packets.NewControlPacket(packets.Connect).(*packets.ConnectPacket)
			p.ProtocolName, p.ProtocolVersion, p.CleanSession, p.ClientIdentifier, p.Keepalive = "MQTT", 4, true, id, 60
			_ = p.Write(c)
			s := packets.NewControlPacket(packets.Subscribe).(*packets.SubscribePacket)
			s.MessageID, s.Topics, s.Qoss = 1, []string{"lics/devices/box-1/command"}, []byte{1}
			_ = s.Write(c) // the broker may have hung up already
		})
	}
	sent.Wait()
	return conns
}
