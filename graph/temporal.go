package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/workflows"
)

// Temporal is the Runner that starts workflows.
type Temporal struct {
	Client client.Client
}

// How long Temporal may take to answer. A control is answered by the workflow,
// which needs a worker.
const (
	startTimeout  = 10 * time.Second
	updateTimeout = 15 * time.Second
)

// Start begins the workflow of a run, unless it was ever begun: its id is the
// run's, and a run is never run twice.
func (t Temporal) Start(ctx context.Context, run lab.Run, subject string, p plan.Plan) error {
	in := workflows.RunInput{
		Run: run.ID, Organisation: run.Organisation, Protocol: run.ProtocolName, Subject: subject,
		Plan: p, Seed: run.Seed,
	}
	if err := json.Unmarshal(run.Bindings, &in.Bindings); err != nil {
		return fmt.Errorf("bindings of run %s: %w", run.ID, err)
	}
	if err := json.Unmarshal(run.Parameters, &in.Parameters); err != nil {
		return fmt.Errorf("parameters of run %s: %w", run.ID, err)
	}
	o := workflows.StartOptions(in)
	o.WorkflowIDReusePolicy = enums.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE
	o.WorkflowExecutionErrorWhenAlreadyStarted = true
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	_, err := t.Client.ExecuteWorkflow(ctx, o, workflows.Run, in)
	var started *serviceerror.WorkflowExecutionAlreadyStarted
	if err == nil || errors.As(err, &started) {
		return nil
	}
	return temporalError(err, "Temporal could not start the run. Try again with the same key.")
}

// Control asks the workflow of a run, and waits until it has heard.
func (t Temporal) Control(ctx context.Context, run string, c Control) error {
	return t.update(ctx, run, string(c.Action), workflows.Control{By: c.By, Why: c.Reason})
}

// Answer passes an answer on.
func (t Temporal) Answer(ctx context.Context, step lab.HumanStep) error {
	answer := workflows.Answer{Step: step.ID, Choice: step.Answer, By: step.AnsweredBy, Confirmed: step.Confirmed, Signature: step.Signature}
	if len(step.Values) > 0 {
		if err := json.Unmarshal(step.Values, &answer.Values); err != nil {
			return fmt.Errorf("values of %s: %w", step.ID, err)
		}
	}
	return t.update(ctx, step.Run, workflows.UpdateAnswer, answer)
}

// MakeFiles starts the workflow that makes files. One that still waits for rows
// does not know of further formats: it makes way.
func (t Temporal) MakeFiles(ctx context.Context, run lab.Run) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	in := workflows.ExportInput{Run: run.ID, Organisation: run.Organisation}
	o := workflows.ExportOptions(in, run.ProtocolName)
	o.WorkflowIDConflictPolicy = enums.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING
	_, err := t.Client.ExecuteWorkflow(ctx, o, workflows.Export, in)
	if err == nil {
		return nil
	}
	return temporalError(err, "Temporal could not begin to make the files. Try again.")
}

func (t Temporal) update(ctx context.Context, run, name string, arg any) error {
	return t.ask(ctx, run, name, arg, nil)
}

// ask sends an update and takes its answer, where there is one.
func (t Temporal) ask(ctx context.Context, run, name string, arg, answer any) error {
	ctx, cancel := context.WithTimeout(ctx, updateTimeout)
	defer cancel()
	h, err := t.Client.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		WorkflowID: workflows.WorkflowID(run), UpdateName: name, Args: []any{arg},
		WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err == nil {
		err = h.Get(ctx, answer)
	}
	if err == nil {
		return nil
	}
	if refused, ok := errors.AsType[*temporal.ApplicationError](err); ok {
		switch refused.Type() {
		case workflows.TypeRefused:
			return lab.Errorf(lab.State, "%s", refused.Message())
		case workflows.TypeParameter:
			return wrongParameter(refused)
		}
	}
	if _, gone := errors.AsType[*serviceerror.NotFound](err); gone {
		return lab.Errorf(lab.State, "Run %s is not under way: it has not begun, or is over.", run)
	}
	return temporalError(err, "The run did not answer. It may still have heard; look at its status before you try again.")
}

// temporalError says that Temporal is away, and keeps the cause for the log.
func temporalError(err error, message string) error {
	return &unavailable{lab: &lab.Error{Code: lab.Unavailable, Message: message}, cause: err}
}

type unavailable struct {
	lab   *lab.Error
	cause error
}

func (u *unavailable) Error() string   { return u.lab.Message + " (" + u.cause.Error() + ")" }
func (u *unavailable) Unwrap() []error { return []error{u.lab, u.cause} }

// RunPage makes the address of a run's page in Temporal's web interface.
func RunPage(ui, namespace string) func(run string) string {
	if ui == "" {
		return nil
	}
	return func(run string) string {
		return strings.TrimSuffix(ui, "/") + "/namespaces/" + namespace + "/workflows/" + workflows.WorkflowID(run)
	}
}
