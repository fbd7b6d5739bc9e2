package activities

import (
	"context"

	"github.com/lics-lab/lics/lab"
)

// AskHumanInput is the question.
type AskHumanInput struct {
	Step lab.HumanStep `json:"step"`
}

// AskHumanResult is empty; the answer comes as an update of the workflow.
type AskHumanResult struct{}

// AskHuman puts a question to people. A repeat changes nothing.
func (a *Activities) AskHuman(ctx context.Context, in AskHumanInput) (AskHumanResult, error) {
	return AskHumanResult{}, never(a.Store.AskHuman(ctx, in.Step))
}

// CloseHumanInput names questions that nobody needs to answer any more.
type CloseHumanInput struct {
	Steps []string `json:"steps"`
}

// CloseHumanResult is empty.
type CloseHumanResult struct{}

// CloseHuman takes questions back. Answered ones stay as they are.
func (a *Activities) CloseHuman(ctx context.Context, in CloseHumanInput) (CloseHumanResult, error) {
	for _, id := range in.Steps {
		if err := a.Store.CloseHuman(ctx, id); err != nil {
			return CloseHumanResult{}, never(err)
		}
	}
	return CloseHumanResult{}, nil
}
