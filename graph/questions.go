package graph

import (
	"context"
	"reflect"
	"strings"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
)

func humanFilter(u lab.User, given *gen.HumanStepFilter) store.HumanFilter {
	f := value(given)
	out := store.HumanFilter{
		Run: value(f.Run), Protocol: value(f.Protocol), Subject: value(f.Subject), Experiment: value(f.Experiment),
		Device: value(f.Device), Search: strings.TrimSpace(value(f.Search)),
	}
	if value(f.Mine) && u.Role != administrator {
		out.Role = u.Role
	}
	return out
}

// watchQuestions sends the questions that wait, then what changes about them.
// A question on the feed only says when to look: whether it passes the filter,
// the store knows.
func (r *Resolver) watchQuestions(ctx context.Context, u lab.User, f store.HumanFilter) (<-chan lab.HumanStep, error) {
	if r.Questions == nil {
		return nil, lab.Errorf(lab.Unavailable, "This server has no live feed.")
	}
	look := r.Look
	or(&look, defaultLook)
	reader := r.Questions.Subscribe(func(h lab.HumanStep) bool { return h.Organisation == u.Organisation })
	first, err := r.waiting(ctx, u, f, nil)
	if err != nil {
		reader.Close()
		return nil, err
	}
	out := make(chan lab.HumanStep)
	go func() {
		defer close(out)
		defer reader.Close()
		open := map[string]lab.HumanStep{}
		for news := first; ; {
			for _, h := range news {
				if old, known := open[h.ID]; known && reflect.DeepEqual(old, h) {
					continue
				}
				if open[h.ID] = h; h.ClosedAt != nil {
					delete(open, h.ID)
				}
				select {
				case out <- h:
				case <-ctx.Done():
					return
				}
			}
			wait, cancel := context.WithTimeout(ctx, look)
			_, _ = reader.Next(wait) // that nothing came is a reason to look, too
			cancel()
			if ctx.Err() != nil {
				return
			}
			if news, err = r.waiting(ctx, u, f, open); err != nil {
				news = nil // a store that is away is asked again
			}
		}
	}()
	return out, nil
}

// waiting are the questions that wait, and those of before that wait no more.
func (r *Resolver) waiting(ctx context.Context, u lab.User, f store.HumanFilter, before map[string]lab.HumanStep) ([]lab.HumanStep, error) {
	f.Open = true
	var all []lab.HumanStep
	p := store.Page{First: store.MaxPage}
	for more := true; more; {
		var page []lab.HumanStep
		var err error
		if page, more, err = r.Store.HumanSteps(ctx, u.Organisation, f, p); err != nil {
			return nil, err
		}
		all = append(all, page...)
		if more {
			p.After = store.HumanCursor(page[len(page)-1])
		}
	}
	still := map[string]bool{}
	for _, h := range all {
		still[h.ID] = true
	}
	for id := range before {
		if still[id] {
			continue
		}
		h, err := r.Store.HumanStep(ctx, u.Organisation, id)
		if err != nil {
			return nil, err
		}
		all = append(all, h)
	}
	return all, nil
}
