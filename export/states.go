package export

import (
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/lics-lab/lics/export/hdf5"
	"github.com/lics-lab/lics/lab"
)

// state is one visit of a state.
type state struct {
	Name   string `json:"n"`
	Trial  int    `json:"t"`
	Node   string `json:"node"`
	Device string `json:"d"`
}

// states is an encoder that finds the visits of states.
type states struct {
	open map[string]*openState
	done intervals[state]
}

type openState struct {
	state
	start, last time.Duration
}

func newStates() *states { return &states{open: map[string]*openState{}} }

func (c *states) begin() error { return nil }
func (c *states) flush() error { return nil }
func (c *states) close()       { _ = c.done.kept.Close() } // nothing of it is needed any more

func (c *states) row(at time.Duration, e lab.StreamEvent) error {
	r := e.Row
	if r == nil {
		return nil
	}
	task := taskOf(r)
	s := c.open[task]
	if s != nil {
		s.last = at
	}
	if r.Kind != rowState && r.Kind != rowEnd {
		return nil
	}
	if s != nil {
		delete(c.open, task)
		if err := c.done.add(s.start, at, s.state); err != nil {
			return err
		}
	}
	if r.Kind == rowState {
		c.open[task] = &openState{state{r.Name, r.Trial, r.Node, r.Device}, at, at}
	}
	return nil
}

func (c *states) end(time.Duration) error {
	for _, task := range slices.Sorted(maps.Keys(c.open)) {
		s := c.open[task]
		if err := c.done.add(s.start, s.last, s.state); err != nil {
			return err
		}
	}
	clear(c.open)
	return nil
}

func (c *states) nwb(t *columns) error {
	start := t.add("start_time", "When it was entered, seconds since the session start.", hdf5.NewFloats())
	stop := t.add("stop_time", "When it was left, seconds since the session start.", hdf5.NewFloats())
	name := t.add("state", "Name of the state.", hdf5.NewStrings())
	trial := t.add("trial", "Number of the trial in its task, from 1.", hdf5.NewInts())
	task := t.add("task", "Id of the task node of the protocol.", hdf5.NewStrings())
	device := t.add("device", "Name in /general/devices.", hdf5.NewStrings())
	return c.done.each(func(from, to time.Duration, v state) error {
		return errors.Join(
			start.Float(from.Seconds()), stop.Float(to.Seconds()), name.String(v.Name), trial.Int(int64(v.Trial)),
			task.String(v.Node), device.String(v.Device),
		)
	})
}
