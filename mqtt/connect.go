package mqtt

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
)

// How long to wait before the next attempt: short at first, because most
// losses are a broker that restarts; never long, because an animal waits; and
// never the same for two clients, because all lose the broker at once.
const (
	firstRetry = 50 * time.Millisecond
	lastRetry  = 5 * time.Second
	dialLimit  = 10 * time.Second
)

// run keeps a connection until ctx ends.
func (c *Client) run(ctx context.Context) {
	defer close(c.done)
	retry := firstRetry
	for ctx.Err() == nil {
		s, err := c.dial(ctx)
		if err == nil {
			if err = c.resubscribe(ctx, s); err != nil {
				s.paho.Disconnect(0)
			}
		}
		if err != nil {
			c.mu.Lock()
			c.lastErr = err
			c.mu.Unlock()
			c.log.Debug("cannot connect", "error", err, "retry_in", retry)
			pause(ctx, retry/2+rand.N(retry)) //nolint:gosec // jitter
			retry = min(2*retry, lastRetry)
			continue
		}
		retry = firstRetry
		c.serve(ctx, s)
	}
}

// serve lasts as long as the connection.
func (c *Client) serve(ctx context.Context, s *session) {
	select {
	case <-c.first:
	default:
		close(c.first)
	}
	c.log.Debug("connected")
	if c.cfg.OnUp != nil {
		c.cfg.OnUp()
	}
	select {
	case <-s.lost:
		c.log.Debug("connection lost", "error", s.err)
	case <-ctx.Done():
	}
	c.mu.Lock()
	c.now = nil
	c.mu.Unlock()
	if ctx.Err() != nil {
		s.paho.Disconnect(100)
		s.lose(ErrOffline)
		return
	}
	if c.cfg.OnDown != nil {
		c.cfg.OnDown(s.err)
	}
	pause(ctx, rand.N(firstRetry)) //nolint:gosec // jitter
}

// dial makes one connection with a paho client of its own.
func (c *Client) dial(ctx context.Context) (*session, error) {
	s := &session{lost: make(chan struct{})}
	o := paho.NewClientOptions().
		AddBroker(c.cfg.URL).
		SetClientID(c.cfg.ClientID).
		SetUsername(c.cfg.Username).
		SetPassword(c.cfg.Password).
		SetCleanSession(true).
		SetAutoReconnect(false).
		SetConnectRetry(false).
		SetConnectTimeout(dialLimit).
		SetKeepAlive(c.cfg.KeepAlive).
		SetPingTimeout(c.cfg.KeepAlive/2 + time.Second).
		SetWriteTimeout(dialLimit).
		SetProtocolVersion(4).
		// Messages come in order through one function that only queues them;
		// paho's unordered mode would start a goroutine for each and lose the
		// order, and its ordered mode must never be held up.
		SetOrderMatters(true).
		SetDefaultPublishHandler(func(_ paho.Client, m paho.Message) { c.dispatch(m.Topic(), m.Payload()) }).
		SetConnectionLostHandler(func(_ paho.Client, err error) { s.lose(err) })
	if c.cfg.TLS != nil {
		o.SetTLSConfig(c.cfg.TLS)
	}
	if w := c.cfg.Will; w != nil {
		o.SetBinaryWill(w.Topic, w.Payload, w.QoS, w.Retained)
	}
	s.paho = paho.NewClient(o)
	t := s.paho.Connect()
	select {
	case <-t.Done():
		if err := t.Error(); err != nil {
			return nil, err
		}
		return s, nil
	case <-ctx.Done():
		s.paho.Disconnect(0)
		return nil, ctx.Err()
	}
}

// resubscribe makes s the current session with every subscription in place.
func (c *Client) resubscribe(ctx context.Context, s *session) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for {
		// Subscribe may add a filter while we wait without the lock.
		n := len(c.subs)
		filters := make(map[string]byte, n)
		for _, sub := range c.subs {
			filters[sub.filter] = 1
		}
		if n > 0 {
			c.mu.Unlock()
			err := subscribe(ctx, s, filters)
			c.mu.Lock()
			if err != nil {
				return err
			}
		}
		if n == len(c.subs) {
			c.now = s
			return nil
		}
	}
}

var errRefused = errors.New("the broker refused the subscription")

func subscribe(ctx context.Context, s *session, filters map[string]byte) error {
	t := s.paho.SubscribeMultiple(filters, nil).(*paho.SubscribeToken)
	limit := time.NewTimer(dialLimit)
	defer limit.Stop()
	select {
	case <-t.Done():
	case <-s.lost:
		return ErrOffline
	case <-ctx.Done():
		return ctx.Err()
	case <-limit.C:
		return errors.New("no answer to the subscription")
	}
	if err := t.Error(); err != nil {
		return err
	}
	for filter, code := range t.Result() {
		if code == 0x80 {
			return fmt.Errorf("%s: %w", filter, errRefused)
		}
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
