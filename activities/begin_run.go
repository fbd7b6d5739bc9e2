package activities

import "context"

// BeginRunInput says which run begins.
type BeginRunInput struct {
	Run string `json:"run"`
}

// BeginRunResult is what the run's commands carry.
type BeginRunResult struct {
	Epoch int64 `json:"epoch"`
}

// BeginRun makes the caller the master of the run. A second attempt gives a
// higher epoch, which is harmless: only the latest is used.
func (a *Activities) BeginRun(ctx context.Context, in BeginRunInput) (BeginRunResult, error) {
	epoch, err := a.Store.BeginRun(ctx, in.Run)
	if err == nil {
		a.nudge(ctx, in.Run, nil)
	}
	return BeginRunResult{Epoch: epoch}, never(err)
}
