package graph

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/task"
)

func (r *Resolver) counters(ctx context.Context, run *lab.Run) (gen.RunCounters, error) {
	curves, err := curvesOf(run)
	if err != nil {
		return gen.RunCounters{}, err
	}
	var rewards map[string][]string
	asked := graphql.CollectAllFields(ctx)
	if slices.Contains(asked, "rewards") || slices.Contains(asked, "microlitres") {
		// They are counted from all output rows; trials have an index.
		if rewards, err = r.rewards(ctx, run); err != nil {
			return gen.RunCounters{}, err
		}
	}
	c, err := r.Store.RunCounters(ctx, run.ID, rewards)
	if err != nil {
		return gen.RunCounters{}, err
	}
	out := gen.RunCounters{
		Trials: c.Trials, Outcomes: make([]gen.OutcomeCount, len(c.Outcomes)), Cursor: store.EncodeCursor(run.ID, c.Position),
	}
	for i, o := range c.Outcomes {
		out.Outcomes[i] = gen.OutcomeCount{Outcome: o.Name, Count: int(o.Count)}
	}
	for _, o := range c.Openings {
		out.Rewards += o.Count
	}
	out.Microlitres = delivered(c.Openings, curves)
	return out, nil
}

// delivered is what openings let flow, in microlitres.
func delivered(openings []lab.Openings, curves map[string]task.Calibration) float64 {
	total := 0.0
	for _, o := range openings {
		if o.Open != nil {
			total += float64(o.Count) * volume(curves[o.Device+"/"+o.Channel], *o.Open)
		}
	}
	return total
}

// rewards are the outputs, by device, that the protocol drives for a time, and
// those it has a calibration for. A device may call them by the protocol's name
// or by the rig's.
func (r *Resolver) rewards(ctx context.Context, run *lab.Run) (map[string][]string, error) {
	var bindings []lab.Binding
	if err := json.Unmarshal(run.Bindings, &bindings); err != nil {
		return nil, err
	}
	pulsed := map[string][]string{} // by role
	// A version that compiles no more has run once: its calibrations still say
	// what it delivered.
	if p, err := r.planOf(ctx, run); err == nil {
		for _, n := range p.Nodes {
			switch {
			case n.Task != nil:
				pulsed[n.Task.Role] = append(pulsed[n.Task.Role], task.Pulsed(&n.Task.Program)...)
			case n.Pulse != nil:
				pulsed[n.Pulse.Role] = append(pulsed[n.Pulse.Role], n.Pulse.Channel)
			}
		}
	}
	by := map[string][]string{}
	for _, b := range bindings {
		names := slices.AppendSeq(pulsed[b.Role], maps.Keys(b.Calibrations))
		for _, name := range names {
			by[b.Device] = append(by[b.Device], name, rigName(b.Channels, name))
		}
		slices.Sort(by[b.Device])
		by[b.Device] = slices.Compact(by[b.Device])
	}
	return by, nil
}

// curvesOf are the calibrations that a run was started with, by device/channel.
// A device may call the channel by the protocol's name or by the rig's.
func curvesOf(run *lab.Run) (map[string]task.Calibration, error) {
	var bindings []lab.Binding
	if err := json.Unmarshal(run.Bindings, &bindings); err != nil {
		return nil, err
	}
	by := map[string]task.Calibration{}
	for _, b := range bindings {
		for name, raw := range b.Calibrations {
			var c task.Calibration
			if err := json.Unmarshal(raw, &c); err != nil {
				return nil, err
			}
			by[b.Device+"/"+rigName(b.Channels, name)] = c
			by[b.Device+"/"+name] = c
		}
	}
	return by, nil
}

// volume reads a calibration the other way round: what flows while the output
// is on for a time. Outside the measured points the nearest two go on straight.
func volume(c task.Calibration, open time.Duration) float64 {
	ps := c.Points
	switch len(ps) {
	case 0:
		return 0
	case 1:
		return ps[0].Microlitres * float64(open) / float64(ps[0].Open)
	}
	i := slices.IndexFunc(ps, func(p task.CalibrationPoint) bool { return p.Open >= open })
	if i < 0 {
		i = len(ps) - 1
	}
	i = max(i, 1)
	p, q := ps[i-1], ps[i]
	return max(0, p.Microlitres+(q.Microlitres-p.Microlitres)*float64(open-p.Open)/float64(q.Open-p.Open))
}
