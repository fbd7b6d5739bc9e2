package ingest

import (
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// Stats counts since the start.
type Stats struct {
	Batches int64 // taken by the store, repeats included
	Rows    int64 // new ones
	Points  int64
	Refused int64 // messages that nobody will accept
	Dropped int64 // messages that could not be taken at the moment
}

type counters struct{ batches, rows, points, refused, dropped atomic.Int64 }

// Stats is what has been done so far.
func (i *Ingest) Stats() Stats {
	c := &i.counters
	return Stats{c.batches.Load(), c.rows.Load(), c.points.Load(), c.refused.Load(), c.dropped.Load()}
}

// quiet is how long a complaint of one kind is not repeated.
const quiet = 10 * time.Second

// complaints logs what devices do wrong without letting them fill the disk.
type complaints struct {
	log *slog.Logger

	mu   sync.Mutex
	last map[string]complaint // by kind; there are a few kinds
}

type complaint struct {
	at      time.Time
	skipped int
}

// add logs one complaint of a kind in ten seconds, and how many it left out.
func (c *complaints) add(kind, reason string, attrs ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last == nil {
		c.last = map[string]complaint{}
	}
	now := time.Now()
	l, ok := c.last[kind]
	if ok && now.Sub(l.at) < quiet {
		l.skipped++
		c.last[kind] = l
		return
	}
	c.last[kind] = complaint{at: now}
	if l.skipped > 0 {
		attrs = append(attrs, "skipped", l.skipped)
	}
	c.log.Warn("not taken in", append(attrs, "reason", reason)...)
}
