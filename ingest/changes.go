package ingest

import (
	"context"
	"sync"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/wire"
)

// Changes tells readers what things are now. Other than the events of a run,
// which are all told, only the latest word about each thing counts: a slow
// reader gets fewer, never old ones, and holds one value a thing at most.
type Changes[T any] struct {
	// Key names the thing that a value is about.
	Key func(T) string

	mu      sync.Mutex
	readers map[*ChangeReader[T]]struct{}
}

// DeviceFeed tells the status of devices as they change.
type DeviceFeed = Changes[lab.Device]

// RunFeed tells the status of runs as they change.
type RunFeed = Changes[lab.Run]

// LevelFeed tells the levels of watched devices.
type LevelFeed = Changes[wire.Levels]

// NewLevelFeed makes a LevelFeed.
func NewLevelFeed() *LevelFeed {
	return &LevelFeed{Key: func(l wire.Levels) string { return l.Device }}
}

// QuestionFeed tells the questions to people as they are asked and answered.
type QuestionFeed = Changes[lab.HumanStep]

// NewQuestionFeed makes a QuestionFeed.
func NewQuestionFeed() *QuestionFeed {
	return &QuestionFeed{Key: func(h lab.HumanStep) string { return h.ID }}
}

// NewDeviceFeed makes a DeviceFeed.
func NewDeviceFeed() *DeviceFeed {
	return &DeviceFeed{Key: func(d lab.Device) string { return d.ID }}
}

// NewRunFeed makes a RunFeed.
func NewRunFeed() *RunFeed { return &RunFeed{Key: func(r lab.Run) string { return r.ID }} }

// Publish tells what a thing is now. It never blocks.
func (c *Changes[T]) Publish(v T) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for r := range c.readers {
		if r.want == nil || r.want(v) {
			r.put(c.Key(v), v)
		}
	}
}

// Readers is how many listen.
func (c *Changes[T]) Readers() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.readers)
}

// Subscribe listens from now on to the things that are wanted; nil wants all.
// The caller closes it.
func (c *Changes[T]) Subscribe(want func(T) bool) *ChangeReader[T] {
	r := &ChangeReader[T]{feed: c, want: want, news: map[string]T{}, wake: make(chan struct{}, 1)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.readers == nil {
		c.readers = map[*ChangeReader[T]]struct{}{}
	}
	c.readers[r] = struct{}{}
	return r
}

// ChangeReader is one reader of Changes.
type ChangeReader[T any] struct {
	feed *Changes[T]
	want func(T) bool
	wake chan struct{}

	mu    sync.Mutex
	news  map[string]T
	order []string // of news, oldest first
}

func (r *ChangeReader[T]) put(key string, v T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.news[key]; !ok {
		r.order = append(r.order, key)
	}
	r.news[key] = v
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Next waits until something has changed and returns what it is now.
func (r *ChangeReader[T]) Next(ctx context.Context) ([]T, error) {
	for {
		r.mu.Lock()
		var out []T
		for _, key := range r.order {
			out = append(out, r.news[key])
		}
		clear(r.news)
		r.order = r.order[:0]
		r.mu.Unlock()
		if len(out) > 0 {
			return out, nil
		}
		select {
		case <-r.wake:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Close stops listening.
func (r *ChangeReader[T]) Close() {
	r.feed.mu.Lock()
	defer r.feed.mu.Unlock()
	delete(r.feed.readers, r)
}
