//go:build linux

package gpio

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	pin "periph.io/x/conn/v3/gpio"
	"periph.io/x/conn/v3/gpio/gpioreg"
	"periph.io/x/conn/v3/physic"

	"github.com/lics-lab/lics/edge/driver"
)

// scope is a pin on which somebody looks with an oscilloscope.
type scope struct {
	pin.PinIO // all that an output does not need
	name      string
	began     time.Time
	broken    func() error // what the pin answers when it is asked for a signal

	mu    sync.Mutex
	trace []string
	share float64 // of the time that it is high
}

func newScope() *scope { return &scope{PinIO: pin.INVALID, name: "GPIO13", began: time.Now()} }

func (s *scope) Name() string { return s.name }
func (s *scope) Number() int  { return -1 }
func (s *scope) Halt() error  { return nil }

func (s *scope) note(share float64, format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.share = share
	s.trace = append(s.trace, fmt.Sprintf("%d ", time.Since(s.began).Milliseconds())+fmt.Sprintf(format, args...))
}

func (s *scope) Out(l pin.Level) error {
	share := 0.0
	if l == pin.High {
		share = 1
	}
	s.note(share, "%s", l)
	return nil
}

func (s *scope) PWM(d pin.Duty, f physic.Frequency) error {
	if s.broken != nil {
		if err := s.broken(); err != nil {
			return err
		}
	}
	share := float64(d) / float64(pin.DutyMax)
	s.note(share, "%.1f%% %s", 100*share, f)
	return nil
}

func newOutput(s *scope) *output {
	return &output{pin: s, pwm: true, log: slog.New(slog.DiscardHandler)}
}

// pass lets virtual time pass, and everybody do what was due in it.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

func shows(t *testing.T, s *scope, want string) {
	t.Helper()
	require.Equal(t, strings.Split(want, "; "), s.seen())
}

// seen is what happened since it was asked last.
func (s *scope) seen() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	trace := s.trace
	s.trace = nil
	return trace
}

func (s *scope) signal() float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.share
}

func TestALightIsDimmedAndAToneIsASquareWave(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScope()
		d := dimmer{newOutput(s)}
		require.NoError(t, d.Set(0.25))
		require.NoError(t, d.Set(1))
		require.NoError(t, d.Shape(0, driver.Shape{Level: 1, Frequency: 4000}))
		require.NoError(t, d.Shape(0, driver.Shape{Level: 0.5, Frequency: 440.5}))
		require.NoError(t, d.Set(0))
		shows(t, s, "0 25.0% 1kHz; 0 High; 0 50.0% 4kHz; 0 25.0% 440.500Hz; 0 Low")
		d.low = true
		require.NoError(t, d.Set(0.25))
		require.NoError(t, d.Set(1))
		require.NoError(t, d.Set(0))
		shows(t, s, "0 75.0% 1kHz; 0 Low; 0 High")
		d.low, d.pwm = false, false
		require.NoError(t, d.Set(0.25))
		shows(t, s, "0 High")
	})
}

func TestARampRisesInStepsAndEndsByItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScope()
		d := dimmer{newOutput(s)}
		require.NoError(t, d.Shape(0, driver.Shape{Level: 1, Ramp: 4 * time.Millisecond}))
		pass(time.Second)
		shows(t, s, "0 Low; 1 25.0% 1kHz; 2 50.0% 1kHz; 3 75.0% 1kHz; 4 High")
		require.NoError(t, d.Shape(0, driver.Shape{Level: 0.5, Ramp: 2 * time.Millisecond, Frequency: 100}))
		pass(time.Second)
		shows(t, s, "1000 50.0% 100Hz; 1001 37.5% 100Hz; 1002 25.0% 100Hz")
	})
}

func TestAToneFadesOutWithTheFrequencyItHad(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScope()
		d := dimmer{newOutput(s)}
		require.NoError(t, d.Shape(0, driver.Shape{Level: 1, Frequency: 4000}))
		require.NoError(t, d.Shape(0, driver.Shape{Ramp: 2 * time.Millisecond}))
		pass(time.Second)
		shows(t, s, "0 50.0% 4kHz; 0 50.0% 4kHz; 1 25.0% 4kHz; 2 Low")
	})
}

// In a bubble of synctest every goroutine has to end: a ramp that went on for
// ever would fail these tests.
func TestWhoeverDrivesThePinEndsTheRampAndNothingOfItComesAfter(t *testing.T) {
	t.Parallel()
	for name, take := range map[string]func(d dimmer) error{
		"set": func(d dimmer) error { return d.Set(0) }, "safe": func(d dimmer) error { return d.makeSafe() },
		"shape": func(d dimmer) error { return d.Shape(0, driver.Shape{}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newScope()
				d := dimmer{newOutput(s)}
				require.NoError(t, d.Shape(0, driver.Shape{Level: 1, Ramp: 20 * time.Second}))
				pass(10 * time.Second)
				require.InDelta(t, 0.5, s.signal(), 0.001)
				s.seen()
				require.NoError(t, take(d))
				pass(time.Hour)
				shows(t, s, "10000 Low")
				d.ramps.Wait()
			})
		})
	}
}

func TestANewRampBeginsWhereTheOldOneIs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScope()
		d := dimmer{newOutput(s)}
		require.NoError(t, d.Shape(0, driver.Shape{Level: 1, Ramp: 10 * time.Millisecond}))
		pass(5500 * time.Microsecond)
		require.InDelta(t, 0.5, s.signal(), 1e-6)
		s.seen()
		require.NoError(t, d.Shape(0, driver.Shape{Level: 0, Ramp: 2 * time.Millisecond}))
		pass(time.Second)
		shows(t, s, "5 50.0% 1kHz; 6 25.0% 1kHz; 7 Low")
	})
}

func TestARampThatFailsGoesSafeAndTheNextCallSaysSo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScope()
		d := dimmer{newOutput(s)}
		s.broken = func() error {
			if time.Since(s.began) > 2*time.Millisecond {
				return errors.New("no channel available")
			}
			return nil
		}
		require.NoError(t, d.Shape(0, driver.Shape{Level: 1, Ramp: 4 * time.Millisecond}))
		pass(time.Second)
		shows(t, s, "0 Low; 1 25.0% 1kHz; 2 50.0% 1kHz; 3 Low")
		require.ErrorContains(t, d.Set(0), "in a ramp: pin GPIO13: no channel available")
		shows(t, s, "1000 Low")
		require.NoError(t, d.Set(1), "it is said once")
		require.Error(t, d.Shape(0, driver.Shape{Level: 0.5}))
		require.Error(t, d.Shape(0, driver.Shape{Level: 1, Frequency: 1e300}))
		require.NoError(t, d.makeSafe(), "to be safe is possible after anything")
	})
}

func TestManyHandsOnAPinLeaveItWhereTheLastOnePutIt(t *testing.T) {
	t.Parallel()
	s := newScope()
	d := dimmer{newOutput(s)}
	done := make(chan struct{})
	for range 4 {
		go func() {
			defer func() { done <- struct{}{} }()
			for range 200 {
				if d.Shape(0, driver.Shape{Level: 1, Ramp: time.Millisecond}) != nil || d.makeSafe() != nil {
					return
				}
			}
		}()
	}
	for range 4 {
		<-done
	}
	require.NoError(t, d.makeSafe())
	d.ramps.Wait()
	require.Zero(t, d.level)
	require.Zero(t, s.signal())
}

func TestAChannelIsShapedWhereTheRigSaysSoAndThePinCan(t *testing.T) {
	t.Parallel()
	able, not := newScope(), newScope()
	able.name, not.name = "SIGNAL1", "SWITCH1"
	not.broken = func() error { return errors.New("subsystem gpiomem not initialized") }
	require.NoError(t, gpioreg.Register(able))
	require.NoError(t, gpioreg.Register(not))
	t.Cleanup(func() { _, _ = gpioreg.Unregister("SIGNAL1"), gpioreg.Unregister("SWITCH1") })
	p := &pins{outputs: map[string]*output{}, missing: map[string]error{}, log: slog.New(slog.DiscardHandler)}
	for _, c := range []driver.Channel{
		{Name: "light", Pin: "SIGNAL1", Output: true, PWM: true},
		{Name: "valve", Pin: "SIGNAL1", Output: true},
		{Name: "wrong", Pin: "SWITCH1", Output: true, PWM: true},
	} {
		p.openOutput(c)
	}
	light, err := p.Output("light")
	require.NoError(t, err)
	require.Implements(t, (*driver.ShapedOutput)(nil), light)
	require.Zero(t, able.signal(), "after it was tried the pin is safe")
	valve, err := p.Output("valve")
	require.NoError(t, err)
	require.NotImplements(t, (*driver.ShapedOutput)(nil), valve, "a valve is not to be asked for it")
	_, err = p.Output("wrong")
	require.ErrorContains(t, err, "pin SWITCH1 has no pulse-width modulation here (subsystem gpiomem not initialized): take `pwm: true` out of the rig")
	require.NoError(t, p.Close())
}
