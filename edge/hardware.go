package edge

import (
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/task"
)

// hardware is an opened rig. It is the only way to an output, and it alone
// decides how long one may be on.
type hardware struct {
	rig         *Rig
	log         *slog.Logger
	speed       float64
	instruments []driver.Instrument
	outputs     map[string]driver.Outputs
	inputs      map[string]driver.Inputs
	analog      map[string]driver.AnalogInputs
	missing     map[string]string // channel → why it is unavailable
	changes     map[string]*atomic.Int64
	// lights is called, with the lock, before the first output goes on and
	// after the last went off.
	lights func(on bool)

	mu     sync.Mutex
	lines  map[string]*line
	on     int
	frozen bool // nothing may go on

	edges watchers
}

// line is one output.
type line struct {
	hw      *hardware
	channel RigChannel
	out     driver.Output
	timed   driver.TimedOutput  // when out is one
	shaped  driver.ShapedOutput // likewise
	driven  driver.Shape        // what it was told last
	reached time.Duration       // when the ramp of that is over
	holder  *scope              // whose level it is
	since   time.Duration
	timer   *time.Timer
}

var (
	errFrozen   = errors.New("the device is going to its safe state")
	errUnshaped = errors.New("its part can only be switched: it has no ramp and no frequency")
)

// openHardware opens every part of a rig; missing parts only make their
// channels unavailable.
func openHardware(r *Rig, drivers []driver.Driver, box driver.Box) *hardware {
	h := &hardware{
		rig: r, log: box.Log, speed: box.Speed, outputs: map[string]driver.Outputs{}, inputs: map[string]driver.Inputs{}, analog: map[string]driver.AnalogInputs{},
		missing: map[string]string{}, changes: counters(r.Channels), lines: map[string]*line{}, lights: func(bool) {},
	}
	byDriver := map[string][]driver.Channel{}
	var order []string
	for _, c := range r.Channels {
		if byDriver[c.Driver] == nil {
			order = append(order, c.Driver)
		}
		byDriver[c.Driver] = append(byDriver[c.Driver], driver.Channel{
			Name: c.Name, Output: c.Direction == task.Out, Pin: c.Pin, Address: c.Address,
			ActiveLow: c.Polarity == "active_low", Pull: c.Pull, Debounce: c.Debounce, Safe: c.Safe, PWM: c.PWM,
		})
	}
	for _, name := range order {
		box.Channels = byDriver[name]
		box.Animal = r.Animal
		h.open(name, drivers, box)
	}
	for _, c := range r.Channels {
		if h.missing[c.Name] == "" {
			h.attach(c)
		}
		if why := h.missing[c.Name]; why != "" {
			h.log.Warn("channel unavailable", "channel", c.Name, "driver", c.Driver, "reason", why)
		}
	}
	return h
}

func (h *hardware) open(name string, drivers []driver.Driver, box driver.Box) {
	var instrument driver.Instrument
	err := fmt.Errorf("this agent has no driver %q", name)
	for _, d := range drivers {
		if d.Name() == name {
			instrument, err = openSafely(d, box)
		}
	}
	for _, c := range box.Channels {
		if err != nil {
			h.missing[c.Name] = err.Error()
			continue
		}
		if out, ok := instrument.(driver.Outputs); ok && c.Output {
			h.outputs[c.Name] = out
		}
		if in, ok := instrument.(driver.Inputs); ok && !c.Output {
			h.inputs[c.Name] = in
		}
		if in, ok := instrument.(driver.AnalogInputs); ok && !c.Output {
			h.analog[c.Name] = in
		}
	}
	if instrument != nil {
		h.instruments = append(h.instruments, instrument)
	}
}

// openSafely turns a driver's panic into a missing part.
func openSafely(d driver.Driver, box driver.Box) (i driver.Instrument, err error) {
	defer func() {
		if p := recover(); p != nil {
			i, err = nil, fmt.Errorf("driver %s: %v", d.Name(), p)
		}
	}()
	return d.Open(box)
}

// attach finds the capability behind a channel.
func (h *hardware) attach(c RigChannel) {
	if c.Direction == task.In {
		in, analog := h.inputs[c.Name], h.analog[c.Name]
		switch {
		case in == nil && analog == nil:
			h.missing[c.Name] = fmt.Sprintf("driver %s has no inputs", c.Driver)
		case in != nil && analog == nil:
			if _, err := in.Level(c.Name); err != nil {
				h.missing[c.Name] = err.Error()
			}
		}
		return
	}
	outs := h.outputs[c.Name]
	if outs == nil {
		h.missing[c.Name] = fmt.Sprintf("driver %s has no outputs", c.Driver)
		return
	}
	out, err := outs.Output(c.Name)
	if err != nil {
		h.missing[c.Name] = err.Error()
		return
	}
	l := &line{hw: h, channel: c, out: out, driven: driver.Shape{Level: c.Safe}}
	l.timed, _ = out.(driver.TimedOutput)
	l.shaped, _ = out.(driver.ShapedOutput)
	if c.MaxOn > 0 {
		l.timer = time.AfterFunc(time.Hour, l.expire)
		l.timer.Stop()
	}
	h.lines[c.Name] = l
}

// set drives a line for a holder. at is when the level was due.
func (l *line) set(at time.Duration, level float64, holder *scope) error {
	return l.shape(at, driver.Shape{Level: level}, holder)
}

// shape drives a line for a holder, from a time on.
func (l *line) shape(at time.Duration, s driver.Shape, holder *scope) error {
	h := l.hw
	h.mu.Lock()
	defer h.mu.Unlock()
	return l.drive(at, s, holder)
}

// off is what a line is told to be safe. One that is on its way there in a ramp
// is not safe yet: it counts as on until it is told this.
func (l *line) off() driver.Shape { return driver.Shape{Level: l.channel.Safe} }

// idle reports whether the line is safe. It needs the hardware's lock, as drive
// does.
func (l *line) idle() bool { return l.driven == l.off() }

func (l *line) drive(at time.Duration, s driver.Shape, holder *scope) error {
	h, off := l.hw, s == l.off()
	if h.frozen && !off {
		return errFrozen
	}
	l.holder = holder
	if s == l.driven {
		return nil
	}
	if h.on == 0 && !off {
		h.lights(true) // before it is: who is told after might be told never
	}
	var err error
	switch {
	case s != driver.Shape{Level: s.Level} && l.shaped == nil:
		err = errUnshaped
	case s != driver.Shape{Level: s.Level}:
		err = l.shaped.Shape(at, s)
	case l.timed != nil:
		err = l.timed.SetAt(at, s.Level)
	default:
		err = l.out.Set(s.Level)
	}
	if err != nil {
		return fmt.Errorf("channel %s: %w", l.channel.Name, err)
	}
	was := l.idle()
	l.driven, l.reached = s, at+s.Ramp
	h.changes[l.channel.Name].Add(1)
	switch {
	case was: // goes on
		l.since = driver.Now()
		if l.timer != nil {
			l.timer.Reset(l.maxOn() + 5*time.Millisecond) // a pulse of just that length is fine
		}
		h.on++
	case off:
		l.holder = nil
		if l.timer != nil {
			l.timer.Stop()
		}
		if h.on--; h.on == 0 {
			h.lights(false)
		}
	}
	return nil
}

func (l *line) maxOn() time.Duration {
	return time.Duration(float64(l.channel.MaxOn) / l.hw.speed)
}

// expire forces a line off that was on for too long.
func (l *line) expire() {
	h := l.hw
	h.mu.Lock()
	if l.idle() || driver.Now()-l.since < l.maxOn() {
		h.mu.Unlock()
		return
	}
	holder := l.holder
	if l.driven.Level == l.channel.Safe && l.reached <= driver.Now() {
		holder = nil // it has faded to it long ago: nothing to tell
	}
	err := l.drive(driver.Now(), l.off(), nil)
	h.mu.Unlock()
	if err != nil {
		h.log.Error("an output cannot be switched off", "channel", l.channel.Name, "error", err)
		_ = h.makeSafe()
	}
	if holder != nil {
		holder.warn("max_on", fmt.Sprintf("%s was on for %s, the rig's limit; forced to %g", l.channel.Name, l.channel.MaxOn, l.channel.Safe))
		holder.recordLevel(l.channel.Name, l.channel.Safe)
	}
}

// release puts the lines that a scope holds to their safe value and records
// each change in it.
func (h *hardware) release(s *scope, lines ...*line) error {
	var errs []error
	for _, l := range lines {
		h.mu.Lock()
		changed := l.holder == s && !l.idle()
		if changed {
			errs = append(errs, l.drive(driver.Now(), l.off(), nil))
		}
		h.mu.Unlock()
		if changed {
			s.recordLevel(l.channel.Name, l.channel.Safe)
		}
	}
	return errors.Join(errs...)
}

// makeSafe puts everything to its safe value, whoever holds it and whatever
// failed before.
func (h *hardware) makeSafe() error {
	h.mu.Lock()
	held := map[*line]*scope{}
	for _, l := range h.lines {
		if l.idle() {
			continue
		}
		if l.holder != nil {
			held[l] = l.holder
		}
		l.driven, l.holder = l.off(), nil
		h.changes[l.channel.Name].Add(1)
		if l.timer != nil {
			l.timer.Stop()
		}
	}
	var errs []error
	for _, i := range h.instruments {
		if err := i.Safe(); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", i, err))
		}
	}
	if h.on > 0 {
		h.on = 0
		h.lights(false)
	}
	h.mu.Unlock()
	for l, s := range held {
		s.recordLevel(l.channel.Name, l.channel.Safe)
	}
	return errors.Join(errs...)
}

// freeze forbids, or allows again, that anything goes on.
func (h *hardware) freeze(frozen bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.frozen = frozen
}

// report tells f whether anything is on, with the lock, so that it cannot be
// overtaken by a call of lights.
func (h *hardware) report(f func(on bool) error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return f(h.on > 0)
}

// close leaves everything safe.
func (h *hardware) close() error {
	errs := []error{h.makeSafe()}
	for _, i := range h.instruments {
		errs = append(errs, i.Close())
	}
	return errors.Join(errs...)
}
