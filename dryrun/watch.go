package dryrun

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

// watch waits for an event that does not come. A simulated device is never
// silent and has no metrics: those alarms are never raised here.
func (w *world) watch(a *activity) {
	a.due = never
	a.done = plan.Completion{Port: plan.PortAlarm}
	if a.step.Watch.What != plan.WatchNoEvent {
		return
	}
	a.due = w.now + a.step.Watch.For
	a.done.Values = map[string]expr.Value{plan.ValueRead: expr.StringValue("no " + a.step.Watch.Event + " for " + a.step.Watch.For.String())}
}

// heard gives the guardians that waited for a row a new while.
func (w *world) heard(r Row) {
	if r.Kind != task.KindEvent && r.Kind != task.KindState && r.Kind != task.KindOutcome {
		return
	}
	for _, a := range w.active {
		if a.step.Kind == plan.KindWatch && a.step.Watch.What == plan.WatchNoEvent && a.step.Watch.Event == r.Name && a.step.Role == r.Role {
			a.due = r.At + a.step.Watch.For
		}
	}
}
