package export

import (
	"context"
	"encoding/json"
	"time"

	"github.com/lics-lab/lics/lab"
)

// Source reads what happened in a run after a position: less than limit means
// that it was all.
type Source interface {
	RunStream(ctx context.Context, run string, after lab.Position, limit int) ([]lab.StreamEvent, error)
}

// page is how many rows are held at a time.
const page = 1000

// encoder takes the rows of a run in their order.
type encoder interface {
	begin() error
	row(at time.Duration, e lab.StreamEvent) error
	// flush passes on what was kept for speed; it comes after each page.
	flush() error
	end(at time.Duration) error
}

// walk reads a run once and tells it to all encoders, so that what they write
// is about the same rows even when the run goes on meanwhile.
func walk(ctx context.Context, run Run, source Source, to ...encoder) error {
	all := encoders(to)
	if err := all.begin(); err != nil {
		return err
	}
	clock := clock{zero: run.zero(), tasks: map[string]time.Duration{}}
	notes := run.Notes
	noted := func(until func(lab.Note) bool) error {
		for len(notes) > 0 && until(notes[0]) {
			e := note(notes[0])
			if err := all.row(clock.since(e), e); err != nil {
				return err
			}
			notes = notes[1:]
		}
		return nil
	}
	var at lab.Position
	for {
		events, err := source.RunStream(ctx, run.Run.ID, at, page)
		if err != nil {
			return err
		}
		for _, e := range events {
			if err := noted(func(n lab.Note) bool { return n.At.Before(e.At()) }); err != nil {
				return err
			}
			if err := all.row(clock.since(e), e); err != nil {
				return err
			}
			at = e.Position
		}
		if len(events) < page {
			break
		}
		if err := all.flush(); err != nil {
			return err
		}
	}
	if err := noted(func(lab.Note) bool { return true }); err != nil {
		return err
	}
	return all.end(clock.last)
}

// note is a person's note as an event among the others.
func note(n lab.Note) lab.StreamEvent {
	text, _ := json.Marshal(n.Text) // a string always has a JSON form
	return lab.StreamEvent{Event: &lab.RunEvent{Run: n.Run, At: n.At, Kind: "note", Name: n.By, Body: text}}
}

// clock gives times since the run began.
type clock struct {
	zero  time.Time
	tasks map[string]time.Duration // where a task began, by device, boot and command
	last  time.Duration
}

func (c *clock) since(e lab.StreamEvent) time.Duration {
	// What was written while the run was beginning belongs to its beginning.
	at := max(e.At().Sub(c.zero), 0)
	if row := e.Row; row != nil {
		task := taskOf(row)
		began, known := c.tasks[task]
		if !known {
			began = at - row.T
			c.tasks[task] = began
		}
		at = began + row.T
	}
	c.last = max(c.last, at)
	return at
}

// taskOf tells executions of tasks apart; each has its own clock and trials.
func taskOf(r *lab.DeviceRow) string { return r.Device + "/" + r.Boot + "/" + r.Command }

// encoders are told the same.
type encoders []encoder

func (es encoders) each(f func(encoder) error) error {
	for _, e := range es {
		if err := f(e); err != nil {
			return err
		}
	}
	return nil
}

func (es encoders) begin() error { return es.each(encoder.begin) }
func (es encoders) flush() error { return es.each(encoder.flush) }

func (es encoders) row(at time.Duration, e lab.StreamEvent) error {
	return es.each(func(x encoder) error { return x.row(at, e) })
}

func (es encoders) end(at time.Duration) error {
	return es.each(func(x encoder) error { return x.end(at) })
}
