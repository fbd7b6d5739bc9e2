// Package wire is what the server and the agents say to each other over MQTT:
// topics, messages, their versions and limits. Both ends import it; it imports
// only task, expr and the standard library.
package wire

import (
	"encoding/json"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// Major is the version of the messages. A receiver refuses a higher one; new
// optional fields do not raise it.
const Major = 1

// Limits of a message. A larger one is refused by the receiver and never sent.
const (
	MaxCommandBytes = 1 << 20
	MaxReplyBytes   = 256 << 10
	MaxBatchBytes   = 256 << 10
	MaxBatchRows    = 1000
)

// Verb is what a command asks for.
type Verb string

// The verbs.
const (
	VerbTask   Verb = "task"   // run a program: TaskBody → TaskResult
	VerbSet    Verb = "set"    // drive an output: SetBody
	VerbPulse  Verb = "pulse"  // drive an output for a time: PulseBody → PulseResult
	VerbRead   Verb = "read"   // read a channel: ReadBody → ReadResult
	VerbPause  Verb = "pause"  // the run's task, at its next trial boundary: ControlBody
	VerbResume Verb = "resume" // a paused task: ControlBody
	VerbStop   Verb = "stop"   // end the run's task well: ControlBody
	VerbAbort  Verb = "abort"  // end the run's task now: ControlBody
	// VerbParameters gives live parameters of a running task other values, from
	// its next trial on: ParametersBody. An agent of before refuses it.
	VerbParameters Verb = "parameters"
	VerbSafe       Verb = "safe"  // everything of this run to the safe state: SafeBody
	VerbPing       Verb = "ping"  // nothing; is anybody there?
	VerbWatch      Verb = "watch" // tell the levels of the channels for a while: WatchBody
)

// Command asks one agent to do one thing. An agent that sees an ID twice
// answers the second time from its journal and does nothing.
type Command struct {
	V  int    `json:"v"`
	ID string `json:"id"` // CommandID: the same on every retry
	// Run and Node say for which run and node; empty for a hand-given command.
	Run   string          `json:"run,omitempty"`
	Node  string          `json:"node,omitempty"`
	Visit string          `json:"visit,omitempty"` // which visit of the node
	Verb  Verb            `json:"verb"`
	Body  json.RawMessage `json:"body,omitempty"`
	// Deadline is when it is too late to start, in Unix milliseconds; 0 never.
	Deadline int64 `json:"deadline,omitempty"`
	// Epoch grows whenever a run gets a new master. An agent refuses a command
	// of a lower epoch than it has seen for the run.
	Epoch int64  `json:"epoch,omitempty"`
	Trace string `json:"trace,omitempty"` // W3C traceparent
	// At is the sender's time of this sending, Unix nanoseconds; the agent
	// learns its clock's offset from it. 0 says nothing.
	At int64 `json:"at,omitempty"`
}

// OnInterrupt says what a task does after the device was interrupted.
type OnInterrupt string

// The ways to go on after an interruption.
const (
	InterruptResume  OnInterrupt = "resume"  // at the next trial
	InterruptRestart OnInterrupt = "restart" // from the beginning
	InterruptFail    OnInterrupt = "fail"
	InterruptAsk     OnInterrupt = "ask" // a person
)

// TaskBody is the body of VerbTask.
type TaskBody struct {
	Program task.Program `json:"program"`
	Start   task.Start   `json:"start"`
	// Channels maps a channel of the program to the rig's, where they differ.
	Channels map[string]string `json:"channels,omitempty"`
}

// TaskResult answers VerbTask. Every row of the task is in the batches of
// Boot up to and including LastSeq.
type TaskResult struct {
	task.Result
	Boot    string `json:"boot"`
	LastSeq int64  `json:"last_seq"`
}

// TaskProgress is sent about every two seconds while a task runs.
type TaskProgress struct {
	State       string         `json:"state"`
	Trial       int            `json:"trial"`
	Paused      bool           `json:"paused,omitempty"`
	Elapsed     time.Duration  `json:"elapsed_ns"`
	Outcomes    map[string]int `json:"outcomes,omitempty"`
	Microlitres float64        `json:"microlitres,omitempty"`
	Boot        string         `json:"boot"`
	LastSeq     int64          `json:"last_seq"`
	// Variables are what a resumed task begins with; of an interrupted one only,
	// and missing when the device does not know them.
	Variables map[string]expr.Value `json:"variables,omitempty"`
}

// SetBody is the body of VerbSet. The output falls back to its safe value when
// MaxOn has passed, or when the device has lost its link for the lease.
type SetBody struct {
	Channel string        `json:"channel"`
	Level   float64       `json:"level"`
	MaxOn   time.Duration `json:"max_on_ns,omitempty"` // 0: the rig's limit
	// WhileWatched makes the output fall back also when nobody watches the
	// device any more (VerbWatch).
	WhileWatched bool `json:"while_watched,omitempty"`
}

// SafeBody is the body of VerbSafe; it may be missing.
type SafeBody struct {
	// ByHand means only what commands without a run hold; the runs go on.
	ByHand bool `json:"by_hand,omitempty"`
}

// WatchBody is the body of VerbWatch. A Lease of 0 ends what the watcher began.
type WatchBody struct {
	Watcher string        `json:"watcher"`
	Lease   time.Duration `json:"lease_ns,omitempty"`
}

// MaxWatch is the longest lease of a WatchBody.
const MaxWatch = time.Minute

// Levels are the present levels of all channels that are available. A device
// that is watched sends them on a change, 20 times a second at most, and every
// second.
type Levels struct {
	V        int              `json:"v"`
	Device   string           `json:"device"`
	Boot     string           `json:"boot"`
	At       int64            `json:"at"` // Unix nanoseconds by the device
	Channels map[string]Level `json:"channels"`
}

// Level is the present level of a channel.
type Level struct {
	Level float64 `json:"level"`
	// Changes counts how often a digital input or an output has changed since
	// the rig was opened, so that a short pulse between two messages is seen.
	Changes int64 `json:"changes,omitempty"`
}

// PulseBody is the body of VerbPulse. Exactly one of Duration and Microlitres
// is given.
type PulseBody struct {
	Channel     string            `json:"channel"`
	Level       float64           `json:"level,omitempty"` // 0 means 1
	Duration    time.Duration     `json:"duration_ns,omitempty"`
	Microlitres float64           `json:"microlitres,omitempty"`
	Calibration *task.Calibration `json:"calibration,omitempty"`
}

// PulseResult answers VerbPulse when the pulse is over.
type PulseResult struct {
	Duration  time.Duration `json:"duration_ns"`
	Uncertain bool          `json:"uncertain,omitempty"` // cut by a restart of the device
}

// ReadBody is the body of VerbRead.
type ReadBody struct {
	Channel string `json:"channel"`
}

// ReadResult answers VerbRead.
type ReadResult struct {
	Value float64 `json:"value"`
	At    int64   `json:"at"` // Unix nanoseconds
}

// ControlBody names the task command that a control verb is about; empty means
// every task of the command's run.
type ControlBody struct {
	Command string `json:"command,omitempty"`
}

// ParametersBody is the body of VerbParameters: all values are taken, or none.
type ParametersBody struct {
	Command string `json:"command"` // of the task
	// Values of live parameters of its program, decodable as their types.
	Values map[string]json.RawMessage `json:"values"`
	// Number grows from command to command for the same task. One that comes
	// after a higher one was taken changes nothing and is done.
	Number int64 `json:"number"`
}

// State is how far a command has come.
type State string

// The states of a command.
const (
	Received    State = "received"    // in the journal
	Started     State = "started"     //
	Progress    State = "progress"    // with TaskProgress
	Done        State = "done"        // with the verb's result
	Refused     State = "refused"     // nothing was done; Reason says why
	Failed      State = "failed"      // something was done, then it failed; Reason says how
	Interrupted State = "interrupted" // the device restarted in the middle; Result is what it knows (TaskProgress)
)

// Final reports whether no further reply follows.
func (s State) Final() bool {
	return s == Done || s == Refused || s == Failed || s == Interrupted
}

// Reply tells how far a command has come.
type Reply struct {
	V       int             `json:"v"`
	Command string          `json:"command"`
	Run     string          `json:"run,omitempty"`
	Device  string          `json:"device"`
	Boot    string          `json:"boot"`
	State   State           `json:"state"`
	Result  json.RawMessage `json:"result,omitempty"`
	Reason  *Reason         `json:"reason,omitempty"`
	At      int64           `json:"at"` // Unix nanoseconds by the device
}

// Reason says why not, for a program and for a person.
type Reason struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// The codes of a Reason.
const (
	ReasonVersion     = "version"      // the message is newer than the agent
	ReasonMalformed   = "malformed"    // it cannot be read
	ReasonDeadline    = "deadline"     // too late
	ReasonEpoch       = "epoch"        // a newer master has spoken
	ReasonBusy        = "busy"         // another run holds the device
	ReasonChannel     = "channel"      // no such channel, wrong direction, or its part is missing
	ReasonProgram     = "program"      // the program does not compile
	ReasonLimit       = "limit"        // beyond the rig's limits
	ReasonNoTask      = "no_task"      // nothing to control
	ReasonHalted      = "halted"       // the run was halted
	ReasonDevice      = "device"       // a driver failed
	ReasonUnknownVerb = "unknown_verb" //
	ReasonFull        = "full"         // the device's disk or outbox is full
	ReasonSafe        = "safe"         // a safe command ended the task
	ReasonParameter   = "parameter"    // no such parameter, not live, or not a value for it
)

// EventBatch carries recorded rows. Rows are numbered per boot from 1 without
// gaps; a batch that is sent again is the same, byte for byte.
type EventBatch struct {
	V      int    `json:"v"`
	Device string `json:"device"`
	Boot   string `json:"boot"`
	First  int64  `json:"first"` // number of Rows[0]
	Run    string `json:"run,omitempty"`
	// Command is the task command whose rows these are; empty for rows of the
	// device itself.
	Command string `json:"command,omitempty"`
	Node    string `json:"node,omitempty"`
	// Start is the device's wall time of a row with At 0, Unix nanoseconds,
	// corrected by the clock offset. Row times are monotonic.
	Start int64      `json:"start"`
	Rows  []task.Row `json:"rows"`
}

// Last is the number of the last row.
func (b EventBatch) Last() int64 { return b.First + int64(len(b.Rows)) - 1 }

// Ack tells a device what has been stored for good: every row of Boot up to
// and including Seq.
type Ack struct {
	V    int    `json:"v"`
	Boot string `json:"boot"`
	Seq  int64  `json:"seq"`
	At   int64  `json:"at,omitempty"` // as Command.At
}

// Status is retained: the device's last word about itself. The last will is a
// Status with Online false.
type Status struct {
	V       int    `json:"v"`
	Device  string `json:"device"`
	Online  bool   `json:"online"`
	Version string `json:"version,omitempty"` // of the agent
	Boot    string `json:"boot,omitempty"`
	Started int64  `json:"started,omitempty"` // Unix nanoseconds
	At      int64  `json:"at,omitempty"`      // Unix nanoseconds
	Rig     *Rig   `json:"rig,omitempty"`
	// ClockOffset is how far the device's clock is ahead of the server's.
	ClockOffset time.Duration `json:"clock_offset_ns,omitempty"`
	Run         string        `json:"run,omitempty"` // that holds the device
	Outbox      int64         `json:"outbox,omitempty"`
	Simulated   bool          `json:"simulated,omitempty"`
	// RigRefused says why the desired rig of the config topic is not in use;
	// empty when it is, or when there is none.
	RigRefused string `json:"rig_refused,omitempty"`
}

// Rig is the hardware a device says it has.
type Rig struct {
	Name     string       `json:"name"`
	Hash     string       `json:"hash"`
	Channels []RigChannel `json:"channels"`
}

// RigChannel is one channel as the device sees it.
type RigChannel struct {
	Name      string         `json:"name"`
	Direction task.Direction `json:"direction"`
	// Unavailable says why the part behind the channel is missing; empty when
	// it is there.
	Unavailable string        `json:"unavailable,omitempty"`
	Safe        float64       `json:"safe,omitempty"`
	MaxOn       time.Duration `json:"max_on_ns,omitempty"`
	// Shaped says that the output can have a ramp and a frequency. Agents of
	// before, whose outputs have none, leave it out.
	Shaped bool `json:"shaped,omitempty"`
	// Calibration is the curve written into the rig. The lab's own, measured
	// later, goes before it.
	Calibration *task.Calibration `json:"calibration,omitempty"`
}

// Config is retained: the rig the device should have, as YAML.
type Config struct {
	V   int    `json:"v"`
	Rig string `json:"rig"`
}
