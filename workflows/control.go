package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/wire"
)

// controls is what was told to the devices about their tasks.
type controls struct {
	given  int                 // numbers the commands
	cancel workflow.CancelFunc // of what is being told now
}

// tellAgain is the pause before a device is told again that did not know the
// task: the task's own command may still be on its way.
const tellAgain = 2 * time.Second

// handle registers the updates, before anything waits.
func (r *run) handle() error {
	for _, u := range []struct {
		name string
		may  func(workflow.Context, Control) error
		do   func(Control)
	}{
		{UpdatePause, r.mayPause, r.pause},
		{UpdateResume, r.mayResume, r.resume},
		{UpdateStop, r.mayEnd(lab.RunStopped), func(c Control) { r.want(lab.RunStopped, UpdateStop, c) }},
		{UpdateAbort, r.mayEnd(lab.RunAborted), func(c Control) { r.want(lab.RunAborted, UpdateAbort, c) }},
		{UpdateHalt, r.mayEnd(lab.RunHalted), func(c Control) { r.want(lab.RunHalted, UpdateHalt, c) }},
	} {
		handler := func(ctx workflow.Context, c Control) (ControlAnswer, error) {
			if err := u.may(ctx, c); err != nil { // two controls at once
				return ControlAnswer{}, err
			}
			u.do(c)
			w := &r.writer
			r.await(uncancelled(ctx), func() bool { return w.stored == r.status || w.late || r.status.Final() || r.runner == nil })
			return ControlAnswer{Status: r.status}, nil
		}
		o := workflow.UpdateHandlerOptions{Validator: u.may}
		if err := workflow.SetUpdateHandlerWithOptions(r.ctx, u.name, handler, o); err != nil {
			return err
		}
	}
	o := workflow.UpdateHandlerOptions{Validator: r.maySetParameters}
	if err := workflow.SetUpdateHandlerWithOptions(r.ctx, UpdateSetParameters, r.setParameters, o); err != nil {
		return err
	}
	return workflow.SetUpdateHandlerWithOptions(r.ctx, UpdateAnswer, r.answer, workflow.UpdateHandlerOptions{Validator: r.mayAnswer})
}

func (r *run) mayPause(workflow.Context, Control) error {
	switch {
	case r.done():
		return refuse("The run is over: it is %s.", r.status)
	case r.ending != "":
		return refuse("The run is about to end: it will be %s.", r.ending)
	case r.sealed != nil:
		return refuse("The run is over; it only waits for rows of a device.")
	case r.paused:
		return refuse("The run is paused already.")
	}
	return nil
}

func (r *run) mayResume(workflow.Context, Control) error {
	switch {
	case r.done():
		return refuse("The run is over: it is %s.", r.status)
	case !r.paused:
		return refuse("The run is not paused; it is %s.", r.status)
	case r.ending != "":
		return refuse("The run is about to end: it will be %s.", r.ending)
	}
	return nil
}

// mayEnd: a stronger end may replace a weaker one.
func (r *run) mayEnd(as lab.RunStatus) func(workflow.Context, Control) error {
	return func(workflow.Context, Control) error {
		switch {
		case r.done():
			return refuse("The run is over: it is %s.", r.status)
		case strength(r.ending) >= strength(as):
			return refuse("The run is about to end: it will be %s.", r.ending)
		case r.sealed != nil && as == lab.RunStopped:
			return refuse("The run is over; it only waits for rows of a device. Abort it to end without them.")
		}
		return nil
	}
}

func (r *run) done() bool { return r.status.Final() }

func strength(s lab.RunStatus) int {
	switch s {
	case lab.RunStopped:
		return 1
	case lab.RunAborted:
		return 2
	case lab.RunHalted:
		return 3
	}
	return 0
}

func (r *run) pause(c Control) {
	r.recordControl(UpdatePause, c)
	r.paused = true
	r.become(lab.RunPaused)
	r.tell(wire.VerbPause)
}

func (r *run) resume(c Control) {
	r.recordControl(UpdateResume, c)
	r.paused = false
	r.become(lab.RunRunning)
	r.tell(wire.VerbResume)
	if !r.moving {
		r.release()
	}
}

// want ends the run, unless something stronger does already.
func (r *run) want(as lab.RunStatus, name string, c Control) {
	if r.done() || strength(r.ending) >= strength(as) {
		return
	}
	r.recordControl(name, c)
	r.ending, r.why = as, c.Why
	if r.why == "" {
		r.why = "by " + c.By
	}
}

func (r *run) recordControl(name string, c Control) {
	r.record("control", "", name, words(map[string]any{"by": c.By, "why": c.Why}))
}

// wind lets the plan end as a person wants.
func (r *run) wind() {
	r.ended = r.ending
	if r.runner == nil {
		return
	}
	if r.ended != lab.RunStopped {
		r.stopTelling()
		r.act(r.runner.Abort())
		r.held = nil
		return
	}
	var held []string
	for _, s := range r.held {
		held = append(held, s.ID)
	}
	for _, f := range r.flights {
		if !f.begun {
			held = append(held, f.Step.ID)
		}
	}
	r.act(r.runner.Stop(held...))
	for _, f := range r.flights {
		// A device that does not answer is not waited for; a question about an
		// interrupted task needs no answer any more.
		if !f.gone && (f.Step.Kind != plan.KindTask || f.q != nil) {
			f.cancel()
		}
	}
	r.tell(wire.VerbStop)
}

// tell gives a verb to the devices of all running tasks, until each has heard.
// What was being told before does not count any more.
func (r *run) tell(verb wire.Verb) {
	r.stopTelling()
	ctx, cancel := workflow.WithCancel(r.ctx)
	r.controls.cancel = cancel
	for _, f := range r.flights {
		if f.Step.Kind != plan.KindTask || f.gone || !f.begun || f.command == "" {
			continue
		}
		workflow.Go(ctx, func(ctx workflow.Context) {
			for r.flight(f.Step.ID) == f && ctx.Err() == nil {
				err := r.control(ctx, f, verb, 24*time.Hour)
				if err == nil || ctx.Err() != nil {
					return
				}
				if err := workflow.Sleep(ctx, tellAgain); err != nil {
					return
				}
			}
		})
	}
}

func (r *run) stopTelling() {
	if r.controls.cancel != nil {
		r.controls.cancel()
	}
}
