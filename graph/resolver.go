// Package graph is the GraphQL API: the schema, one file per noun, and the
// resolvers that answer it. A resolver reads ids, decodes, checks, asks the
// store or the system, and answers, in a few lines; what a run needs before it
// may start is in bind.go and start.go. Errors that people see are lab.Errors.
package graph

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/lics-lab/lics/ingest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/wire"
	"github.com/lics-lab/lics/workflows"
)

// Runner is the part of the system that runs plans: Temporal, or a fake.
type Runner interface {
	// Start begins a run; subject is the name of its subject. To start one that
	// has begun is no error.
	Start(ctx context.Context, run lab.Run, subject string, p plan.Plan) error
	// Control asks a run to pause, resume, stop, abort or halt, and returns
	// when it has heard. A run that is over is a lab.State error.
	Control(ctx context.Context, run string, c Control) error
	// SetParameters gives live parameters of a run other values. What cannot be
	// is a lab.Error that names the parameter.
	SetParameters(ctx context.Context, run string, in workflows.SetParameters) ([]workflows.ParameterChange, error)
	// Answer passes the answer to a question on to the run that waits.
	Answer(ctx context.Context, step lab.HumanStep) error
	// MakeFiles begins to make the files that are wanted of a run that is over,
	// anew when that is under way.
	MakeFiles(ctx context.Context, run lab.Run) error
}

// Control is what a person wants of a run.
type Control struct {
	Action Action
	By     string
	Reason string
}

// Action is one of the controls of a run.
type Action string

// The controls.
const (
	Pause  Action = "pause"
	Resume Action = "resume"
	Stop   Action = "stop"
	Abort  Action = "abort"
	Halt   Action = "halt"
)

// Commander sends a command to a device and waits for its answer.
type Commander interface {
	Do(ctx context.Context, device string, cmd wire.Command) (wire.Reply, error)
}

// Resolver answers the fields of the API. Store, Runner and Log are needed;
// a field that needs another part that is missing answers lab.Unavailable.
type Resolver struct {
	Store     *store.Store
	Runner    Runner
	Commander Commander
	// Events, Devices, Runs, Questions and Levels are the live feeds of this process. What another
	// process stores is found by looking into the store.
	Events    *ingest.Feed
	Devices   *ingest.DeviceFeed
	Runs      *ingest.RunFeed
	Questions *ingest.QuestionFeed
	Levels    *ingest.LevelFeed
	Look      time.Duration // between two looks into the store; 5 s when 0
	Log       *slog.Logger
	// CalibrationAge is how old a calibration may be before a start warns; 30
	// days when 0.
	CalibrationAge time.Duration
	// WeightAge is how old the last weight of a subject may be before a start
	// warns; a day when 0.
	WeightAge time.Duration

	Version     string                  // of the server
	TemporalUI  string                  // base address of Temporal's web interface; may be empty
	TemporalRun func(run string) string // address of a run's page in it; may be nil

	dryRuns dryRunBook
}

// audit writes down who did what. That it cannot be written is logged, and
// does not undo what was done.
func (r *Resolver) audit(ctx context.Context, u lab.User, action, object string, detail any) {
	raw, err := json.Marshal(detail)
	if err == nil {
		err = r.Store.Audit(context.WithoutCancel(ctx), lab.AuditEntry{
			Organisation: u.Organisation, Actor: u.ID, Action: action, Object: object, Detail: raw,
		})
	}
	if err != nil {
		r.Log.ErrorContext(ctx, "audit entry not written", "error", err, "action", action, "object", object, "actor", u.ID)
	}
}

// optional makes a lookup that found nothing null instead of an error.
func optional[T any](v T, err error) (*T, error) {
	switch {
	case err == nil:
		return &v, nil
	case lab.CodeOf(err) == lab.NotFound:
		return nil, nil //nolint:nilnil // null is how the API says that there is none
	}
	return nil, err
}

// value is what an optional input holds, the zero value when it is absent.
func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
