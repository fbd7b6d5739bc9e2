package export

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/lics-lab/lics/lab"
)

// A task kind of row that begins or ends something; the words of package task.
const (
	rowTrial   = "trial"
	rowOutcome = "outcome"
	rowDraw    = "draw"
	rowState   = "state"
	rowEnd     = "end"
)

// trial is one trial of a task.
type trial struct {
	Number    int                        `json:"n"` // in its task, from 1
	Outcome   string                     `json:"o,omitempty"`
	Complete  bool                       `json:"c,omitempty"` // its end is recorded
	StartedAt time.Time                  `json:"at"`
	Device    string                     `json:"d"`
	Node      string                     `json:"node"`
	Command   string                     `json:"cmd"`
	Draws     map[string]json.RawMessage `json:"r,omitempty"` // the last of each stream
}

// trials is an encoder that finds the trials.
type trials struct {
	open  map[string]*openTrial // by task
	done  intervals[trial]
	drawn map[string]valueKind
}

type openTrial struct {
	trial
	start, last time.Duration
}

func newTrials() *trials {
	return &trials{open: map[string]*openTrial{}, drawn: map[string]valueKind{}}
}

func (c *trials) begin() error { return nil }
func (c *trials) flush() error { return nil }
func (c *trials) close()       { _ = c.done.kept.Close() } // nothing of it is needed any more

func (c *trials) row(at time.Duration, e lab.StreamEvent) error {
	r := e.Row
	if r == nil {
		return nil
	}
	task := taskOf(r)
	if t := c.open[task]; t != nil {
		t.last = at
	}
	switch r.Kind {
	case rowTrial:
		if err := c.finish(task, at, true); err != nil {
			return err
		}
		c.open[task] = &openTrial{start: at, last: at, trial: trial{
			Number: r.Trial, StartedAt: r.At.UTC(), Device: r.Device, Node: r.Node, Command: r.Command,
		}}
	case rowOutcome:
		if t := c.open[task]; t != nil {
			t.Outcome = r.Name
		}
	case rowDraw:
		if t := c.open[task]; t != nil {
			if t.Draws == nil {
				t.Draws = map[string]json.RawMessage{}
			}
			t.Draws[r.Name] = r.Value
			c.drawn[r.Name] = both(c.drawn[r.Name], kindOfValue(r.Value))
		}
	case rowEnd:
		return c.finish(task, at, true)
	}
	return nil
}

func (c *trials) finish(task string, at time.Duration, complete bool) error {
	t := c.open[task]
	if t == nil {
		return nil
	}
	delete(c.open, task)
	t.Complete = complete
	return c.done.add(t.start, at, t.trial)
}

// end keeps trials that a failure cut off, as far as they are recorded.
func (c *trials) end(time.Duration) error {
	for _, task := range slices.Sorted(maps.Keys(c.open)) {
		if err := c.finish(task, c.open[task].last, false); err != nil {
			return err
		}
	}
	return nil
}

// streams are the names of the streams that were drawn from.
func (c *trials) streams() []string { return slices.Sorted(maps.Keys(c.drawn)) }

// drawColumn is the name of a stream's column.
func drawColumn(stream string) string { return "draw_" + stream }
