package local

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

const (
	firstBackoff = 100 * time.Millisecond
	maxBackoff   = 5 * time.Second
	// longLife is how long a child must have lived for its death to be no part of
	// a series.
	longLife = 30 * time.Second
	// readyWithin is what a restarted child gets before it is given up and
	// started anew. PostgreSQL may have to recover first.
	readyWithin = 2 * time.Minute
)

// errStopped is the answer to who waits for a child that was stopped.
var errStopped = errors.New("stopped")

// child is a process that is started again whenever it dies.
type child struct {
	name string
	// launch starts the process and returns when it is ready. It is called for
	// every start, so it must say the same addresses each time.
	launch func(context.Context) (*process, error)
	signal os.Signal
	grace  time.Duration
	log    *slog.Logger
	notify Notify

	cancel context.CancelFunc
	done   chan struct{}
	err    error // of the stop, after done

	mu      sync.Mutex
	process *process      // nil while down
	changed chan struct{} // closed when process changes, and replaced
}

// start starts the child and returns when it is ready. From then on it is kept
// alive until Stop.
func (c *child) start(ctx context.Context) error {
	p, err := c.launch(ctx)
	if err != nil {
		return err
	}
	c.done = make(chan struct{})
	c.changed = make(chan struct{})
	c.set(p)
	ctx, c.cancel = context.WithCancel(context.WithoutCancel(ctx))
	go c.keepAlive(ctx, p)
	return nil
}

func (c *child) set(p *process) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.process = p
	close(c.changed)
	c.changed = make(chan struct{})
}

func (c *child) keepAlive(ctx context.Context, p *process) {
	defer close(c.done)
	backoff := firstBackoff
	for {
		born := time.Now()
		select {
		case <-ctx.Done():
			c.err = p.stop(c.signal, c.grace)
			return
		case <-p.done:
		}
		c.set(nil)
		err := p.death()
		c.log.Warn("part died", "part", c.name, "error", err)
		c.notify.tell(Event{Part: c.name, State: Down, Err: err})
		if time.Since(born) > longLife {
			backoff = firstBackoff
		}
		died := time.Now()
		if p = c.restart(ctx, &backoff); p == nil {
			return
		}
		c.set(p)
		took := time.Since(died)
		c.log.Info("part is back", "part", c.name, "took", took)
		c.notify.tell(Event{Part: c.name, State: Ready, Took: took})
	}
}

// restart tries until it succeeds; it returns nil when ctx ends.
func (c *child) restart(ctx context.Context, backoff *time.Duration) *process {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(*backoff):
		}
		*backoff = min(2**backoff, maxBackoff)
		within, cancel := context.WithTimeout(ctx, readyWithin)
		p, err := c.launch(within)
		cancel()
		if err == nil {
			return p
		}
		if ctx.Err() == nil {
			c.log.Warn("part does not start", "part", c.name, "error", err)
		}
	}
}

// Stop ends the child, and waits for its end.
func (c *child) Stop() error {
	c.cancel()
	<-c.done
	return c.err
}

// Done is closed when the child has been stopped.
func (c *child) Done() <-chan struct{} { return c.done }

// PID is the process that runs now, or 0 while it is down. It is there for the
// tests that kill it.
func (c *child) PID() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.process == nil {
		return 0
	}
	return c.process.cmd.Process.Pid
}

// Restarted waits until a process other than pid, which PID told before it was
// killed, is ready.
func (c *child) Restarted(ctx context.Context, pid int) error {
	for {
		c.mu.Lock()
		p, changed := c.process, c.changed
		c.mu.Unlock()
		if p != nil && p.cmd.Process.Pid != pid {
			return nil
		}
		select {
		case <-changed:
		case <-c.done:
			return errStopped
		case <-ctx.Done():
			return fmt.Errorf("%s is not back: %w", c.name, ctx.Err())
		}
	}
}
