package workflows

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/wire"
)

// parameters is how live parameters have changed. Their values are the
// runner's.
type parameters struct {
	number int64     // grows with every change
	wanted []*wanted // by people, not done yet
	closed bool      // nothing is changed any more
}

// wanted is one update until the owner of the runner has seen to it.
type wanted struct {
	SetParameters
	done    bool
	changes []plan.Change
	err     error
}

const (
	// toldWithin is how long the answer to a change waits for the devices, so
	// that it can say what they said.
	toldWithin = 4 * time.Second
	// tellFor bounds how long a device that is away is told; its task is not
	// waited for longer either.
	tellFor = 24 * time.Hour
)

// maySetParameters refuses what can never be.
func (r *run) maySetParameters(_ workflow.Context, in SetParameters) error {
	switch {
	case r.done():
		return refuse("The run is over: it is %s.", r.status)
	case r.ending != "":
		return refuse("The run is about to end: it will be %s.", r.ending)
	case r.sealed != nil || r.parameters.closed:
		return refuse("The run is over; nothing uses its parameters any more.")
	case len(in.Values) == 0:
		return refuse("No parameter is named.")
	}
	return refuseValue(plan.CheckLive(&r.in.Plan, in.Values))
}

// refuseValue says which value is refused, for a program and for a person.
func refuseValue(err error) error {
	wrong, ok := errors.AsType[*plan.ParameterError](err)
	if !ok {
		return err
	}
	return temporal.NewNonRetryableApplicationError(
		fmt.Sprintf("Parameter %s: %s.", wrong.Name, wrong.Message), TypeParameter, nil, string(wrong.Problem), wrong.Name)
}

// setParameters is the update: the owner changes the values, then the devices
// are heard for a moment.
func (r *run) setParameters(ctx workflow.Context, in SetParameters) (SetParametersAnswer, error) {
	ctx = uncancelled(ctx)
	if err := r.maySetParameters(ctx, in); err != nil { // two at once
		return SetParametersAnswer{}, err
	}
	w := &wanted{SetParameters: in}
	r.parameters.wanted = append(r.parameters.wanted, w)
	r.await(ctx, func() bool { return w.done || r.parameters.closed })
	if !w.done {
		return SetParametersAnswer{}, refuse("The run is over; nothing uses its parameters any more.")
	}
	if w.err != nil {
		return SetParametersAnswer{}, refuseValue(w.err)
	}
	if slices.ContainsFunc(r.flights, r.untold) {
		_, _ = workflow.AwaitWithTimeout(ctx, toldWithin, func() bool { return !slices.ContainsFunc(r.flights, r.untold) })
	}
	answer := SetParametersAnswer{Changes: make([]ParameterChange, len(w.changes))}
	for i, c := range w.changes {
		answer.Changes[i] = r.applies(c)
	}
	return answer, nil
}

// applies says when a change holds.
func (r *run) applies(c plan.Change) ParameterChange {
	out := ParameterChange{Change: c, Applies: AppliesNextStep}
	if c.Same() {
		out.Applies = AppliesUnchanged
		return out
	}
	for _, f := range r.flights {
		node := r.in.Plan.Node(f.Step.Node)
		if f.gone || f.deaf || node == nil || node.Task == nil || !node.Task.Uses(&r.in.Plan, c.Name) {
			continue
		}
		out.Applies = AppliesNextTrial
		if r.untold(f) {
			out.Unconfirmed = append(out.Unconfirmed, f.device)
		}
	}
	return out
}

// change does what people want of the parameters. Only the owner of the runner
// calls it.
func (r *run) change() {
	all := r.parameters.wanted
	r.parameters.wanted = nil
	for _, w := range all {
		w.changes, w.err = r.runner.SetParameters(w.Values)
		w.done = true
		var different []string
		for _, c := range w.changes {
			if c.Same() {
				continue
			}
			different = append(different, c.Name)
			r.record(EventSetParameter, "", c.Name, words(map[string]any{"old": c.Old, "new": c.New, "by": w.By, "why": w.Why}))
		}
		if len(different) == 0 {
			continue
		}
		r.parameters.number++
		r.spare(different)
		for i, s := range r.held {
			r.held[i] = r.runner.Refresh(s)
		}
		for _, e := range r.runner.Events() {
			r.record(e.Kind, e.Node, e.Name, e.Body())
		}
		r.tellParameters()
	}
}

// spare leaves tasks alone that do not have what has changed.
func (r *run) spare(names []string) {
	for _, f := range r.flights {
		node := r.in.Plan.Node(f.Step.Node)
		if f.Live != r.parameters.number-1 || node == nil || node.Task == nil {
			continue
		}
		if !slices.ContainsFunc(names, func(name string) bool { return node.Task.Uses(&r.in.Plan, name) }) {
			f.Live = r.parameters.number
		}
	}
}

// untold reports whether a device runs a task with older values than there are
// and may still take the newer ones.
func (r *run) untold(f *flight) bool {
	return f.Step.Kind == plan.KindTask && f.command != "" && !f.between && !f.gone && !f.deaf && f.Live < r.parameters.number && r.ending == ""
}

// tellParameters tells the devices of running tasks what they do not know yet,
// until each has heard. What was being told before is in what is told now.
func (r *run) tellParameters() {
	for _, f := range r.flights {
		if !r.untold(f) {
			continue
		}
		f.untell()
		ctx, cancel := workflow.WithCancel(r.ctx)
		f.telling = cancel
		workflow.Go(ctx, func(ctx workflow.Context) {
			for r.untold(f) && ctx.Err() == nil {
				if r.giveParameters(ctx, f) {
					return
				}
				if err := workflow.Sleep(ctx, tellAgain); err != nil {
					return
				}
			}
		})
	}
}

// untell ends the telling: the task is over, or there is something newer.
func (f *flight) untell() {
	if f.telling != nil {
		f.telling()
		f.telling = nil
	}
}

// giveParameters tells a device once; false when it has to be told again: the
// task's own command may still be on its way.
func (r *run) giveParameters(ctx workflow.Context, f *flight) (over bool) {
	number, values := r.parameters.number, r.runner.Live(f.Step.Node)
	if len(values) == 0 { // none of the task's
		f.Live = number
		return true
	}
	err := r.sendParameters(ctx, f, number, values)
	switch code := refusalCode(err); {
	case ctx.Err() != nil:
		return true
	case err == nil:
		f.Live = max(f.Live, number)
		return true
	case code == "" || code == wire.ReasonNoTask || code == wire.ReasonDeadline:
		return false
	default: // it never will
		f.deaf = true
		r.recordText(plan.EventNote, f.Step.Node, "parameters_later", fmt.Sprintf(
			"%s cannot change the parameters of the running task; they hold from its next task on. %s", f.device, reason(err)))
		return true
	}
}

func (r *run) sendParameters(ctx workflow.Context, f *flight, number int64, values map[string]json.RawMessage) error {
	body, err := encode(wire.ParametersBody{Command: f.command, Values: values, Number: number})
	if err != nil {
		return err
	}
	r.controls.given++
	visit := strconv.Itoa(r.controls.given)
	in := activities.CommandInput{Device: f.device, Command: wire.Command{
		ID: wire.CommandID(r.in.Run, "control", visit), Run: r.in.Run, Node: "control", Visit: visit,
		Verb: wire.VerbParameters, Body: body, Epoch: r.epoch,
	}}
	return r.give(ctx, in, fmt.Sprintf("tell %s the parameters", f.device), tellFor)
}

// refusalCode is the wire's reason of a refusal, empty for any other error.
func refusalCode(err error) (code string) {
	app, ok := errors.AsType[*temporal.ApplicationError](err)
	if !ok || app.Type() != activities.TypeRefused || !app.HasDetails() || app.Details(&code) != nil {
		return ""
	}
	return code
}

// goOnTelling goes on in a new history, once the tasks have been given again.
func (r *run) goOnTelling() {
	if r.parameters.number == 0 {
		return
	}
	workflow.Go(r.ctx, func(ctx workflow.Context) {
		r.await(ctx, func() bool {
			return !slices.ContainsFunc(r.flights, func(f *flight) bool {
				return f.Step.Kind == plan.KindTask && f.command == "" && f.q == nil && !f.Asking
			})
		})
		r.tellParameters()
	})
}

// overlaid are values with some of them replaced.
//
//workflowcheck:ignore
func overlaid(values, live map[string]json.RawMessage) map[string]json.RawMessage {
	out := maps.Clone(values)
	if out == nil {
		out = map[string]json.RawMessage{}
	}
	maps.Copy(out, live)
	return out
}
