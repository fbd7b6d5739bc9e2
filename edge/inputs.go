package edge

import (
	"fmt"
	"slices"
	"sync"

	"github.com/lics-lab/lics/edge/driver"
)

// watchers hand the edges of inputs to the tasks that use them.
type watchers struct {
	mu sync.RWMutex
	of map[string][]*taskRun
}

// watch begins to listen to every instrument with inputs.
func (h *hardware) watch() error {
	h.edges.of = map[string][]*taskRun{}
	for _, i := range h.instruments {
		if in, ok := i.(driver.Inputs); ok {
			if err := in.Watch(h.edge); err != nil {
				return fmt.Errorf("%s: %w", i, err)
			}
		}
	}
	return nil
}

// edge is called by drivers; it never blocks.
func (h *hardware) edge(e driver.Edge) {
	if n := h.changes[e.Channel]; n != nil {
		n.Add(1)
	}
	h.edges.mu.RLock()
	defer h.edges.mu.RUnlock()
	for _, t := range h.edges.of[e.Channel] {
		t.push(e)
	}
}

// listen gives the edges of a task's inputs to it, until the returned function
// is called.
func (h *hardware) listen(t *taskRun, channels []string) (stop func()) {
	w := &h.edges
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range channels {
		w.of[c] = append(slices.Clip(w.of[c]), t)
	}
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		for _, c := range channels {
			var left []*taskRun
			for _, other := range w.of[c] {
				if other != t {
					left = append(left, other)
				}
			}
			w.of[c] = left
		}
	}
}

// attender is a simulator that wants to know what a task uses.
type attender interface {
	Attend(inputs, outputs []string)
}

func (h *hardware) attend(inputs, outputs []string) {
	for _, i := range h.instruments {
		if a, ok := i.(attender); ok {
			a.Attend(inputs, outputs)
		}
	}
}

// read is the present value of a channel: an input's level or quantity, or
// what an output is driven to.
func (h *hardware) read(channel string) (float64, error) {
	if why := h.missing[channel]; why != "" {
		return 0, fmt.Errorf("channel %s: %s", channel, why)
	}
	if in, ok := h.analog[channel]; ok {
		return in.Read(channel)
	}
	if in, ok := h.inputs[channel]; ok {
		high, err := in.Level(channel)
		if high {
			return 1, err
		}
		return 0, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if l := h.lines[channel]; l != nil {
		return l.driven.Level, nil
	}
	return 0, fmt.Errorf("there is no channel %s in the rig %s", channel, h.rig.Name)
}
