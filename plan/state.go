package plan

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/lics-lab/lics/expr"
)

// state is a Runner between two calls.
type state struct {
	Format    int               `json:"format"`
	Variables []expr.Value      `json:"variables,omitempty"` // parameters first
	Scopes    map[string]*scope `json:"scopes,omitempty"`
	Steps     []Step            `json:"steps,omitempty"`
	Events    []Event           `json:"events,omitempty"`
	Started   bool              `json:"started,omitempty"`
	Stopping  bool              `json:"stopping,omitempty"`
	Over      bool              `json:"over,omitempty"`
	Outcome   string            `json:"outcome,omitempty"`
	Failed    string            `json:"failed,omitempty"`
	Seed      int64             `json:"seed,omitempty"`
}

// State is all that Restore needs beside the plan, steps in flight included.
//
//workflowcheck:ignore
func (r *Runner) State() (json.RawMessage, error) {
	return json.Marshal(state{
		Format: Format, Variables: r.vars, Scopes: r.scopes, Steps: r.steps, Events: r.events,
		Started: r.started, Stopping: r.stopping, Over: r.over, Outcome: r.outcome, Failed: r.failed, Seed: r.seed,
	})
}

// Restore continues a run where State was taken. The steps of InFlight are
// awaited as before; whoever drove them has to attach to them again.
//
//workflowcheck:ignore
func Restore(p *Plan, raw json.RawMessage, eval Evaluator) (*Runner, error) {
	var s state
	if err := json.Unmarshal(raw, &s); err != nil {
		return nil, fmt.Errorf("state of the run: %w", err)
	}
	if s.Format > Format {
		return nil, fmt.Errorf("state of the run: format %d; this version knows %d", s.Format, Format)
	}
	r, err := newRunner(p, eval)
	if err != nil {
		return nil, err
	}
	if err := s.check(r.ix); err != nil {
		return nil, fmt.Errorf("state of the run: %w", err)
	}
	r.vars, r.steps, r.events = s.Variables, s.Steps, s.Events
	if s.Scopes != nil {
		r.scopes = s.Scopes
	}
	r.started, r.stopping, r.over = s.Started, s.Stopping, s.Over
	r.outcome, r.failed, r.seed = s.Outcome, s.Failed, s.Seed
	for _, id := range sorted(r.scopes) {
		r.serial++
		r.scopes[id].serial = r.serial
	}
	return r, nil
}

// check finds a state that belongs to another plan.
func (s *state) check(ix *index) error {
	if len(s.Variables) != len(ix.types) {
		return errors.New("it has other variables than the plan")
	}
	for i, v := range s.Variables {
		if v.Type() != ix.types[i] {
			return fmt.Errorf("%s is of another type", ix.names.Names()[i])
		}
	}
	for id, sc := range s.Scopes {
		if sc == nil || sc.Cells == nil || sc.ID != id {
			return fmt.Errorf("scope %q is damaged", id)
		}
		if id != "" && !s.iterates(ix, sc) {
			return fmt.Errorf("scope %q is of another plan", id)
		}
		for node, c := range sc.Cells {
			n, ok := ix.pos[node]
			if !ok || c == nil || len(c.Wires) != len(ix.plan.Nodes[n].Out) {
				return fmt.Errorf("node %q is of another plan", node)
			}
		}
	}
	for _, step := range s.Steps {
		if _, ok := ix.pos[step.Node]; !ok || s.Scopes[step.Scope] == nil {
			return fmt.Errorf("step %q is of another plan", step.ID)
		}
	}
	return nil
}

// iterates reports whether a scope is an iteration of a loop that is under way
// in the scope around it.
func (s *state) iterates(ix *index, sc *scope) bool {
	n, ok := ix.pos[sc.Loop]
	up := s.Scopes[sc.Up]
	if !ok || up == nil || !ix.plan.Nodes[n].loop() || up.Loop != ix.plan.Nodes[n].Parent {
		return false
	}
	c := up.Cells[sc.Loop]
	return c != nil && c.Loop != nil
}
