package lab

import (
	"encoding/json"
	"time"
)

// Organisation owns every row of the lab's data.
type Organisation struct {
	ID        string
	Name      string
	CreatedAt time.Time
}

// User is a person, or the administrator made at the first start.
type User struct {
	ID           string
	Organisation string
	Name         string
	Role         string // "administrator" until the identity work lands
	CreatedAt    time.Time
}

// Device is a Raspberry Pi or a simulator that runs the agent. Its ID is the
// one in its MQTT topics.
type Device struct {
	Organisation string
	ID           string
	Name         string
	// Status is the device's last word about itself, a wire.Status; nil before
	// the first.
	Status    json.RawMessage
	Online    bool
	Simulated bool
	Boot      string
	RigHash   string
	LastSeen  *time.Time
	CreatedAt time.Time
}

// Calibration is a curve of a device's channel, a task.Calibration, with its
// date.
type Calibration struct {
	ID           string
	Organisation string
	Device       string
	Channel      string
	Points       json.RawMessage
	MeasuredAt   time.Time
	MeasuredBy   string
}

// Subject is an animal or a participant.
type Subject struct {
	ID           string
	Organisation string
	Name         string // the lab's own short name, unique in the organisation
	Species      string
	Sex          string
	BornOn       *time.Time
	Cohort       string
	Notes        string
	// BaselineGrams is its weight without restriction, and TargetFraction the
	// part of it below which people are warned.
	BaselineGrams  *float64
	TargetFraction *float64
	ArchivedAt     *time.Time
	CreatedAt      time.Time
}

// DefaultTargetFraction of the baseline weight is where most protocols for
// restricted animals draw the line.
const DefaultTargetFraction = 0.85

// Experiment is a study.
type Experiment struct {
	ID           string
	Organisation string
	Name         string
	Description  string
	ArchivedAt   *time.Time
	CreatedAt    time.Time
}

// Protocol is a flow graph somebody drew; its content is in its versions.
type Protocol struct {
	ID           string
	Organisation string
	Name         string // unique in the organisation
	Description  string
	Latest       int // number of the latest version
	ArchivedAt   *time.Time
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// ProtocolVersion is immutable. Number counts from 1.
type ProtocolVersion struct {
	ID        string
	Protocol  string
	Number    int
	Hash      string          // sha256 of the canonical document
	Document  json.RawMessage // graph JSON, format 1
	Note      string
	CreatedAt time.Time
	CreatedBy string
}

// RunStatus is where a run is. Completed, Stopped, Failed, Aborted and Halted
// are final.
type RunStatus string

// The statuses of a run.
const (
	RunStarting  RunStatus = "STARTING"
	RunRunning   RunStatus = "RUNNING"
	RunPaused    RunStatus = "PAUSED"
	RunSealing   RunStatus = "SEALING"   // over; rows of a device are still expected
	RunCompleted RunStatus = "COMPLETED" // every row is stored
	RunStopped   RunStatus = "STOPPED"   // ended well by a person; every row is stored
	RunFailed    RunStatus = "FAILED"
	RunAborted   RunStatus = "ABORTED"
	RunHalted    RunStatus = "HALTED"
)

// Final reports whether the run will not change any more.
func (s RunStatus) Final() bool {
	switch s {
	case RunCompleted, RunStopped, RunFailed, RunAborted, RunHalted:
		return true
	}
	return false
}

// Run is one execution of a protocol version.
type Run struct {
	ID           string
	Organisation string
	Version      string // ProtocolVersion.ID
	Protocol     string
	ProtocolName string
	Subject      *string
	Experiment   *string
	Status       RunStatus
	Seed         int64
	Parameters   json.RawMessage // an object, as started
	Bindings     json.RawMessage // []Binding
	Epoch        int64
	Outcome      string // of the end node
	Error        string // why it failed; for a person
	Key          *string
	StartedBy    string
	CreatedAt    time.Time
	StartedAt    *time.Time
	EndedAt      *time.Time
}

// Binding gives a device to a role. Channels maps names of the protocol to
// names of the rig where they differ. Calibrations are those looked up at the
// start, by channel.
type Binding struct {
	Role         string                     `json:"role"`
	Device       string                     `json:"device"`
	Channels     map[string]string          `json:"channels,omitempty"`
	Calibrations map[string]json.RawMessage `json:"calibrations,omitempty"` // task.Calibration
	// Rig is the hash of the hardware the device had at the start, and Agent
	// the version of its program; empty in runs older than these fields.
	Rig   string `json:"rig,omitempty"`
	Agent string `json:"agent,omitempty"`
}

// RunEvent is a recorded fact of the run itself, written by the workflow:
// steps, controls, notes, gaps. Seq is given out by the workflow; gaps are
// harmless, order is not.
type RunEvent struct {
	Run string
	Seq int64
	At  time.Time
	// Pos is given by the store: 1, 2, 3 in the order in which the events of a
	// run were committed. It is what a stream's cursor counts.
	Pos  int64
	Kind string // "step_started", "step_done", "branch", "variable", "iteration", "control", "note", "device_lost", "device_back", "human", "status", "error", …
	Node string
	Name string
	Body json.RawMessage
}

// DeviceRow is a recorded fact of a task, written by a device.
type DeviceRow struct {
	Device  string
	Boot    string
	Seq     int64
	Run     string
	Command string
	Node    string
	At      time.Time // wall time
	T       time.Duration
	Kind    string // a task.Kind
	Name    string
	Value   json.RawMessage // expr.Value JSON, null when none
	Trial   int
	// Of an output only: how long it takes to its level, and the frequency of a
	// tone or a flicker, in Hz; 0 is none.
	Ramp      time.Duration
	Frequency float64
}

// Trial is one trial of a run, read from its device rows.
type Trial struct {
	Run       string
	Device    string
	Command   string
	Number    int
	StartedAt time.Time
	Start     time.Duration // since the task began
	Duration  time.Duration // 0 until Ended
	Ended     bool          // the next trial, or the end of the task, is recorded
	Outcome   string
}

// HumanStep is a question to a person that a run waits for.
type HumanStep struct {
	ID  string // run/node/visit
	Run string
	// Organisation is the run's. Who asks a question need not say it.
	Organisation string
	Node         string
	Title        string
	Text         string
	Choices      []string
	AskedAt      time.Time
	AnsweredAt   *time.Time
	AnsweredBy   string
	Answer       string
	ClosedAt     *time.Time // answered, timed out, or the run went on without

	Role string // who may answer; empty is everybody
	Also string // who may besides, since it was escalated
	Sign string // the statement that is signed with the answer; empty is none
	// Form is the plan.Form to fill in, Values what it was filled in with, by
	// the names of its fields.
	Form       json.RawMessage
	Values     json.RawMessage
	Confirmed  bool   // implausible values are right
	Signature  string // the name under Sign
	RemindedAt *time.Time
}

// HumanAnswer is what a person says to a question.
type HumanAnswer struct {
	Answer    string          // the choice
	Values    json.RawMessage // of the form, by the names of its fields
	Confirmed bool            // implausible values are right
	Signature string          // the name under the statement
}

// StageRecord is what a stage gate decided about a subject after a session.
type StageRecord struct {
	ID      string // run/node/visit
	Subject string
	Run     string
	Gate    string
	Stage   string
	Value   float64 // of the session
	Score   float64 // the mean of the window
	Verdict string  // advance, stay, back or exclude
}

// Weight is a weighing of a subject.
type Weight struct {
	ID      string // of what was asked, run/node/visit/field, or made up
	Subject string
	Run     string // empty: it was entered by hand
	Grams   float64
	At      time.Time // when it was weighed
	By      string    // who entered it

	Note       string
	RecordedAt time.Time // when it was entered
	Replaces   *string   // the weight that this one corrects
	Withdrawn  bool      // what it corrects was no weight of the subject
	Current    bool      // no other one corrects it, and it is not withdrawn
}

// Command is what the server knows of a wire.Command: enough to find its
// answer again after any process died.
type Command struct {
	ID        string
	Run       string
	Device    string
	Node      string
	Verb      string
	State     string          // a wire.State, "" before the first reply
	Reply     json.RawMessage // the last wire.Reply
	TaskToken []byte          // of the activity that waits for it
	CreatedAt time.Time
	UpdatedAt time.Time
}

// AuditEntry says who did what. Written from the start.
type AuditEntry struct {
	ID           string
	Organisation string
	At           time.Time
	Actor        string
	Action       string
	Object       string
	Detail       json.RawMessage
}
