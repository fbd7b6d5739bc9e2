// Package sim is a box that is not there: outputs are written to a file, in
// which tests and the guard see them from other processes, and inputs are made
// by an Animal. The Animal also lives without an agent, in the virtual time of
// a dry run.
package sim

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/lics-lab/lics/edge/driver"
)

// Name is what a rig's channel says under `driver` to be simulated.
const Name = "sim"

// Driver opens simulated boxes.
type Driver struct {
	// Seed makes the animal; 0 takes one from the state directory's name, so
	// that the boxes of a simulated lab differ.
	Seed uint64
}

// Name is the driver's name.
func (Driver) Name() string { return Name }

// Open makes a box of the channels.
func (d Driver) Open(b driver.Box) (driver.Instrument, error) {
	cfg := DefaultAnimal()
	if len(b.Animal) > 0 {
		text, err := yaml.Marshal(b.Animal)
		if err != nil {
			return nil, fmt.Errorf("animal: %w", err)
		}
		if err := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(&cfg); err != nil {
			return nil, fmt.Errorf("animal: %w", err)
		}
	}
	if b.Speed <= 0 {
		b.Speed = 1
	}
	if b.Log == nil {
		b.Log = slog.New(slog.DiscardHandler)
	}
	out, err := openLog(filepath.Join(b.StateDir, OutputsFile), b.By)
	if err != nil {
		return nil, err
	}
	s := &Box{
		speed: b.Speed, begin: driver.Now(), log: out, outputs: map[string]*output{}, inputs: map[string]bool{},
		wake: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{}), slog: b.Log,
	}
	var ins, outs []string
	for _, c := range b.Channels {
		if c.Output {
			outs = append(outs, c.Name)
			s.outputs[c.Name] = &output{box: s, name: c.Name, safe: c.Safe}
			s.order = append(s.order, c.Name)
		} else {
			ins = append(ins, c.Name)
			s.inputs[c.Name] = false
		}
	}
	seed := d.Seed
	if seed == 0 {
		h := fnv.New64a()
		_, _ = h.Write([]byte(b.StateDir))
		seed = h.Sum64()
	}
	s.animal = NewAnimal(cfg, seed, ins, outs)
	return s, s.Safe()
}

// Box is an opened simulated box.
type Box struct {
	speed   float64
	begin   time.Duration // the driver.Now of the animal's time 0
	log     *outputLog
	slog    *slog.Logger
	order   []string
	outputs map[string]*output

	mu      sync.Mutex
	animal  *Animal
	inputs  map[string]bool
	watched bool
	wake    chan struct{}
	stop    chan struct{}
	done    chan struct{}
	once    sync.Once
}

type output struct {
	box   *Box
	name  string
	safe  float64
	level float64
}

func (s *Box) String() string { return "simulated box" }

// Output is a simulated output line.
func (s *Box) Output(channel string) (driver.Output, error) {
	o := s.outputs[channel]
	if o == nil {
		return nil, fmt.Errorf("the simulated box has no output %s", channel)
	}
	return o, nil
}

// Set drives the line now.
func (o *output) Set(level float64) error { return o.SetAt(driver.Now(), level) }

// SetAt drives the line; the animal believes the time.
func (o *output) SetAt(at time.Duration, level float64) error {
	return o.Shape(at, driver.Shape{Level: level})
}

// Shape drives the line; the animal notices the beginning of a ramp.
func (o *output) Shape(at time.Duration, shape driver.Shape) error {
	s := o.box
	s.mu.Lock()
	defer s.mu.Unlock()
	o.level = shape.Level
	before, _, _, _ := s.animal.Next()
	s.animal.Output(s.virtual(at), o.name, shape.Level)
	if after, _, _, _ := s.animal.Next(); after != before {
		select {
		case s.wake <- struct{}{}:
		default:
		}
	}
	return s.log.write(o.name, shape)
}

// Safe drives every output to its safe value.
func (s *Box) Safe() error {
	var first error
	for _, name := range s.order {
		o := s.outputs[name]
		if err := o.Set(o.safe); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// Level is the level of a simulated input.
func (s *Box) Level(channel string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	level, ok := s.inputs[channel]
	if !ok {
		return false, fmt.Errorf("the simulated box has no input %s", channel)
	}
	return level, nil
}

// Attend gives the animal the lines of a task instead of the whole box, as a
// box that was furnished for that task would.
func (s *Box) Attend(inputs, outputs []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.animal.Attend(s.virtual(driver.Now()), inputs, outputs)
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Watch lets the animal in.
func (s *Box) Watch(f func(driver.Edge)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.watched {
		return fmt.Errorf("%s is already watched", s)
	}
	s.watched = true
	go s.live(f)
	return nil
}

// live makes the animal's edges when they are due.
func (s *Box) live(f func(driver.Edge)) {
	defer close(s.done)
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		s.mu.Lock()
		wait := time.Hour
		at, channel, high, ok := s.animal.Next()
		due := s.real(at)
		if ok {
			wait = due - driver.Now()
		}
		if wait <= 0 {
			s.animal.Pop()
			s.inputs[channel] = high
			s.mu.Unlock()
			f(driver.Edge{Channel: channel, High: high, At: due})
			select {
			case <-s.stop:
				return
			default:
			}
			continue
		}
		s.mu.Unlock()
		timer.Reset(wait)
		select {
		case <-timer.C:
		case <-s.wake:
		case <-s.stop:
			return
		}
	}
}

func (s *Box) virtual(at time.Duration) time.Duration {
	return time.Duration(float64(at-s.begin) * s.speed)
}

func (s *Box) real(at time.Duration) time.Duration {
	return s.begin + time.Duration(float64(at)/s.speed)
}

// Close ends the animal's life and keeps the file.
func (s *Box) Close() error {
	s.once.Do(func() { close(s.stop) })
	s.mu.Lock()
	watched := s.watched
	s.mu.Unlock()
	if watched {
		<-s.done
	}
	return s.log.close()
}
