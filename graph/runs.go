package graph

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/task"
)

func runFilter(given *gen.RunFilter) store.RunFilter {
	f := value(given)
	return store.RunFilter{
		Status: f.Status, Protocol: value(f.Protocol), Subject: value(f.Subject), Experiment: value(f.Experiment),
		Device: value(f.Device), Since: f.Since, Until: f.Until, Search: strings.TrimSpace(value(f.Search)),
	}
}

func (r *Resolver) runs(ctx context.Context, f store.RunFilter, first int, after *string) (gen.RunConnection, error) {
	u, err := User(ctx)
	if err != nil {
		return gen.RunConnection{}, err
	}
	edges, nodes, info, err := connect(first, after, maxPage, func(p store.Page) ([]lab.Run, bool, error) {
		return r.Store.Runs(ctx, u.Organisation, f, p)
	}, store.RunCursor, func(c string, n lab.Run) gen.RunEdge { return gen.RunEdge{Cursor: c, Node: n} })
	return gen.RunConnection{Edges: edges, Nodes: nodes, PageInfo: info}, err
}

func (r *Resolver) runDevices(ctx context.Context, run *lab.Run) ([]gen.RunDevice, error) {
	var bindings []lab.Binding
	if err := json.Unmarshal(run.Bindings, &bindings); err != nil {
		return nil, err
	}
	out := make([]gen.RunDevice, len(bindings))
	for i, b := range bindings {
		d, err := r.device(ctx, run.Organisation, b.Device)
		if err != nil {
			return nil, err
		}
		out[i] = gen.RunDevice{
			Role: b.Role, DeviceID: b.Device, Device: d,
			Channels: []gen.ChannelMapping{}, Calibrations: []gen.RunCalibration{},
		}
		for _, name := range slices.Sorted(maps.Keys(b.Channels)) {
			out[i].Channels = append(out[i].Channels, gen.ChannelMapping{Protocol: name, Rig: b.Channels[name]})
		}
		for _, name := range slices.Sorted(maps.Keys(b.Calibrations)) {
			c, err := runCalibration(name, b.Calibrations[name])
			if err != nil {
				return nil, err
			}
			out[i].Calibrations = append(out[i].Calibrations, c)
		}
	}
	return out, nil
}

func runCalibration(channel string, raw json.RawMessage) (gen.RunCalibration, error) {
	var c task.Calibration
	if err := json.Unmarshal(raw, &c); err != nil {
		return gen.RunCalibration{}, err
	}
	out := gen.RunCalibration{Channel: channel, ID: c.ID, Points: make([]gen.CalibrationPoint, len(c.Points))}
	for i, p := range c.Points {
		out.Points[i] = gen.CalibrationPoint{Microlitres: p.Microlitres, OpenMs: milliseconds(p.Open)}
	}
	return out, nil
}

const (
	stepsShown = 1000
	streamPage = 1000
)

// steps folds the run's own events into visits of nodes.
func (r *Resolver) steps(ctx context.Context, run *lab.Run) ([]gen.RunStep, error) {
	var f fold
	if err := r.runsOwn(ctx, run.ID, f.add); err != nil {
		return nil, err
	}
	return f.steps[max(0, len(f.steps)-stepsShown):], nil
}

// fold makes steps of events.
type fold struct {
	steps []gen.RunStep
	open  map[string]int // by node and visit
}

func (f *fold) add(e *lab.RunEvent) {
	var body struct {
		Visit string `json:"visit"`
		Error string `json:"error"`
	}
	if len(e.Body) > 0 {
		_ = json.Unmarshal(e.Body, &body) // a body of another shape has no visit
	}
	key := e.Node + "\x00" + body.Visit
	if e.Kind == plan.EventStarted {
		if f.open == nil {
			f.open = map[string]int{}
		}
		f.open[key] = len(f.steps)
		f.steps = append(f.steps, gen.RunStep{
			Node: e.Node, Visit: body.Visit, Status: gen.RunStepStatusRunning, StartedAt: e.At,
		})
		return
	}
	i, ok := f.open[key]
	if !ok {
		return
	}
	s := &f.steps[i]
	switch e.Kind {
	case plan.EventDone:
		s.Status, s.Port = gen.RunStepStatusDone, e.Name
	case plan.EventFailed:
		s.Status, s.Error = gen.RunStepStatusFailed, body.Error
	case plan.EventCancelled:
		s.Status = gen.RunStepStatusCancelled
	default:
		return
	}
	s.EndedAt = &e.At
	delete(f.open, key)
}
