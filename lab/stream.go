package lab

import (
	"slices"
	"strings"
	"time"
)

// StreamEvent is one fact of a run's stream, told by one of its writers:
// exactly one of Event and Row is set. Both are shared between readers and
// must not be changed.
type StreamEvent struct {
	Event *RunEvent
	Row   *DeviceRow
	// Position is where a reader that has seen this event stands.
	Position Position
}

// At is the wall time of the fact.
func (e StreamEvent) At() time.Time {
	if e.Event != nil {
		return e.Event.At
	}
	return e.Row.At
}

// Position says how much of a run's stream a reader has seen. A run has many
// writers, the workflow and each boot of each device, and they commit
// independently; but each one's own numbers grow in the order of its commits.
// So one number for each writer, and only that, never misses a late commit.
// The zero Position is the beginning. A Position is never changed.
type Position struct {
	Events int64          // the highest RunEvent.Pos
	Boots  []BootPosition // ordered by Device, Boot
}

// BootPosition is the highest row seen of one boot of a device.
type BootPosition struct {
	Device string
	Boot   string
	Seq    int64
}

func (b BootPosition) compare(device, boot string) int {
	if c := strings.Compare(b.Device, device); c != 0 {
		return c
	}
	return strings.Compare(b.Boot, boot)
}

func (p Position) find(device, boot string) (int, bool) {
	return slices.BinarySearchFunc(p.Boots, BootPosition{Device: device, Boot: boot}, func(a, b BootPosition) int {
		return a.compare(b.Device, b.Boot)
	})
}

// Row is the highest row seen of a boot, 0 when none.
func (p Position) Row(device, boot string) int64 {
	if i, ok := p.find(device, boot); ok {
		return p.Boots[i].Seq
	}
	return 0
}

// WithEvents is p after the run event at pos.
func (p Position) WithEvents(pos int64) Position {
	p.Events = max(p.Events, pos)
	return p
}

// WithRow is p after a row.
func (p Position) WithRow(device, boot string, seq int64) Position {
	i, ok := p.find(device, boot)
	switch {
	case !ok:
		p.Boots = slices.Insert(slices.Clone(p.Boots), i, BootPosition{device, boot, seq})
	case p.Boots[i].Seq < seq:
		p.Boots = slices.Clone(p.Boots)
		p.Boots[i].Seq = seq
	}
	return p
}

// After is p after an event.
func (p Position) After(e StreamEvent) Position {
	if e.Event != nil {
		return p.WithEvents(e.Event.Pos)
	}
	return p.WithRow(e.Row.Device, e.Row.Boot, e.Row.Seq)
}

// Before is p, which includes an event, without the event. The events of its
// writer before it are still included.
func (p Position) Before(e StreamEvent) Position {
	if e.Event != nil {
		p.Events = e.Event.Pos - 1
		return p
	}
	i, ok := p.find(e.Row.Device, e.Row.Boot)
	if !ok {
		return p
	}
	p.Boots = slices.Clone(p.Boots)
	if p.Boots[i].Seq = e.Row.Seq - 1; p.Boots[i].Seq == 0 {
		p.Boots = slices.Delete(p.Boots, i, i+1)
	}
	return p
}

// Includes reports whether a reader at p has seen an event.
func (p Position) Includes(e StreamEvent) bool {
	if e.Event != nil {
		return e.Event.Pos <= p.Events
	}
	return e.Row.Seq <= p.Row(e.Row.Device, e.Row.Boot)
}

// Equal reports whether two readers have seen the same.
func (p Position) Equal(q Position) bool {
	return p.Events == q.Events && slices.Equal(p.Boots, q.Boots)
}

// RunCounters are what the recorded rows of a run add up to.
type RunCounters struct {
	Trials   int64 // begun
	Outcomes []OutcomeCount
	Openings []Openings // of the outputs that were asked about
	Position Position   // up to where was counted
}

// OutcomeCount is how many trials ended with an outcome.
type OutcomeCount struct {
	Name  string
	Count int64
}

// Openings are the times that an output was on for one length.
type Openings struct {
	Device  string
	Channel string
	Open    *time.Duration // nil: it is still on
	Count   int64
}
