package plan

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// Change is a live parameter that has got a value while the run goes on. Values
// are written as package expr's Decode reads them.
type Change struct {
	Name string          `json:"name"`
	Old  json.RawMessage `json:"old"`
	New  json.RawMessage `json:"new"`
}

// Same reports whether nothing is different.
//
//workflowcheck:ignore
func (c Change) Same() bool { return string(c.Old) == string(c.New) }

// CheckLive refuses values for parameters that are not declared, not live, of
// another type or outside the limits with a *ParameterError.
func CheckLive(p *Plan, values map[string]json.RawMessage) error {
	_, err := liveValues(p, values)
	return err
}

// liveValues decodes values by the index of their parameters.
//
//workflowcheck:ignore
func liveValues(p *Plan, values map[string]json.RawMessage) (map[int]expr.Value, error) {
	decoded := map[int]expr.Value{}
	for _, name := range sorted(values) {
		i := slices.IndexFunc(p.Parameters, func(q Parameter) bool { return q.Name == name })
		if i < 0 {
			return nil, &ParameterError{ParameterUnknown, name, "the protocol has no such parameter"}
		}
		q := p.Parameters[i]
		if !q.Live {
			return nil, &ParameterError{ParameterNotLive, name, "it is not live: its value is that of the start of the run"}
		}
		v, err := q.decode(values[name])
		if err != nil {
			return nil, err
		}
		decoded[i] = v
	}
	return decoded, nil
}

// SetParameters gives live parameters other values, all of them or, with a
// *ParameterError, none. Expressions of the session level see them from the
// next node on; what is in flight stays as it is. For a running task, Live is
// what its device has to be told. The changes are in the order of the plan.
func (r *Runner) SetParameters(values map[string]json.RawMessage) ([]Change, error) {
	decoded, err := liveValues(r.ix.plan, values)
	if err != nil {
		return nil, err
	}
	var changes []Change
	for i, q := range r.ix.plan.Parameters {
		if v, ok := decoded[i]; ok {
			changes = append(changes, Change{Name: q.Name, Old: encode(r.vars[i]), New: encode(v)})
			r.vars[i] = v
		}
	}
	return changes, nil
}

// Live are the present values of the live parameters of a task's program: of
// those that are a live parameter of the plan, and not computed from several.
func (r *Runner) Live(node string) map[string]json.RawMessage {
	values := map[string]json.RawMessage{}
	n := r.ix.plan.Node(node)
	if n == nil || n.Task == nil {
		return values
	}
	for _, v := range n.Task.Program.Variables {
		if i := n.Task.live(r.ix.plan, v.Name); i >= 0 {
			values[v.Name] = encode(r.vars[i])
		}
	}
	return values
}

// Uses reports whether a running task's device can be told another value of a
// parameter of the plan.
func (t *Task) Uses(p *Plan, parameter string) bool {
	for _, v := range t.Program.Variables {
		if i := t.live(p, v.Name); i >= 0 && p.Parameters[i].Name == parameter {
			return true
		}
	}
	return false
}

// live is the index of the plan's live parameter that a live parameter of the
// program is; -1 when there is none.
func (t *Task) live(p *Plan, name string) int {
	if !slices.ContainsFunc(t.Program.Variables, func(v task.Variable) bool { return v.Name == name && v.Parameter && v.Live }) {
		return -1
	}
	return slices.IndexFunc(p.Parameters, func(q Parameter) bool { return q.Live && q.Name == t.Parameters[name] })
}

// Refresh evaluates a step that was handed out and not begun again, because a
// parameter has changed. A step that cannot be evaluated any more stays as it
// was, and a note says so.
func (r *Runner) Refresh(step Step) Step {
	i := slices.IndexFunc(r.steps, func(s Step) bool { return s.ID == step.ID })
	if i < 0 {
		return step
	}
	fresh := Step{ID: step.ID, Node: step.Node, Visit: step.Visit, Kind: step.Kind, Scope: step.Scope}
	if err := r.resolve(&r.ix.plan.Nodes[r.ix.pos[step.Node]], &fresh); err != nil {
		r.emit(Event{
			Kind: EventNote, Node: step.Node, Visit: step.Visit, Name: "parameter",
			Error: fmt.Sprintf("the step keeps the values it had: %s", err),
		})
		return step
	}
	if fresh.Kind == KindWait && fresh.Duration > 0 {
		fresh.Duration = max(fresh.Duration, ShortestWait)
	}
	r.steps[i] = fresh
	return fresh
}
