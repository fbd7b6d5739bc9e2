// Package workflows runs a plan on Temporal. Run is the adapter between
// plan.Runner, which decides, and the activities, which do: it keeps what has
// to survive every process, and gives out event numbers, deadlines and command
// ids. It does no input or output and knows no clock but the workflow's.
//
// One coroutine owns the runner and tells it what is complete; each step in
// flight has a coroutine of its own; two more write events and the status to
// the store. Updates only set what is wanted and let the owner act.
package workflows

import (
	"encoding/json"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
)

// TaskQueue is where workers look for runs.
const TaskQueue = "lics"

// WorkflowID is the id of a run's workflow.
func WorkflowID(run string) string { return "run-" + run }

// RunInput is everything a run needs to know; it never changes while it lasts.
type RunInput struct {
	Run          string                     `json:"run"`
	Organisation string                     `json:"organisation"`
	Protocol     string                     `json:"protocol,omitempty"` // its name, to be found by
	Subject      string                     `json:"subject,omitempty"`
	Plan         plan.Plan                  `json:"plan"`
	Bindings     []lab.Binding              `json:"bindings"`
	Parameters   map[string]json.RawMessage `json:"parameters,omitempty"`
	Seed         int64                      `json:"seed"`

	// Continued is where the run was when its history became too long. Only
	// the workflow sets it.
	Continued *Continued `json:"continued,omitempty"`
}

// RunResult is how a run ended. Only a run that failed is also a failed
// workflow.
type RunResult struct {
	Status  lab.RunStatus `json:"status"`
	Outcome string        `json:"outcome,omitempty"`
	Error   string        `json:"error,omitempty"`
}

// TypeRunFailed is the type of the error of a run that failed.
const TypeRunFailed = "RunFailed"

// The updates of a run. Those without a word on it take a Control.
const (
	UpdatePause  = "pause"  // after the current steps; a task at its next trial
	UpdateResume = "resume" //
	UpdateStop   = "stop"   // end well, keep everything
	UpdateAbort  = "abort"  // fail, clean up
	UpdateHalt   = "halt"   // outputs off now
	UpdateAnswer = "answer" // takes an Answer

	// UpdateSetParameters changes live parameters; it takes a SetParameters and
	// answers with a SetParametersAnswer.
	UpdateSetParameters = "set_parameters"
)

// SetParameters gives live parameters other values: all of them, or none.
type SetParameters struct {
	Values map[string]json.RawMessage `json:"values"` // as package expr's Decode reads them
	By     string                     `json:"by,omitempty"`
	Why    string                     `json:"why,omitempty"`
}

// SetParametersAnswer lists what was set, in the order of the protocol's
// parameters.
type SetParametersAnswer struct {
	Changes []ParameterChange `json:"changes"`
}

// Applies says when a changed parameter holds.
type Applies string

// When a changed parameter holds.
const (
	AppliesUnchanged Applies = "UNCHANGED"  // it had that value
	AppliesNextStep  Applies = "NEXT_STEP"  // in what begins from now on
	AppliesNextTrial Applies = "NEXT_TRIAL" // and from the next trial of a running task on
)

// ParameterChange is a parameter that was set.
type ParameterChange struct {
	plan.Change
	Applies Applies `json:"applies"`
	// Unconfirmed are devices with a running task that have not answered yet;
	// they are told until they do.
	Unconfirmed []string `json:"unconfirmed,omitempty"`
}

// EventSetParameter is the kind of the run event of a change that a person
// wanted: Name is the parameter, the body has old, new, by and why. What a
// device then does is a row of its own, task.KindParameter.
const EventSetParameter = "set_parameter"

// TypeParameter is the type of an update's error about a value; its details are
// the plan.ParameterProblem and the parameter's name.
const TypeParameter = "Parameter"

// Control says who wants a control and why.
type Control struct {
	By  string `json:"by,omitempty"`
	Why string `json:"why,omitempty"`
}

// ControlAnswer is the status after a control.
type ControlAnswer struct {
	Status lab.RunStatus `json:"status"`
}

// Answer answers a question of a run.
type Answer struct {
	Step   string `json:"step"` // lab.HumanStep.ID
	Choice string `json:"choice,omitempty"`
	By     string `json:"by,omitempty"`
	// Values fill in the form, by the names of its fields.
	Values map[string]json.RawMessage `json:"values,omitempty"`
	// Confirmed says that implausible values are right.
	Confirmed bool `json:"confirmed,omitempty"`
	// Signature is the name under the statement, where one is asked for.
	Signature string `json:"signature,omitempty"`
}

// TypeRefused is the type of an update's error when it is not possible in the
// present state. The message says why, to a person.
const TypeRefused = "Refused"

// taskTimeout bounds one turn of the workflow. A chain of quick device commands
// is one turn, and an update has to wait until its end or four fifths of this.
const taskTimeout = 5 * time.Second

// StartOptions is how a run is started, so that it can be found and read in
// Temporal's own pages.
func StartOptions(in RunInput) client.StartWorkflowOptions {
	return client.StartWorkflowOptions{
		ID:                    WorkflowID(in.Run),
		TaskQueue:             TaskQueue,
		WorkflowTaskTimeout:   taskTimeout,
		TypedSearchAttributes: temporal.NewSearchAttributes(attributes(in, lab.RunStarting)...),
		StaticSummary:         summary(in),
		StaticDetails:         details(in),
	}
}
