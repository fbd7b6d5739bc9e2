package ingest

import (
	"context"
	"sync"
	"time"

	"github.com/lics-lab/lics/lab"
)

// ErrSlow ends a subscription whose reader did not keep up. Nothing is lost: it
// asks again with the position of the last event it saw.
var ErrSlow error = &lab.Error{Code: lab.Unavailable, Message: "The reader is too slow and was disconnected. Ask again after the last event you saw."}

// Source is what a feed reads when its memory is not enough.
type Source interface {
	RunStream(ctx context.Context, run string, after lab.Position, limit int) ([]lab.StreamEvent, error)
	PositionsOfRun(ctx context.Context, run string) (lab.Position, error)
}

// Feed is the live feed of runs. Readers of a run share a ring of its latest
// events; a reader that begins further back reads the store until it reaches
// the ring. Only runs that somebody watches are kept.
//
// What is published goes into the ring when it directly follows what is there,
// writer by writer. Anything else, as rows that another process stored, makes
// the feed look into the store; so does time, in case nobody told.
//
// The feed has no goroutine of its own: whoever waits for news reads the store
// for all.
type Feed struct {
	Source Source
	// Ring is how many events of a run are kept, at least: 4096 when 0.
	Ring int
	// Poll is how often the store is looked at without a reason: 2 s when 0.
	Poll time.Duration

	mu   sync.Mutex
	runs map[string]*ring
}

const (
	defaultRing = 4096
	defaultPoll = 2 * time.Second
	// readAtOnce is how many events one look into the store brings.
	readAtOnce = 500
	// retryAfter is how long nobody asks a store that has failed.
	retryAfter = time.Second
)

// Publish tells readers of a run what was just committed. The events of one
// writer come in order; they must not be changed afterwards.
func (f *Feed) Publish(run string, events []lab.StreamEvent) {
	if r := f.watched(run); r != nil {
		r.publish(events)
	}
}

// Nudge tells readers of a run that there is something new in the store.
func (f *Feed) Nudge(run string) {
	if r := f.watched(run); r != nil {
		r.nudge()
	}
}

// Watched is the number of runs that somebody watches.
func (f *Feed) Watched() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.runs)
}

func (f *Feed) watched(run string) *ring {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.runs[run]
}

func (f *Feed) acquire(run string) *ring {
	f.mu.Lock()
	defer f.mu.Unlock()
	r := f.runs[run]
	if r == nil {
		r = &ring{run: run, source: f.Source, size: f.Ring, poll: f.Poll, stale: true, changed: make(chan struct{})}
		if r.size <= 0 {
			r.size = defaultRing
		}
		if r.poll <= 0 {
			r.poll = defaultPoll
		}
		if f.runs == nil {
			f.runs = map[string]*ring{}
		}
		f.runs[run] = r
	}
	r.readers++
	return r
}

func (f *Feed) release(r *ring) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if r.readers--; r.readers == 0 {
		delete(f.runs, r.run)
	}
}

// Subscribe follows a run from a position on. The caller calls Next until it
// fails, and Close in any case. It fails when there is no such run.
func (f *Feed) Subscribe(ctx context.Context, run string, after lab.Position) (*Subscription, error) {
	r := f.acquire(run)
	s := &Subscription{feed: f, ring: r, at: after}
	if err := r.load(ctx); err != nil {
		f.release(r)
		return nil, err
	}
	s.next = r.end()
	return s, nil
}

// Subscription is one reader of a run. It belongs to one goroutine.
type Subscription struct {
	feed   *Feed
	ring   *ring
	at     lab.Position // what the reader has seen
	next   int64        // index in the ring of what it has not, once it has read the store
	caught bool         // the store is read up to next
	live   bool         // events came from the ring
	closed bool
}

// Next waits for events and returns them in order, every one exactly once.
// The slice and the events are shared between readers and must not be
// changed. After ErrSlow the subscription is over; after another error, as
// when the store is down, Next may be called again.
func (s *Subscription) Next(ctx context.Context) ([]lab.StreamEvent, error) {
	for {
		if !s.caught {
			events, err := s.ring.source.RunStream(ctx, s.ring.run, s.at, readAtOnce)
			if err != nil {
				return nil, err
			}
			s.caught = len(events) < readAtOnce
			if len(events) > 0 {
				s.at = events[len(events)-1].Position
				return events, nil
			}
		}
		events, before, first, err := s.ring.after(ctx, s.next)
		switch {
		case err != nil:
			return nil, err
		case s.next < first && s.live:
			return nil, ErrSlow
		case s.next < first:
			// The ring has moved on while the history was read: once more. The
			// index is taken before the store is read, so that nothing can be
			// between the two.
			s.next, s.caught = s.ring.end(), false
			continue
		}
		s.live = true
		s.next += int64(len(events))
		if events = s.unseen(events, before); len(events) > 0 {
			return events, nil
		}
	}
}

// unseen leaves out what the store has already given. A reader that stands
// where the ring stood, as nearly all do, shares the ring's own slice.
func (s *Subscription) unseen(events []lab.StreamEvent, before lab.Position) []lab.StreamEvent {
	if len(events) > 0 && s.at.Equal(before) {
		s.at = events[len(events)-1].Position
		return events
	}
	var own []lab.StreamEvent
	for _, e := range events {
		if s.at.Includes(e) {
			continue
		}
		s.at = s.at.After(e)
		e.Position = s.at
		own = append(own, e)
	}
	return own
}

// Position is where the reader stands: after the last event of the last Next.
func (s *Subscription) Position() lab.Position { return s.at }

// Close ends the subscription.
func (s *Subscription) Close() {
	if !s.closed {
		s.closed = true
		s.feed.release(s.ring)
	}
}
