package workflows

import (
	"fmt"
	"slices"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
)

// act names the activities; the worker registers the real ones.
var act *activities.Activities

// run is the state of one execution of the workflow.
type run struct {
	ctx    workflow.Context // of the owner; not cancelled from outside: a run ends by its own rules
	in     RunInput
	runner *plan.Runner
	epoch  int64

	flights  []*flight    // steps in flight, in the order of their start
	held     []plan.Step  // started by the runner while nothing may start
	landed   []completion // not told to the runner yet
	settling []string     // devices that still end a cancelled task
	expected []activities.Expected

	status lab.RunStatus
	paused bool
	ending lab.RunStatus // what a person wants; empty while the run goes on
	ended  lab.RunStatus // as far as the runner was told
	why    string
	failed string // before the runner had a say
	moving bool   // the history is long: start nothing, go on in a new one
	sealed *sealing

	writer     writer
	controls   controls
	parameters parameters
	turn       struct{ length, commands int }
}

// completion is a step that has ended.
type completion struct {
	id string
	plan.Completion
}

// Run executes a plan from its start node to its end, or until a person ends
// it. Whatever happens, the devices are told to go safe, and the final status
// is written once.
func Run(ctx workflow.Context, in RunInput) (RunResult, error) {
	// Never cancelled, not even when we return: a history that is continued must
	// not end the steps in flight on its way out.
	r := &run{ctx: uncancelled(ctx), in: in, status: lab.RunStarting}
	if err := r.handle(); err != nil {
		return RunResult{}, err
	}
	workflow.Go(ctx, func(ctx workflow.Context) {
		ctx.Done().Receive(ctx, nil)
		r.want(lab.RunAborted, "abort", Control{By: "temporal", Why: "the workflow was cancelled"})
	})
	if err := r.begin(); err != nil {
		return RunResult{}, err
	}
	if r.sealed == nil {
		if err := r.play(); err != nil {
			return RunResult{}, err
		}
	}
	return r.finish()
}

// begin makes us the run's master and puts the first token into the plan, or
// goes on where an earlier history ended.
func (r *run) begin() error {
	if r.in.Continued != nil {
		return r.resumeFrom(r.in.Continued)
	}
	var begun activities.BeginRunResult
	if err := r.store(r.ctx, act.BeginRun, activities.BeginRunInput{Run: r.in.Run}, &begun, "begin the run"); err != nil {
		return fmt.Errorf("run %s: %w", r.in.Run, err)
	}
	r.epoch = begun.Epoch
	r.startWriting(lab.RunRunning)
	r.become(lab.RunRunning)
	if r.failed = r.draw(); r.failed != "" {
		return nil
	}
	actions, err := r.runner.Start()
	r.act(actions)
	return err
}

// draw makes the runner, or says to a person why it cannot be.
func (r *run) draw() string {
	runner, err := plan.NewRunner(&r.in.Plan, r.in.Parameters, r.evaluate)
	if err == nil {
		err = r.bound()
	}
	if err != nil {
		return err.Error()
	}
	runner.Seed(r.in.Seed)
	r.runner = runner
	return ""
}

// bound checks that every role has a device.
func (r *run) bound() error {
	for _, role := range r.in.Plan.Roles {
		if _, ok := r.binding(role.Name); !ok {
			return fmt.Errorf("no device is bound to the role %q", role.Name)
		}
	}
	return nil
}

// evaluate records what the expressions of a node gave, so that a replay with a
// newer version of the language gives the same.
func (r *run) evaluate(evaluate func() plan.Evaluated) plan.Evaluated {
	var got plan.Evaluated
	side := workflow.SideEffect(r.ctx, func(workflow.Context) any { return evaluate() })
	if err := side.Get(&got); err != nil {
		return plan.Evaluated{Error: err.Error()}
	}
	return got
}

// play goes on until the plan is over and no device ends a cancelled task.
func (r *run) play() error {
	for {
		r.show()
		switch {
		case r.ending != r.ended:
			r.wind()
		case len(r.parameters.wanted) > 0 && r.runner != nil:
			r.change()
		case len(r.landed) > 0:
			c := r.landed[0]
			r.landed = r.landed[1:]
			actions, err := r.runner.Complete(c.id, c.Completion)
			if err != nil {
				return err
			}
			r.act(actions)
		case r.over():
			return nil
		case r.movable():
			return r.move()
		default:
			r.await(r.ctx, func() bool {
				r.moving = r.moving || r.long()
				return r.ending != r.ended || len(r.parameters.wanted) > 0 || len(r.landed) > 0 || r.over() || r.movable()
			})
		}
	}
}

func (r *run) over() bool {
	if r.runner == nil {
		return true
	}
	_, _, over := r.runner.Over()
	return over && len(r.flights) == 0
}

// act does what the runner says and records what it tells.
func (r *run) act(actions plan.Actions) {
	for _, id := range actions.Cancel {
		r.held = slices.DeleteFunc(r.held, func(s plan.Step) bool { return s.ID == id })
		if f := r.flight(id); f != nil {
			f.gone = true
			f.cancel()
		}
	}
	hold := r.paused || r.moving
	for _, e := range r.runner.Events() {
		if hold && e.Kind == plan.EventStarted && slices.ContainsFunc(actions.Start, func(s plan.Step) bool { return s.ID == e.Node+"/"+e.Visit }) {
			continue // it is recorded when it really starts
		}
		r.record(e.Kind, e.Node, e.Name, e.Body())
	}
	if hold {
		r.held = append(r.held, actions.Start...)
		return
	}
	for _, s := range actions.Start {
		r.launch(&flight{Step: s})
	}
}

// release starts what was held back.
func (r *run) release() {
	held := r.held
	r.held = nil
	for _, s := range held {
		r.record(plan.EventStarted, s.Node, "", plan.Event{Visit: s.Visit}.Body())
		r.launch(&flight{Step: s})
	}
}

func (r *run) binding(role string) (lab.Binding, bool) {
	for _, b := range r.in.Bindings {
		if b.Role == role {
			return b, true
		}
	}
	return lab.Binding{}, false
}

// await waits until a condition holds. A coroutine may only wait with its own
// context. Those given here are never cancelled, so there is no error.
func (r *run) await(ctx workflow.Context, condition func() bool) { _ = workflow.Await(ctx, condition) }

// uncancelled is the context of a coroutine without its cancellation.
func uncancelled(ctx workflow.Context) workflow.Context {
	ctx, _ = workflow.NewDisconnectedContext(ctx)
	return ctx
}

// failure is the error of a run that failed, for Temporal's pages.
func failure(message string) error {
	return temporal.NewNonRetryableApplicationError(message, TypeRunFailed, nil)
}
