package export

import (
	"time"

	"github.com/lics-lab/lics/lab"
)

// The kinds of run events that begin or end a gap; the words of the workflow.
const (
	eventLost        = "device_lost"
	eventBack        = "device_back"
	eventInterrupted = "interrupted"
	eventStatus      = "status"
)

// recording says what the rows are, and where something was missing.
type recording struct {
	Rows     int64            `json:"rows"`
	LastS    float64          `json:"last_row_s"`
	Kinds    map[string]int64 `json:"rows_by_kind"`
	Trials   int64            `json:"trials"`
	Outcomes map[string]int64 `json:"outcomes"`
	Boots    []recordedBoot   `json:"boots"`
	Gaps     []gap            `json:"gaps"`

	open map[string]int // gaps, by what is missing
}

// recordedBoot is one writer of rows; a device that restarts is another one.
type recordedBoot struct {
	Device string `json:"device"`
	Boot   string `json:"boot"`
	Rows   int64  `json:"rows"`
	First  int64  `json:"first_seq"`
	Last   int64  `json:"last_seq"`
}

// gap is a time in which something of the run was missing.
type gap struct {
	Kind   string   `json:"kind"` // device_lost, interrupted, paused
	Device string   `json:"device,omitempty"`
	FromS  float64  `json:"from_s"`
	ToS    *float64 `json:"to_s"` // null: it lasted until the end of the record
}

func newRecording() *recording {
	return &recording{Kinds: map[string]int64{}, Outcomes: map[string]int64{}, Boots: []recordedBoot{}, Gaps: []gap{}, open: map[string]int{}}
}

func (c *recording) begin() error { return nil }
func (c *recording) flush() error { return nil }

func (c *recording) row(at time.Duration, e lab.StreamEvent) error {
	c.Rows++
	if ev := e.Event; ev != nil {
		c.Kinds["run/"+ev.Kind]++
		c.event(at.Seconds(), ev)
		return nil
	}
	r := e.Row
	c.Kinds["device/"+r.Kind]++
	switch r.Kind {
	case rowTrial:
		c.Trials++
	case rowOutcome:
		c.Outcomes[r.Name]++
	}
	for i := range c.Boots {
		if b := &c.Boots[i]; b.Device == r.Device && b.Boot == r.Boot {
			b.Rows, b.Last = b.Rows+1, r.Seq
			return nil
		}
	}
	c.Boots = append(c.Boots, recordedBoot{r.Device, r.Boot, 1, r.Seq, r.Seq})
	return nil
}

func (c *recording) event(at float64, e *lab.RunEvent) {
	link := eventLost + "/" + e.Name + "/" + e.Node
	switch e.Kind {
	case eventLost:
		c.miss(link, gap{Kind: eventLost, Device: e.Name, FromS: at})
	case eventBack:
		c.found(link, at)
	case eventInterrupted:
		c.Gaps = append(c.Gaps, gap{Kind: eventInterrupted, Device: e.Name, FromS: at, ToS: &at})
	case eventStatus:
		if e.Name == string(lab.RunPaused) {
			c.miss(eventStatus, gap{Kind: "paused", FromS: at})
		} else {
			c.found(eventStatus, at)
		}
	}
}

func (c *recording) miss(key string, g gap) {
	if _, already := c.open[key]; already {
		return
	}
	c.open[key] = len(c.Gaps)
	c.Gaps = append(c.Gaps, g)
}

func (c *recording) found(key string, at float64) {
	if i, ok := c.open[key]; ok {
		c.Gaps[i].ToS = &at
		delete(c.open, key)
	}
}

func (c *recording) end(at time.Duration) error {
	c.LastS = at.Seconds()
	return nil
}
