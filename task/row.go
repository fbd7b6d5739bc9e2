package task

import (
	"strconv"
	"strings"
	"time"

	"github.com/lics-lab/lics/expr"
)

// Kind is what a row says.
type Kind string

// The kinds of rows a machine records.
const (
	KindState     Kind = "state"     // Name entered
	KindEvent     Kind = "event"     // Name happened: an input edge, an elapsed global timer, a raised event
	KindOutput    Kind = "output"    // channel Name goes to level Value
	KindDraw      Kind = "draw"      // stream Name gave Value
	KindVariable  Kind = "variable"  // variable Name is now Value
	KindParameter Kind = "parameter" // the live parameter Name is Value from this trial on, and was Old
	KindOutcome   Kind = "outcome"   // the trial's outcome is Name
	KindPrint     Kind = "print"     // Value is the text
	KindTrial     Kind = "trial"     // a trial began
	KindEnd       Kind = "end"       // the task ended: Name is the exit, Value the reason
	KindControl   Kind = "control"   // a person's doing: Name is paused, resumed, stop or abort
	KindWarning   Kind = "warning"   // something a person should know: Name is a code, Value a text
)

// Row is one recorded fact of a task.
type Row struct {
	// At is the time since the task began.
	At    time.Duration `json:"t"`
	Kind  Kind          `json:"k"`
	Name  string        `json:"n,omitempty"`
	Value expr.Value    `json:"v,omitzero"`
	// Old is the value before, of KindParameter only.
	Old *expr.Value `json:"o,omitempty"`
	// Ramp and Frequency are of KindOutput only: how long the channel takes from
	// where it is to Value, beginning at At; and the frequency of a tone or a
	// flicker, in Hz.
	Ramp      time.Duration `json:"ramp_ns,omitempty"`
	Frequency float64       `json:"frequency_hz,omitempty"`
	// Trial is the number of the trial, from 1.
	Trial int32 `json:"trial,omitempty"`
}

// Text is what the row says, without its kind: the state, channel=level, the
// printed text.
func (r Row) Text() string {
	switch r.Kind {
	case KindOutput:
		return r.Name + "=" + r.Value.String() + r.shape()
	case KindDraw, KindVariable, KindParameter:
		return r.Name + "=" + r.Value.String()
	case KindPrint, KindTrial:
		return r.Value.String()
	case KindWarning:
		return r.Name + ": " + r.Value.String()
	case KindEnd:
		if r.Name == "" {
			return r.Value.String()
		}
		return r.Name + " (" + r.Value.String() + ")"
	default:
		return r.Name
	}
}

// shape is how the channel gets to its level, where there is something to say.
func (r Row) shape() string {
	var parts []string
	if r.Ramp > 0 {
		parts = append(parts, "ramp "+expr.FormatDuration(r.Ramp))
	}
	if r.Frequency > 0 {
		parts = append(parts, strconv.FormatFloat(r.Frequency, 'g', -1, 64)+" Hz")
	}
	if parts == nil {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// Host is what a machine acts upon: the box, or a simulation of it. Both
// methods are called from the goroutine that drives the machine and must not
// call back into it.
type Host interface {
	// Output drives a channel of the program (its index in Channels).
	Output(at time.Duration, channel int, level float64)
	// Record keeps a row. The machine does not use it again.
	Record(Row)
}

// Reason says why a task ended.
type Reason string

// The reasons.
const (
	ReasonEnd    Reason = "end"    // an end node
	ReasonTrials Reason = "trials" // a limit
	ReasonTime   Reason = "time"
	ReasonVolume Reason = "volume"
	ReasonStop   Reason = "stop"   // a person, who wants the data
	ReasonAbort  Reason = "abort"  // a person, or the run failed
	ReasonFailed Reason = "failed" // the program did something impossible; see Result.Error
)

// Result is the summary of a finished task.
type Result struct {
	// Exit is an end's name, ExitLimit, or empty when stopped, aborted or failed.
	Exit     string         `json:"exit,omitempty"`
	Reason   Reason         `json:"reason"`
	Error    string         `json:"error,omitempty"`
	Duration time.Duration  `json:"duration_ns"`
	Trials   int            `json:"trials"`
	Outcomes map[string]int `json:"outcomes,omitempty"`
	// Microlitres is the volume delivered by calibrated pulses.
	Microlitres float64               `json:"microlitres,omitempty"`
	Variables   map[string]expr.Value `json:"variables,omitempty"`
}
