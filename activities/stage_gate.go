package activities

import (
	"context"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
)

// JudgeStageInput is how a session went, and how it is judged.
type JudgeStageInput struct {
	ID   string      `json:"id"` // run/node/visit: decides once
	Run  string      `json:"run"`
	Gate plan.Gating `json:"gate"`
}

// JudgeStageResult is what was decided.
type JudgeStageResult struct {
	Verdict string  `json:"verdict"`
	Score   float64 `json:"score"`
}

// JudgeStage decides about the training of a run's subject by its history, and
// keeps the decision. A repeat gives the same.
func (a *Activities) JudgeStage(ctx context.Context, in JudgeStageInput) (JudgeStageResult, error) {
	r, err := a.Store.JudgeStage(ctx, lab.StageRecord{
		ID: in.ID, Run: in.Run, Gate: in.Gate.Gate, Stage: in.Gate.Stage, Value: in.Gate.Value,
	}, in.Gate.Judge)
	return JudgeStageResult{Verdict: r.Verdict, Score: r.Score}, never(err)
}
