package workflows

import (
	"fmt"
	"slices"
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/wire"
)

// flight is a step that has been started. What is in JSON goes on in the next
// history.
type flight struct {
	Step plan.Step `json:"step"`
	// Until is when a wait, a question, a message, a call or the present command
	// of a check ends.
	Until time.Time `json:"until,omitzero"`
	// Again counts how often the device was interrupted and the step was given
	// again.
	Again int `json:"again,omitempty"`
	// Carried is what an interrupted task had done.
	Carried wire.TaskProgress `json:"carried,omitzero"`
	// Asked is set when the question was recorded.
	Asked bool `json:"asked,omitempty"`
	// Asking is set while a person decides about an interrupted task.
	Asking bool `json:"asking,omitempty"`
	// AskedAt, Reminders and Escalated are how far the reminding has come.
	AskedAt   time.Time `json:"asked_at,omitzero"`
	Reminders int       `json:"reminders,omitempty"`
	Escalated bool      `json:"escalated,omitempty"`
	// Since is when a watch began to look.
	Since time.Time `json:"since,omitzero"`

	// Probe is the number of commands of a check that were begun.
	Probe int `json:"probe,omitempty"`

	// Live is the number of the change of parameters that the device knows of.
	Live int64 `json:"live,omitempty"`

	cancel  workflow.CancelFunc
	telling workflow.CancelFunc // of parameters; nil when nothing is told
	deaf    bool                // the device cannot change a running task
	between bool                // the device was interrupted and has no new command yet
	resumed bool                // goes on from an earlier history
	gone    bool                // the runner does not wait for it any more
	begun   bool                // the device may have heard of it
	busy    bool                // it ends in a moment, and must do so in this history
	command string
	device  string
	q       *question
}

// visit is the step's visit as devices and the store know it.
func (f *flight) visit() string {
	if f.Again == 0 {
		return f.Step.Visit
	}
	return fmt.Sprintf("%s~r%d", f.Step.Visit, f.Again)
}

// launch starts the coroutine of a step.
func (r *run) launch(f *flight) {
	var ctx workflow.Context
	ctx, f.cancel = workflow.WithCancel(r.ctx)
	r.flights = append(r.flights, f)
	workflow.Go(ctx, func(ctx workflow.Context) {
		c := r.perform(ctx, f)
		f.untell()
		r.flights = slices.DeleteFunc(r.flights, func(g *flight) bool { return g == f })
		if !f.gone {
			r.landed = append(r.landed, completion{f.Step.ID, c})
		}
	})
}

func (r *run) flight(id string) *flight {
	for _, f := range r.flights {
		if f.Step.ID == id && !f.gone {
			return f
		}
	}
	return nil
}

// perform does a step and tells how it ended.
func (r *run) perform(ctx workflow.Context, f *flight) plan.Completion {
	switch f.Step.Kind {
	case plan.KindWait:
		return r.wait(ctx, f)
	case plan.KindWaitUntil:
		return r.waitUntil(ctx, f)
	case plan.KindHuman:
		return r.human(ctx, f)
	case plan.KindWatch:
		return r.watch(ctx, f)
	case plan.KindNotify:
		return r.notify(ctx, f)
	case plan.KindCall:
		return r.call(ctx, f)
	case plan.KindGate:
		return r.gate(ctx, f)
	case plan.KindCalibrate:
		return r.calibrate(ctx, f)
	case plan.KindExport:
		return r.export(ctx, f)
	}
	b, ok := r.binding(f.Step.Role)
	if !ok {
		return failed("no device is bound to the role %q", f.Step.Role)
	}
	f.device = b.Device
	// A device whose last task was cancelled a moment ago has to end it first.
	if err := workflow.Await(ctx, func() bool { return !slices.Contains(r.settling, b.Device) }); err != nil {
		return failed("cancelled")
	}
	f.begun = true
	switch f.Step.Kind {
	case plan.KindTask:
		return r.task(ctx, f, b)
	case plan.KindCheck:
		return r.check(ctx, f, b)
	}
	return r.command(ctx, f, b)
}

// wait is a durable timer. Its end is absolute: a new history does not start it
// again.
func (r *run) wait(ctx workflow.Context, f *flight) plan.Completion {
	if f.Until.IsZero() {
		f.Until = workflow.Now(ctx).Add(f.Step.Duration)
	}
	if left := f.Until.Sub(workflow.Now(ctx)); left > 0 {
		timer := workflow.NewTimerWithOptions(ctx, left, workflow.TimerOptions{Summary: limit(r.what(f), 200)})
		if err := timer.Get(ctx, nil); err != nil {
			return failed("cancelled")
		}
	}
	return plan.Completion{}
}

func failed(format string, args ...any) plan.Completion {
	return plan.Completion{Err: fmt.Sprintf(format, args...)}
}

// label is what people call a node.
func (r *run) label(node string) string {
	if n := r.in.Plan.Node(node); n != nil && n.Label != "" {
		return n.Label
	}
	return node
}

// what says in a few words what a step does.
func (r *run) what(f *flight) string {
	device := f.device
	if b, ok := r.binding(f.Step.Role); ok && device == "" {
		device = b.Device
	}
	switch f.Step.Kind {
	case plan.KindTask:
		name := r.label(f.Step.Node)
		if n := r.in.Plan.Node(f.Step.Node); n != nil && n.Task != nil && n.Label == "" && n.Task.Program.Name != "" {
			name = n.Task.Program.Name
		}
		return fmt.Sprintf("task %s on %s", name, device)
	case plan.KindWait:
		return fmt.Sprintf("wait %s (%s)", f.Step.Duration, r.label(f.Step.Node))
	case plan.KindWaitUntil:
		return fmt.Sprintf("wait until %s (%s)", f.Until.Format(time.RFC3339), r.label(f.Step.Node))
	case plan.KindHuman:
		return "ask: " + f.Step.Title
	case plan.KindNotify:
		return "notify: " + f.Step.Title
	case plan.KindCall:
		return "call a service (" + r.label(f.Step.Node) + ")" // its URL may be nobody's business
	case plan.KindGate:
		return "decide about the stage (" + r.label(f.Step.Node) + ")"
	case plan.KindCalibrate:
		return "keep the calibration of " + f.Step.Channel
	case plan.KindCheck:
		return "check " + device
	case plan.KindExport:
		return "export (" + r.label(f.Step.Node) + ")"
	case plan.KindWatch:
		return fmt.Sprintf("watch %s (%s)", device, r.label(f.Step.Node))
	}
	return fmt.Sprintf("%s %s on %s", f.Step.Kind, f.Step.Channel, device)
}
