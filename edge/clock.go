package edge

import (
	"slices"
	"sync"
	"time"
)

const (
	clockSamples = 16
	// clockTrust is the offset below which the device's own time service is
	// taken to be better than what messages tell, which includes their way.
	clockTrust = 100 * time.Millisecond
)

// clock learns how far the device's wall clock is ahead of the server's from
// the times in the server's messages. The least of the last differences is the
// message that was on its way for the shortest time.
type clock struct {
	mu      sync.Mutex
	samples []time.Duration
}

func (c *clock) heard(at int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.samples) == clockSamples {
		c.samples = slices.Delete(c.samples, 0, 1)
	}
	c.samples = append(c.samples, time.Duration(time.Now().UnixNano()-at))
}

// step forgets the samples: the wall clock was set.
func (c *clock) step() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.samples = nil
}

// heardOffset is what messages tell, however small; known is false before the
// first.
func (c *clock) heardOffset() (offset time.Duration, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.samples) == 0 {
		return 0, false
	}
	return slices.Min(c.samples), true
}

// offset is 0 while it is not known or too small to be believed.
func (c *clock) offset() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.samples) == 0 {
		return 0
	}
	if d := slices.Min(c.samples); d.Abs() >= clockTrust {
		return d
	}
	return 0
}

// wall is the corrected wall time, in Unix nanoseconds.
func (c *clock) wall() int64 { return time.Now().UnixNano() - int64(c.offset()) }
