package edge

import (
	"context"
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lics-lab/lics/wire"
)

const (
	// levelsLeast is between two messages: what an eye can follow.
	levelsLeast = 50 * time.Millisecond
	// levelsMost is how long nothing may be said, so that who watches knows that
	// the device is there.
	levelsMost = time.Second
	// watchersMost bounds what a server that forgets to end its watches costs.
	watchersMost = 100
)

// levels tells what the channels are at, while somebody watches. Who watches
// says so again and again: a browser that is gone must not be told for ever,
// nor hold an output.
type levels struct {
	agent *agent
	wake  chan struct{}

	mu       sync.Mutex
	watchers map[string]time.Time // until when
}

func newLevels(a *agent) *levels {
	return &levels{agent: a, wake: make(chan struct{}, 1), watchers: map[string]time.Time{}}
}

// watch begins, goes on or ends.
func (l *levels) watch(b wire.WatchBody) *wire.Reason {
	switch {
	case b.Watcher == "" || len(b.Watcher) > wire.MaxIDBytes:
		return refused(wire.ReasonMalformed, "the watch names no watcher")
	case b.Lease < 0 || b.Lease > wire.MaxWatch:
		return refused(wire.ReasonLimit, "a watch lasts %s at most, not %s", wire.MaxWatch, b.Lease)
	}
	defer nudge(l.wake)
	l.mu.Lock()
	defer l.mu.Unlock()
	if b.Lease == 0 {
		delete(l.watchers, b.Watcher)
		return nil
	}
	if _, known := l.watchers[b.Watcher]; !known && len(l.watchers) == watchersMost {
		return refused(wire.ReasonLimit, "%d watch the device already", watchersMost)
	}
	l.watchers[b.Watcher] = time.Now().Add(b.Lease)
	return nil
}

// watched reports whether anybody watches now.
func (l *levels) watched() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	maps.DeleteFunc(l.watchers, func(_ string, until time.Time) bool { return !now.Before(until) })
	return len(l.watchers) > 0
}

// run sleeps while nobody watches.
func (l *levels) run(ctx context.Context) {
	tick := time.NewTicker(levelsLeast)
	tick.Stop()
	defer tick.Stop()
	var told map[string]wire.Level
	var at time.Time
	on := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.wake:
		case <-tick.C:
		}
		if !l.watched() {
			if on {
				on, told = false, nil
				tick.Stop()
				l.agent.letAll(func(h *hold) bool { return h.whileWatched }, "unwatched", "nobody watches the device any more")
			}
			continue
		}
		if !on {
			on = true
			tick.Reset(levelsLeast)
		}
		now := l.agent.box().levels()
		if told != nil && maps.Equal(told, now) && time.Since(at) < levelsMost {
			continue
		}
		if l.tell(ctx, now) {
			told, at = now, time.Now()
		}
	}
}

func (l *levels) tell(ctx context.Context, now map[string]wire.Level) bool {
	a := l.agent
	b, err := wire.EncodeLevels(wire.Levels{Device: a.Device, Boot: a.boot, At: a.clock.wall(), Channels: now})
	if err != nil || !a.client.Connected() {
		return false
	}
	once, cancel := context.WithTimeout(ctx, levelsMost)
	defer cancel()
	return a.client.Publish(once, wire.Topic(a.Device, wire.TopicLevels), 0, false, b) == nil
}

// levels are those of all channels that can be read now.
func (h *hardware) levels() map[string]wire.Level {
	now := make(map[string]wire.Level, len(h.rig.Channels))
	for _, c := range h.rig.Channels {
		if v, err := h.read(c.Name); err == nil {
			now[c.Name] = wire.Level{Level: v, Changes: h.changes[c.Name].Load()}
		}
	}
	return now
}

// counters are one for each channel of a rig; the map is never changed.
func counters(channels []RigChannel) map[string]*atomic.Int64 {
	m := make(map[string]*atomic.Int64, len(channels))
	for _, c := range channels {
		m[c.Name] = new(atomic.Int64)
	}
	return m
}
