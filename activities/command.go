package activities

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"go.temporal.io/sdk/activity"

	"github.com/lics-lab/lics/wire"
)

// CommandInput is a command that a device answers within seconds: set, pulse,
// read, or a control of a task.
type CommandInput struct {
	Device  string       `json:"device"`
	Command wire.Command `json:"command"`
}

// CommandResult is the device's answer: the verb's result.
type CommandResult struct {
	Result json.RawMessage `json:"result,omitempty"`
	// Uncertain says that the device was restarted in the middle.
	Uncertain bool `json:"uncertain,omitempty"`
}

// beat is how often a waiting activity says that it is alive, and hears that
// it was cancelled.
const beat = 2 * time.Second

// Command gives a command and waits for its answer. It is asked again until ctx
// ends; the device acts on the first and answers the others from its journal.
func (a *Activities) Command(ctx context.Context, in CommandInput) (CommandResult, error) {
	in.Command.V = wire.Major
	stop := heartbeats(ctx)
	defer stop()
	reply, err := a.Devices.Do(ctx, in.Device, in.Command)
	if err != nil {
		return CommandResult{}, fmt.Errorf("%s does not answer: %w", in.Device, err)
	}
	if err := refusal(reply); err != nil {
		return CommandResult{}, err
	}
	return CommandResult{Result: reply.Result, Uncertain: reply.State == wire.Interrupted}, nil
}

// heartbeats beats until stop is called. A local activity needs none.
func heartbeats(ctx context.Context) (stop func()) {
	if activity.GetInfo(ctx).IsLocalActivity {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(beat)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				activity.RecordHeartbeat(ctx)
			}
		}
	}()
	return func() {
		cancel()
		<-done
	}
}
