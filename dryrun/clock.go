package dryrun

import (
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// waitUntil makes a step due at a time of day of the virtual calendar.
func (w *world) waitUntil(a *activity) {
	now := w.options.Began.Add(w.now)
	until, err := a.step.Clock.Next(now)
	if err != nil {
		a.done.Err = err.Error()
		return
	}
	a.due = w.now + until.Sub(now)
	w.record(Row{
		Row:  task.Row{At: w.now, Kind: task.KindControl, Name: "wait_until", Value: expr.StringValue(until.Format(time.RFC3339))},
		Node: a.step.Node,
	})
}
