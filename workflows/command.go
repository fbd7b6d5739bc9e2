package workflows

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// maxAgain bounds how often a command is given again to a device that restarts
// in the middle of it.
const maxAgain = 5

// command does a set, a pulse or a read.
func (r *run) command(ctx workflow.Context, f *flight, b lab.Binding) plan.Completion {
	verb, body, err := r.body(f.Step, b)
	if err != nil {
		return failed("%s", err)
	}
	for {
		f.command = wire.CommandID(r.in.Run, f.Step.Node, f.visit())
		cmd := wire.Command{
			ID: f.command, Run: r.in.Run, Node: f.Step.Node, Visit: f.visit(),
			Verb: verb, Body: body, Epoch: r.epoch,
		}
		// Nobody can answer quickly that a long pulse is over.
		out, err := r.ask(ctx, f, cmd, f.Step.Duration < quickFor/2)
		if err != nil {
			return failed("%s", reason(err))
		}
		if out.Uncertain && verb == wire.VerbPulse { // never given twice
			r.recordText(plan.EventNote, f.Step.Node, "uncertain", "the device was restarted during the pulse")
			return plan.Completion{}
		}
		if out.Uncertain && f.Again < maxAgain {
			f.Again++
			continue
		}
		return answer(verb, out)
	}
}

// ask gives a command: quickly first, then visibly and for as long as it takes.
func (r *run) ask(ctx workflow.Context, f *flight, cmd wire.Command, quickly bool) (out activities.CommandResult, err error) {
	in := activities.CommandInput{Device: f.device, Command: cmd}
	quickly = r.inTurn(ctx) && quickly
	if quickly {
		err = workflow.ExecuteLocalActivity(quickCommand(ctx, r.what(f)), act.Command, in).Get(ctx, &out)
		if err == nil || never(err) || ctx.Err() != nil {
			return out, err
		}
		r.record(activities.EventDeviceLost, f.Step.Node, f.device, nil)
	}
	err = workflow.ExecuteActivity(patient(ctx, r.what(f)), act.Command, in).Get(ctx, &out)
	if quickly && err == nil {
		r.record(activities.EventDeviceBack, f.Step.Node, f.device, nil)
	}
	return out, err
}

// maxTurn is how many quick commands may follow each other in one turn of the
// workflow. Only between turns are updates heard and is the history kept; and a
// turn has to fit into one message to the server.
const maxTurn = 250

// inTurn counts a command of this turn. The history is as long as it was when
// the turn began.
func (r *run) inTurn(ctx workflow.Context) bool {
	if length := workflow.GetInfo(ctx).GetCurrentHistoryLength(); length != r.turn.length {
		r.turn.length, r.turn.commands = length, 0
	}
	r.turn.commands++
	return r.turn.commands <= maxTurn
}

// body is what the device is asked for.
func (r *run) body(s plan.Step, b lab.Binding) (wire.Verb, json.RawMessage, error) {
	channel := s.Channel
	if c, ok := b.Channels[channel]; ok {
		channel = c
	}
	var verb wire.Verb
	var body any
	switch s.Kind {
	case plan.KindSet:
		verb, body = wire.VerbSet, wire.SetBody{Channel: channel, Level: s.Level, MaxOn: s.MaxOn}
	case plan.KindRead:
		verb, body = wire.VerbRead, wire.ReadBody{Channel: channel}
	case plan.KindPulse:
		p := wire.PulseBody{Channel: channel, Duration: s.Duration, Microlitres: s.Microlitres}
		if s.Microlitres > 0 {
			c, ok, err := calibration(b, s.Channel)
			if err != nil {
				return "", nil, err
			}
			if !ok {
				return "", nil, fmt.Errorf("channel %s of %s has no calibration", s.Channel, b.Device)
			}
			p.Calibration = &c
		}
		verb, body = wire.VerbPulse, p
	default:
		return "", nil, fmt.Errorf("this version knows no step %q", s.Kind)
	}
	raw, err := encode(body)
	return verb, raw, err
}

// calibration finds a curve by the protocol's name of a channel, or the rig's.
func calibration(b lab.Binding, channel string) (c task.Calibration, ok bool, err error) {
	raw, ok := b.Calibrations[channel]
	if !ok {
		raw, ok = b.Calibrations[b.Channels[channel]]
	}
	if !ok {
		return c, false, nil
	}
	if err := decode(raw, &c); err != nil {
		return c, false, fmt.Errorf("calibration of %s: %w", channel, err)
	}
	return c, true, nil
}

// answer is what the device's answer means to the plan.
func answer(verb wire.Verb, out activities.CommandResult) plan.Completion {
	switch verb {
	case wire.VerbRead:
		if out.Uncertain {
			return failed("the device was restarted again and again while it was read")
		}
		var res wire.ReadResult
		if err := decode(out.Result, &res); err != nil {
			return failed("the device's reading cannot be read: %v", err)
		}
		return plan.Completion{Values: map[string]expr.Value{plan.ValueRead: expr.FloatValue(res.Value)}}
	case wire.VerbSet:
		if out.Uncertain {
			return failed("the device was restarted again and again while an output was set")
		}
	}
	return plan.Completion{}
}

// control gives a verb about a task and waits for the answer, for a time.
func (r *run) control(ctx workflow.Context, f *flight, verb wire.Verb, end time.Duration) error {
	body, err := encode(wire.ControlBody{Command: f.command})
	if err != nil {
		return err
	}
	r.controls.given++
	visit := strconv.Itoa(r.controls.given)
	in := activities.CommandInput{Device: f.device, Command: wire.Command{
		ID: wire.CommandID(r.in.Run, "control", visit), Run: r.in.Run, Node: "control", Visit: visit,
		Verb: verb, Body: body, Epoch: r.epoch,
	}}
	return r.give(ctx, in, fmt.Sprintf("%s task on %s", verb, f.device), end)
}

// give asks a device quickly first, then visibly, for a time.
func (r *run) give(ctx workflow.Context, in activities.CommandInput, what string, end time.Duration) error {
	err := workflow.ExecuteLocalActivity(quickCommand(ctx, what), act.Command, in).Get(ctx, nil)
	if err == nil || never(err) || ctx.Err() != nil {
		return err
	}
	return workflow.ExecuteActivity(bounded(ctx, what, end), act.Command, in).Get(ctx, nil)
}
