package workflows

import (
	"errors"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/plan"
)

// ExportID is the id of the workflow that makes the files of a run.
func ExportID(run string) string { return "export-" + run }

// ExportInput names a run that is over.
type ExportInput struct {
	Run          string `json:"run"`
	Organisation string `json:"organisation"`
}

// ExportOptions is how the files of a run are begun to be made.
func ExportOptions(in ExportInput, protocol string) client.StartWorkflowOptions {
	return client.StartWorkflowOptions{
		ID: ExportID(in.Run), TaskQueue: TaskQueue, WorkflowTaskTimeout: taskTimeout,
		StaticSummary:         limit("files of a run of "+protocol, 200),
		TypedSearchAttributes: temporal.NewSearchAttributes(AttributeOrganisation.ValueSet(in.Organisation), AttributeProtocol.ValueSet(protocol)),
	}
}

// ExportResult counts the files.
type ExportResult struct {
	Stored int `json:"stored"`
	Failed int `json:"failed,omitempty"`
	// Missing are the rows that never came, in sentences.
	Missing []string `json:"missing,omitempty"`
}

const (
	// firstLook is the pause after the first look for missing rows; it doubles
	// up to lastLook.
	firstLook = 5 * time.Second
	lastLook  = 6 * time.Hour
	// filesWithin is how long the files wait for missing rows. Then they are
	// made without, and again when the rows have come.
	filesWithin = 2 * time.Minute
	// rowsWithin is how long a device may be away and still complete the files.
	rowsWithin = 30 * 24 * time.Hour
	// storeWithin is how long the object store may be away.
	storeWithin = 7 * 24 * time.Hour
)

// Export makes the files that a protocol wants of a run that is over, and puts
// them into the object store. Each file tells in the store what became of it:
// a file that cannot be made is no failure of the workflow.
func Export(ctx workflow.Context, in ExportInput) (out ExportResult, err error) {
	begun := workflow.Now(ctx)
	for pause, made := firstLook, false; ; pause = min(2*pause, lastLook) {
		var wanted activities.WantedFilesResult
		actx := persistent(ctx, "look which files are wanted, and whether every row is there")
		if err := workflow.ExecuteActivity(actx, act.WantedFiles, activities.WantedFilesInput{Run: in.Run}).Get(ctx, &wanted); err != nil {
			return out, err
		}
		waited := workflow.Now(ctx).Sub(begun)
		complete := len(wanted.Missing) == 0
		if complete || !made && waited >= filesWithin {
			if out, err = exportFiles(ctx, in, wanted); err != nil {
				return out, err
			}
			made = true
		}
		if complete || waited >= rowsWithin || len(wanted.Files) == 0 {
			return out, nil
		}
		if err := workflow.Sleep(ctx, pause); err != nil {
			return out, err
		}
	}
}

// exportFiles makes one file after the other: a long run is read as often as it
// has files, and other runs want the database too.
func exportFiles(ctx workflow.Context, in ExportInput, wanted activities.WantedFilesResult) (ExportResult, error) {
	out := ExportResult{Missing: wanted.Missing}
	end := workflow.Now(ctx).Add(storeWithin)
	for _, f := range wanted.Files {
		what := string(f.Format) + " of the " + string(f.Table)
		actx := workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
			ScheduleToCloseTimeout: max(end.Sub(workflow.Now(ctx)), time.Hour), // when the first has used up the time, one more look
			StartToCloseTimeout:    12 * time.Hour,
			HeartbeatTimeout:       30 * time.Second,
			RetryPolicy:            &temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 2, MaximumInterval: 5 * time.Minute},
			Summary:                limit("make "+what, 200),
		})
		err := workflow.ExecuteActivity(actx, act.ExportFile, activities.ExportFileInput{
			Run: in.Run, Organisation: in.Organisation, WantedFile: f, Missing: wanted.Missing,
		}).Get(ctx, nil)
		if err == nil {
			out.Stored++
			continue
		}
		if ctx.Err() != nil {
			return out, err
		}
		out.Failed++
		failed := activities.FailFileInput{Run: in.Run, WantedFile: f, Error: "No attempt succeeded in time; the log of the workers says why."}
		if app, ok := errors.AsType[*temporal.ApplicationError](err); ok {
			failed.Error = app.Message()
		}
		if err := workflow.ExecuteActivity(persistent(ctx, "give up "+what), act.FailFile, failed).Get(ctx, nil); err != nil {
			return out, err
		}
	}
	return out, nil
}

// changeFiles names the change by which runs make their files.
const changeFiles = "files"

// makeFiles lets the files of the run be made, by a workflow of its own: the run
// is over, and neither a device nor an object store that is away keeps it open.
// Histories from before files were made go on without.
func (r *run) makeFiles() {
	wanted := false
	for _, n := range r.in.Plan.Nodes {
		wanted = wanted || n.Kind == plan.KindExport
	}
	if !wanted || workflow.GetVersion(r.ctx, changeFiles, workflow.DefaultVersion, 1) == workflow.DefaultVersion {
		return
	}
	in := ExportInput{Run: r.in.Run, Organisation: r.in.Organisation}
	o := ExportOptions(in, r.in.protocol())
	ctx := workflow.WithChildOptions(r.ctx, workflow.ChildWorkflowOptions{
		WorkflowID: o.ID, WorkflowTaskTimeout: o.WorkflowTaskTimeout, StaticSummary: o.StaticSummary, TypedSearchAttributes: o.TypedSearchAttributes,
		ParentClosePolicy: enumspb.PARENT_CLOSE_POLICY_ABANDON,
	})
	child := workflow.ExecuteChildWorkflow(ctx, Export, in)
	if err := child.GetChildWorkflowExecution().Get(ctx, nil); err != nil && !temporal.IsWorkflowExecutionAlreadyStartedError(err) {
		workflow.GetLogger(r.ctx).Error("the files of the run are not made", "error", err)
	}
}
