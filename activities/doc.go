// Package activities is what a run does to the world: it commands devices,
// records what happened, asks people, and waits until every row is stored.
// Each file holds one activity with one input and one result. The package says
// in interfaces what it needs and does not know who provides it; it knows of
// Temporal only what an activity has to know.
//
// Every activity may be tried again at any moment, by this worker or another.
// Commands carry an id that is the same on every attempt, and rows a number.
package activities

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"go.temporal.io/sdk/temporal"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/wire"
)

// Devices sends commands to devices.
type Devices interface {
	// Send publishes a command once and does not wait for its answer.
	Send(ctx context.Context, device string, cmd wire.Command) error
	// Do sends a command until its final reply is heard or ctx ends. What the
	// device refused is a reply; an error says that nothing is known.
	Do(ctx context.Context, device string, cmd wire.Command) (wire.Reply, error)
}

// Store is what runs need of the database.
type Store interface {
	Records
	BeginRun(ctx context.Context, id string) (epoch int64, err error)
	SetRunStatus(ctx context.Context, id string, to lab.RunStatus) (changed bool, err error)
	FinishRun(ctx context.Context, id string, status lab.RunStatus, outcome, message string) (lab.Run, error)
	AppendRunEvents(ctx context.Context, events []lab.RunEvent) error
	SaveCommand(ctx context.Context, c lab.Command) (lab.Command, error)
	SaveReply(ctx context.Context, device string, r wire.Reply) (lab.Command, error)
	Command(ctx context.Context, id string) (lab.Command, error)
	StoredSeq(ctx context.Context, device, boot string) (int64, error)
	AskHuman(ctx context.Context, h lab.HumanStep) error
	CloseHuman(ctx context.Context, id string) error
	RemindHuman(ctx context.Context, id, also string, at time.Time) error
	RecordWeight(ctx context.Context, w lab.Weight) error
	Device(ctx context.Context, org, id string) (lab.Device, error)
	JudgeStage(ctx context.Context, r lab.StageRecord, judge func(before []float64) (verdict string, score float64)) (lab.StageRecord, error)
	SaveCalibration(ctx context.Context, c lab.Calibration) (lab.Calibration, error)
	MarkExports(ctx context.Context, run, node string, formats []string) error
	LastEvent(ctx context.Context, run, device, event string, since time.Time) (at time.Time, ok bool, err error)
	Telemetry(ctx context.Context, org, device, metric string, from, to time.Time, limit int) ([]lab.Point, error)
}

// Nudger tells whoever watches a run that events were stored or, without
// events, that its status has changed.
type Nudger interface {
	Nudge(ctx context.Context, run string, events []lab.RunEvent) error
}

// Watch follows the tasks that run on devices. The worker that hears the
// replies implements it.
type Watch interface {
	// Task is called when a task's command is about to be sent: the replies
	// to it complete the activity of this token.
	Task(t Watched)
}

// Watched is a task on a device.
type Watched struct {
	Command string
	Device  string
	Run     string
	Node    string
	Token   []byte
	// Pulse is what the heartbeats of the activity carry.
	Pulse Pulse
	// Seq is the first of the numbers that the task's own run events may have.
	Seq int64
	// Doubt, when it is not 0, is how long the device may take to be heard before
	// it counts as lost.
	Doubt time.Duration
}

// Pulse is the detail of a task's heartbeat: what the next attempt has to know.
type Pulse struct {
	// Lost counts how often the device fell silent.
	Lost int `json:"lost,omitempty"`
	// Silent is set from then until it is heard again.
	Silent   bool               `json:"silent,omitempty"`
	Progress *wire.TaskProgress `json:"progress,omitempty"`
}

// Activities holds what the activities need. Nudger and Watch may be nil.
type Activities struct {
	Devices Devices
	Store   Store
	Nudger  Nudger
	Watch   Watch
	// Outside may be nil: then nothing outside can be reached.
	Outside Outside
	// Objects may be nil: then no files of runs are kept.
	Objects Objects
	// Version of LICS, for the files.
	Version string
	Log     *slog.Logger
	// Started is when this worker began. What went missing just before is
	// more likely our own absence than the device's.
	Started time.Time
}

// The types of errors that are not tried again.
const (
	// TypeRefused: the device did nothing and says why.
	TypeRefused = "Refused"
	// TypeFailed: the device did something, then it failed.
	TypeFailed = "Failed"
)

// never marks an error of ours that will be the same at the next attempt.
func never(err error) error {
	var e *lab.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case lab.Invalid, lab.NotFound, lab.Conflict, lab.State, lab.Forbidden, lab.TooLarge:
		return temporal.NewNonRetryableApplicationError(e.Message, string(e.Code), err)
	}
	return err
}

// refusal is the error of a final reply that is not a success; nil when it is.
func refusal(r wire.Reply) error {
	message, code := "the device gave no reason", ""
	if r.Reason != nil {
		message, code = r.Reason.Message, r.Reason.Code
	}
	switch r.State {
	case wire.Refused:
		return temporal.NewNonRetryableApplicationError(message, TypeRefused, nil, code)
	case wire.Failed:
		return temporal.NewNonRetryableApplicationError(message, TypeFailed, nil, code)
	}
	return nil
}

func (a *Activities) log() *slog.Logger {
	if a.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return a.Log
}
