package activities

import (
	"context"
	"time"

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

// RemindHumanInput says of which question people are reminded.
type RemindHumanInput struct {
	Step string    `json:"step"`
	Also string    `json:"also,omitempty"` // and who may since it was escalated
	At   time.Time `json:"at"`
}

// RemindHumanResult is empty; who watches the run hears of it by its event.
type RemindHumanResult struct{}

// RemindHuman notes that a question needs attention, and whose besides.
func (a *Activities) RemindHuman(ctx context.Context, in RemindHumanInput) (RemindHumanResult, error) {
	return RemindHumanResult{}, never(a.Store.RemindHuman(ctx, in.Step, in.Also, in.At))
}

// RecordWeightInput is what a person measured.
type RecordWeightInput struct {
	Run    string     `json:"run"`
	Weight lab.Weight `json:"weight"`
}

// RecordWeightResult is empty.
type RecordWeightResult struct{}

// RecordWeight keeps the weight of a run's subject. A repeat changes nothing.
func (a *Activities) RecordWeight(ctx context.Context, in RecordWeightInput) (RecordWeightResult, error) {
	return RecordWeightResult{}, never(a.Store.RecordWeight(ctx, in.Weight))
}
