package graph

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/wire"
	"github.com/lics-lab/lics/workflows"
)

func (r *Resolver) variables(ctx context.Context, run *lab.Run) ([]gen.RunVariable, error) {
	found, err := r.Store.LastValues(ctx, run.ID)
	out := make([]gen.RunVariable, len(found))
	for i, v := range found {
		out[i] = gen.RunVariable{Node: v.Node, Name: v.Name, Value: v.Value, At: v.At}
		if v.Device != "" {
			out[i].DeviceID = &v.Device
		}
	}
	return out, err
}

// activeStates are the states of the tasks whose steps are under way.
func (r *Resolver) activeStates(ctx context.Context, run *lab.Run) ([]gen.ActiveState, error) {
	out := []gen.ActiveState{}
	if run.Status.Final() {
		return out, nil
	}
	var f fold
	if err := r.runsOwn(ctx, run.ID, f.add); err != nil {
		return nil, err
	}
	drawn := r.drawnIn(ctx, run)
	for _, s := range f.steps {
		if s.Status != gen.RunStepStatusRunning {
			continue
		}
		now, err := r.Store.TaskNow(ctx, run.ID, wire.CommandID(run.ID, s.Node, s.Visit), time.Now())
		if err != nil {
			return nil, err
		}
		if now.State != "" {
			out = append(out, gen.ActiveState{
				DeviceID: now.Device, Node: s.Node, State: now.State,
				DrawnAs: drawn[stateKey{s.Node, now.State}], Since: now.Since,
			})
		}
	}
	return out, nil
}

// currentParameters are the values of a run's parameters with who changed them
// last. Of a version that compiles no more, those that were chosen or changed.
func (r *Resolver) currentParameters(ctx context.Context, run *lab.Run) ([]gen.RunParameter, error) {
	by, err := r.parametersNow(ctx, run)
	if err != nil {
		return nil, err
	}
	out := []gen.RunParameter{}
	p, err := r.planOf(ctx, run)
	if err != nil {
		p = &plan.Plan{}
		for _, name := range slices.Sorted(maps.Keys(by)) {
			p.Parameters = append(p.Parameters, plan.Parameter{Name: name})
		}
	}
	for _, q := range p.Parameters {
		now, ok := by[q.Name]
		if !ok {
			now = gen.RunParameter{Name: q.Name, Value: q.Default, Origin: gen.RunParameterOriginDefault}
		}
		out = append(out, now)
	}
	return out, nil
}

// parametersNow are the parameters that were chosen or changed, by name.
func (r *Resolver) parametersNow(ctx context.Context, run *lab.Run) (map[string]gen.RunParameter, error) {
	by := map[string]gen.RunParameter{}
	chosen := map[string]json.RawMessage{}
	if len(run.Parameters) > 0 {
		if err := json.Unmarshal(run.Parameters, &chosen); err != nil {
			return nil, err
		}
	}
	for name, v := range chosen {
		by[name] = gen.RunParameter{Name: name, Value: v, Origin: gen.RunParameterOriginChosen}
	}
	events, err := r.Store.RunEventsOf(ctx, run.ID, workflows.EventSetParameter)
	for _, e := range events {
		var body struct {
			New json.RawMessage `json:"new"`
			By  string          `json:"by"`
			Why string          `json:"why"`
		}
		if err := json.Unmarshal(e.Body, &body); err != nil {
			return nil, err
		}
		by[e.Name] = gen.RunParameter{
			Name: e.Name, Value: body.New, Origin: gen.RunParameterOriginChanged,
			ChangedAt: &e.At, ChangedBy: body.By, Reason: body.Why,
		}
	}
	return by, err
}
