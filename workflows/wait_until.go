package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/plan"
)

// moment is a time that was found by the tables of time zones.
type moment struct {
	At    time.Time `json:"at,omitzero"`
	Error string    `json:"error,omitempty"`
}

// waitUntil waits for a time of day. The history remembers the moment: tables
// of time zones change, and a replay must not wait for another one.
func (r *run) waitUntil(ctx workflow.Context, f *flight) plan.Completion {
	if f.Until.IsZero() {
		now := workflow.Now(ctx)
		var found moment
		side := workflow.SideEffect(ctx, func(workflow.Context) any { return next(f.Step.Clock, now) })
		if err := side.Get(&found); err != nil {
			return failed("%s", reason(err))
		}
		if found.Error != "" {
			return failed("%s", found.Error)
		}
		f.Until = found.At
		r.record("wait", f.Step.Node, "until", words(map[string]any{"until": f.Until.UTC().Format(time.RFC3339), "visit": f.Step.Visit}))
	}
	return r.wait(ctx, f)
}

// next reads the tables of time zones, inside a side effect.
//
//workflowcheck:ignore
func next(c *plan.Clock, now time.Time) moment {
	if c == nil {
		return moment{Error: "the step has no time of day"}
	}
	at, err := c.Next(now)
	if err != nil {
		return moment{Error: err.Error()}
	}
	return moment{At: at.UTC()}
}
