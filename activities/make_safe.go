package activities

import (
	"context"
	"sync"
	"time"

	"github.com/lics-lab/lics/wire"
)

// MakeSafeInput names the devices of a run that shall go to their safe state.
type MakeSafeInput struct {
	Run     string   `json:"run"`
	Visit   string   `json:"visit"` // makes the command's id the same on every attempt
	Epoch   int64    `json:"epoch"`
	Devices []string `json:"devices"`
	// Patience bounds the wait for a device that is gone. Its own lease has
	// turned its outputs off by then.
	Patience time.Duration `json:"patience_ns"`
}

// MakeSafeResult lists, in the order of the input, the devices that did not
// confirm, and why.
type MakeSafeResult struct {
	Missing []Unsafe `json:"missing,omitempty"`
}

// Unsafe is a device that did not confirm.
type Unsafe struct {
	Device string `json:"device"`
	Why    string `json:"why"`
}

// MakeSafe tells all devices at once and waits for each.
func (a *Activities) MakeSafe(ctx context.Context, in MakeSafeInput) (MakeSafeResult, error) {
	stop := heartbeats(ctx)
	defer stop()
	why := make([]string, len(in.Devices))
	wait, cancel := context.WithTimeout(ctx, in.Patience)
	defer cancel()
	var all sync.WaitGroup
	for i, device := range in.Devices {
		all.Go(func() {
			reply, err := a.Devices.Do(wait, device, wire.Command{
				V: wire.Major, ID: wire.CommandID(in.Run, "safe", in.Visit+"."+device), Run: in.Run, Node: "safe",
				Visit: in.Visit + "." + device, Verb: wire.VerbSafe, Epoch: in.Epoch,
			})
			if err == nil {
				err = refusal(reply)
			}
			if err != nil {
				why[i] = err.Error()
			}
		})
	}
	all.Wait()
	if err := ctx.Err(); err != nil { // not the patience: the attempt itself
		return MakeSafeResult{}, err
	}
	var out MakeSafeResult
	for i, text := range why {
		if text != "" {
			out.Missing = append(out.Missing, Unsafe{Device: in.Devices[i], Why: text})
		}
	}
	return out, nil
}
