// Package plan is a compiled protocol: what the workflow receives and what
// lives in Temporal's histories. Fields are only added, never changed, while
// runs of that age are alive. The package also holds the Runner that moves
// tokens through a plan; it knows no clock, no device and no Temporal, so a
// workflow and a dry-run use the same one.
package plan

import (
	"encoding/json"
	"time"

	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// Format is the version of the plan format this package writes.
const Format = 1

// Plan is a protocol's session level with its tasks compiled to programs.
//
// A field documented as an expression holds source text of package expr. In
// scope are the Parameters, then the Variables, in that order.
type Plan struct {
	Format     int         `json:"format"`
	Name       string      `json:"name"`
	Hash       string      `json:"hash"` // content hash of the protocol version
	Roles      []Role      `json:"roles,omitempty"`
	Parameters []Parameter `json:"parameters,omitempty"`
	Variables  []Variable  `json:"variables,omitempty"`
	// Nodes of all levels of loops, in a stable order. Exactly one is a start.
	Nodes []Node `json:"nodes"`
}

// Role is a device the protocol needs, by the name it uses for it.
type Role struct {
	Name string `json:"name"`
	// Channels are those that the protocol uses, with their directions.
	Channels []task.Channel `json:"channels,omitempty"`
	// Volumes are the channels that need a calibration.
	Volumes []string `json:"volumes,omitempty"`
	// Shaped are the outputs that are driven with a ramp or at a frequency, which
	// not every part can do.
	Shaped []string `json:"shaped,omitempty"`
}

// Parameter is a value chosen when a run starts.
type Parameter struct {
	Name    string          `json:"name"`
	Type    string          `json:"type"`
	Default json.RawMessage `json:"default,omitempty"` // as package expr's Decode reads it; absent: must be given
	Label   string          `json:"label,omitempty"`
	Help    string          `json:"help,omitempty"`
	Unit    string          `json:"unit,omitempty"`
	Minimum *float64        `json:"minimum,omitempty"`
	Maximum *float64        `json:"maximum,omitempty"`
	Options json.RawMessage `json:"options,omitempty"` // a list of allowed values
	Live    bool            `json:"live,omitempty"`
}

// Variable is a value of the run that steps may change.
type Variable struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Initial string `json:"initial,omitempty"` // an expression over the parameters
}

// Kind is the kind of a plan node.
type Kind string

// The kinds of plan nodes.
const (
	KindStart    Kind = "start"
	KindEnd      Kind = "end"
	KindTask     Kind = "task"
	KindSet      Kind = "set"
	KindPulse    Kind = "pulse"
	KindRead     Kind = "read"
	KindWait     Kind = "wait"
	KindBranch   Kind = "branch"
	KindRepeat   Kind = "repeat"
	KindForEach  Kind = "for_each"
	KindParallel Kind = "parallel"
	KindJoin     Kind = "join"
	KindRace     Kind = "race"
	KindAssign   Kind = "assign"
	KindHuman    Kind = "human"
	KindTrials   Kind = "trials"

	KindWaitUntil Kind = "wait_until"
	KindWatch     Kind = "watch"
	KindStaircase Kind = "staircase"
	KindSub       Kind = "sub_protocol"
	KindNotify    Kind = "notify"
	KindCall      Kind = "call_service"
	KindGate      Kind = "stage_gate"
	KindCalibrate Kind = "calibrate"
	KindCheck     Kind = "check_hardware"
	KindExport    Kind = "export"
)

// Node is one node of a plan. It fires when all its incoming wires are decided
// and at least one carries a token; when all were skipped it is skipped too,
// and so are the wires that leave it.
type Node struct {
	ID    string `json:"id"`
	Kind  Kind   `json:"kind"`
	Label string `json:"label,omitempty"`
	// Parent is the loop whose body the node belongs to; empty at the top.
	Parent string `json:"parent,omitempty"`
	// Out are the wires that leave the node, by port.
	Out []Wire `json:"out,omitempty"`

	// Exactly the field of the node's kind is set; start, join and race need
	// none.
	End      *End      `json:"end,omitempty"`
	Task     *Task     `json:"task,omitempty"`
	Set      *Set      `json:"set,omitempty"`
	Pulse    *Pulse    `json:"pulse,omitempty"`
	Read     *Read     `json:"read,omitempty"`
	Wait     *Wait     `json:"wait,omitempty"`
	Branch   *Branch   `json:"branch,omitempty"`
	Repeat   *Repeat   `json:"repeat,omitempty"`
	ForEach  *ForEach  `json:"for_each,omitempty"`
	Parallel *Parallel `json:"parallel,omitempty"`
	Assign   *Assign   `json:"assign,omitempty"`
	Human    *Human    `json:"human,omitempty"`
	Trials   *Trials   `json:"trials,omitempty"`

	WaitUntil *WaitUntil `json:"wait_until,omitempty"`
	Watch     *Watch     `json:"watch,omitempty"`
	Staircase *Staircase `json:"staircase,omitempty"`
	Sub       *Sub       `json:"sub,omitempty"`
	Notify    *Notify    `json:"notify,omitempty"`
	Call      *Call      `json:"call,omitempty"`
	Gate      *Gate      `json:"gate,omitempty"`
	Calibrate *Calibrate `json:"calibrate,omitempty"`
	Check     *Check     `json:"check,omitempty"`
	Export    *Export    `json:"export,omitempty"`
}

// Wire joins a port of a node to another node of the same level, or, from the
// port "body" of a loop, to a node of its body.
type Wire struct {
	Port string `json:"port"`
	To   string `json:"to"`
	Edge string `json:"edge,omitempty"` // id of the graph edge
}

// The ports that have a meaning to the runner.
const (
	PortOut     = "out"
	PortBody    = "body"    // of a loop: the first node of its body
	PortDone    = "done"    // of a loop, when it is over
	PortFailed  = "failed"  // taken, when wired, instead of failing the run
	PortTimeout = "timeout" // of a human step
)

// End ends a path of the run; the run is over when no token is left.
type End struct {
	Outcome string `json:"outcome,omitempty"` // a word for the run's outcome
}

// Task runs a program on the device of a role. Its ports are the program's
// ends, task.ExitLimit and PortFailed.
type Task struct {
	Role    string       `json:"role"`
	Program task.Program `json:"program"`
	// Parameters are expressions for the program's parameters, evaluated when
	// the step starts.
	Parameters map[string]string `json:"parameters,omitempty"`
	// Results copies a variable of the finished program (by its name) into a
	// variable of the run. The built-in results trials, microlitres and
	// outcome.<name> may be named too.
	Results     map[string]string `json:"results,omitempty"`
	OnInterrupt wire.OnInterrupt  `json:"on_interrupt,omitempty"` // default resume
}

// Set drives an output of a device until another step, its limit, or the end
// of the run.
type Set struct {
	Role    string        `json:"role"`
	Channel string        `json:"channel"`
	Level   string        `json:"level"` // expression
	MaxOn   time.Duration `json:"max_on_ns,omitempty"`
}

// Pulse drives an output for a time.
type Pulse struct {
	Role     string `json:"role"`
	Channel  string `json:"channel"`
	Duration string `json:"duration,omitempty"` // expression of type duration
	Volume   string `json:"volume,omitempty"`   // expression, microlitres
}

// Read reads a channel into a variable.
type Read struct {
	Role     string `json:"role"`
	Channel  string `json:"channel"`
	Variable string `json:"variable"` // of type float, or bool for a digital line
}

// Wait is a durable timer.
type Wait struct {
	Duration string `json:"duration"` // expression of type duration, ≥ 2 s
}

// Branch takes the port of the first case that holds, else "else".
type Branch struct {
	Cases []Case `json:"cases"`
}

// Case is one arm of a Branch.
type Case struct {
	Port string `json:"port"`
	When string `json:"when"` // bool expression
}

// PortElse is the port of a Branch of which no case holds.
const PortElse = "else"

// Repeat runs its body Count times, or until Until holds after an iteration.
// With both, whichever is first.
type Repeat struct {
	Count string `json:"count,omitempty"` // int expression, evaluated once
	Until string `json:"until,omitempty"` // bool expression
	// Index names an int variable that counts iterations from 1; optional.
	Index string `json:"index,omitempty"`
}

// ForEach runs its body once for each element of a list.
type ForEach struct {
	List  string `json:"list"` // list expression, evaluated once
	Item  string `json:"item"` // variable that holds the element
	Index string `json:"index,omitempty"`
}

// Parallel sends a token along each of its ports.
type Parallel struct {
	Branches []string `json:"branches"` // ports
}

// Assign changes variables, in order.
type Assign struct {
	Set []Assignment `json:"set"`
}

// Assignment is Variable = Value.
type Assignment struct {
	Variable string `json:"variable"`
	Value    string `json:"value"` // expression
}

// Human waits for a person to confirm or to choose. Its ports are the Choices
// (or PortOut when there are none) and, with Timeout, PortTimeout.
type Human struct {
	Title   string   `json:"title"`
	Text    string   `json:"text,omitempty"` // a template with {expressions}
	Choices []string `json:"choices,omitempty"`
	Timeout string   `json:"timeout,omitempty"` // expression of type duration
	// Variable, when set, receives the choice (string).
	Variable string `json:"variable,omitempty"`

	Form []Field `json:"form,omitempty"`
	// Role is who may answer; empty is everybody.
	Role string `json:"role,omitempty"`
	// Remind and Escalate are duration expressions: how often people are
	// reminded, and after how long the question goes to EscalateTo as well.
	Remind     string `json:"remind,omitempty"`
	Escalate   string `json:"escalate,omitempty"`
	EscalateTo string `json:"escalate_to,omitempty"` // a role
	// Sign is a statement that whoever answers signs with their name.
	Sign string `json:"sign,omitempty"`
}

// Node finds a node by id; nil when there is none.
func (p *Plan) Node(id string) *Node {
	for i := range p.Nodes {
		if p.Nodes[i].ID == id {
			return &p.Nodes[i]
		}
	}
	return nil
}
