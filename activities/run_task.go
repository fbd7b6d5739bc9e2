package activities

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/wire"
)

// RunTaskInput is a task for a device.
type RunTaskInput struct {
	Device  string       `json:"device"`
	Command wire.Command `json:"command"` // VerbTask
	// Seq is the first of TaskEvents numbers for run events about this task,
	// which the workflow cannot number because it does not see them.
	Seq int64 `json:"seq"`
}

// TaskEvents is how many event numbers a task has for itself.
const TaskEvents = 1000

// RunTaskResult is what the device said in the end. Exactly one is set.
type RunTaskResult struct {
	Result *wire.TaskResult `json:"result,omitempty"`
	// Interrupted is how far the task came when the device was restarted.
	Interrupted *wire.TaskProgress `json:"interrupted,omitempty"`
}

// lostAfter is the silence after which a device counts as lost. A heartbeat is
// due after 10 s; an attempt that comes earlier has another reason.
const lostAfter = 8 * time.Second

// RunTask gives a task to a device and does not wait for it: the worker that
// hears the final reply completes the activity. When no progress is heard for
// the heartbeat timeout, Temporal tries again, here or on another worker; the
// command is the same, and a reply that was given in between is found.
func (a *Activities) RunTask(ctx context.Context, in RunTaskInput) (RunTaskResult, error) {
	info := activity.GetInfo(ctx)
	in.Command.V = wire.Major
	saved, err := a.Store.SaveCommand(ctx, lab.Command{
		ID: in.Command.ID, Run: in.Command.Run, Device: in.Device, Node: in.Command.Node,
		Verb: string(in.Command.Verb), TaskToken: info.TaskToken,
	})
	if err != nil {
		return RunTaskResult{}, never(err)
	}
	if wire.State(saved.State).Final() {
		var reply wire.Reply
		if err := json.Unmarshal(saved.Reply, &reply); err != nil {
			return RunTaskResult{}, fmt.Errorf("command %s: reply: %w", saved.ID, err)
		}
		return Outcome(reply)
	}
	w := Watched{
		Command: in.Command.ID, Device: in.Device, Run: in.Command.Run, Node: in.Command.Node,
		Token: info.TaskToken, Seq: in.Seq,
	}
	if activity.HasHeartbeatDetails(ctx) {
		if err := activity.GetHeartbeatDetails(ctx, &w.Pulse); err != nil {
			w.Pulse = Pulse{} // of another version: only a nicer record is lost
		}
	}
	if err := a.silence(ctx, info, &w); err != nil {
		return RunTaskResult{}, err
	}
	if a.Watch != nil {
		a.Watch.Task(w)
	}
	if err := a.Devices.Send(ctx, in.Device, in.Command); err != nil {
		return RunTaskResult{}, fmt.Errorf("%s cannot be reached: %w", in.Device, err)
	}
	return RunTaskResult{}, activity.ErrResultPending
}

// silence records, once, that the device has fallen silent.
func (a *Activities) silence(ctx context.Context, info activity.Info, w *Watched) error {
	now := time.Now()
	if info.Attempt == 1 || w.Pulse.Silent || now.Sub(info.ScheduledTime) < lostAfter {
		return nil
	}
	if since := now.Sub(a.Started); since < lostAfter {
		// It may be us who were not there to hear it. It is asked now, and has as
		// long to answer as we were too short here.
		w.Doubt = max(lostAfter-since, leastDoubt)
		return nil
	}
	if err := a.Lost(ctx, w); err != nil {
		return err
	}
	activity.RecordHeartbeat(ctx, w.Pulse)
	return nil
}

// leastDoubt is what a device needs at least to answer.
const leastDoubt = 2 * time.Second

// Lost records that a device has fallen silent.
func (a *Activities) Lost(ctx context.Context, w *Watched) error {
	w.Pulse.Lost++
	w.Pulse.Silent = true
	return a.tell(ctx, *w, EventDeviceLost, time.Now())
}

// The run events that a task's worker records.
const (
	EventDeviceLost = "device_lost" // Name is the device
	EventDeviceBack = "device_back"
)

// Back records that a silent device was heard again.
func (a *Activities) Back(ctx context.Context, w Watched) error {
	return a.tell(ctx, w, EventDeviceBack, time.Now())
}

func (a *Activities) tell(ctx context.Context, w Watched, kind string, at time.Time) error {
	nth := int64(2 * (w.Pulse.Lost - 1))
	if kind == EventDeviceBack {
		nth++
	}
	if nth < 0 || nth >= TaskEvents {
		return nil // it is lost all the time; the log knows
	}
	body, err := json.Marshal(map[string]string{"command": w.Command})
	if err != nil {
		return err
	}
	events := []lab.RunEvent{{
		Run: w.Run, Seq: w.Seq + nth, At: at, Kind: kind, Node: w.Node, Name: w.Device, Body: body,
	}}
	if err := a.Store.AppendRunEvents(ctx, events); err != nil {
		return never(err)
	}
	a.nudge(ctx, w.Run, events)
	return nil
}

// Outcome reads a task's final reply. A refusal and a failure are errors that
// are not tried again.
func Outcome(reply wire.Reply) (RunTaskResult, error) {
	if err := refusal(reply); err != nil {
		return RunTaskResult{}, err
	}
	if reply.State == wire.Interrupted {
		p := &wire.TaskProgress{Boot: reply.Boot}
		if len(reply.Result) > 0 {
			if err := json.Unmarshal(reply.Result, p); err != nil {
				return RunTaskResult{}, unreadable(err)
			}
		}
		return RunTaskResult{Interrupted: p}, nil
	}
	r := &wire.TaskResult{}
	if err := json.Unmarshal(reply.Result, r); err != nil {
		return RunTaskResult{}, unreadable(err)
	}
	return RunTaskResult{Result: r}, nil
}

// unreadable is an answer that will not get better by asking again.
func unreadable(err error) error {
	return temporal.NewNonRetryableApplicationError("the device's answer cannot be read", TypeFailed, err)
}
