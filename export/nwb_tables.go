package export

import (
	"encoding/json"
	"errors"
	"maps"
	"math"
	"strconv"
	"time"

	"github.com/lics-lab/lics/export/hdf5"
	"github.com/lics-lab/lics/export/nwb"
	"github.com/lics-lab/lics/lab"
)

// columns are the columns of a table of an NWB file, in temporary files.
type columns struct {
	all []nwb.Column
}

func newColumns() *columns { return &columns{} }

func (c *columns) add(name, help string, values *hdf5.Column) *hdf5.Column {
	c.all = append(c.all, nwb.Column{Name: name, Description: help, Values: values})
	return values
}

func (c *columns) close() error {
	var err error
	for _, column := range c.all {
		err = errors.Join(err, column.Values.Close())
	}
	return err
}

// nwbEvents is an encoder that fills the table of events.
type nwbEvents struct {
	columns                                       *columns
	time, number, ramp, frequency                 *hdf5.Column
	source, kind, name, value, node, device, wall *hdf5.Column
	trial                                         *hdf5.Column
}

func newNWBEvents() *nwbEvents {
	c := newColumns()
	return &nwbEvents{
		columns:   c,
		time:      c.add("timestamp", "Seconds since the session start.", hdf5.NewFloats()),
		source:    c.add("source", "run for the session level, device for a row of a task.", hdf5.NewStrings()),
		kind:      c.add("kind", "What happened: state, event, output, draw, variable, outcome, print, trial, end; of the session level step_started, step_done, note and others.", hdf5.NewStrings()),
		name:      c.add("name", "Of the state, event, channel, stream, variable or outcome.", hdf5.NewStrings()),
		value:     c.add("value", "The level of the output, the drawn or assigned value, the text; JSON where it is no plain text.", hdf5.NewStrings()),
		number:    c.add("value_number", "The value as a number, durations in seconds; NaN when it is none.", hdf5.NewFloats()),
		trial:     c.add("trial", "Number of the trial in its task, from 1; 0 outside of tasks.", hdf5.NewInts()),
		node:      c.add("node", "Id of the node of the protocol that recorded it.", hdf5.NewStrings()),
		device:    c.add("device", "Name in /general/devices; empty for the session level.", hdf5.NewStrings()),
		wall:      c.add("wall_time", "Wall time, UTC, ISO 8601.", hdf5.NewStrings()),
		ramp:      c.add("ramp_s", "Of an output: seconds that it takes to its level, in a straight line from the timestamp on; NaN when it is there at once.", hdf5.NewFloats()),
		frequency: c.add("frequency_hz", "Of an output: the frequency of a tone or a flicker in Hz; NaN when it has none.", hdf5.NewFloats()),
	}
}

func (t *nwbEvents) begin() error            { return nil }
func (t *nwbEvents) flush() error            { return nil }
func (t *nwbEvents) end(time.Duration) error { return nil }

func (t *nwbEvents) row(at time.Duration, e lab.StreamEvent) error {
	source, device, trial := "run", "", 0
	ramp, frequency := math.NaN(), math.NaN()
	var kind, name, node string
	var value json.RawMessage
	if ev := e.Event; ev != nil {
		kind, name, node, value = ev.Kind, ev.Name, ev.Node, ev.Body
	} else {
		r := e.Row
		source, device, trial = "device", r.Device, r.Trial
		kind, name, node, value = r.Kind, r.Name, r.Node, r.Value
		rises, sounds := shapeOf(r)
		if rises != nil {
			ramp = *rises
		}
		if sounds != nil {
			frequency = *sounds
		}
	}
	n, ok := number(value)
	if !ok {
		n = math.NaN()
	}
	return errors.Join(
		t.time.Float(at.Seconds()), t.source.String(source), t.kind.String(kind), t.name.String(name), t.value.String(text(value)),
		t.number.Float(n), t.trial.Int(int64(trial)), t.node.String(node), t.device.String(device),
		t.wall.String(e.At().UTC().Format(time.RFC3339Nano)), t.ramp.Float(ramp), t.frequency.Float(frequency),
	)
}

// nwb fills the table of trials.
func (c *trials) nwb(t *columns) error {
	start := t.add("start_time", "Seconds since the session start.", hdf5.NewFloats())
	stop := t.add("stop_time", "Seconds since the session start.", hdf5.NewFloats())
	outcome := t.add("outcome", "How the trial ended; empty when nothing was said.", hdf5.NewStrings())
	number := t.add("number", "In its task, from 1.", hdf5.NewInts())
	complete := t.add("complete", "False: a failure cut it off, and stop_time is that of its last row.", hdf5.NewBools())
	task := t.add("task", "Id of the task node of the protocol.", hdf5.NewStrings())
	device := t.add("device", "Name in /general/devices.", hdf5.NewStrings())
	streams := c.streams()
	draws := make([]drawnColumn, len(streams))
	kinds, err := c.nwbKinds()
	if err != nil {
		return err
	}
	for i, s := range streams {
		draws[i] = newDrawnColumn(t, s, kinds[s])
	}
	return c.done.each(func(from, to time.Duration, v trial) error {
		err := errors.Join(
			start.Float(from.Seconds()), stop.Float(to.Seconds()), outcome.String(v.Outcome), number.Int(int64(v.Number)),
			complete.Bool(v.Complete), task.String(v.Node), device.String(v.Device),
		)
		for i, s := range streams {
			err = errors.Join(err, draws[i].put(v.Draws[s]))
		}
		return err
	})
}

// nwbKinds are the kinds of the streams' columns, which have no way to say that
// there is no value: a number becomes NaN, anything else an empty text.
func (c *trials) nwbKinds() (map[string]valueKind, error) {
	kinds := maps.Clone(c.drawn)
	err := c.done.each(func(_, _ time.Duration, v trial) error {
		for s, k := range kinds {
			if _, drawn := v.Draws[s]; drawn {
				continue
			}
			switch k {
			case kindInt:
				kinds[s] = kindFloat
			case kindBool, kindNone:
				kinds[s] = kindText
			case kindFloat, kindText:
			}
		}
		return nil
	})
	return kinds, err
}

// drawnColumn holds what was drawn from a stream.
type drawnColumn struct {
	kind   valueKind
	values *hdf5.Column
}

func newDrawnColumn(t *columns, stream string, k valueKind) drawnColumn {
	values := hdf5.NewStrings
	switch k {
	case kindBool:
		values = hdf5.NewBools
	case kindInt:
		values = hdf5.NewInts
	case kindFloat:
		values = hdf5.NewFloats
	case kindNone, kindText:
	}
	return drawnColumn{k, t.add(drawColumn(stream), "The last value drawn from the stream "+stream+" in the trial; durations in seconds.", values())}
}

func (d drawnColumn) put(raw json.RawMessage) error {
	n, ok := number(raw)
	switch d.kind {
	case kindBool:
		return d.values.Bool(ok && n != 0)
	case kindInt:
		i, err := strconv.ParseInt(string(raw), 10, 64)
		return errors.Join(err, d.values.Int(i))
	case kindFloat:
		if !ok {
			n = math.NaN()
		}
		return d.values.Float(n)
	case kindNone, kindText:
	}
	return d.values.String(drawText(raw))
}
