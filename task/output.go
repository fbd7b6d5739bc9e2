package task

import (
	"math"
	"time"

	"github.com/lics-lab/lics/expr"
)

// output is what the machine knows of one driven channel. A latch or a pulse
// stands above what the state holds.
type output struct {
	held    bool // by the state
	stale   bool // by the state before; dropped at the end of the entry actions
	hold    float64
	latched bool
	latch   float64
	until   alarm // of the latch
	done    int   // event at the end of the pulse; 0 is none
	level   float64
}

func asLevel(v expr.Value) float64 {
	if v.Type() == expr.Bool {
		if v.Bool() {
			return 1
		}
		return 0
	}
	return v.Float()
}

// drive brings a channel to the level it should have, if that is another.
func (m *Machine) drive(channel int) {
	o := &m.outputs[channel]
	level := 0.0
	switch {
	case o.latched:
		level = o.latch
	case o.held:
		level = o.hold
	}
	if level == o.level {
		return
	}
	o.level = level
	m.host.Output(m.now, channel, level)
	m.record(KindOutput, m.program.Channels[channel].Name, levelValue(level))
}

// levelValue writes whole levels as ints, so that a line reads 1 and not 1.0.
func levelValue(level float64) expr.Value {
	if level == math.Trunc(level) && math.Abs(level) < 1<<53 {
		return expr.IntValue(int64(level))
	}
	return expr.FloatValue(level)
}

func (m *Machine) holdOutput(channel int, level float64) {
	o := &m.outputs[channel]
	o.held, o.stale, o.hold = true, false, level
	m.drive(channel)
}

// dropOutputs ends what the state held. Channels that the next state holds too
// are left to it, so that they do not glitch.
func (m *Machine) dropOutputs(next []bool) {
	for i := range m.outputs {
		o := &m.outputs[i]
		if !o.held {
			continue
		}
		if next != nil && next[i] {
			o.stale = true
			continue
		}
		o.held = false
		m.drive(i)
	}
}

// dropStale ends what the last state held and the new one, against
// expectation, did not set.
func (m *Machine) dropStale() {
	for i := range m.outputs {
		if o := &m.outputs[i]; o.stale {
			o.stale, o.held = false, false
			m.drive(i)
		}
	}
}

func (m *Machine) latchOutput(channel int, level float64, d time.Duration, done int) {
	o := &m.outputs[channel]
	o.latched, o.latch, o.until, o.done = true, level, m.arm(d), done
	m.drive(channel)
}

func (m *Machine) releaseOutput(channel int) {
	o := &m.outputs[channel]
	o.latched, o.until.due, o.done = false, forever, 0
	m.drive(channel)
}

// allOff ends every hold and latch.
func (m *Machine) allOff() {
	for i := range m.outputs {
		o := &m.outputs[i]
		o.held, o.stale, o.latched, o.until.due = false, false, false, forever
		m.drive(i)
	}
}
