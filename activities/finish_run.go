package activities

import (
	"context"

	"github.com/lics-lab/lics/lab"
)

// FinishRunInput is how the run ended.
type FinishRunInput struct {
	Run     string        `json:"run"`
	Status  lab.RunStatus `json:"status"`
	Outcome string        `json:"outcome,omitempty"`
	Error   string        `json:"error,omitempty"` // for a person
}

// FinishRunResult is the status that the run has now: the first final one.
type FinishRunResult struct {
	Status lab.RunStatus `json:"status"`
}

// FinishRun writes the final status. One that is there already stays.
func (a *Activities) FinishRun(ctx context.Context, in FinishRunInput) (FinishRunResult, error) {
	run, err := a.Store.FinishRun(ctx, in.Run, in.Status, in.Outcome, in.Error)
	if err == nil {
		a.nudge(ctx, in.Run, nil)
	}
	return FinishRunResult{Status: run.Status}, never(err)
}
