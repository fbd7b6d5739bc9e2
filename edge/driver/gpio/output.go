//go:build linux

package gpio

import (
	"errors"
	"fmt"
	"log/slog"
	"math"
	"sync"
	"time"

	pin "periph.io/x/conn/v3/gpio"
	"periph.io/x/conn/v3/physic"

	"github.com/lics-lab/lics/edge/driver"
)

const (
	// carrier is the frequency that dims a light without a flicker.
	carrier = 1000.0
	// highest is above what any pin makes; the pin itself says where it ends.
	highest = 1e8

	// A ramp is made of steps.
	steps         = 64
	shortestStep  = time.Millisecond
	longestStep   = 20 * time.Millisecond
	tiniest       = pin.Duty(1) // too short a duty to switch anything
	withoutSignal = 0
)

// output is one pin that is driven.
type output struct {
	pin  pin.PinIO
	low  bool // active low
	pwm  bool // between on and off too
	safe float64
	log  *slog.Logger

	mu        sync.Mutex
	level     float64       // where it is
	frequency float64       // of the signal, in Hz
	ramp      chan struct{} // closed to end the ramp that goes on; nil without one
	failed    error         // of a ramp, until somebody can be told
	ramps     sync.WaitGroup
}

// dimmer is an output whose pin and part take pulse-width modulation.
type dimmer struct{ *output }

// probe finds out whether the pin has pulse-width modulation, by a signal that
// is too short to be one. Asking for none at all would be answered without it.
func (o *output) probe() error {
	duty := tiniest
	if (o.safe > 0) != o.low {
		duty = pin.DutyMax - tiniest
	}
	err := o.pin.PWM(duty, hertz(carrier))
	return errors.Join(err, o.Set(o.safe))
}

// Set drives the pin. Any level above 0 is on, unless the part can be dimmed.
func (o *output) Set(level float64) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return errors.Join(o.take(), o.write(level, withoutSignal))
}

// makeSafe drives the pin to its safe level, whatever happened before.
func (o *output) makeSafe() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := o.take(); err != nil {
		o.log.Error("a ramp of an output had failed", "pin", o.pin.Name(), "error", err)
	}
	return o.write(o.safe, withoutSignal)
}

// take ends a ramp, and says whether one has failed. It needs the lock, as all
// that follows does: a step of a ramp cannot come after it.
func (o *output) take() error {
	if o.ramp != nil {
		close(o.ramp)
		o.ramp = nil
	}
	err := o.failed
	o.failed = nil
	return err
}

// write brings the pin to a level. With a frequency it is a square wave, and
// the loudest, level 1, is half of the time on.
func (o *output) write(level, frequency float64) error {
	var err error
	switch {
	case level <= 0 || math.IsNaN(level):
		err = o.pin.Out(pin.Level(o.low))
	case !o.pwm || level >= 1 && frequency == withoutSignal:
		err = o.pin.Out(pin.Level(!o.low))
	default:
		share, f := min(level, 1), carrier
		if frequency != withoutSignal {
			share, f = share/2, frequency
		}
		if o.low {
			share = 1 - share
		}
		err = o.pin.PWM(pin.Duty(math.Round(share*float64(pin.DutyMax))), hertz(f))
	}
	if err != nil {
		return fmt.Errorf("pin %s: %w", o.pin.Name(), err)
	}
	o.level, o.frequency = level, frequency
	return nil
}

func hertz(f float64) physic.Frequency {
	return physic.Frequency(math.Round(f * float64(physic.Hertz)))
}

// Shape drives the pin to a level in a ramp.
func (d dimmer) Shape(_ time.Duration, s driver.Shape) error {
	if s.Frequency > highest {
		return fmt.Errorf("pin %s: no pin makes %g Hz", d.pin.Name(), s.Frequency)
	}
	o := d.output
	o.mu.Lock()
	defer o.mu.Unlock()
	failed := o.take()
	s.Level = min(s.Level, 1)
	if s.Level <= 0 {
		s.Frequency = o.frequency
	}
	from := min(max(o.level, 0), 1)
	if s.Ramp <= 0 || from == s.Level {
		return errors.Join(failed, o.write(s.Level, s.Frequency))
	}
	if err := errors.Join(failed, o.write(from, s.Frequency)); err != nil {
		return err
	}
	end := make(chan struct{})
	o.ramp = end
	o.ramps.Go(func() { o.rise(end, from, s) })
	return nil
}

// rise makes the steps of a ramp until it is there, or somebody else drives the
// pin.
func (o *output) rise(end chan struct{}, from float64, s driver.Shape) {
	began := time.Now()
	tick := time.NewTicker(min(max(s.Ramp/steps, shortestStep), longestStep))
	defer tick.Stop()
	for {
		select {
		case <-end:
			return
		case <-tick.C:
		}
		passed := time.Since(began)
		if passed >= s.Ramp {
			o.step(end, s.Level, s.Frequency)
			return
		}
		if !o.step(end, from+(s.Level-from)*float64(passed)/float64(s.Ramp), s.Frequency) {
			return
		}
	}
}

// step is one of them; false when it was the last.
func (o *output) step(end chan struct{}, level, frequency float64) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ramp != end {
		return false
	}
	err := o.write(level, frequency)
	if err != nil {
		o.ramp = nil
		o.failed = fmt.Errorf("in a ramp: %w", errors.Join(err, o.write(o.safe, withoutSignal)))
	}
	return err == nil
}
