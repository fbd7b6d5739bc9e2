package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/lab"
)

// sealing is a run that is over and waits for rows.
type sealing struct {
	Status  lab.RunStatus         `json:"status"` // to be written
	Outcome string                `json:"outcome,omitempty"`
	Error   string                `json:"error,omitempty"`
	Missing []activities.Expected `json:"missing,omitempty"`
}

const (
	// safeWithin is how long a device is told to go safe. Its lease is shorter.
	safeWithin = 30 * time.Second
	// firstSeal is how long rows may take before the run says that it waits.
	firstSeal = 3 * time.Second
	// nextSeal is how often it says so again.
	nextSeal = 10 * time.Minute
)

// finish leaves the devices safe and gives the run its final status.
func (r *run) finish() (RunResult, error) {
	r.parameters.closed = true
	r.stopTelling()
	if r.sealed == nil {
		r.makeSafe()
		r.sealed = r.end()
	}
	if r.sealed.Status == lab.RunCompleted || r.sealed.Status == lab.RunStopped {
		if err := r.seal(); err != nil {
			return RunResult{}, err
		}
	}
	end := RunResult{Status: r.sealed.Status, Outcome: r.sealed.Outcome, Error: r.sealed.Error}
	r.await(r.ctx, func() bool { return r.writer.stored == r.status }) // nothing may follow the final one
	r.become(end.Status)
	r.written()
	var finished activities.FinishRunResult
	in := activities.FinishRunInput{Run: r.in.Run, Status: end.Status, Outcome: end.Outcome, Error: end.Error}
	if err := r.store(r.ctx, act.FinishRun, in, &finished, "write the final status"); err != nil {
		return end, err
	}
	r.written()
	r.makeFiles()
	r.writer.closed = true
	r.show()
	r.await(r.ctx, func() bool { return workflow.AllHandlersFinished(r.ctx) })
	if end.Status == lab.RunFailed {
		return end, failure(end.Error)
	}
	return end, nil
}

// end is what the run will be.
func (r *run) end() *sealing {
	s := &sealing{Status: r.ending}
	if r.runner != nil {
		s.Outcome, r.failed, _ = r.runner.Over()
	}
	switch {
	case r.ending == lab.RunAborted || r.ending == lab.RunHalted:
		s.Error = r.why
	case r.failed != "":
		s.Status, s.Error = lab.RunFailed, r.failed
		r.recordText("error", "", "", r.failed)
	case s.Status == "":
		s.Status = lab.RunCompleted
	}
	return s
}

// makeSafe tells every device of the run to turn its outputs off.
func (r *run) makeSafe() {
	devices := r.in.devices()
	if len(devices) == 0 || r.epoch == 0 {
		return
	}
	in := activities.MakeSafeInput{Run: r.in.Run, Visit: "end", Epoch: r.epoch, Devices: devices, Patience: safeWithin}
	var out activities.MakeSafeResult
	err := workflow.ExecuteActivity(persistent(r.ctx, "make the devices safe"), act.MakeSafe, in).Get(r.ctx, &out)
	if err != nil {
		out.Missing = []activities.Unsafe{{Why: reason(err)}}
	}
	for _, u := range out.Missing {
		r.recordText("unsafe", "", u.Device, "The device did not confirm that its outputs are off; its own lease turns them off. "+u.Why)
	}
}

// seal waits until every row of the devices is stored. A person who does not
// want to wait aborts the run.
func (r *run) seal() error {
	r.sealed.Missing = r.expected
	for patience := firstSeal; len(r.sealed.Missing) > 0; patience = nextSeal {
		if r.long() && r.quiet() {
			return r.move()
		}
		ctx, cancel := workflow.WithCancel(r.ctx)
		actx := persistent(ctx, "wait until every row is stored")
		o := workflow.GetActivityOptions(actx)
		o.StartToCloseTimeout = 2 * nextSeal
		future := workflow.ExecuteActivity(workflow.WithActivityOptions(actx, o), act.Seal,
			activities.SealInput{Expected: r.sealed.Missing, Patience: patience})
		before := r.ending
		r.await(r.ctx, func() bool { return future.IsReady() || r.ending != before })
		if r.ending != before {
			cancel()
			r.sealed.Status, r.sealed.Error = r.ending, "ended before every row was stored"
			return nil
		}
		var out activities.SealResult
		err := future.Get(ctx, &out)
		cancel()
		if err != nil {
			r.sealed.Status, r.sealed.Error = lab.RunFailed, reason(err)
			return nil
		}
		if r.sealed.Missing = out.Missing; len(out.Missing) > 0 {
			r.become(lab.RunSealing)
			r.show()
		}
	}
	return nil
}
