// Package dryrun runs a plan in virtual time: the same Runner as the workflow,
// the same task interpreter as the device, and either given inputs or a
// simulated animal instead of a box. What it shows is what a run does, apart
// from the animal.
package dryrun

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/lics-lab/lics/edge/driver/sim"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

// Options say how to run. The zero value lets the simulated animal play until
// the protocol ends.
type Options struct {
	Parameters map[string]json.RawMessage
	Seed       int64
	// Inputs are the only inputs when not nil; otherwise the animal plays.
	Inputs []Input
	// Draws replaces the random values of streams, by name.
	Draws map[string][]json.RawMessage
	// Changes of live parameters while the run goes on.
	Changes []Change
	// Silences are when nothing is heard of a device, Metrics what devices
	// measure beside their tasks: what guardians (watch) look out for.
	Silences []Silence
	Metrics  []Metric
	// Began is when the virtual run begins, for waits until a time of day. Zero
	// means DefaultBegan, so that a dry-run is the same whenever it is done.
	Began time.Time
	// Until ends the run; 0 means MaxTime.
	Until time.Duration
	// MaxRows ends the run; 0 means a million.
	MaxRows int
	Animal  sim.AnimalConfig
	// Calibrations are by channel; nil means the simulator's, and a nominal curve
	// for channels that it does not have.
	Calibrations map[string]task.Calibration
	// Row, when set, is called for each row instead of collecting it.
	Row func(Row)
	// Progress, when set, is called now and then, and at the end.
	Progress func(Progress)
}

// DefaultBegan is a Monday.
var DefaultBegan = time.Date(2001, time.January, 1, 0, 0, 0, 0, time.UTC)

// Progress is how far a dry-run has come.
type Progress struct {
	// Now is the virtual time that has passed.
	Now     time.Duration
	Rows    int
	Trials  int
	Rewards int
}

// Input is an event at a time since the start of the run. Event is the name of
// an event (poke_1_in), a channel (poke_1: its rising edge), or a channel with
// a level (poke_1=0); upper and lower case, spaces and underscores do not
// matter as long as the name stays unique.
type Input struct {
	At    time.Duration
	Event string
}

// Row is a recorded fact with its time since the start of the run.
type Row struct {
	task.Row
	// Node is the task node whose row it is; empty for the session level.
	Node string
	Role string
}

// Result is what came out.
type Result struct {
	Rows     []Row
	Trials   []Trial
	Outcomes map[string]int
	Duration time.Duration
	// Outcome is the word of the end node that was reached.
	Outcome string
	// Ended says why the dry-run stopped: the protocol's EndedEnd, EndedUntil,
	// EndedRows, EndedCancelled, or EndedFailed with Error.
	Ended string
	Error string
	// Rewards is how often an output that delivers something went on: a channel
	// with a calibration, or one whose name says so (sim.Delivers).
	Rewards int
	// Microlitres is the volume of calibrated pulses.
	Microlitres float64
	// States says how each state of each task was used, by task node, then in
	// the order of the program.
	States []StateUse
	// Warnings are facts a person should look at, e.g. unused inputs.
	Warnings []Warning
}

// Why a dry-run stopped.
const (
	EndedEnd       = "end"
	EndedUntil     = "until"
	EndedRows      = "rows"
	EndedCancelled = "cancelled"
	EndedFailed    = "failed"
)

// Trial is one trial of the dry-run.
type Trial struct {
	Node     string
	Number   int
	Start    time.Duration
	Duration time.Duration
	Outcome  string
}

// MaxTime is how much virtual time passes at most without Until.
const MaxTime = 60 * 24 * time.Hour

const (
	maxRows = 1_000_000
	// maxBytes is how much text the rows that are kept may hold.
	maxBytes = 128 << 20
)

// Check says what is wrong with the parameters, the inputs or the draws, without
// running anything.
func Check(p *plan.Plan, o Options) error {
	r, err := plan.NewRunner(p, o.Parameters, nil)
	if err != nil {
		return err
	}
	_, err = newWorld(p, r, o)
	return err
}

// Run executes a plan. The error is one of the parameters, inputs or draws; a
// protocol that fails while running is a Result. When ctx ends before the run
// does, both are returned: what there is so far, and the error of ctx.
func Run(ctx context.Context, p *plan.Plan, o Options) (Result, error) {
	r, err := plan.NewRunner(p, o.Parameters, nil)
	if err != nil {
		return Result{}, err
	}
	r.Seed(o.Seed)
	w, err := newWorld(p, r, o)
	if err != nil {
		return Result{}, err
	}
	actions, err := r.Start()
	if err != nil {
		return Result{}, fmt.Errorf("start: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return Result{Ended: EndedCancelled}, err
	}
	w.do(actions)
	for n := 1; w.result.Ended == ""; n++ {
		w.step()
		if n%1024 != 0 {
			continue
		}
		if err = ctx.Err(); err != nil && w.result.Ended == "" {
			w.end(EndedCancelled)
			break
		}
		err = nil
		w.tell()
	}
	w.close()
	w.tell()
	return w.result, err
}
