package workflows

import (
	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/wire"
)

// gate lets the store decide about the training of the subject.
func (r *run) gate(ctx workflow.Context, f *flight) plan.Completion {
	if f.Step.Gate == nil {
		return failed("the step has nothing to decide by")
	}
	in := activities.JudgeStageInput{ID: wire.CommandID(r.in.Run, f.Step.Node, f.visit()), Run: r.in.Run, Gate: *f.Step.Gate}
	var out activities.JudgeStageResult
	if err := r.store(ctx, act.JudgeStage, in, &out, "decide about the stage"); err != nil {
		return failed("%s", reason(err))
	}
	r.record("stage", f.Step.Node, out.Verdict, words(map[string]any{
		"visit": f.Step.Visit, "gate": in.Gate.Gate, "stage": in.Gate.Stage, "value": in.Gate.Value, "score": out.Score,
	}))
	return plan.Completion{Port: out.Verdict}
}
