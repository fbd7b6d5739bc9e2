package workflows

import (
	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/plan"
)

// export marks the run for export; the files are made by Export when it is over.
func (r *run) export(ctx workflow.Context, f *flight) plan.Completion {
	if f.Step.Export == nil {
		return failed("the step has no formats")
	}
	in := activities.MarkExportsInput{Run: r.in.Run, Node: f.Step.Node, Formats: f.Step.Export.Formats}
	if err := r.store(ctx, act.MarkExports, in, nil, "mark the exports of the run"); err != nil {
		return failed("%s", reason(err))
	}
	r.record("export", f.Step.Node, "marked", words(map[string]any{
		"visit": f.Step.Visit, "formats": in.Formats,
		"text": "The files are made when the run is over, and kept in the object store.",
	}))
	return plan.Completion{}
}
