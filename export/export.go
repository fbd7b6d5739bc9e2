// Package export writes a run's record for other programs, row by row, so that
// a run of a week needs no more memory than one of a minute. The server and
// the command line both use it. It imports lab and the standard library.
//
// There are three formats:
//
//   - tsv is the layout of pyControl's data files (version 2): a header, then
//     the columns time, type, subtype and content. Time is in seconds with
//     three decimals.
//   - csv has a column for every fact of a row, times with all nine decimals.
//   - json is JSON Lines: one object per line. The first has the kind "run" and
//     describes the run, each following one is a row with the fields of csv.
//
// Times are seconds since the run began. Within a task they are the device's
// own monotonic times, moved by one constant: the differences are exact, even
// if the device's wall clock was set while the task ran.
package export

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/lics-lab/lics/lab"
)

// Format is how a record is written.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	TSV  Format = "tsv"
	JSON Format = "json"
)

// ParseFormat reads the name of a format.
func ParseFormat(s string) (Format, error) {
	switch f := Format(s); f {
	case CSV, TSV, JSON:
		return f, nil
	}
	return "", lab.FieldErrorf("format", "There is no format %q; choose csv, tsv or json.", s)
}

// ContentType is the format's media type.
func (f Format) ContentType() string {
	switch f {
	case TSV:
		return "text/tab-separated-values; charset=utf-8"
	case CSV:
		return "text/csv; charset=utf-8"
	}
	return "application/jsonl; charset=utf-8"
}

// Extension is what the format's file names end in.
func (f Format) Extension() string {
	if f == JSON {
		return ".jsonl"
	}
	return "." + string(f)
}

// Run is what an export says about the run as a whole.
type Run struct {
	lab.Run
	SubjectName    string
	ExperimentName string
	VersionNumber  int
	VersionHash    string
	Notes          []lab.Note // in the order of their times
}

// FileName is {subject}-{date-time} and the extension, as pyControl names its
// files. The subject is left out when there is none.
func (r Run) FileName(f Format) string {
	name := r.zero().UTC().Format("2006-01-02-150405")
	if r.SubjectName != "" {
		name = fileSafe(r.SubjectName) + "-" + name
	}
	return name + f.Extension()
}

func fileSafe(s string) string {
	b := []rune(s)
	for i, c := range b {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '.' {
			b[i] = '_'
		}
	}
	return string(b)
}

// zero is the zero of the times.
func (r Run) zero() time.Time {
	if r.StartedAt != nil {
		return *r.StartedAt
	}
	return r.CreatedAt
}

// Source reads what happened in a run after a position: less than limit means
// that it was all.
type Source interface {
	RunStream(ctx context.Context, run string, after lab.Position, limit int) ([]lab.StreamEvent, error)
}

// page is how many rows are held at a time.
const page = 1000

// Write writes the record of a run as it is stored now. Each page is flushed
// to w before the next is read.
func Write(ctx context.Context, w io.Writer, f Format, run Run, source Source) error {
	var out encoder
	switch f {
	case TSV:
		out = newTSV(w, run)
	case CSV:
		out = newCSV(w, run)
	case JSON:
		out = newJSON(w, run)
	default:
		return fmt.Errorf("format %q", f)
	}
	if err := out.begin(); err != nil {
		return err
	}
	clock := clock{zero: run.zero(), tasks: map[string]time.Duration{}}
	notes := run.Notes
	noted := func(until func(lab.Note) bool) error {
		for len(notes) > 0 && until(notes[0]) {
			e := note(notes[0])
			if err := out.row(clock.since(e), e); err != nil {
				return err
			}
			notes = notes[1:]
		}
		return nil
	}
	var at lab.Position
	for {
		events, err := source.RunStream(ctx, run.ID, at, page)
		if err != nil {
			return err
		}
		for _, e := range events {
			if err := noted(func(n lab.Note) bool { return n.At.Before(e.At()) }); err != nil {
				return err
			}
			if err := out.row(clock.since(e), e); err != nil {
				return err
			}
			at = e.Position
		}
		if len(events) < page {
			break
		}
		if err := out.flush(); err != nil {
			return err
		}
	}
	if err := noted(func(lab.Note) bool { return true }); err != nil {
		return err
	}
	return out.end(clock.last)
}

// note is a person's note as an event among the others.
func note(n lab.Note) lab.StreamEvent {
	text, _ := json.Marshal(n.Text) // a string always has a JSON form
	return lab.StreamEvent{Event: &lab.RunEvent{Run: n.Run, At: n.At, Kind: "note", Name: n.By, Body: text}}
}

// encoder is one format.
type encoder interface {
	begin() error
	row(at time.Duration, e lab.StreamEvent) error
	flush() error
	end(at time.Duration) error
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
		task := row.Device + "/" + row.Boot + "/" + row.Command
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
