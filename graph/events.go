package graph

import (
	"context"
	"time"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/task"
)

// event is a stream's event as the API shows it. drawn are the nodes that the
// states of its tasks are drawn as.
func event(run string, e lab.StreamEvent, drawn map[stateKey]string) gen.RunEvent {
	out := gen.RunEvent{Cursor: store.EncodeCursor(run, e.Position), At: e.At()}
	if e.Event != nil {
		out.Source, out.Kind, out.Name = gen.RunEventSourceRun, e.Event.Kind, e.Event.Name
		out.Node, out.Value = e.Event.Node, e.Event.Body
		return out
	}
	row := e.Row
	since, trial := row.T.Nanoseconds(), row.Trial
	out.Source, out.Kind, out.Name = gen.RunEventSourceDevice, row.Kind, row.Name
	out.Node, out.Value = row.Node, row.Value
	out.DeviceID, out.TaskTimeNs, out.Trial = &row.Device, &since, &trial
	out.RampNs, out.FrequencyHz = shapeOf(row.Ramp, row.Frequency)
	if row.Kind == string(task.KindState) {
		out.DrawnAs = drawn[stateKey{row.Node, row.Name}]
	}
	return out
}

// drawnIn are the nodes that the states of a run are drawn as. A version that
// compiles no more has run once: its rows are shown without them.
func (r *Resolver) drawnIn(ctx context.Context, run *lab.Run) map[stateKey]string {
	p, err := r.planOf(ctx, run)
	if err != nil {
		return nil
	}
	return drawnStates(p)
}

// eventsAsked is which of a run's events a client asks for.
type eventsAsked struct {
	first       int
	after, upTo *string
	last        *int
}

// shapeOf is how an output is driven, as the API shows it: nothing where there
// is nothing.
func shapeOf(ramp time.Duration, frequency float64) (rampNs *int64, frequencyHz *float64) {
	if ramp > 0 {
		rampNs = new(ramp.Nanoseconds())
	}
	if frequency > 0 {
		frequencyHz = &frequency
	}
	return rampNs, frequencyHz
}

func (r *Resolver) events(ctx context.Context, run *lab.Run, asked eventsAsked) (gen.RunEventConnection, error) {
	if asked.last != nil {
		return r.lastEvents(ctx, run, asked)
	}
	if asked.upTo != nil {
		return gen.RunEventConnection{}, lab.FieldErrorf("upTo", "Say with `last` how many events up to the cursor you want.")
	}
	edges, nodes, info, err := connect(asked.first, asked.after, maxRecordPage, func(p store.Page) ([]gen.RunEvent, bool, error) {
		at, err := store.DecodeCursor(run.ID, p.After)
		if err != nil {
			return nil, false, err
		}
		found, err := r.Store.RunStream(ctx, run.ID, at, p.First+1)
		more := len(found) > p.First
		if more {
			found = found[:p.First]
		}
		return r.shownEvents(ctx, run, found), more, err
	}, func(e gen.RunEvent) string { return e.Cursor }, eventEdge)
	return gen.RunEventConnection{Edges: edges, Nodes: nodes, PageInfo: info}, err
}

// lastEvents is a page that ends at a position: at the end of what is stored,
// or at a cursor.
func (r *Resolver) lastEvents(ctx context.Context, run *lab.Run, asked eventsAsked) (gen.RunEventConnection, error) {
	var out gen.RunEventConnection
	n := *asked.last
	switch {
	case n < 1 || n > maxRecordPage:
		return out, lab.FieldErrorf("last", "Ask for 1 to %d items.", maxRecordPage)
	case asked.after != nil:
		return out, lab.FieldErrorf("after", "Give `after` with `first`, and `upTo` with `last`.")
	}
	at, err := store.DecodeCursor(run.ID, value(asked.upTo))
	if err == nil && asked.upTo == nil {
		at, err = r.Store.PositionsOfRun(ctx, run.ID)
	}
	if err != nil {
		return out, err
	}
	found, _, err := r.Store.RunStreamBack(ctx, run.ID, at, n+1)
	if err != nil {
		return out, err
	}
	if len(found) > n {
		before := store.EncodeCursor(run.ID, found[0].Position)
		out.Before, out.PageInfo.HasPreviousPage = &before, true
		found = found[1:]
	}
	out.Nodes = r.shownEvents(ctx, run, found)
	out.PageInfo.HasNextPage = asked.upTo != nil
	out.Edges = make([]gen.RunEventEdge, len(out.Nodes))
	for i, e := range out.Nodes {
		out.Edges[i] = eventEdge(e.Cursor, e)
	}
	if len(out.Nodes) > 0 {
		out.PageInfo.StartCursor, out.PageInfo.EndCursor = &out.Nodes[0].Cursor, &out.Nodes[len(out.Nodes)-1].Cursor
	}
	return out, nil
}

func eventEdge(cursor string, e gen.RunEvent) gen.RunEventEdge {
	return gen.RunEventEdge{Cursor: cursor, Node: e}
}

func (r *Resolver) shownEvents(ctx context.Context, run *lab.Run, found []lab.StreamEvent) []gen.RunEvent {
	drawn := r.drawnIn(ctx, run)
	out := make([]gen.RunEvent, len(found))
	for i, e := range found {
		out[i] = event(run.ID, e, drawn)
	}
	return out
}
