package node

import (
	"encoding/json"

	"github.com/lics-lab/lics/task"
)

// Declarations are what a composite adds to the names of its task. They are
// asked for before any expression of the task is read, so that guards anywhere
// in it can use them.
type Declarations struct {
	name      string
	Variables []task.Variable
	Streams   []OwnStream
	Timers    []OwnTimer
	Events    []string
}

// OwnStream is a stream of a composite. Unless it is Derived, its fields are
// those of the node, and diagnostics point to them.
type OwnStream struct {
	task.Stream
	Derived bool
}

// OwnTimer is a global timer of a composite.
type OwnTimer struct {
	task.Timer
	// Open timers are for the author of the task to stop and to answer; the
	// others the composite looks after itself.
	Open bool
}

// NewDeclarations begins those of a node.
func NewDeclarations(name string) *Declarations { return &Declarations{name: name} }

// variable declares a variable that begins at the zero value of its type.
func (d *Declarations) variable(suffix, typ string) {
	d.Variables = append(d.Variables, task.Variable{Name: own(d.name, suffix), Type: typ})
}

// silent declares a variable whose changes are not recorded.
func (d *Declarations) silent(suffix, typ string) {
	d.Variables = append(d.Variables, task.Variable{Name: own(d.name, suffix), Type: typ, Silent: true})
}

// timer declares a global timer, which raises the event of its name. It must
// be stopped wherever the composite is left.
func (d *Declarations) timer(suffix, duration string) {
	d.Timers = append(d.Timers, OwnTimer{Timer: task.Timer{Name: own(d.name, suffix), Duration: duration}})
}

// event declares an event that the composite raises.
func (d *Declarations) event(suffix string) { d.Events = append(d.Events, own(d.name, suffix)) }

// declare adapts a hook that takes typed data.
func declare[T any](f func(*Declarations, T)) func(Reporter, json.RawMessage, *Declarations) {
	return func(r Reporter, raw json.RawMessage, d *Declarations) {
		if data, ok := Decode[T](r, raw); ok {
			f(d, data)
		}
	}
}
