package mqtt

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/lics-lab/lics/wire"
)

// How often Do asks again. Until the device has said anything the command may
// be lost; afterwards the device tells its progress by itself, and silence for
// a while is what makes us ask.
const (
	askAgain    = time.Second
	askIfSilent = 5 * time.Second
)

// Commander gives commands to devices and hears their replies.
type Commander struct {
	client *Client
	log    *slog.Logger

	mu      sync.Mutex
	asked   map[asked][]chan wire.Reply
	onReply []func(device string, r wire.Reply)
}

type asked struct{ device, command string }

// NewCommander listens to the replies of all devices over client.
func NewCommander(client *Client, log *slog.Logger) *Commander {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	c := &Commander{client: client, log: log, asked: map[asked][]chan wire.Reply{}}
	if err := client.Subscribe(wire.AnyDevice(wire.TopicReply), c.hear); err != nil {
		// The next connection subscribes again; until then Do asks in vain.
		log.Error("cannot listen to replies", "error", err)
	}
	return c
}

// OnReply adds a listener to every reply of every device. It is called in the
// order of arrival and holds up the following replies while it runs.
func (c *Commander) OnReply(f func(device string, r wire.Reply)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.onReply = append(c.onReply, f)
}

// Send publishes a command and does not wait for its answer. While the broker
// is away it is dated again and again, so that it is not too late when it comes.
func (c *Commander) Send(ctx context.Context, device string, cmd wire.Command) error {
	for {
		once, cancel := context.WithTimeout(ctx, wire.GoodFor/2)
		err := c.publish(once, device, cmd.Dated(ctx, time.Now()))
		cancel()
		if err == nil || ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
	}
}

func (c *Commander) publish(ctx context.Context, device string, cmd wire.Command) error {
	if !wire.ValidDevice(device) {
		return fmt.Errorf("%q cannot be a device", device)
	}
	b, err := wire.EncodeCommand(cmd)
	if err != nil {
		return fmt.Errorf("command %s: %w", cmd.ID, err)
	}
	return c.client.Publish(ctx, wire.Topic(device, wire.TopicCommand), 1, false, b)
}

// Do sends a command until its final reply is heard or ctx ends. A command
// that the device refused, or that failed, is a reply and not an error: look
// at its State. An error says that nothing is known; asking again with the
// same command is always safe.
func (c *Commander) Do(ctx context.Context, device string, cmd wire.Command) (wire.Reply, error) {
	key := asked{device, cmd.ID}
	// Progress may come faster than it is read here; it only says "not silent".
	replies := make(chan wire.Reply, 8)
	c.mu.Lock()
	c.asked[key] = append(c.asked[key], replies)
	c.mu.Unlock()
	defer c.forget(key, replies)

	var sent error
	send := func() {
		// Sending may be stuck behind a dying connection: the reply is what
		// counts, so nobody waits for the PUBACK longer than until asking again.
		once, cancel := context.WithTimeout(ctx, askAgain)
		defer cancel()
		sent = c.publish(once, device, cmd.Dated(ctx, time.Now()))
	}
	// The first message goes out while we already listen: the reply usually
	// comes before or together with the PUBACK.
	first := make(chan struct{})
	go func() { defer close(first); send() }()
	done := first
	again := time.NewTimer(askAgain)
	defer again.Stop()
	var late refusal
	for {
		select {
		case r := <-replies:
			switch {
			case r.Late() && cmd.Deadline == 0 && !late.again(r):
				again.Reset(askAgain) // an earlier sending, held back somewhere
			case r.State.Final():
				return r, nil
			default:
				again.Reset(askIfSilent)
			}
		case <-done:
			done = nil
			if _, ours := errors.AsType[*wire.Error](sent); ours {
				return wire.Reply{}, sent
			}
		case <-again.C:
			if done != nil {
				<-done // bounded by askAgain
			}
			done = make(chan struct{})
			go func(ch chan struct{}) { defer close(ch); send() }(done)
			again.Reset(askAgain)
		case <-ctx.Done():
			if done == nil && sent != nil {
				return wire.Reply{}, fmt.Errorf("command %s to %s: %w", cmd.ID, device, errors.Join(ctx.Err(), sent))
			}
			return wire.Reply{}, fmt.Errorf("command %s to %s: %w", cmd.ID, device, ctx.Err())
		}
	}
}

// refusal is the last one for being late. The same one again and again comes
// from the journal of an agent that keeps it, and will not change.
type refusal struct {
	at    int64
	times int
}

const sameRefusals = 3

func (l *refusal) again(r wire.Reply) bool {
	if r.At != l.at {
		*l = refusal{at: r.At}
	}
	l.times++
	return l.times >= sameRefusals
}

func (c *Commander) forget(key asked, replies chan wire.Reply) {
	c.mu.Lock()
	defer c.mu.Unlock()
	left := c.asked[key][:0:0]
	for _, ch := range c.asked[key] {
		if ch != replies {
			left = append(left, ch)
		}
	}
	if len(left) == 0 {
		delete(c.asked, key)
		return
	}
	c.asked[key] = left
}

// hear takes one reply from the broker.
func (c *Commander) hear(topic string, payload []byte) {
	device, _, err := wire.ParseTopic(topic)
	if err != nil {
		c.log.Warn("reply on an impossible topic", "topic", topic)
		return
	}
	r, err := wire.DecodeReply(payload)
	if err == nil && r.Device != device {
		err = fmt.Errorf("the reply says it is from %q", r.Device)
	}
	if err != nil {
		c.log.Warn("reply ignored", "device", device, "error", err)
		return
	}
	c.mu.Lock()
	waiting, listeners := c.asked[asked{device, r.Command}], c.onReply
	for _, ch := range waiting {
		deliver(ch, r)
	}
	c.mu.Unlock()
	for _, f := range listeners {
		f(device, r)
	}
}

// deliver never blocks and never loses a final reply: it makes room for one by
// dropping progress. Only hear sends, under the lock, so the room stays.
func deliver(ch chan wire.Reply, r wire.Reply) {
	select {
	case ch <- r:
		return
	default:
	}
	if !r.State.Final() {
		return
	}
	select {
	case <-ch:
	default:
	}
	select {
	case ch <- r:
	default:
	}
}
