package task

import (
	"fmt"
	"strings"
)

// Code names a kind of problem of a program. The checker of package protocol
// documents each.
type Code string

// The problems a program may have.
const (
	BadProgram              Code = "bad-program"
	BadName                 Code = "bad-name"
	DuplicateName           Code = "duplicate-name"
	UnknownChannel          Code = "unknown-channel"
	WrongDirection          Code = "wrong-direction"
	UnknownEvent            Code = "unknown-event"
	UnknownState            Code = "unknown-state"
	UnknownStream           Code = "unknown-stream"
	UnknownTimer            Code = "unknown-timer"
	UnknownVariable         Code = "unknown-variable"
	TypeError               Code = "type-error"
	LatchWithoutSafetyTime  Code = "latch-without-safety-time"
	PulseWithoutLength      Code = "pulse-without-length"
	OutputHeldTwice         Code = "output-held-twice"
	MissingParameter        Code = "missing-parameter"
	MissingCalibration      Code = "missing-calibration"
	BadDraws                Code = "bad-draws"
	UnknownFormat           Code = "unknown-format"
	NotAssignableParameters Code = "parameter-assigned"
)

// Problem is one thing that is wrong with a program, with the place of it in
// the words of the graph it was drawn as.
type Problem struct {
	Code Code
	// Place reads like "state choice, on poke_3_in, guard".
	Place string
	// Node and Edge are the ids of the graph's node or edge, where known.
	Node, Edge string
	// Field is the name of the offending field, e.g. "guard".
	Field   string
	Message string
	Hint    string
}

func (p Problem) String() string {
	s := p.Message
	if p.Place != "" {
		s = p.Place + ": " + s
	}
	if p.Hint != "" {
		s += " (" + p.Hint + ")"
	}
	return s
}

// ProgramError is the error of a program that cannot be run.
type ProgramError struct{ Problems []Problem }

func (e *ProgramError) Error() string {
	lines := make([]string, 0, 3)
	for i, p := range e.Problems {
		if i == 3 {
			lines = append(lines, fmt.Sprintf("and %d more", len(e.Problems)-i))
			break
		}
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "; ")
}
