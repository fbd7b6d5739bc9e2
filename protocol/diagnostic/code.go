package diagnostic

// Code is the stable name of a kind of diagnostic. Each is explained in
// docs/diagnostics.md, and a test keeps that list complete.
type Code string

// The codes, by what they are about.
const (
	// The document and its declarations.
	BadData       Code = "bad-data"
	BadName       Code = "bad-name"
	BadValue      Code = "bad-value"
	DuplicateID   Code = "duplicate-id"
	DuplicateName Code = "duplicate-name"
	MissingValue  Code = "missing-default"
	ShadowedName  Code = "shadowed-name"
	UnknownKind   Code = "unknown-kind"

	// Where nodes stand and how they are wired.
	BackwardWire  Code = "backward-wire"
	BadParent     Code = "bad-parent"
	BusyRole      Code = "busy-role"
	CyclicParent  Code = "cyclic-parent"
	DanglingPort  Code = "dangling-port"
	DanglingWire  Code = "dangling-wire"
	LonelyJoin    Code = "lonely-join"
	MixedLevels   Code = "mixed-levels"
	NeverFires    Code = "never-fires"
	NoStart       Code = "no-start"
	TwoStarts     Code = "two-starts"
	TwoWires      Code = "two-wires-one-port"
	WaitTooShort  Code = "wait-too-short"
	NoInitial     Code = "no-initial-state"
	EmptyTask     Code = "empty-task"
	EndlessTask   Code = "endless-task"
	ArmedTimer    Code = "armed-timer"
	NoWayOut      Code = "state-without-exit"
	ZeroTimeCycle Code = "zero-time-cycle"

	// Names that something refers to.
	ParameterAssigned Code = "parameter-assigned"
	TypeError         Code = "type-error"
	UnknownChannel    Code = "unknown-channel"
	UnknownEvent      Code = "unknown-event"
	UnknownName       Code = "unknown-name"
	UnknownProtocol   Code = "unknown-protocol"
	UnknownRole       Code = "unknown-role"
	UnknownState      Code = "unknown-state"
	UnknownStream     Code = "unknown-stream"
	UnknownTimer      Code = "unknown-timer"
	UnknownVariable   Code = "unknown-variable"
	UnusedDeclaration Code = "unused-declaration"
	UnusedParameter   Code = "unused-parameter"
	UnusedVariable    Code = "unused-variable"
	WrongDirection    Code = "wrong-direction"

	// Handlers, outputs and actions.
	BadProgram         Code = "bad-program"
	DuplicateHandler   Code = "duplicate-handler"
	LatchWithoutSafety Code = "latch-without-safety-time"
	OutputHeldTwice    Code = "output-held-twice"
	PulseWithoutLength Code = "pulse-without-length"
	TimeupWithoutTimer Code = "timeup-without-timer"
	TransitionInEntry  Code = "transition-in-entry"
	UnansweredTimer    Code = "unanswered-timer"

	// What can never happen.
	ClosedWindow       Code = "closed-window"
	ConstantCondition  Code = "constant-condition"
	ImpossibleDraw     Code = "impossible-draw"
	ImpossibleVolume   Code = "impossible-volume"
	NeverEntered       Code = "never-entered"
	UncountedDelivery  Code = "uncounted-delivery"
	UnreachableLimit   Code = "unreachable-limit"
	UnreachableOutcome Code = "unreachable-outcome"
	UnreadVariable     Code = "unread-variable"
	UnwrittenVariable  Code = "unwritten-variable"
)

// warnings are the codes of what may be meant: the protocol runs with them.
var warnings = map[Code]bool{
	MissingValue: true, ShadowedName: true, LonelyJoin: true, EndlessTask: true,
	ArmedTimer: true, NoWayOut: true, UnusedDeclaration: true, UnusedParameter: true,
	UnusedVariable: true, UnansweredTimer: true, ClosedWindow: true, ConstantCondition: true,
	NeverEntered: true, UncountedDelivery: true, UnreachableLimit: true, UnreachableOutcome: true,
	UnreadVariable: true, UnwrittenVariable: true,
}

// Codes lists every code there is, in the order of the constants.
func Codes() []Code {
	return []Code{
		BadData, BadName, BadValue, DuplicateID, DuplicateName, MissingValue, ShadowedName, UnknownKind,
		BackwardWire, BadParent, BusyRole, CyclicParent, DanglingPort, DanglingWire, LonelyJoin, MixedLevels,
		NeverFires, NoStart, TwoStarts, TwoWires, WaitTooShort, NoInitial, EmptyTask, EndlessTask, ArmedTimer,
		NoWayOut, ZeroTimeCycle,
		ParameterAssigned, TypeError, UnknownChannel, UnknownEvent, UnknownName, UnknownProtocol, UnknownRole, UnknownState,
		UnknownStream, UnknownTimer, UnknownVariable, UnusedDeclaration, UnusedParameter, UnusedVariable, WrongDirection,
		BadProgram, DuplicateHandler, LatchWithoutSafety, OutputHeldTwice, PulseWithoutLength, TimeupWithoutTimer,
		TransitionInEntry, UnansweredTimer,
		ClosedWindow, ConstantCondition, ImpossibleDraw, ImpossibleVolume, NeverEntered, UncountedDelivery,
		UnreachableLimit, UnreachableOutcome, UnreadVariable, UnwrittenVariable,
	}
}

// Severity is the same for every diagnostic of a code.
func (c Code) Severity() Severity {
	if warnings[c] {
		return Warning
	}
	return Error
}
