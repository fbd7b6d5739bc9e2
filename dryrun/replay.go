package dryrun

import (
	"context"
	"time"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

// Recording is what a run that is over recorded.
type Recording struct {
	Run lab.Run
	// Plan is that of the run's version.
	Plan   *plan.Plan
	Events []lab.RunEvent
	// Rows are those of the devices, each boot's in its own order.
	Rows []lab.DeviceRow
}

// Replayed is what a replay found.
type Replayed struct {
	// Difference is the first one, in the order of time; nil when everything
	// that could be replayed was decided as it is recorded.
	Difference *Difference

	// Decisions are the rows of tasks that the interpreter gave again, byte for
	// byte and to the nanosecond: states, outputs, draws, variables, outcomes.
	Decisions int
	// Inputs are the rows that were given to it: edges of inputs, and people's
	// controls.
	Inputs int
	// Draws are those of the Decisions that are random draws.
	Draws int
	// Events are the run's own that were decided again: steps, branches,
	// variables, iterations.
	Events int
	// Tasks is how many commands to run a task there were, Interrupted how many
	// of them have no end: the device was restarted, or its rows were lost.
	// Those are replayed as far as they were recorded.
	Tasks       int
	Interrupted int
	// DeviceRows were added by the devices themselves, such as an output forced
	// to its safe value. They are facts, not decisions of the protocol.
	DeviceRows int
}

// Difference is where a replay parts from the record.
type Difference struct {
	// At is the wall time of the earlier of Expected and Got.
	At time.Time
	// Elapsed is At since the run began.
	Elapsed time.Duration
	// Node is that of the task or the step; Visit tells iterations of loops apart.
	Node  string
	Visit string
	// Role and Trial are those of a task; empty and 0 at the session level.
	Role  string
	Trial int
	// Row is the place of Expected among the rows of the task, from 1; 0 at the
	// session level.
	Row int
	// Expected is what is recorded, Got what the replay decided. One of them may
	// be the zero Fact: nothing.
	Expected, Got Fact
	// Before are the last facts that came out as they are recorded: of the task,
	// or of the session level.
	Before []Fact
}

// shownBefore is how many facts before a difference are told.
const shownBefore = 5

// Fact is one side of a Difference.
type Fact struct {
	// At is the time since the task began; 0 at the session level.
	At   time.Duration
	Kind string
	Text string
	// Node is the graph node that decides it, where that is known: what the state
	// is drawn as that is entered, or in which it happens.
	Node string
}

// IsZero reports whether nothing happened.
func (f Fact) IsZero() bool { return f == Fact{} }

func (f Fact) String() string {
	if f.IsZero() {
		return "nothing"
	}
	return f.Kind + " " + f.Text
}

// Replay gives what a run recorded from outside (edges, readings, people's
// answers and controls) to a protocol again and compares what it decides. with
// is an edited version; nil means the run's own, with which every decision must
// come out again.
//
// Recorded times are whole nanoseconds and rows keep the order in which they
// happened, so a replay gives every input at its recorded time and place: an
// input that came late, after a timer of the same instant, comes late again.
//
// Through its own version the draws come from the run's seed, and are compared.
// Through an edited one each stream that is declared as it was gives the values
// that it gave then, also when it is asked at another time; a stream that was
// changed draws from the seed.
//
// What cannot be replayed is a *lab.Error of code lab.State that says why.
func Replay(ctx context.Context, rec Recording, with *plan.Plan) (Replayed, error) {
	if !rec.Run.Status.Final() {
		return Replayed{}, cannot("it is not over: it is %s", rec.Run.Status)
	}
	t, err := index(rec)
	if err != nil {
		return Replayed{}, err
	}
	own, err := t.replay(ctx, rec.Plan, nil)
	if err != nil || with == nil || own.result.Difference != nil {
		return own.result, err
	}
	edited, err := t.replay(ctx, with, own)
	return edited.result, err
}

func cannot(format string, args ...any) error {
	return lab.Errorf(lab.State, "The run cannot be replayed: "+format+".", args...)
}

// fact is a row of a task as one side of a difference; in is the state before
// it.
func fact(p *task.Program, r *task.Row, in string) Fact {
	f := Fact{At: r.At, Kind: string(r.Kind), Text: r.Text()}
	if r.Kind == task.KindState {
		in = r.Name
	}
	for i := range p.States {
		if p.States[i].Name == in {
			f.Node = p.States[i].Node
		}
	}
	return f
}
