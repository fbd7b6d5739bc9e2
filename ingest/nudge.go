package ingest

import (
	"context"
	"reflect"
	"sync"
	"time"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/wire"
)

// maxNudges bounds the runs that wait to be looked at.
const maxNudges = 10_000

// nudges are the runs that something was said about.
type nudges struct {
	wake chan struct{}

	mu   sync.Mutex
	runs map[string]struct{}
}

func (n *nudges) add(run string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.runs == nil {
		n.runs = map[string]struct{}{}
	}
	if len(n.runs) < maxNudges {
		n.runs[run] = struct{}{}
	}
	select {
	case n.wake <- struct{}{}:
	default:
	}
}

func (n *nudges) all() map[string]struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	all := n.runs
	n.runs = nil
	return all
}

// takeNudge hears that another process has stored something of a run.
func (i *Ingest) takeNudge(topic string, _ []byte) {
	run, ok := wire.RunOfTopic(topic)
	if !ok {
		return
	}
	if i.Feed != nil {
		i.Feed.Nudge(run)
	}
	if i.Runs != nil || i.Questions != nil {
		i.nudges.add(run)
	}
}

// tellRuns reads the runs that were nudged, and tells who listens when their
// status has changed.
func (i *Ingest) tellRuns(ctx context.Context, retry time.Duration) {
	told := map[string]lab.RunStatus{} // of runs that are not over
	asked := map[string]lab.HumanStep{}
	for {
		select {
		case <-ctx.Done():
			return
		case <-i.nudges.wake:
		}
		for run := range i.nudges.all() {
			i.tellQuestions(ctx, run, asked)
			if i.Runs == nil || i.Runs.Readers() == 0 {
				clear(told)
				continue
			}
			r, err := i.Store.RunByID(ctx, run)
			switch {
			case err == nil && told[run] != r.Status:
				i.Runs.Publish(r)
				if told[run] = r.Status; r.Status.Final() {
					delete(told, run)
				}
			case lab.CodeOf(err) == lab.Unavailable:
				time.AfterFunc(retry, func() { i.nudges.add(run) })
			}
		}
	}
}

// tellQuestions reads the questions of a run, and tells who listens what has
// changed. What is missed here readers find when they look into the store.
func (i *Ingest) tellQuestions(ctx context.Context, run string, told map[string]lab.HumanStep) {
	if i.Questions == nil || i.Questions.Readers() == 0 {
		clear(told)
		return
	}
	steps, err := i.Store.RunHumanSteps(ctx, run)
	if err != nil {
		return
	}
	for _, h := range steps {
		if reflect.DeepEqual(told[h.ID], h) {
			continue
		}
		i.Questions.Publish(h)
		if told[h.ID] = h; h.ClosedAt != nil {
			delete(told, h.ID)
		}
	}
}
