package main

import (
	"context"
	"sync"
	"time"

	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/wire"
)

// commits is the store of ingest with a clock: it notes when the rows of a
// device were committed, and how many came.
type commits struct {
	*store.Store

	mu    sync.Mutex
	speed float64 // of the device that is watched; 0 watches nothing
	lags  []time.Duration
	fresh int
	first time.Time
	end   time.Time
}

// watch begins anew.
func (c *commits) watch(speed float64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.speed, c.lags, c.fresh, c.first, c.end = speed, nil, 0, time.Time{}, time.Time{}
}

// StoreBatches stores, then measures. A row's time runs as fast as its device.
func (c *commits) StoreBatches(ctx context.Context, batches []wire.EventBatch) ([]store.Stored, error) {
	stored, err := c.Store.StoreBatches(ctx, batches)
	now := time.Now()
	if err != nil {
		return stored, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.speed == 0 {
		return stored, nil
	}
	for i, b := range batches {
		if b.Run == "" {
			continue
		}
		n := len(stored[i].Fresh)
		c.fresh += n
		if c.first.IsZero() {
			c.first = now
		}
		c.end = now
		for _, r := range b.Rows[len(b.Rows)-n:] {
			at := time.Unix(0, b.Start).Add(time.Duration(float64(r.At) / c.speed))
			c.lags = append(c.lags, now.Sub(at))
		}
	}
	return stored, nil
}

// seen ends the watch: the lag of every row, their number, and the time from
// the first commit to the last.
func (c *commits) seen() (lags []time.Duration, rows int, took time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.speed = 0
	return c.lags, c.fresh, c.end.Sub(c.first)
}
