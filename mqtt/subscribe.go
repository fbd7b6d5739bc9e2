package mqtt

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// maxQueued bounds what waits for one handler. Beyond it new messages are
// dropped with a log line: blocking here would stop the pings and lose the
// connection, and everything that matters is sent again until it is answered.
const maxQueued = 64 << 20

// subscription is a handler with its own queue and goroutine, so that a slow
// one holds up nobody else.
type subscription struct {
	filter  string
	handler func(topic string, payload []byte)

	mu      sync.Mutex
	queue   []inbound
	bytes   int
	wake    chan struct{}
	stopped chan struct{}
}

type inbound struct {
	topic   string
	payload []byte
}

// Subscribe asks for every message of the filter at QoS 1, now and after each
// reconnect. The handler is called for one message at a time, in the order of
// their arrival, and may take its time and publish. Filters should not
// overlap: a message that matches two is given to both, by some brokers twice.
func (c *Client) Subscribe(filter string, handler func(topic string, payload []byte)) error {
	s := &subscription{
		filter:  filter,
		handler: handler,
		wake:    make(chan struct{}, 1),
		stopped: make(chan struct{}),
	}
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return fmt.Errorf("subscribe %s: %w", filter, ErrOffline)
	}
	// A new slice, because dispatch reads the old one without the lock.
	c.subs = append(slices.Clip(c.subs), s)
	now := c.now
	c.mu.Unlock()
	go s.run()
	if now == nil {
		return nil
	}
	err := subscribe(context.Background(), now, map[string]byte{filter: 1}) //nolint:forbidigo // bounded by dialLimit and the session
	if err == nil || errors.Is(err, ErrOffline) {
		return nil // the next connection brings it
	}
	return fmt.Errorf("subscribe %s: %w", filter, err)
}

// dispatch is called by paho for every message; it never blocks.
func (c *Client) dispatch(topic string, payload []byte) {
	c.mu.Lock()
	subs := c.subs
	c.mu.Unlock()
	for _, s := range subs {
		if matches(s.filter, topic) && !s.push(inbound{topic, payload}) {
			c.log.Warn("message dropped: its handler is too slow", "topic", topic, "bytes", len(payload))
		}
	}
	// The handler now, paho's acknowledgement after it: without this the handler
	// waits until another processor has woken up, a tenth of a round trip.
	runtime.Gosched()
}

func (s *subscription) push(m inbound) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bytes+len(m.payload) > maxQueued {
		return false
	}
	s.queue = append(s.queue, m)
	s.bytes += len(m.payload)
	select {
	case s.wake <- struct{}{}:
	default:
	}
	return true
}

func (s *subscription) run() {
	var batch []inbound
	for {
		select {
		case <-s.stopped:
			return
		case <-s.wake:
		}
		s.mu.Lock()
		batch, s.queue = s.queue, batch[:0]
		s.bytes = 0
		s.mu.Unlock()
		for i := range batch {
			select {
			case <-s.stopped:
				return
			default:
			}
			s.handler(batch[i].topic, batch[i].payload)
			batch[i] = inbound{}
		}
	}
}

// stop ends the goroutine without waiting for a handler that may itself be
// closing the client.
func (s *subscription) stop() { close(s.stopped) }

// matches reports whether a topic falls under a filter with + and #.
func matches(filter, topic string) bool {
	for {
		if filter == "#" {
			return true
		}
		f, frest, fmore := strings.Cut(filter, "/")
		t, trest, tmore := strings.Cut(topic, "/")
		if f != "+" && f != t {
			return false
		}
		if !fmore || !tmore {
			return fmore == tmore || fmore && frest == "#"
		}
		filter, topic = frest, trest
	}
}
