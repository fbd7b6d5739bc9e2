package mqtt

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"sync"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
)

// ErrOffline is the error of what needs a connection while there is none.
var ErrOffline = errors.New("not connected to the broker")

// Message is something to publish.
type Message struct {
	Topic    string
	QoS      byte
	Retained bool
	Payload  []byte
}

// Config says where and as whom to connect. Only URL is needed.
type Config struct {
	URL      string // mqtt://, mqtts://, ws:// or wss://
	ClientID string // must be unique at the broker; empty makes one up
	Username string
	Password string
	TLS      *tls.Config
	Will     *Message
	// KeepAlive is how often the broker is asked for a sign of life; 0 is 15 s.
	KeepAlive time.Duration
	Log       *slog.Logger
	// OnUp is called after every connect, when the subscriptions stand. OnDown
	// is called after every loss. They are called one after the other, never at
	// once, and hold up reconnecting while they run.
	OnUp   func()
	OnDown func(error)
}

// Client is a connection that comes back.
type Client struct {
	cfg    Config
	log    *slog.Logger
	first  chan struct{} // closed at the first connect
	cancel context.CancelFunc
	done   chan struct{}

	mu      sync.Mutex
	now     *session // nil while there is no connection
	subs    []*subscription
	lastErr error
	closed  bool
}

// session is one connection, from CONNACK to its loss.
type session struct {
	paho paho.Client
	lost chan struct{} // closed when it is gone
	once sync.Once
	err  error // why; written before lost is closed
}

func (s *session) lose(err error) {
	s.once.Do(func() {
		s.err = err
		close(s.lost)
	})
}

// Start begins to connect and returns at once. The client keeps trying until
// Close.
func Start(cfg Config) (*Client, error) {
	u, err := url.Parse(cfg.URL)
	if err != nil {
		return nil, fmt.Errorf("broker: %w", err)
	}
	if u.Host == "" {
		return nil, fmt.Errorf("broker: %q is not a URL like mqtt://host:1883", cfg.URL)
	}
	if cfg.ClientID == "" {
		cfg.ClientID = "lics-" + randomID()
	}
	if cfg.KeepAlive == 0 {
		cfg.KeepAlive = 15 * time.Second
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	ctx, cancel := context.WithCancel(context.Background()) //nolint:forbidigo // lives until Close
	c := &Client{
		cfg:    cfg,
		log:    cfg.Log.With("broker", u.Host),
		first:  make(chan struct{}),
		cancel: cancel,
		done:   make(chan struct{}),
	}
	go c.run(ctx)
	return c, nil
}

// Connect is Start, then waiting for the first connection. When ctx ends first
// the client is closed and the error says what the last attempt met.
func Connect(ctx context.Context, cfg Config) (*Client, error) {
	c, err := Start(cfg)
	if err != nil {
		return nil, err
	}
	select {
	case <-c.first:
		return c, nil
	case <-ctx.Done():
		c.Close()
		c.mu.Lock()
		defer c.mu.Unlock()
		return nil, fmt.Errorf("broker %s: %w", cfg.URL, errors.Join(ctx.Err(), c.lastErr))
	}
}

// Connected reports whether there is a connection at this moment.
func (c *Client) Connected() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now != nil
}

// Publish sends a message and returns when the broker has it (QoS 1 and 2), or
// when it is written (QoS 0). An error means that it may or may not have
// arrived: what must arrive has to be confirmed by its receiver.
func (c *Client) Publish(ctx context.Context, topic string, qos byte, retained bool, payload []byte) error {
	c.mu.Lock()
	s := c.now
	c.mu.Unlock()
	if s == nil {
		return ErrOffline
	}
	t := s.paho.Publish(topic, qos, retained, payload)
	select {
	case <-t.Done():
		if err := t.Error(); err != nil {
			return fmt.Errorf("publish %s: %w", topic, err)
		}
		// A token may also be completed by the end of the connection.
		select {
		case <-s.lost:
			return fmt.Errorf("publish %s: connection lost: %w", topic, ErrOffline)
		default:
			return nil
		}
	case <-s.lost:
		return fmt.Errorf("publish %s: connection lost: %w", topic, ErrOffline)
	case <-ctx.Done():
		return fmt.Errorf("publish %s: %w", topic, ctx.Err())
	}
}

// Close says goodbye to the broker and stops the handlers. A client is not
// used after it.
func (c *Client) Close() {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		<-c.done
		return
	}
	c.closed = true
	subs := c.subs
	c.mu.Unlock()
	c.cancel()
	<-c.done
	for _, s := range subs {
		s.stop()
	}
}

func randomID() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}
