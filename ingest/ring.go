package ingest

import (
	"context"
	"sync"
	"time"

	"github.com/lics-lab/lics/lab"
)

// ring holds the latest events of one run, in an order that every writer's own
// order is part of.
type ring struct {
	run     string
	source  Source
	size    int
	poll    time.Duration
	readers int // guarded by the feed

	mu      sync.Mutex
	loaded  bool
	events  []lab.StreamEvent // only appended to: readers hold parts of it without the lock
	first   int64             // index of events[0], counted since the ring began
	before  lab.Position      // in front of events[0]
	last    lab.Position      // after all events
	stale   bool              // the store has, or may have, more
	reading bool              // somebody is asking the store
	read    time.Time         // when it was asked
	pause   time.Time         // when it may be asked again, after it failed
	changed chan struct{}     // closed and replaced on news
}

// load finds out where the stream of the run ends. The ring begins there.
func (r *ring) load(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for !r.loaded {
		if r.reading {
			if err := r.wait(ctx, nil); err != nil {
				return err
			}
			continue
		}
		var end lab.Position
		err := r.ask(func() (err error) { end, err = r.source.PositionsOfRun(ctx, r.run); return err })
		if err != nil {
			return err
		}
		r.before, r.last, r.loaded = end, end, true
	}
	return nil
}

// end is the index that the next event will have.
func (r *ring) end() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.first + int64(len(r.events))
}

// after waits for events from an index on. It gives them with the position in
// front of them, and the index where the ring begins; when that is beyond
// next, the ring has forgotten some and gives none.
func (r *ring) after(ctx context.Context, next int64) (events []lab.StreamEvent, before lab.Position, first int64, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for {
		now := time.Now()
		wake := r.read.Add(r.poll)
		stale := r.stale || !now.Before(wake)
		switch i := next - r.first; {
		case i < 0:
			return nil, before, r.first, nil
		case i < int64(len(r.events)):
			if before = r.before; i > 0 {
				before = r.events[i-1].Position
			}
			n := min(int64(len(r.events)), i+readAtOnce)
			return r.events[i:n:n], before, r.first, nil
		case stale && !r.reading && !now.Before(r.pause):
			if err := r.refresh(ctx); err != nil && ctx.Err() != nil {
				return nil, before, 0, ctx.Err()
			}
			continue // whoever waits outlives a failure of the store
		case r.reading:
			wake = now.Add(r.poll) // its end is news
		case stale:
			wake = r.pause
		}
		timer := time.NewTimer(max(time.Until(wake), time.Millisecond))
		err := r.wait(ctx, timer.C)
		timer.Stop()
		if err != nil {
			return nil, before, 0, err
		}
	}
}

// refresh appends what the store has more.
func (r *ring) refresh(ctx context.Context) error {
	var events []lab.StreamEvent
	from := r.last
	err := r.ask(func() (err error) {
		events, err = r.source.RunStream(ctx, r.run, from, readAtOnce)
		return err
	})
	if err != nil {
		if ctx.Err() == nil {
			r.pause = time.Now().Add(retryAfter)
		}
		return err
	}
	for _, e := range events {
		if !r.last.Includes(e) { // published in the meantime
			r.append(e)
		}
	}
	r.stale = r.stale || len(events) == readAtOnce
	r.trim()
	return nil
}

// ask calls the store without the lock, one caller at a time. What is
// published while it reads makes the ring stale again.
func (r *ring) ask(f func() error) error {
	r.reading, r.stale = true, false
	r.mu.Unlock()
	err := f()
	r.mu.Lock()
	r.reading, r.read = false, time.Now()
	if err != nil {
		r.stale = true
	}
	r.wakeAll()
	return err
}

func (r *ring) publish(events []lab.StreamEvent) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range events {
		switch {
		case !r.loaded:
			r.stale = true
		case r.last.Includes(e): // the store was faster
		case !follows(r.last, e):
			r.stale = true
		default:
			r.append(e)
		}
	}
	r.trim()
	r.wakeAll()
}

func (r *ring) nudge() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stale = true
	r.wakeAll()
}

// follows reports whether nothing of the writer is missing in front of e. Rows
// of a boot may belong to another run: then this is not known here.
func follows(p lab.Position, e lab.StreamEvent) bool {
	if e.Event != nil {
		return e.Event.Pos == p.Events+1
	}
	return e.Row.Seq == p.Row(e.Row.Device, e.Row.Boot)+1
}

func (r *ring) append(e lab.StreamEvent) {
	r.last = r.last.After(e)
	e.Position = r.last
	r.events = append(r.events, e)
}

// trim forgets the oldest events, many at a time, into a new array.
func (r *ring) trim() {
	if len(r.events) < 2*r.size {
		return
	}
	n := len(r.events) - r.size
	r.before = r.events[n-1].Position
	r.first += int64(n)
	r.events = append(make([]lab.StreamEvent, 0, 2*r.size), r.events[n:]...)
}

func (r *ring) wakeAll() {
	close(r.changed)
	r.changed = make(chan struct{})
}

// wait gives the lock away until there is news, a time or the end.
func (r *ring) wait(ctx context.Context, timer <-chan time.Time) error {
	changed := r.changed
	r.mu.Unlock()
	defer r.mu.Lock()
	select {
	case <-changed:
	case <-timer:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}
