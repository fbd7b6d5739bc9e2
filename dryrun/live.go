package dryrun

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

// Change gives live parameters other values at a time since the start of the
// run, as a person does: the session level sees them from the next node on, a
// task from its next trial on.
type Change struct {
	At     time.Duration
	Values map[string]json.RawMessage
}

// checkChanges refuses changes that no run would take.
func checkChanges(p *plan.Plan, changes []Change) error {
	for i, c := range changes {
		if c.At < 0 {
			return fmt.Errorf("change %d: the time is negative", i+1)
		}
		if err := plan.CheckLive(p, c.Values); err != nil {
			return fmt.Errorf("change at %s: %w", c.At, err)
		}
	}
	return nil
}

// inOrder are changes by their time; those of one instant as they were given.
func inOrder(changes []Change) []Change {
	changes = slices.Clone(changes)
	slices.SortStableFunc(changes, func(a, b Change) int { return int(min(max(a.At-b.At, -1), 1)) })
	return changes
}

// change makes the changes that are due. What else happens in this instant has
// happened: a trial that has just begun keeps its values.
func (w *world) change() {
	for len(w.changes) > 0 && w.changes[0].At <= w.now {
		c := w.changes[0]
		w.changes = w.changes[1:]
		changes, err := w.runner.SetParameters(c.Values)
		if err != nil {
			w.refuse(slices.Collect(maps.Keys(c.Values)), err)
			continue
		}
		for _, p := range changes {
			if !p.Same() {
				w.record(Row{Row: task.Row{At: w.now, Kind: task.KindControl, Name: "set_parameter", Value: expr.StringValue(p.Name + "=" + string(p.New))}})
			}
		}
		for _, a := range w.active {
			if _, silent := w.silent(a.step.Role); silent {
				a.owed = append(a.owed, slices.Collect(maps.Keys(c.Values))...)
				continue
			}
			w.tellTask(a, slices.Collect(maps.Keys(c.Values)))
		}
	}
}

// tellTask gives a task the live parameters as they are.
func (w *world) tellTask(a *activity, names []string) {
	if a.machine == nil {
		return
	}
	if err := a.machine.SetParameters(w.runner.Live(a.step.Node)); err != nil {
		w.refuse(names, err)
	}
}

// refuse records that a change cannot be: a limit of the task forbids it.
func (w *world) refuse(names []string, err error) {
	slices.Sort(names)
	w.record(Row{Row: task.Row{
		At: w.now, Kind: task.KindWarning, Name: "parameter",
		Value: expr.StringValue(strings.Join(names, ", ") + " is not changed in the running task: " + err.Error()),
	}})
}
