package activities

import (
	"context"
	"time"

	"go.temporal.io/sdk/activity"
)

// Expected are rows that a device has recorded: all of Boot up to Seq.
type Expected struct {
	Device string `json:"device"`
	Boot   string `json:"boot"`
	Seq    int64  `json:"seq"`
}

// SealInput says what has to be stored, and for how long to wait at most.
type SealInput struct {
	Expected []Expected    `json:"expected"`
	Patience time.Duration `json:"patience_ns"`
}

// SealResult lists what is not stored yet.
type SealResult struct {
	Missing []Expected `json:"missing,omitempty"`
}

// How often the store is asked: at once after a task, rarely after an hour.
const (
	firstLook = 10 * time.Millisecond
	lastLook  = 2 * time.Second
)

// Seal waits until every expected row is stored.
func (a *Activities) Seal(ctx context.Context, in SealInput) (SealResult, error) {
	missing, end := in.Expected, time.NewTimer(in.Patience)
	defer end.Stop()
	for look := firstLook; ; look = min(2*look, lastLook) {
		var still []Expected
		for _, e := range missing {
			seq, err := a.Store.StoredSeq(ctx, e.Device, e.Boot)
			if err != nil {
				return SealResult{}, never(err)
			}
			if seq < e.Seq {
				still = append(still, e)
			}
		}
		if missing = still; len(missing) == 0 {
			return SealResult{}, nil
		}
		activity.RecordHeartbeat(ctx)
		next := time.NewTimer(look)
		select {
		case <-next.C:
		case <-end.C:
			return SealResult{Missing: missing}, nil
		case <-ctx.Done():
			return SealResult{}, ctx.Err()
		}
	}
}
