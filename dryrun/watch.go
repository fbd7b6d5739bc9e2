package dryrun

import (
	"fmt"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

// watch waits for what a guardian guards against: an event that does not come,
// a device that is silent, or a metric that is not as it should be. Silences
// and metrics are known from the beginning, so their alarm is as well.
func (w *world) watch(a *activity) {
	watch, role := a.step.Watch, a.step.Role
	a.done = plan.Completion{Port: plan.PortAlarm}
	text := ""
	switch watch.What {
	case plan.WatchNoEvent:
		a.due = w.now + watch.For
		text = "no " + watch.Event + " for " + watch.For.String()
	case plan.WatchSilent:
		var from time.Duration
		a.due, from = lasting(w.outages[role], w.now, watch.For)
		text = fmt.Sprintf("nothing was heard of %s since %s", role, w.options.Began.Add(from).UTC().Format(time.RFC3339))
	case plan.WatchMetric:
		a.due, _ = lasting(w.outOfRange(role, watch), w.now, watch.For)
		text = fmt.Sprintf("no %s of %s was recorded for %s", watch.Metric, role, watch.For)
		if v := w.measured(role, watch.Metric, a.due); v != nil {
			text = fmt.Sprintf("%s of %s is out of its range for %s; it is %g", watch.Metric, role, watch.For, *v)
		}
	default:
		a.due = never
	}
	a.done.Values = map[string]expr.Value{plan.ValueRead: expr.StringValue(text)}
}

// heard gives the guardians that waited for a row a new while. What a silent
// device records is known when it is heard again, which may be too late.
func (w *world) heard(r Row) {
	if r.Kind != task.KindEvent && r.Kind != task.KindState && r.Kind != task.KindOutcome {
		return
	}
	for _, a := range w.active {
		if a.step.Kind != plan.KindWatch || a.step.Watch.What != plan.WatchNoEvent || a.step.Watch.Event != r.Name || a.step.Role != r.Role {
			continue
		}
		if until, silent := w.silent(r.Role); !silent || a.due > until {
			a.due = r.At + a.step.Watch.For
		}
	}
}
