package plan

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// Runner moves the tokens of one run through a plan. It knows no clock, no
// device and no Temporal: it says which steps to start and which to cancel, and
// is told when one is complete. The same calls in the same order give the same
// answers, so a workflow can be replayed and a dry-run shows what will happen.
//
// Within one scope (the top level, or one iteration of a loop's body) every
// node fires at most once. It fires when all wires that lead to it are decided
// and one carries a token; when all were skipped it is skipped, and so are the
// wires that leave it. A race does not wait for all.
//
// A Runner is not safe for concurrent use.
type Runner struct {
	ix    *index
	eval  Evaluator
	cache map[string]*compiled // of expressions; no part of the state

	vars   []expr.Value // parameters, then variables
	scopes map[string]*scope
	steps  []Step // in flight, in the order of their start

	queue   []firing
	actions Actions
	events  []Event
	seed    int64 // of the run
	instant int   // firings since a step was completed
	serial  int   // of the latest scope

	started  bool
	stopping bool
	over     bool
	outcome  string
	failed   string
}

// Step is something the runner waits for: a task, a device command, a wait, or
// a person. All expressions are evaluated, so that a step that is started again
// somewhere else is the same.
type Step struct {
	ID    string `json:"id"` // Node + "/" + Visit
	Node  string `json:"node"`
	Visit string `json:"visit"` // loop indexes joined by "."; "1" at the top
	Kind  Kind   `json:"kind"`
	Scope string `json:"scope,omitempty"` // of the runner; nobody else needs it

	Role    string `json:"role,omitempty"`
	Channel string `json:"channel,omitempty"`
	// Parameters of a task's program, decodable as their types.
	Parameters map[string]json.RawMessage `json:"parameters,omitempty"`
	Level      float64                    `json:"level,omitempty"`
	MaxOn      time.Duration              `json:"max_on_ns,omitempty"`
	// Duration of a pulse or a wait, or a person's time to answer (0: for ever).
	Duration    time.Duration     `json:"duration_ns,omitempty"`
	Microlitres float64           `json:"microlitres,omitempty"`
	Title       string            `json:"title,omitempty"`
	Text        string            `json:"text,omitempty"`
	Choices     []string          `json:"choices,omitempty"`
	Clock       *Clock            `json:"clock,omitempty"` // of a wait_until
	Watch       *Watched          `json:"watch,omitempty"`
	Notice      *Notice           `json:"notice,omitempty"`
	Call        *Calling          `json:"call,omitempty"`
	Gate        *Gating           `json:"gate,omitempty"`
	Curve       *task.Calibration `json:"curve,omitempty"`
	Check       *Checking         `json:"check,omitempty"`
	Export      *Export           `json:"export,omitempty"`

	// Of a person's step: who may answer, what is filled in and signed, how
	// often people are reminded, and when another role may answer too.
	Asked      string        `json:"asked,omitempty"`
	Form       Form          `json:"form,omitempty"`
	Sign       string        `json:"sign,omitempty"`
	Remind     time.Duration `json:"remind_ns,omitempty"`
	Escalate   time.Duration `json:"escalate_ns,omitempty"`
	EscalateTo string        `json:"escalate_to,omitempty"`
}

// Actions is what the caller has to do after a call: first cancel, then start.
// A cancelled step is forgotten; it must not be completed any more.
type Actions struct {
	Start  []Step
	Cancel []string // ids
}

// Completion is how a step ended.
type Completion struct {
	// Port is the way the token takes; empty means PortOut. A human step's is
	// the choice, a task's its exit.
	Port string
	// Values are a task's results by name; or, as ValueRead, a reading or the
	// text that a person wrote.
	Values map[string]expr.Value
	// Err, when set, says why the step failed, for a person. The Port does not
	// count then; Values are what is known all the same.
	Err string
}

// ValueRead is the name of the one value that a reading, or a person, gives.
const ValueRead = "value"

// ErrNoStep is the error of completing a step that is not in flight.
var ErrNoStep = errors.New("no such step in flight")

// NewRunner checks the plan and the parameters and evaluates what the variables
// begin with. A wrong parameter is a *ParameterError. A nil Evaluator evaluates
// directly.
func NewRunner(p *Plan, parameters map[string]json.RawMessage, eval Evaluator) (*Runner, error) {
	r, err := newRunner(p, eval)
	if err != nil {
		return nil, err
	}
	values, err := DecodeParameters(p, parameters)
	if err != nil {
		return nil, err
	}
	r.vars = values
	if err := r.initialise(); err != nil {
		return nil, err
	}
	return r, nil
}

// Seed sets what random orders are drawn from; call it before Start.
func (r *Runner) Seed(seed int64) { r.seed = seed }

func newRunner(p *Plan, eval Evaluator) (*Runner, error) {
	ix, err := newIndex(p)
	if err != nil {
		return nil, err
	}
	if eval == nil {
		eval = func(evaluate func() Evaluated) Evaluated { return evaluate() }
	}
	return &Runner{ix: ix, eval: eval, cache: map[string]*compiled{}, scopes: map[string]*scope{}}, nil
}

// Start puts the first token on the start node.
func (r *Runner) Start() (Actions, error) {
	if r.started {
		return Actions{}, errors.New("the run has started already")
	}
	r.started = true
	top := &scope{Cells: map[string]*cell{}, Visit: topVisit}
	r.scopes[top.ID] = top
	r.enter(top)
	return r.drain(), nil
}

// Complete says how a step ended and returns what is to be done next.
func (r *Runner) Complete(id string, c Completion) (Actions, error) {
	step, ok := r.take(id)
	if !ok {
		return Actions{}, fmt.Errorf("%w: %s", ErrNoStep, id)
	}
	s, n := r.scopes[step.Scope], r.ix.pos[step.Node]
	r.instant = 0
	if c.Port == "" && !r.stopping {
		c.Port = PortOut
	}
	if text := r.results(n, step.Visit, c); c.Err == "" && !r.stopping {
		c.Err = text
	}
	switch {
	case r.stopping: // a stopped task has no exit
		r.emit(Event{Kind: EventDone, Node: step.Node, Visit: step.Visit, Name: c.Port, Error: c.Err})
		r.cell(s, n).State = cellDone
		r.over = len(r.steps) == 0
	case c.Err != "":
		r.fail(s, n, c.Err)
	default:
		r.emit(Event{Kind: EventDone, Node: step.Node, Visit: step.Visit, Name: c.Port})
		r.leave(s, n, c.Port)
	}
	return r.drain(), nil
}

// Stop ends the run well: nothing new starts. Waits, questions and the steps
// that the caller held back are cancelled; tasks and device commands are to be
// completed by the caller, who tells the devices.
func (r *Runner) Stop(held ...string) Actions {
	if r.over {
		return Actions{}
	}
	r.stopping = true
	for _, step := range slices.Clone(r.steps) {
		if step.Kind.waits() || slices.Contains(held, step.ID) {
			r.cancelStep(step)
		}
	}
	r.over = len(r.steps) == 0
	return r.drain()
}

// waits tells the steps for which a device need not be told when the run stops.
func (k Kind) waits() bool {
	switch k {
	case KindWait, KindWaitUntil, KindHuman, KindWatch, KindNotify, KindCall, KindGate, KindCalibrate, KindCheck, KindExport:
		return true
	}
	return false
}

// Abort cancels everything and ends the run.
func (r *Runner) Abort() Actions {
	r.cancelAll()
	r.over = true
	return r.drain()
}

// Over tells whether the run is over, the word of its end node, and why it
// failed, if it did.
func (r *Runner) Over() (outcome, failed string, ok bool) { return r.outcome, r.failed, r.over }

// InFlight are the steps that are awaited, in the order of their start.
func (r *Runner) InFlight() []Step { return slices.Clone(r.steps) }

// Events are those that happened since the last call.
func (r *Runner) Events() []Event {
	es := r.events
	r.events = nil
	return es
}

// Variables are the present values by name.
func (r *Runner) Variables() map[string]expr.Value {
	vs := make(map[string]expr.Value, len(r.ix.plan.Variables))
	for i, v := range r.ix.plan.Variables {
		vs[v.Name] = r.vars[len(r.ix.plan.Parameters)+i]
	}
	return vs
}

// take removes a step from those in flight.
func (r *Runner) take(id string) (Step, bool) {
	for i, s := range r.steps {
		if s.ID == id {
			r.steps = append(r.steps[:i:i], r.steps[i+1:]...)
			return s, true
		}
	}
	return Step{}, false
}

// drain fires what is ready until only steps are left to wait for.
func (r *Runner) drain() Actions {
	for again := true; again; again = !r.over && !r.stopping && r.dismiss() {
		for len(r.queue) > 0 && !r.over {
			f := r.queue[0]
			r.queue = r.queue[1:]
			if s := r.scopes[f.scope]; s != nil && s.serial == f.serial {
				r.fire(s, f.node)
			}
		}
	}
	if r.over {
		r.queue = nil
	}
	a := r.actions
	r.actions = Actions{}
	return a
}
