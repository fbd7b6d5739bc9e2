package workflows

import (
	"encoding/json"
	"fmt"

	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
)

// Continued is a run between two histories. Steps in flight are given again in
// the new one, with the same command ids: the device goes on as if nothing had
// happened, because for it nothing has.
type Continued struct {
	Runner   json.RawMessage       `json:"runner,omitempty"`
	Epoch    int64                 `json:"epoch"`
	Seq      int64                 `json:"seq"`
	Status   lab.RunStatus         `json:"status"`
	Paused   bool                  `json:"paused,omitempty"`
	Held     []plan.Step           `json:"held,omitempty"`
	Flights  []*flight             `json:"flights,omitempty"`
	Expected []activities.Expected `json:"expected,omitempty"`
	Controls int                   `json:"controls,omitempty"`
	// Parameters is the number of the last change of live parameters; their
	// values are the runner's.
	Parameters int64    `json:"parameters,omitempty"`
	Sealed     *sealing `json:"sealed,omitempty"`
	// Histories counts those that came before.
	Histories int `json:"histories"`
}

// long reports whether Temporal wants the history to end.
func (r *run) long() bool { return workflow.GetInfo(r.ctx).GetContinueAsNewSuggested() }

// movable reports whether nothing would be lost by going on in a new history.
// While the run is about to move nothing new starts, so this comes soon.
func (r *run) movable() bool {
	if !r.moving || r.ending != "" || len(r.landed) > 0 || len(r.settling) > 0 {
		return false
	}
	for _, f := range r.flights {
		if f.gone || f.busy || f.q != nil && f.q.answered {
			return false // it lands at once
		}
	}
	return r.quiet()
}

// quiet reports whether everything is written and everybody has his answer.
func (r *run) quiet() bool {
	w := &r.writer
	return len(w.events) == 0 && !w.writing && w.stored == r.status && workflow.AllHandlersFinished(r.ctx)
}

// move goes on in a new history.
func (r *run) move() error {
	c := &Continued{
		Epoch: r.epoch, Seq: r.writer.seq, Status: r.status, Paused: r.paused, Held: r.held, Flights: r.flights,
		Expected: r.expected, Controls: r.controls.given, Parameters: r.parameters.number, Sealed: r.sealed,
	}
	if r.in.Continued != nil {
		c.Histories = r.in.Continued.Histories
	}
	c.Histories++
	if r.runner != nil {
		raw, err := r.runner.State()
		if err != nil {
			return err
		}
		c.Runner = raw
	}
	in := r.in
	in.Continued = c
	return workflow.NewContinueAsNewError(r.ctx, Run, in)
}

// resumeFrom is the other half of move.
func (r *run) resumeFrom(c *Continued) error {
	r.epoch, r.status, r.paused = c.Epoch, c.Status, c.Paused
	r.expected, r.controls.given, r.sealed = c.Expected, c.Controls, c.Sealed
	r.parameters.number = c.Parameters
	r.writer.seq = c.Seq
	r.startWriting(c.Status)
	if len(c.Runner) > 0 {
		runner, err := plan.Restore(&r.in.Plan, c.Runner, r.evaluate)
		if err != nil {
			return fmt.Errorf("run %s: %w", r.in.Run, err)
		}
		r.runner = runner
	}
	for _, f := range c.Flights {
		f.resumed = true
		r.launch(f)
	}
	r.goOnTelling()
	r.held = c.Held
	if r.paused {
		// Once the steps have begun: the devices are told again.
		workflow.Go(r.ctx, func(ctx workflow.Context) {
			r.await(ctx, func() bool {
				for _, f := range r.flights {
					if f.Step.Kind == plan.KindTask && f.command == "" && f.q == nil && !f.Asking {
						return false
					}
				}
				return true
			})
			if r.paused && r.ending == "" {
				r.tell("pause")
			}
		})
		return nil
	}
	r.release()
	return nil
}
