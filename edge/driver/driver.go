// Package driver says what a part of a box can do, in capabilities small
// enough that a driver implements only what its part has.
//
// A driver is given the rig's channels that name it and opens one Instrument
// for all of them. What is missing makes its channels unavailable, with a
// reason that people read; it never stops the agent, because the other parts
// may be what keeps an animal safe.
package driver

import (
	"log/slog"
	"time"
)

// Driver opens the parts of one kind.
type Driver interface {
	// Name is what a rig's channel says under `driver`.
	Name() string
	// Open takes hold of the channels' hardware with every output in its safe
	// state. An error makes all of them unavailable.
	Open(Box) (Instrument, error)
}

// Box is what a driver is opened with.
type Box struct {
	Channels []Channel
	// Animal is the rig's animal section, for a simulator.
	Animal map[string]any
	// StateDir is a directory that outlives the process.
	StateDir string
	// Speed is how much faster than real time a simulator lives; 1 is real.
	Speed float64
	// By says who drives the outputs: the agent, or the guard that stands in
	// for it.
	By  string
	Log *slog.Logger
}

// Channel is one line of the box as the rig describes it.
type Channel struct {
	Name      string
	Output    bool
	Pin       string // as the driver understands it: GPIO17, 17, a position on a board
	Address   string // of a bus or a chip
	ActiveLow bool
	Pull      string // up, down, none, or empty for the part's own
	Debounce  time.Duration
	Safe      float64
	// PWM says that what hangs on an output may be driven by pulse-width
	// modulation, as a light or a buzzer may, and a valve may not.
	PWM bool
}

// Instrument is the least an opened part is.
type Instrument interface {
	String() string
	// Safe puts every output into its safe state and returns at once. It must
	// work after any failure of any other method, and from any goroutine.
	Safe() error
	Close() error
}

// Outputs is an Instrument with channels that can be driven.
type Outputs interface {
	Instrument
	// Output is the line of a channel; the error says why it is missing.
	Output(channel string) (Output, error)
}

// Output is a line that is driven. 0 is off and 1 is on; a part with more than
// two levels takes those between.
type Output interface {
	Set(level float64) error
}

// TimedOutput is an Output that wants to know when the level was due, in the
// clock of Now. A simulator needs it: it lives faster than the goroutines that
// drive it.
type TimedOutput interface {
	Output
	SetAt(at time.Duration, level float64) error
}

// Shape is how an output is driven that does more than go to a level.
type Shape struct {
	Level float64
	// Ramp is how long it takes from where it is to Level, in a straight line.
	Ramp time.Duration
	// Frequency is that of a tone or a flicker, in Hz; 0 is the part's own. With
	// a Level of 0 it is the one that the output has.
	Frequency float64
}

// ShapedOutput is an Output that can have a ramp and a frequency.
type ShapedOutput interface {
	Output
	// Shape begins it, at a time in the clock of Now, and returns at once. Set,
	// Safe and another Shape end it and take over where it is then; after they
	// have returned nothing of it comes any more. When a ramp fails on its way
	// the output goes to its safe state, and the next Set or Shape says so.
	Shape(at time.Duration, s Shape) error
}

// Inputs is an Instrument with digital lines that report their edges.
type Inputs interface {
	Instrument
	// Watch sends the edges of all lines to f from now on. f is called from
	// one goroutine, in the order of the edges, and does not block.
	Watch(f func(Edge)) error
	// Level is the present level of a line; the error says why it is missing.
	Level(channel string) (bool, error)
}

// Edge is a change of an input line.
type Edge struct {
	Channel string
	High    bool
	// At is when it happened, in the clock of Now; from the kernel where the
	// kernel saw it.
	At time.Duration
}

// AnalogInputs is an Instrument with quantities to read.
type AnalogInputs interface {
	Instrument
	Read(channel string) (float64, error)
}
