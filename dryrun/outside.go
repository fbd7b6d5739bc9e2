package dryrun

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

// outside records what a run would say to people and services, and says
// nothing. A service answers what its variable begins with.
func (w *world) outside(a *activity) {
	name, text := "notify", a.step.Title
	if c := a.step.Call; c != nil {
		name, text = "call_service", c.Method+" "+c.URL
		a.done.Values = map[string]expr.Value{plan.ValueStatus: expr.IntValue(200)}
		if t, err := expr.ParseType(c.Type); err == nil {
			a.done.Values[plan.ValueRead] = expr.Zero(t)
		}
	}
	w.record(Row{Row: task.Row{At: w.now, Kind: task.KindControl, Name: name, Value: expr.StringValue(text)}, Node: a.step.Node})
}
