package workflows

import (
	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
)

// watch looks for what should not be. A paused run is not watched: its animals
// have nothing to do, and nobody wants to hear of it. It begins anew when the
// run goes on.
func (r *run) watch(ctx workflow.Context, f *flight) plan.Completion {
	b, ok := r.binding(f.Step.Role)
	if !ok || f.Step.Watch == nil {
		return failed("no device is bound to the role %q", f.Step.Role)
	}
	f.device = b.Device
	for {
		if r.paused {
			if err := workflow.Await(ctx, func() bool { return !r.paused }); err != nil {
				return failed("cancelled")
			}
			f.Since = workflow.Now(ctx)
		}
		if f.Since.IsZero() {
			f.Since = workflow.Now(ctx)
		}
		own, cancel := workflow.WithCancel(ctx)
		future := workflow.ExecuteActivity(patient(own, r.what(f)), act.WatchFor, activities.WatchInput{
			Run: r.in.Run, Organisation: r.in.Organisation, Device: b.Device, Watch: *f.Step.Watch, Since: f.Since,
		})
		err := workflow.Await(ctx, func() bool { return future.IsReady() || r.paused })
		if err == nil && !future.IsReady() {
			cancel()
			continue
		}
		var out activities.WatchResult
		if err == nil {
			err = future.Get(ctx, &out)
		}
		cancel()
		if err != nil {
			return failed("%s", reason(err))
		}
		r.record("alarm", f.Step.Node, f.device, words(map[string]any{"visit": f.Step.Visit, "text": out.Text}))
		return plan.Completion{Port: plan.PortAlarm, Values: map[string]expr.Value{plan.ValueRead: expr.StringValue(out.Text)}}
	}
}
