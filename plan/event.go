package plan

import (
	"encoding/json"

	"github.com/lics-lab/lics/expr"
)

// Event is a recorded fact of the run that the runner knows. Whoever drives the
// runner gives it its time and number.
type Event struct {
	Kind  string     `json:"kind"`
	Node  string     `json:"node,omitempty"`
	Visit string     `json:"visit,omitempty"`
	Name  string     `json:"name,omitempty"`  // a port, or a variable
	Value expr.Value `json:"value,omitzero"`  // of a variable, or an iteration's element
	Index int        `json:"index,omitempty"` // of an iteration, from 1
	Error string     `json:"error,omitempty"`
}

// The kinds of events a Runner emits.
const (
	EventStarted   = "step_started"   // Node is awaited, or a loop began
	EventDone      = "step_done"      // Node took the port Name
	EventFailed    = "step_failed"    // Error says why
	EventCancelled = "step_cancelled" // another way was faster, or the run ended
	EventBranch    = "branch"         // Node chose the port Name
	EventVariable  = "variable"       // the variable Name is now Value
	EventIteration = "iteration"      // of the loop Node; Value is the element
	EventNote      = "note"           // something a person should know
	EventDraw      = "draw"           // Node drew Value, for what Name says
)

// Body is what a lab.RunEvent carries beside the kind, the node and the name.
//
//workflowcheck:ignore
func (e Event) Body() json.RawMessage {
	b, err := json.Marshal(struct {
		Visit string     `json:"visit,omitempty"`
		Value expr.Value `json:"value,omitzero"`
		Index int        `json:"index,omitempty"`
		Error string     `json:"error,omitempty"`
	}{e.Visit, e.Value, e.Index, e.Error})
	if err != nil { // a value without a JSON form cannot be made by package expr
		return json.RawMessage(`{}`)
	}
	return b
}

func (r *Runner) emit(e Event) { r.events = append(r.events, e) }
