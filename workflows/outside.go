package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/wire"
)

// notifyWithin is how long it is tried to tell people.
const notifyWithin = 5 * time.Minute

// abroad is for what does not belong to us: it is tried again for a time.
func abroad(ctx workflow.Context, what string, end time.Duration) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		ScheduleToCloseTimeout: end,
		StartToCloseTimeout:    min(end, 2*time.Minute),
		RetryPolicy:            &temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 2, MaximumInterval: 30 * time.Second},
		Summary:                limit(what, 200),
	})
}

// left is how much of its time a step has. The end is absolute: a new history
// does not put it off.
func (f *flight) left(ctx workflow.Context, within time.Duration) time.Duration {
	if f.Until.IsZero() {
		f.Until = workflow.Now(ctx).Add(within)
	}
	return max(f.Until.Sub(workflow.Now(ctx)), time.Second)
}

// notify tells people. That it cannot is a note, unless the protocol has a way
// for it.
func (r *run) notify(ctx workflow.Context, f *flight) plan.Completion {
	in := activities.NotifyInput{
		Key: wire.CommandID(r.in.Run, f.Step.Node, f.visit()), Title: f.Step.Title, Text: f.Step.Text,
		Run: r.in.Run, Protocol: r.in.protocol(), Subject: r.in.Subject,
	}
	if f.Step.Notice != nil {
		in.Notice = *f.Step.Notice
	}
	err := workflow.ExecuteActivity(abroad(ctx, r.what(f), f.left(ctx, notifyWithin)), act.Notify, in).Get(ctx, nil)
	switch {
	case err == nil:
		return plan.Completion{}
	case ctx.Err() != nil || r.wired(f.Step.Node, plan.PortFailed):
		return failed("%s", reason(err))
	}
	r.recordText(plan.EventNote, f.Step.Node, "not_notified", reason(err))
	return plan.Completion{}
}

// call asks a service.
func (r *run) call(ctx workflow.Context, f *flight) plan.Completion {
	if f.Step.Call == nil {
		return failed("the step has no service to call")
	}
	in := activities.CallServiceInput{Key: wire.CommandID(r.in.Run, f.Step.Node, f.visit()), Call: *f.Step.Call}
	var out activities.CallServiceResult
	if err := workflow.ExecuteActivity(abroad(ctx, r.what(f), f.left(ctx, in.Call.Timeout)), act.CallService, in).Get(ctx, &out); err != nil {
		return failed("%s", reason(err))
	}
	r.record("service", f.Step.Node, "answered", words(map[string]any{"visit": f.Step.Visit, "status": out.Status}))
	c := plan.Completion{Values: map[string]expr.Value{plan.ValueStatus: expr.IntValue(int64(out.Status))}}
	if in.Call.Type != "" {
		c.Values[plan.ValueRead] = out.Value
	}
	return c
}

// wired says whether a port of a node leads anywhere.
func (r *run) wired(node, port string) bool {
	if n := r.in.Plan.Node(node); n != nil {
		for _, w := range n.Out {
			if w.Port == port {
				return true
			}
		}
	}
	return false
}
