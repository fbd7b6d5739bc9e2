package licstest

import (
	"errors"
	"syscall"
	"testing"
	"time"

	"github.com/lics-lab/lics/local"
)

// Broker returns the address, host:port, of an MQTT broker of the test's own. It
// lets everybody do everything.
func Broker(t testing.TB) string {
	t.Helper()
	return StartBroker(t).Addr()
}

// MQTT is a broker that a test can take away and bring back.
type MQTT struct {
	t      testing.TB
	config local.BrokerConfig
	broker *local.Broker
}

// StartBroker is Broker for tests that stop it.
func StartBroker(t testing.TB) *MQTT {
	t.Helper()
	return StartBrokerWith(t, local.BrokerConfig{Open: true})
}

// StartBrokerWith is StartBroker for tests of who may do what.
func StartBrokerWith(t testing.TB, config local.BrokerConfig) *MQTT {
	t.Helper()
	if config.Addr == "" {
		config.Addr = "127.0.0.1:0"
	}
	m := &MQTT{t: t, config: config}
	m.Start()
	t.Cleanup(m.Stop)
	return m
}

// Addr is where the broker listens, host:port; it stays the same.
func (m *MQTT) Addr() string { return m.config.Addr }

// Stop takes the broker away: connections are cut, its memory is lost.
func (m *MQTT) Stop() {
	m.t.Helper()
	if m.broker == nil {
		return
	}
	if err := m.broker.Stop(); err != nil {
		m.t.Errorf("stop the broker: %v", err)
	}
	m.broker = nil
}

// Start brings a stopped broker back on the same address, remembering nothing.
func (m *MQTT) Start() {
	m.t.Helper()
	broker, err := local.StartBroker(m.t.Context(), m.config)
	// While the broker was away its port may have become the near end of
	// somebody's connection; that passes.
	for range 50 {
		if !errors.Is(err, syscall.EADDRINUSE) {
			break
		}
		<-time.After(100 * time.Millisecond)
		broker, err = local.StartBroker(m.t.Context(), m.config)
	}
	if err != nil {
		m.t.Fatalf("start the broker: %v", err)
	}
	m.broker, m.config.Addr = broker, broker.Addr()
}
