package workflows

import (
	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/wire"
)

// calibrate keeps the curve that was measured.
func (r *run) calibrate(ctx workflow.Context, f *flight) plan.Completion {
	b, ok := r.binding(f.Step.Role)
	if !ok || f.Step.Curve == nil {
		return failed("no device is bound to the role %q", f.Step.Role)
	}
	f.device = b.Device
	if err := f.Step.Curve.Validate(); err != nil {
		return failed("the measurements make no calibration: %s", err)
	}
	channel := f.Step.Channel
	if c, ok := b.Channels[channel]; ok {
		channel = c
	}
	in := activities.SaveCalibrationInput{
		Key: wire.CommandID(r.in.Run, f.Step.Node, f.visit()), Run: r.in.Run, Organisation: r.in.Organisation,
		Device: b.Device, Channel: channel, Curve: *f.Step.Curve, At: workflow.Now(ctx),
	}
	var out activities.SaveCalibrationResult
	if err := r.store(ctx, act.SaveCalibration, in, &out, "keep the calibration"); err != nil {
		return failed("%s", reason(err))
	}
	r.record("calibration", f.Step.Node, channel, words(map[string]any{"visit": f.Step.Visit, "device": b.Device, "id": out.ID, "points": f.Step.Curve.Points}))
	return plan.Completion{}
}
