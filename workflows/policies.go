package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// Three policies. Quick work is a local activity: it costs no trip to the
// server, and happens again when this worker dies. What quick could not do is
// done by one of the others, where it can be seen in Temporal's pages.

// quick is for what is answered at once, or not at all just now: rows in the
// store.
func quick(ctx workflow.Context) workflow.Context {
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		ScheduleToCloseTimeout: 3 * time.Second,
		StartToCloseTimeout:    2 * time.Second,
		RetryPolicy:            &temporal.RetryPolicy{InitialInterval: 50 * time.Millisecond, MaximumInterval: 500 * time.Millisecond, MaximumAttempts: 3},
	})
}

// quickCommand is quick for a device. It is not tried again: the one attempt
// asks for the whole time.
func quickCommand(ctx workflow.Context, what string) workflow.Context {
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		ScheduleToCloseTimeout: quickFor,
		RetryPolicy:            &temporal.RetryPolicy{MaximumAttempts: 1},
		Summary:                limit(what, 200),
	})
}

// quickFor is how long a device is waited for before the wait is shown.
const quickFor = 3 * time.Second

// patient waits for a device that is away, or an animal at work, until it is
// cancelled. A device at work beats every two seconds.
func patient(ctx workflow.Context, what string) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: 60 * 24 * time.Hour,
		HeartbeatTimeout:    10 * time.Second,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 1.5, MaximumInterval: 10 * time.Second},
		Summary:             limit(what, 200),
	})
}

// bounded is patient with an end: a control of a device that may be gone.
func bounded(ctx workflow.Context, what string, end time.Duration) workflow.Context {
	ctx = patient(ctx, what)
	o := workflow.GetActivityOptions(ctx)
	o.ScheduleToCloseTimeout = end
	return workflow.WithActivityOptions(ctx, o)
}

// persistent is for what must happen: it is tried until it does.
func persistent(ctx workflow.Context, what string) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: 2 * time.Minute,
		HeartbeatTimeout:    30 * time.Second,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 1.5, MaximumInterval: 15 * time.Second},
		Summary:             limit(what, 200),
	})
}
