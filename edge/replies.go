package edge

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/lics-lab/lics/wire"
)

// replies go out in order from one goroutine. A final reply that finds no
// connection waits for the next; the others are forgotten, because whoever
// wants to know asks again.
type replies struct {
	publish func(ctx context.Context, payload []byte) error
	wake    chan struct{}

	mu      sync.Mutex
	queue   []reply
	waiting []reply // final, for the next connection
	busy    bool
}

type reply struct {
	command string
	final   bool
	payload []byte
}

// maxWaiting bounds what waits for a connection; the journal has it anyway.
const maxWaiting = 1000

func newReplies(publish func(context.Context, []byte) error) *replies {
	return &replies{publish: publish, wake: make(chan struct{}, 1)}
}

func (r *replies) send(m reply) {
	r.mu.Lock()
	r.queue = append(r.queue, m)
	r.mu.Unlock()
	nudge(r.wake)
}

// up sends what waited for a connection.
func (r *replies) up() {
	r.mu.Lock()
	r.queue = append(r.waiting, r.queue...)
	r.waiting = nil
	r.mu.Unlock()
	nudge(r.wake)
}

func (r *replies) run(ctx context.Context) {
	for {
		select {
		case <-r.wake:
			r.drain(ctx)
		case <-ctx.Done():
			return
		}
	}
}

// drain sends what is queued.
func (r *replies) drain(ctx context.Context) {
	for ctx.Err() == nil {
		r.mu.Lock()
		if len(r.queue) == 0 || r.busy {
			r.mu.Unlock()
			return
		}
		m := r.queue[0]
		r.queue = slices.Delete(r.queue, 0, 1)
		r.busy = true
		r.mu.Unlock()
		once, cancel := context.WithTimeout(ctx, 5*time.Second)
		err := r.publish(once, m.payload)
		cancel()
		r.mu.Lock()
		r.busy = false
		if err != nil && m.final && len(r.waiting) < maxWaiting {
			r.waiting = append(r.waiting, m)
		}
		r.mu.Unlock()
	}
}

// say sends a reply that is not final, or is not about a command in the journal.
func (a *agent) say(c wire.Command, r wire.Reply, result any) {
	a.replies.send(reply{c.ID, false, a.encode(c, r, result)})
}

// answer keeps the final reply to a command and sends it.
func (a *agent) answer(c wire.Command, r wire.Reply, result any) {
	payload := a.encode(c, r, result)
	// What a task's rows were synced for must not be asked for again.
	d := durable(c.Verb == wire.VerbTask)
	if err := a.journal.finish(a.ctx, d, c.ID, payload); err != nil {
		a.log.Error("a reply cannot be written", "command", c.ID, "error", err)
	}
	a.log.Debug("command answered", "command", c.ID, "state", r.State)
	a.replies.send(reply{c.ID, true, payload})
}

func (a *agent) encode(c wire.Command, r wire.Reply, result any) []byte {
	r.Command, r.Run, r.Device, r.Boot, r.At = c.ID, c.Run, a.Device, a.boot, a.clock.wall()
	if result != nil {
		r.Result, _ = json.Marshal(result)
	}
	b, err := wire.EncodeReply(r)
	if err == nil {
		return b
	}
	// Only a task's variables can be that large; their rows are recorded.
	if t, ok := result.(wire.TaskResult); ok && t.Variables != nil {
		t.Variables = nil
		t.Error = shorten(t.Error)
		return a.encode(c, r, t)
	}
	if p, ok := result.(wire.TaskProgress); ok && p.Variables != nil {
		p.Variables = nil
		return a.encode(c, r, p)
	}
	r.Result = nil
	r.Reason = &wire.Reason{Code: wire.ReasonMalformed, Message: shorten(err.Error())}
	b, _ = wire.EncodeReply(r)
	return b
}

func shorten(s string) string { return s[:min(len(s), 1000)] }
