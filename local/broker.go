package local

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	mochi "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/listeners"
)

// What the broker lets a client do to its memory. Our own messages are far
// smaller; a device that goes beyond is broken or hostile.
const (
	maxPacket       = 4 << 20
	maxInflight     = 1024
	maxPending      = 2048
	maxClients      = 12_000
	sessionExpiry   = 60 * 60      // seconds
	messageExpiry   = 24 * 60 * 60 // seconds
	maxTopicAliases = 64
)

// BrokerConfig says where the broker listens and whom it lets in. It is also
// what a broker in a process of its own reads from its parent.
type BrokerConfig struct {
	// Addr is host:port; port 0 takes a free one.
	Addr string `json:"addr"`
	// ServerUser may use every topic.
	ServerUser     string `json:"server_user"`
	ServerPassword string `json:"server_password"`
	// Devices are passwords by device id. A device may use its own topics, and
	// listen to what is said to all devices.
	Devices map[string]string `json:"devices,omitempty"`
	// Anonymous lets clients without a user name in, as any device.
	Anonymous bool `json:"anonymous,omitempty"`
	// Open lets everybody do everything, for tests that are about something else.
	Open bool `json:"open,omitempty"`
	// MaxClients is 12,000 when zero.
	MaxClients int `json:"max_clients,omitempty"`

	TLS    *tls.Config  `json:"-"` // in this process only
	Log    *slog.Logger `json:"-"`
	Notify Notify       `json:"-"`
}

// Broker is an MQTT broker in this process. It keeps everything in memory: what
// must not be lost is acknowledged between device and store, not by the broker.
type Broker struct {
	addr string
	stop func() error
}

// StartBroker returns when the broker listens.
func StartBroker(_ context.Context, cfg BrokerConfig) (*Broker, error) {
	if cfg.ServerUser == "" && !cfg.Open {
		return nil, errors.New("broker: a server account is required")
	}
	limits := mochi.NewDefaultServerCapabilities()
	limits.MaximumPacketSize = maxPacket
	limits.MaximumInflight = maxInflight
	limits.ReceiveMaximum = maxInflight
	limits.MaximumClientWritesPending = maxPending
	limits.MaximumClients = maxClients
	if cfg.MaxClients > 0 {
		limits.MaximumClients = int64(cfg.MaxClients)
	}
	limits.MaximumSessionExpiryInterval = sessionExpiry
	limits.MaximumMessageExpiryInterval = messageExpiry
	limits.TopicAliasMaximum = maxTopicAliases

	server := mochi.New(&mochi.Options{
		Capabilities: limits,
		Logger:       slog.New(withoutPackets{logger(cfg.Log).With("part", "broker").Handler()}),
	})
	gate, err := newGate(server, cfg)
	if err != nil {
		return nil, fmt.Errorf("broker: %w", err)
	}
	if err := server.AddHook(gate, nil); err != nil {
		return nil, fmt.Errorf("broker: %w", err)
	}
	if err := server.AddHook(watchTwins(server), nil); err != nil {
		return nil, fmt.Errorf("broker: %w", err)
	}
	tcp := listeners.NewTCP(listeners.Config{ID: "tcp", Address: cfg.Addr, TLSConfig: cfg.TLS})
	if err := server.AddListener(tcp); err != nil {
		return nil, fmt.Errorf("broker: %w", err)
	}
	if err := server.Serve(); err != nil {
		server.Close()
		return nil, fmt.Errorf("broker: %w", err)
	}
	// The library's Close panics when it is called twice.
	return &Broker{addr: tcp.Address(), stop: sync.OnceValue(server.Close)}, nil
}

// Addr is where the broker listens, host:port.
func (b *Broker) Addr() string { return b.addr }

// Detail says where the broker is.
func (b *Broker) Detail() string { return "mqtt://" + b.addr }

// Stop closes every connection and forgets everything.
func (b *Broker) Stop() error { return b.stop() }
