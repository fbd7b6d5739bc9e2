package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// Words checks what people write into fields.
type Words interface {
	Reporter
	// Expr checks an expression and returns it, or nil when it is empty or
	// wrong. With want it has one of these types.
	Expr(field, src string, want ...expr.Type) *expr.Expr
	// Text checks a template with {expressions}.
	Text(field, src string)
	// Assign notes that a variable gets a value of type t; with t Invalid only
	// that it gets one. It returns the variable's type.
	Assign(field, variable string, t expr.Type) expr.Type
}

// Site is what a kind of the session level may ask of the protocol around it.
type Site interface {
	Words
	// Role is the role a field names; with one role in the protocol, an empty
	// field means that one.
	Role(field, name string) string
	// Channel notes that the protocol uses a role's channel in a direction.
	Channel(field, role, channel string, d task.Direction)
	// Volume notes that a channel needs a calibration.
	Volume(role, channel string)
	// Spend says whether so many trials may still be tried out while the
	// protocol is checked.
	Spend(trials int) bool
	// Input is the input of a role that raises an event, and notes its use.
	Input(field, role, event string) (task.Channel, bool)
}

// TaskSite is what a kind of the task level may ask of the task around it.
type TaskSite interface {
	Words
	// Output notes that the task drives a channel.
	Output(field, channel string)
	// Volume notes that a channel needs a calibration.
	Volume(channel string)
	// Stream is the type of a stream's values, Invalid when it is unknown.
	Stream(field, name string) expr.Type
	// Timer notes the use of a global timer.
	Timer(field, name string)
	// Event notes that an event is answered.
	Event(field, name string)
	// Input notes that the task reads the level of a channel, and says the
	// events of its edges.
	Input(field, channel string) (rising, falling string)
	// Opposite is the event that ends what an event begins: the other edge of
	// the input; empty when the event is no edge.
	Opposite(event string) string
}

// required reports a field that an otherwise correct node needs.
func required(r Reporter, field, value, message, hint string) bool {
	if value != "" {
		return true
	}
	r.Report(diagnostic.BadData, field, message, hint)
	return false
}

// levels are the types that an output can be driven with.
var levels = []expr.Type{expr.Bool, expr.Int, expr.Float}
