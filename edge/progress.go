package edge

import (
	"context"
	"sync"

	"github.com/lics-lab/lics/wire"
)

// news brings the progress of tasks to the journal and to the server, away
// from the goroutines that run them. Only the latest of a task is kept.
type news struct {
	agent *agent
	wake  chan struct{}

	mu     sync.Mutex
	latest map[*taskRun]wire.TaskProgress
}

func newNews(a *agent) *news {
	return &news{agent: a, wake: make(chan struct{}, 1), latest: map[*taskRun]wire.TaskProgress{}}
}

// tell never blocks.
func (n *news) tell(t *taskRun, p wire.TaskProgress) {
	n.mu.Lock()
	n.latest[t] = p
	n.mu.Unlock()
	nudge(n.wake)
}

func (n *news) run(ctx context.Context) {
	for {
		select {
		case <-n.wake:
		case <-ctx.Done():
			return
		}
		n.mu.Lock()
		latest := n.latest
		n.latest = map[*taskRun]wire.TaskProgress{}
		n.mu.Unlock()
		for t, p := range latest {
			n.keep(t, p)
			n.mu.Lock()
			if !t.over {
				n.agent.say(t.command, wire.Reply{State: wire.Progress}, p)
			}
			n.mu.Unlock()
		}
	}
}

// end makes sure that no progress follows the final reply.
func (n *news) end(t *taskRun) {
	n.mu.Lock()
	defer n.mu.Unlock()
	t.over = true
	delete(n.latest, t)
}

// keep writes how far a task has come, for the case that nobody can ask it.
func (n *news) keep(t *taskRun, p wire.TaskProgress) {
	if err := n.agent.outbox.progress(n.agent.ctx, t.command.ID, p); err != nil {
		n.agent.log.Error("progress cannot be written", "command", t.command.ID, "error", err)
	}
}
