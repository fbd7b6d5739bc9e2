package graph

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/wire"
)

// progress says how far the steps under way have come towards ends that are
// known. An end that depends on variables of the session is not: they may
// change before it comes.
func (r *Resolver) progress(ctx context.Context, run *lab.Run) ([]gen.RunProgress, error) {
	out := []gen.RunProgress{}
	if run.Status.Final() || run.Status == lab.RunStarting {
		return out, nil
	}
	p, err := r.planOf(ctx, run)
	if err != nil {
		return out, nil //nolint:nilerr // it compiles no more: nothing is known of its end
	}
	given, err := r.parametersNow(ctx, run)
	if err != nil {
		return nil, err
	}
	ends := knownEnds(p, given)
	under, err := r.stepsUnderWay(ctx, run.ID)
	if err != nil {
		return nil, err
	}
	for _, s := range under {
		n := p.Node(s.Node)
		if n == nil {
			continue
		}
		if limit, ok := ends.iterations(n); ok {
			out = append(out, gen.RunProgress{Node: n.ID, Measure: gen.RunProgressMeasureIterations, Done: float64(s.iteration), Limit: limit})
		}
		if n.Wait != nil {
			if d, ok := ends.known(n.Wait.Duration, expr.Duration); ok {
				out = append(out, gen.RunProgress{
					Node: n.ID, Measure: gen.RunProgressMeasureSeconds, Done: time.Since(s.StartedAt).Seconds(), Limit: d.Duration().Seconds(),
				})
			}
		}
		if n.Task != nil {
			of, err := r.taskProgress(ctx, run, n, s.Visit, ends)
			if err != nil {
				return nil, err
			}
			out = append(out, of...)
		}
	}
	return out, nil
}

// underWay is a step that has begun, with the iteration that a loop is in.
type underWay struct {
	gen.RunStep
	iteration int
}

func (r *Resolver) stepsUnderWay(ctx context.Context, run string) ([]underWay, error) {
	var f fold
	iteration := map[string]int{} // by node: a loop is not in itself
	err := r.runsOwn(ctx, run, func(e *lab.RunEvent) {
		f.add(e)
		switch e.Kind {
		case plan.EventStarted:
			iteration[e.Node] = 0
		case plan.EventIteration:
			var body struct {
				Index int `json:"index"`
			}
			if json.Unmarshal(e.Body, &body) == nil {
				iteration[e.Node] = body.Index
			}
		}
	})
	var out []underWay
	for _, s := range f.steps {
		if s.Status == gen.RunStepStatusRunning {
			out = append(out, underWay{s, iteration[s.Node]})
		}
	}
	return out, err
}

// taskProgress is that of a task towards each of its limits.
func (r *Resolver) taskProgress(ctx context.Context, run *lab.Run, n *plan.Node, visit string, ends ends) ([]gen.RunProgress, error) {
	limits := ends.ofTask(n.Task)
	if limits.trials == nil && limits.duration == nil && limits.microlitres == nil {
		return nil, nil
	}
	command := wire.CommandID(run.ID, n.ID, visit)
	now, err := r.Store.TaskNow(ctx, run.ID, command, time.Now())
	if err != nil {
		return nil, err
	}
	var out []gen.RunProgress
	add := func(measure gen.RunProgressMeasure, done float64, limit *float64) {
		if limit != nil {
			out = append(out, gen.RunProgress{Node: n.ID, Measure: measure, Done: done, Limit: *limit})
		}
	}
	add(gen.RunProgressMeasureTrials, float64(now.Trials), limits.trials)
	add(gen.RunProgressMeasureSeconds, now.Elapsed.Seconds(), limits.duration)
	if limits.microlitres != nil && now.Device != "" {
		curves, err := curvesOf(run)
		if err != nil {
			return nil, err
		}
		rewards, err := r.rewards(ctx, run)
		if err != nil {
			return nil, err
		}
		openings, err := r.Store.TaskOpenings(ctx, run.ID, command, now.Device, rewards[now.Device])
		if err != nil {
			return nil, err
		}
		add(gen.RunProgressMeasureMicrolitres, delivered(openings, curves), limits.microlitres)
	}
	return out, nil
}

// ends evaluates what ends the nodes of a plan, as far as it depends on
// parameters only.
type ends struct {
	scope *expr.DeclScope
	vars  []expr.Value // a name whose value nobody knows has none
}

func knownEnds(p *plan.Plan, given map[string]gen.RunParameter) ends {
	e := ends{scope: expr.NewScope()}
	for _, q := range p.Parameters {
		raw := q.Default
		if now, ok := given[q.Name]; ok {
			raw = now.Value
		}
		e.declare(q.Name, q.Type, raw)
	}
	for _, v := range p.Variables {
		e.declare(v.Name, v.Type, nil)
	}
	return e
}

func (e *ends) declare(name, typeName string, raw json.RawMessage) {
	t, err := expr.ParseType(typeName)
	if err != nil {
		return
	}
	if _, err := e.scope.Declare(name, t); err != nil {
		return
	}
	v, err := expr.Decode(t, raw)
	if err != nil {
		v = expr.Value{}
	}
	e.vars = append(e.vars, v)
}

func (e *ends) known(text string, want expr.Type) (expr.Value, bool) {
	if text == "" {
		return expr.Value{}, false
	}
	x, err := expr.Compile(text, e.scope, want)
	if err != nil || slices.ContainsFunc(x.Slots(), func(slot int) bool { return e.vars[slot].IsZero() }) {
		return expr.Value{}, false
	}
	v, err := x.Eval(e.vars)
	return v, err == nil
}

// iterations is how often a loop runs. One that a condition may end before is
// not known.
func (e *ends) iterations(n *plan.Node) (float64, bool) {
	switch {
	case n.Repeat != nil && n.Repeat.Until == "":
		v, ok := e.known(n.Repeat.Count, expr.Int)
		return float64(v.Int()), ok
	case n.ForEach != nil:
		_, item, _ := e.scope.Lookup(n.ForEach.Item)
		v, ok := e.known(n.ForEach.List, expr.ListOf(item))
		return float64(v.Len()), ok
	}
	return 0, false
}

// taskLimits are the limits of a task that are known.
type taskLimits struct{ trials, duration, microlitres *float64 }

// ofTask evaluates a task's limits over its parameters, and those over the
// run's.
func (e *ends) ofTask(t *plan.Task) taskLimits {
	of := ends{scope: expr.NewScope()}
	for _, v := range t.Program.Variables {
		of.declare(v.Name, v.Type, nil)
		if !v.Parameter {
			continue
		}
		if slot, typ, ok := of.scope.Lookup(v.Name); ok {
			of.vars[slot], _ = e.known(t.Parameters[v.Name], typ)
		}
	}
	var l taskLimits
	if v, ok := of.known(t.Program.Limits.Trials, expr.Int); ok {
		l.trials = new(float64(v.Int()))
	}
	if v, ok := of.known(t.Program.Limits.Duration, expr.Duration); ok {
		l.duration = new(v.Duration().Seconds())
	}
	if v, ok := of.known(t.Program.Limits.Volume, expr.Float); ok {
		l.microlitres = new(v.Float())
	}
	return l
}
