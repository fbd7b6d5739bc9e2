package edge

import (
	"sync"

	"github.com/lics-lab/lics/task"
)

// checkpoints are those of a task that are not on disk yet. Each belongs to the
// rows recorded before it, and is written with the last of them: after a crash
// neither says more than the other.
type checkpoints struct {
	mu      sync.Mutex
	taken   int64
	waiting []checkpoint
}

type checkpoint struct {
	number int64 // from 1
	after  int64 // rows of the task
	task.Checkpoint
}

func (c *checkpoints) add(after int64, p task.Checkpoint) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.taken++
	c.waiting = append(c.waiting, checkpoint{c.taken, after, p})
}

// until is the latest that belongs to the first n rows and has a number above
// written; nil when there is none. Written ones are forgotten.
func (c *checkpoints) until(n, written int64) *checkpoint {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.waiting) > 0 && c.waiting[0].number <= written {
		c.waiting = c.waiting[1:]
	}
	var latest *checkpoint
	for i := range c.waiting {
		if c.waiting[i].after <= n {
			latest = &c.waiting[i]
		}
	}
	return latest
}

// Checkpoint keeps what the task would need to go on after a restart.
func (t *taskRun) Checkpoint(p task.Checkpoint) {
	t.header.checkpoints.add(t.outbox.recorded(t.header), p)
}

var _ task.Checkpointer = (*taskRun)(nil)
