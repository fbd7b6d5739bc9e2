package graph

import (
	"context"
	"errors"
	"time"

	"github.com/99designs/gqlgen/graphql/handler/transport"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/ingest"
	"github.com/lics-lab/lics/lab"
)

const (
	// drained is how long a run that is over must be silent until its stream
	// ends.
	drained = 500 * time.Millisecond
	// glance is how often a silent run is asked whether it is over: the event
	// that says so may never come.
	glance = 10 * time.Second
	// storeRetry is how long a stream waits for a store that is away.
	storeRetry = time.Second
)

// follow streams a run's events from a position on: what is stored, then what
// comes. It ends when the run is over and everything was sent. A reader that
// is too slow gets an error and goes on at its last cursor; a store that is
// away only makes it wait.
func (r *Resolver) follow(ctx context.Context, run lab.Run, after lab.Position) (<-chan gen.RunEvent, error) {
	if r.Events == nil {
		return nil, lab.Errorf(lab.Unavailable, "This server has no live feed.")
	}
	sub, err := r.Events.Subscribe(ctx, run.ID, after)
	if err != nil {
		return nil, err
	}
	out := make(chan gen.RunEvent)
	go func() {
		defer close(out)
		defer sub.Close()
		f := follower{r: r, run: run, drawn: r.drawnIn(ctx, &run), sub: sub, out: out, over: run.Status.Final()}
		if err := f.follow(ctx); err != nil && ctx.Err() == nil {
			transport.AddSubscriptionError(ctx, present(r.Log)(ctx, err))
		}
	}()
	return out, nil
}

type follower struct {
	r     *Resolver
	run   lab.Run
	drawn map[stateKey]string
	sub   *ingest.Subscription
	out   chan<- gen.RunEvent
	over  bool
}

func (f *follower) follow(ctx context.Context) error {
	for {
		patience := glance
		if f.over {
			patience = drained
		}
		wait, cancel := context.WithTimeout(ctx, patience)
		events, err := f.sub.Next(wait)
		cancel()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, context.DeadlineExceeded):
			if f.over {
				return nil
			}
			f.ask(ctx)
			continue
		case errors.Is(err, ingest.ErrSlow), err != nil && lab.CodeOf(err) != lab.Unavailable:
			return err
		case err != nil:
			if !pause(ctx, storeRetry) {
				return ctx.Err()
			}
			continue
		}
		for _, e := range events {
			select {
			case f.out <- event(f.run.ID, e, f.drawn):
			case <-ctx.Done():
				return ctx.Err()
			}
			if e.Event != nil && e.Event.Kind == "status" && lab.RunStatus(e.Event.Name).Final() {
				f.over = true
			}
		}
	}
}

// ask looks whether the run is over. When the store does not answer it is
// asked again later.
func (f *follower) ask(ctx context.Context) {
	if run, err := f.r.Store.RunByID(ctx, f.run.ID); err == nil {
		f.over = run.Status.Final()
	}
}

func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
