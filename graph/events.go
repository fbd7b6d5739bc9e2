package graph

import (
	"context"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
)

// event is a stream's event as the API shows it.
func event(run string, e lab.StreamEvent) gen.RunEvent {
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
	return out
}

func (r *Resolver) events(ctx context.Context, run string, first int, after *string) (gen.RunEventConnection, error) {
	edges, nodes, info, err := connect(first, after, maxRecordPage, func(p store.Page) ([]gen.RunEvent, bool, error) {
		at, err := store.DecodeCursor(run, p.After)
		if err != nil {
			return nil, false, err
		}
		found, err := r.Store.RunStream(ctx, run, at, p.First+1)
		more := len(found) > p.First
		if more {
			found = found[:p.First]
		}
		out := make([]gen.RunEvent, len(found))
		for i, e := range found {
			out[i] = event(run, e)
		}
		return out, more, err
	}, func(e gen.RunEvent) string { return e.Cursor },
		func(c string, n gen.RunEvent) gen.RunEventEdge { return gen.RunEventEdge{Cursor: c, Node: n} })
	return gen.RunEventConnection{Edges: edges, Nodes: nodes, PageInfo: info}, err
}
