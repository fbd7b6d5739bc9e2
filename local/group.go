package local

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Part is something that runs until it is stopped.
type Part interface {
	// Detail says where the part is, in a few words for people.
	Detail() string
	Stop() error
}

// Group starts parts one after the other, each when the one before is ready,
// and stops them in reverse order.
type Group struct {
	Notify Notify

	mu    sync.Mutex
	parts []named
}

type named struct {
	name string
	part Part
}

// Start starts a part and adds it to the group when it is ready. After an error
// the caller stops the group, and with it what had been started before.
func Start[P Part](ctx context.Context, g *Group, name string, start func(context.Context) (P, error)) (P, error) {
	begun := time.Now()
	g.Notify.tell(Event{Part: name, State: Starting})
	part, err := start(ctx)
	if err != nil {
		err = fmt.Errorf("%s: %w", name, err)
		g.Notify.tell(Event{Part: name, State: Down, Err: err})
		return part, err
	}
	g.mu.Lock()
	g.parts = append(g.parts, named{name, part})
	g.mu.Unlock()
	g.Notify.tell(Event{Part: name, State: Ready, Detail: part.Detail(), Took: time.Since(begun)})
	return part, nil
}

// Stop stops every part, the last started first, and returns what went wrong.
func (g *Group) Stop() error {
	g.mu.Lock()
	parts := g.parts
	g.parts = nil
	g.mu.Unlock()

	var errs []error
	for _, p := range slices.Backward(parts) {
		begun := time.Now()
		g.Notify.tell(Event{Part: p.name, State: Stopping})
		err := p.part.Stop()
		if err != nil {
			err = fmt.Errorf("%s: %w", p.name, err)
			errs = append(errs, err)
		}
		g.Notify.tell(Event{Part: p.name, State: Stopped, Took: time.Since(begun), Err: err})
	}
	return errors.Join(errs...)
}
