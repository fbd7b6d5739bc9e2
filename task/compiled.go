package task

import "github.com/lics-lab/lics/expr"

// Builtins are the names that every expression of a program may use besides
// its own, with what they mean. They come last in the scope.
var Builtins = []struct {
	Name string
	Type expr.Type
	Help string
}{
	{"event", expr.String, "the event that is being answered"},
	{"trial", expr.Int, "the number of the trial, from 1"},
	{"elapsed", expr.Duration, "time since the task began"},
	{"in_state", expr.Duration, "time since the state was entered"},
}

// formula is a compiled expression that knows where it stands, for the message
// of an evaluation that fails.
type formula struct {
	*expr.Expr
	place string
}

// compiled is a Program with every name resolved to an index.
type compiled struct {
	program *Program

	events    []string     // event id → name; 0 is Timeup
	eventText []expr.Value // the same as values
	rising    []int        // channel → event id; 0 for outputs
	falling   []int
	// timerEvent is the event id of each global timer.
	timerEvent []int

	slotOfChannel []int // channel → slot of its level; -1 for outputs
	slotEvent     int   // the first builtin; the others follow it
	types         []expr.Type
	initial       []*formula // variable → initial value; nil is zero

	streams []cstream
	timers  []*formula
	states  []cstate
	always  [][]chandler // by event id
	start   int
	trials  int // the state that begins a trial, for a resumed task

	outcomes []string
	limits   struct{ duration, trials, volume *formula }
}

type cstate struct {
	name    string
	trial   bool
	pass    bool
	end     bool
	timer   *formula
	outputs []coutput
	held    []bool // channel → held statically, or set by an entry action
	entry   []caction
	exit    []caction
	on      [][]chandler // by event id; nil for an end
}

type coutput struct {
	channel int
	shape   cshape
}

type chandler struct {
	guard   *formula
	actions []caction
	to      int // state; -1 stays
}

type caction struct {
	do       Do
	cond     *formula
	channel  int
	shape    cshape
	duration *formula
	volume   *formula
	variable int
	value    *formula
	stream   int
	timer    int
	event    int
	done     int // event at the end of a pulse; 0 is none
	outcome  int
	text     *expr.Template
	place    string
}

type cstream struct {
	name    string
	kind    StreamKind
	typ     expr.Type
	values  *formula
	weights *formula
	low     *formula
	high    *formula
	mean    *formula
	sd      *formula
	p       *formula
	run     *formula
	place   string
}
