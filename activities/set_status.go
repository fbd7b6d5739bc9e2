package activities

import (
	"context"

	"github.com/lics-lab/lics/lab"
)

// SetStatusInput is a status that is not final.
type SetStatusInput struct {
	Run    string        `json:"run"`
	Status lab.RunStatus `json:"status"`
}

// SetStatusResult is empty.
type SetStatusResult struct{}

// SetStatus shows where the run is.
func (a *Activities) SetStatus(ctx context.Context, in SetStatusInput) (SetStatusResult, error) {
	_, err := a.Store.SetRunStatus(ctx, in.Run, in.Status)
	if err == nil {
		a.nudge(ctx, in.Run, nil)
	}
	return SetStatusResult{}, never(err)
}
