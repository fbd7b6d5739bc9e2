package graph

import (
	"context"

	"go.temporal.io/sdk/temporal"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/workflows"
)

// setRunParameters passes new values of live parameters on to a run.
func (r *Resolver) setRunParameters(ctx context.Context, in gen.SetRunParametersInput) (gen.SetRunParametersPayload, error) {
	var none gen.SetRunParametersPayload
	values, err := object(in.Values, "values")
	if err != nil {
		return none, err
	}
	if len(values) == 0 {
		return none, lab.FieldErrorf("values", "Name a parameter and its new value.")
	}
	u, run, err := r.controllable(ctx, in.RunID)
	if err != nil {
		return none, err
	}
	r.audit(ctx, u, "set_run_parameters", run.ID, map[string]any{"values": in.Values, "reason": value(in.Reason)})
	changes, err := r.Runner.SetParameters(ctx, run.ID, workflows.SetParameters{Values: values, By: u.Name, Why: value(in.Reason)})
	if err != nil {
		return none, err
	}
	r.Log.InfoContext(ctx, "run parameters set", "run", run.ID, "by", u.Name, "values", string(in.Values))
	out := gen.SetRunParametersPayload{Changes: make([]gen.ParameterChange, len(changes))}
	for i, c := range changes {
		out.Changes[i] = gen.ParameterChange{
			Name: c.Name, Old: c.Old, New: c.New, Applies: gen.ParameterApplies(c.Applies), Unconfirmed: c.Unconfirmed,
		}
		if c.Unconfirmed == nil {
			out.Changes[i].Unconfirmed = []string{}
		}
	}
	out.Run, err = r.Store.Run(ctx, u.Organisation, run.ID)
	return out, err
}

// SetParameters asks the workflow of a run, and waits until it has answered.
func (t Temporal) SetParameters(ctx context.Context, run string, in workflows.SetParameters) ([]workflows.ParameterChange, error) {
	var answer workflows.SetParametersAnswer
	err := t.ask(ctx, run, workflows.UpdateSetParameters, in, &answer)
	return answer.Changes, err
}

// wrongParameter is what the API says of a value that a run refused.
func wrongParameter(refused *temporal.ApplicationError) error {
	var problem plan.ParameterProblem
	var name string
	if err := refused.Details(&problem, &name); err != nil {
		return lab.FieldErrorf("values", "%s", refused.Message())
	}
	code, ok := map[plan.ParameterProblem]lab.Code{
		plan.ParameterUnknown: lab.UnknownParameter, plan.ParameterNotLive: lab.NotLive,
		plan.ParameterType: lab.WrongType, plan.ParameterLimits: lab.OutOfLimits,
	}[problem]
	if !ok {
		code = lab.Invalid
	}
	return &lab.Error{Code: code, Field: "values." + name, Message: refused.Message()}
}
