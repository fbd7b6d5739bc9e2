// Package expr is the expression language of LICS: the guards, assignments,
// parameters and printed texts that people write into the nodes of a graph.
//
// The same expression is checked in the server, evaluated inside a Temporal
// workflow and evaluated inside a millisecond state machine on a Raspberry Pi.
// So it has to be typed before it runs, give the same answer on every
// processor and in every year, stop within a known number of steps, and not
// allocate on the way.
//
// # Why a borrowed parser and our own evaluator
//
// The parser of github.com/expr-lang/expr gives the syntax people know from
// other tools. Its checker and virtual machine are not used: the machine boxes
// every number, has no bound on processor time, and its builtins read clocks
// and iterate maps. Compile turns the syntax tree into a tree of typed nodes
// and Eval walks that tree with one function per result type, so an int stays
// an int64 in a register.
//
// A kind of syntax node that the compiler does not know is refused. The list
// of what is allowed therefore holds by construction: a new release of the
// parser can add syntax, but not meaning. Numbers never reach the parser at
// all (see literals.go), which keeps their reading independent of the size of
// an int on the machine.
//
// # What keeps results equal everywhere
//
//   - Products are written float64(a*b) before they are added to something, so
//     no compiler may fuse them into one rounding.
//   - exp, ln and pow are fixed Go code (see float.go); the ones of package
//     math are assembly on some processors and not on others.
//   - NaN, infinities and negative zero do not exist: the first two are errors
//     with a column, the last is zero.
//   - No map is iterated.
//
// # Limits
//
// MaxSource, MaxNodes and MaxNesting bound what is compiled; MaxFuel, MaxList
// and MaxString bound what is evaluated. Exceeding one is an Error like any
// other, never a panic.
//
// The package stands at the bottom: it imports the standard library and the
// parser, nothing of the project.
package expr

// The limits of the language. They are generous for something a person writes
// into a node and small for something that wants to keep a device busy.
const (
	MaxSource   = 1024    // bytes of one expression
	MaxTemplate = 4096    // bytes of one template
	MaxNodes    = 200     // nodes of one compiled expression
	MaxNesting  = 48      // brackets and signs inside each other
	MaxName     = 64      // bytes of a name
	MaxList     = 10_000  // elements of a list
	MaxString   = 4096    // bytes of a string while evaluating
	MaxFuel     = 100_000 // steps of one evaluation
)
