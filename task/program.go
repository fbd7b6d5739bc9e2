// Package task is the state machine a device runs: the program that crosses
// the wire and the interpreter that executes it. The same interpreter drives
// the outputs of a Raspberry Pi against its clock and a simulated animal
// against virtual time, so what a dry-run shows is what a box does. It imports
// only expr.
package task

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/lics-lab/lics/expr"
)

// Format is the highest version of the program format this package reads. An
// agent refuses a program of a higher one. Format 2 added State.Pass and
// Action.Done, format 3 the ramp and the frequency of outputs.
const Format = 3

// Program is a compiled task. It is data: everything an agent needs to run it
// except the parameters, the calibrations and the seed, which arrive in Start.
//
// A field documented as an expression holds source text of the language of
// package expr. Names in scope, in this order: Variables, then the names of
// input channels (bool: the line's level), then the built-in names of Builtins.
type Program struct {
	Format    int        `json:"format"`
	Name      string     `json:"name"`
	Channels  []Channel  `json:"channels,omitempty"`
	Variables []Variable `json:"variables,omitempty"`
	Streams   []Stream   `json:"streams,omitempty"`
	Timers    []Timer    `json:"timers,omitempty"`
	States    []State    `json:"states"`
	// Always holds the handlers that are active in every state. They are asked
	// before the current state's own handlers.
	Always  []Handler `json:"always,omitempty"`
	Initial string    `json:"initial"`
	// Ends are the names of the program's exits. A transition to one of them
	// records it as a state and ends the task; it becomes a port of the task
	// node.
	Ends   []string `json:"ends,omitempty"`
	Limits Limits   `json:"limits,omitzero"`
}

// Direction says whether a channel is read or driven.
type Direction string

// The directions of a channel.
const (
	In  Direction = "in"
	Out Direction = "out"
)

// Channel is a named line of the box that the task uses. The device's rig must
// have a channel of that name and direction.
type Channel struct {
	Name      string    `json:"name"`
	Direction Direction `json:"direction"`
	// Rising and Falling name the events of an input's edges. Empty means
	// <name>_in and <name>_out.
	Rising  string `json:"rising,omitempty"`
	Falling string `json:"falling,omitempty"`
}

// RisingEvent is the event that the channel's rising edge raises.
func (c Channel) RisingEvent() string {
	if c.Rising != "" {
		return c.Rising
	}
	return c.Name + "_in"
}

// FallingEvent is the event that the channel's falling edge raises.
func (c Channel) FallingEvent() string {
	if c.Falling != "" {
		return c.Falling
	}
	return c.Name + "_out"
}

// Variable is a typed value of the task. A parameter's value comes with Start;
// any other variable begins at Initial.
type Variable struct {
	Name string `json:"name"`
	// Type is a type name of package expr: bool, int, float, string, duration
	// or list<…> of these.
	Type string `json:"type"`
	// Initial is a constant expression; empty means the type's zero value.
	Initial   string `json:"initial,omitempty"`
	Parameter bool   `json:"parameter,omitempty"`
	// Live parameters may be changed while the task runs; the new value holds
	// from the next trial on.
	Live bool `json:"live,omitempty"`
	// Silent variables are not recorded when they change.
	Silent bool `json:"silent,omitempty"`
}

// StreamKind is the distribution of a stream of random draws.
type StreamKind string

// The kinds of streams.
const (
	Choice               StreamKind = "choice"                // one of Values, by Weights if given
	Uniform              StreamKind = "uniform"               // float or duration in [Low, High)
	UniformInt           StreamKind = "uniform_int"           // int in [Low, High]
	Normal               StreamKind = "normal"                // Mean, SD; clipped to [Low, High] where given
	Exponential          StreamKind = "exponential"           // Mean
	TruncatedExponential StreamKind = "truncated_exponential" // Mean, redrawn until within [Low, High]
	Bernoulli            StreamKind = "bernoulli"             // true with probability P
	ShuffleBag           StreamKind = "shuffle_bag"           // all of Values in random order, then again
	MaxRun               StreamKind = "max_run"               // like Choice, but never more than Run equal values in a row
)

// Stream is a named source of random values, seeded from (run seed, task name,
// stream name), so that adding a stream does not change the others.
type Stream struct {
	Name string     `json:"name"`
	Kind StreamKind `json:"kind"`
	// The fields below are expressions, evaluated at each draw. Which are
	// needed depends on Kind.
	Values  string `json:"values,omitempty"`  // a list
	Weights string `json:"weights,omitempty"` // a list of numbers as long as Values
	Low     string `json:"low,omitempty"`
	High    string `json:"high,omitempty"`
	Mean    string `json:"mean,omitempty"`
	SD      string `json:"sd,omitempty"`
	P       string `json:"p,omitempty"`
	Run     string `json:"run,omitempty"` // int ≥ 1
}

// Timer is a global timer: it lives across states. When it elapses it raises
// the event of its own name.
type Timer struct {
	Name string `json:"name"`
	// Duration is an expression of type duration, evaluated when the timer is
	// started.
	Duration string `json:"duration"`
}

// State is one state of the machine.
type State struct {
	Name string `json:"name"`
	// Trial marks the state that begins a trial: entering it when the current
	// trial already has an outcome ends that trial and begins the next. The
	// task pauses, and resumes after a reboot, at this boundary. When no state
	// is marked, the initial state is.
	Trial bool `json:"trial,omitempty"`
	// Pass marks a state that takes no time: after its entry actions it receives
	// Timeup at once, before anything else of the instant and without being
	// asked by Always; the expression name event still is what led here. What
	// the state before held stays on until the next state. It has no timer and
	// no outputs, and one of its handlers of Timeup has a To and no guard.
	Pass bool `json:"pass,omitempty"`
	// Timer is the state's own timer, an expression of type duration evaluated
	// at entry; when it elapses the state receives `timeup`. Empty: no timer.
	Timer string `json:"timer,omitempty"`
	// Outputs are held while the machine is in this state.
	Outputs []Output  `json:"outputs,omitempty"`
	Entry   []Action  `json:"entry,omitempty"`
	Exit    []Action  `json:"exit,omitempty"`
	On      []Handler `json:"on,omitempty"`
	// Node is the id of the graph node this state was drawn as.
	Node string `json:"node,omitempty"`
}

// Output is a level that a state holds on a channel.
type Output struct {
	Channel string `json:"channel"`
	// Level is an expression (bool, int or float) evaluated at entry; 0 and
	// false are off. Empty means on (1).
	Level string `json:"level,omitempty"`
	// Ramp is an expression of type duration, evaluated at entry: how long the
	// output takes from where it is to Level, in a straight line. Empty is at
	// once. When the state is left before, the output goes off at once, unless
	// the next state holds it in the same way.
	Ramp string `json:"ramp,omitempty"`
	// Frequency is an expression of type float, evaluated at entry: that of a
	// tone or a flicker, in Hz and above 0. Empty is what the part does by
	// itself.
	Frequency string `json:"frequency,omitempty"`
}

// Timeup is the event of a state's own timer.
const Timeup = "timeup"

// Handler answers an event. Handlers are asked in order: each whose event
// matches and whose guard holds acts, and the first of them that has a To ends
// the asking and changes the state.
type Handler struct {
	// Events are the names answered: an input's edge, Timeup, a global timer,
	// or a raised event.
	Events  []string `json:"events"`
	Guard   string   `json:"guard,omitempty"` // a bool expression; empty holds
	Actions []Action `json:"actions,omitempty"`
	To      string   `json:"to,omitempty"` // a state or an end; empty stays
	// Edge is the id of the graph edge or node this handler was drawn as.
	Edge string `json:"edge,omitempty"`
}

// Do names what an action does.
type Do string

// The actions.
const (
	DoSet        Do = "set"         // Channel to Level until the state is left
	DoLatch      Do = "latch"       // Channel to Level, across states, for at most Duration (the safety time)
	DoRelease    Do = "release"     // end a latch or pulse of Channel
	DoPulse      Do = "pulse"       // Channel on for Duration, or for the calibrated time of Volume, across states
	DoAssign     Do = "assign"      // Variable = Value
	DoDraw       Do = "draw"        // Variable = the next value of Stream
	DoStartTimer Do = "start_timer" // Timer, for Duration if given
	DoStopTimer  Do = "stop_timer"  // Timer
	DoRaise      Do = "raise"       // queue Event for this instant
	DoOutcome    Do = "outcome"     // the current trial's outcome is Outcome
	DoPrint      Do = "print"       // record Text, a template with {expressions}
)

// Action is one thing a state does at entry, at exit or in answer to an event.
// A transition cannot be an action.
type Action struct {
	Do       Do     `json:"do"`
	If       string `json:"if,omitempty"` // a bool expression; empty always
	Channel  string `json:"channel,omitempty"`
	Level    string `json:"level,omitempty"`
	Duration string `json:"duration,omitempty"` // expression of type duration
	Volume   string `json:"volume,omitempty"`   // expression, microlitres
	Variable string `json:"variable,omitempty"`
	Value    string `json:"value,omitempty"`
	Stream   string `json:"stream,omitempty"`
	Timer    string `json:"timer,omitempty"`
	Event    string `json:"event,omitempty"`
	Outcome  string `json:"outcome,omitempty"`
	Text     string `json:"text,omitempty"`
	// Done is the event that is raised when the pulse is over, by itself or by
	// a release. Another pulse or latch of the channel takes its place, and
	// then there is no event.
	Done string `json:"done,omitempty"`
	// Ramp and Frequency are those of a set, a latch or a pulse, as of an
	// Output. The length of a pulse and the safety time of a latch count from
	// the beginning of the ramp.
	Ramp      string `json:"ramp,omitempty"`
	Frequency string `json:"frequency,omitempty"`
}

// OldestFormat is the lowest format that can say what the program says. A
// program is sent with it, so that an agent refuses only what it cannot run.
func (p *Program) OldestFormat() int {
	if len(Shaped(p)) > 0 {
		return 3
	}
	done := false
	p.actions(func(a Action) { done = done || a.Done != "" })
	if done || slices.ContainsFunc(p.States, func(s State) bool { return s.Pass }) {
		return 2
	}
	return 1
}

// actions calls f for each action, wherever it stands.
func (p *Program) actions(f func(Action)) {
	list := func(as []Action) {
		for _, a := range as {
			f(a)
		}
	}
	handlers := func(hs []Handler) {
		for _, h := range hs {
			list(h.Actions)
		}
	}
	for _, s := range p.States {
		list(s.Entry)
		list(s.Exit)
		handlers(s.On)
	}
	handlers(p.Always)
}

// Limits end the task by themselves. Each is an expression over parameters,
// evaluated at the start and when a live parameter changes; empty is no limit.
type Limits struct {
	// Duration ends the task at once.
	Duration string `json:"duration,omitempty"`
	// Trials ends the task at the trial boundary after that many trials.
	Trials string `json:"trials,omitempty"`
	// Volume, in microlitres delivered by pulses with a Volume, ends the task
	// at the next trial boundary.
	Volume string `json:"volume,omitempty"`
}

// ExitLimit is the exit of a task that a limit ended.
const ExitLimit = "limit"

// Start is what one execution of a program begins with.
type Start struct {
	Seed uint64 `json:"seed"`
	// Parameters are values for the program's parameters, each decodable as
	// the parameter's type. All parameters must be given.
	Parameters map[string]json.RawMessage `json:"parameters,omitempty"`
	// Calibrations are the curves of the channels that deliver a Volume.
	Calibrations map[string]Calibration `json:"calibrations,omitempty"`
	// Draws replaces a stream's random values by the listed ones, in order;
	// when the list is used up the random values follow.
	Draws map[string][]json.RawMessage `json:"draws,omitempty"`
	// Trial is the number of trials already done, when a task is resumed
	// after an interruption.
	Trial int `json:"trial,omitempty"`
	// Variables are what the variables of a resumed task begin with, instead of
	// their Initial. Parameters are not among them.
	Variables map[string]expr.Value `json:"variables,omitempty"`
	// Microlitres and Elapsed are what a resumed task had delivered and how long
	// it had run before; the limits count them. Its Result does not.
	Microlitres float64       `json:"microlitres,omitempty"`
	Elapsed     time.Duration `json:"elapsed_ns,omitempty"`
}

// Calibration is the curve of one liquid valve or pump: the opening time that
// delivers a volume, interpolated linearly between points and refused outside
// of them.
type Calibration struct {
	ID     string             `json:"id"`
	Points []CalibrationPoint `json:"points"`
}

// CalibrationPoint is one measured point.
type CalibrationPoint struct {
	Microlitres float64       `json:"microlitres"`
	Open        time.Duration `json:"open_ns"`
}
