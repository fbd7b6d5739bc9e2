// Package bpod reads and writes the state machines of Bpod in the JSON form of
// bpod-core (its StateMachine: states, global timers, global counters and
// conditions). Import draws a protocol with one task; Export writes a task that
// uses only what a Bpod has. What cannot be carried is refused, each time with
// the state and the reason, and never left out silently.
//
// A state machine is one trial of a session; what goes round it runs on the
// computer in Bpod, and in LICS on the session level around the task.
package bpod

import (
	"fmt"
	"math"
	"time"

	"github.com/lics-lab/lics/protocol/diagnostic"
)

// The codes of what an import or an export may say, beside those of the checker.
const (
	// Invalid: the file is no state machine, or contradicts itself.
	Invalid diagnostic.Code = "bpod-invalid"
	// Unsupported: a Bpod can do it, and LICS cannot carry it.
	Unsupported diagnostic.Code = "bpod-unsupported"
	// Unexportable: LICS can do it, and a Bpod cannot.
	Unexportable diagnostic.Code = "bpod-unexportable"
	// NotCarried: it is left out, and the box does the same without it.
	NotCarried diagnostic.Code = "bpod-not-carried"
)

// Machine is a state machine.
type Machine struct {
	Name           string
	States         []State // the first is where it begins
	GlobalTimers   map[int]GlobalTimer
	GlobalCounters map[int]GlobalCounter
	Conditions     map[int]Condition
}

// State is a state. Transitions and Actions have their order in the file.
type State struct {
	Name        string
	Timer       float64 // seconds
	Transitions []Transition
	Actions     []Action
	Comment     string
}

// Transition is where an event leads: a state, or an operator like >exit.
type Transition struct{ Event, Target string }

// Action is an output, or what is done to a timer or counter, with its value.
type Action struct {
	Name  string
	Value int // 0 to 255
}

// GlobalTimer lives across states. Times are in seconds.
type GlobalTimer struct {
	Duration     float64 `json:"duration"`
	OnsetDelay   float64 `json:"onset_delay,omitempty"`
	Channel      *string `json:"channel,omitempty"`
	ValueOn      int     `json:"value_on,omitempty"`
	ValueOff     int     `json:"value_off,omitempty"`
	SendEvents   *bool   `json:"send_events,omitempty"` // nil is true
	Loop         int     `json:"loop,omitempty"`
	LoopInterval float64 `json:"loop_interval,omitempty"`
	OnsetTrigger int     `json:"onset_trigger,omitempty"`
}

// GlobalCounter counts an event in all states.
type GlobalCounter struct {
	Event     string `json:"event"`
	Threshold int64  `json:"threshold"`
}

// Condition is the level of a line.
type Condition struct {
	Channel string `json:"channel"`
	Value   bool   `json:"value"`
}

// What a Bpod calls things.
const (
	tup            = "Tup"
	opExit         = ">exit"
	opBack         = ">back"
	actionTrigger  = "GlobalTimerTrig"
	actionCancel   = "GlobalTimerCancel"
	actionReset    = "GlobalCounterReset"
	fullLevel      = 255
	maxSeconds     = math.MaxUint32 / 10_000.0 // a Bpod counts tenths of milliseconds in 32 bits
	maxStates      = 255
	maxIndex       = 255
	cycle          = 100 * time.Microsecond
	secondsPerNano = 1e-9
)

// problems collects diagnostics.
type problems struct{ all []diagnostic.Diagnostic }

func (p *problems) add(code diagnostic.Code, state, field, hint, format string, args ...any) {
	severity := diagnostic.Error
	if code == NotCarried {
		severity = diagnostic.Warning
	}
	p.all = append(p.all, diagnostic.Diagnostic{
		Code: code, Severity: severity, Node: clip(state), Field: clip(field), Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}

// clip keeps a message readable when the file is hostile.
func clip(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// span is a time in seconds as a duration.
func span(seconds float64) time.Duration {
	return time.Duration(math.Round(seconds / secondsPerNano))
}
