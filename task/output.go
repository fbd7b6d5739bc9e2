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
	hold    Shape
	latched bool
	latch   Shape
	until   alarm         // of the latch
	done    int           // event at the end of the pulse; 0 is none
	driven  Shape         // what the host was told last
	reached time.Duration // when its ramp is over
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

// drive brings a channel to what it should be, if that is another: a ramp that
// is on its way to the same goes on, one that is over makes no difference.
func (m *Machine) drive(channel int) {
	o := &m.outputs[channel]
	want := Shape{}
	switch {
	case o.latched:
		want = o.latch
	case o.held:
		want = o.hold
	}
	rising := m.now < o.reached
	if want.Level == o.driven.Level && want.Frequency == o.driven.Frequency && (!rising || want.Ramp == o.driven.Ramp) {
		if want == (Shape{}) && o.driven.Ramp > 0 {
			// It has faded out by itself; that nothing drives it any more is
			// told all the same, so that it cannot come back.
			o.driven = want
			m.host.Output(m.now, channel, 0)
		}
		return
	}
	o.driven, o.reached = want, m.arm(want.Ramp).due
	if m.shaper != nil && !want.Plain() {
		m.shaper.Shape(m.now, channel, want)
	} else {
		m.host.Output(m.now, channel, want.Level)
	}
	m.host.Record(Row{
		At: m.now, Kind: KindOutput, Name: m.program.Channels[channel].Name, Value: levelValue(want.Level),
		Ramp: want.Ramp, Frequency: want.Frequency, Trial: int32(m.trial),
	})
}

// levelValue writes whole levels as ints, so that a line reads 1 and not 1.0.
func levelValue(level float64) expr.Value {
	if level == math.Trunc(level) && math.Abs(level) < 1<<53 {
		return expr.IntValue(int64(level))
	}
	return expr.FloatValue(level)
}

func (m *Machine) holdOutput(channel int, s Shape) {
	o := &m.outputs[channel]
	o.held, o.stale, o.hold = true, false, s
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

func (m *Machine) latchOutput(channel int, s Shape, d time.Duration, done int) {
	o := &m.outputs[channel]
	o.latched, o.latch, o.until, o.done = true, s, m.arm(d), done
	m.drive(channel)
}

// releaseOutput ends a latch. What the state holds is there again at once: its
// ramp was that of its beginning.
func (m *Machine) releaseOutput(channel int) {
	o := &m.outputs[channel]
	if o.latched {
		o.hold.Ramp = 0
	}
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
