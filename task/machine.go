package task

import (
	"fmt"
	"time"

	"github.com/lics-lab/lics/expr"
)

// MaxSteps is how many transitions, raised events and elapsed timers one
// instant may hold. A program that wants more runs in circles without letting
// time pass, and is failed.
const MaxSteps = 1000

// MaxRate is how many such steps a second may hold. Timers of nanoseconds let
// time pass, but would keep a device from doing anything else.
const MaxRate = 200_000

const maxQueue = 64 // raised events waiting

const none = -1

// forever is the due time of a timer that is not armed.
const forever = time.Duration(1<<63 - 1)

// Machine executes a program. It knows no clock: whoever drives it tells it
// the time, which is nanoseconds since Begin and never goes back. It is not
// safe for concurrent use.
//
// Within one instant input edges come first, in the order given, then raised
// events, then timers in the order they are due; ties are first come, first
// served. So the caller gives all edges of an instant with Input, then calls
// Advance.
type Machine struct {
	*compiled
	host    Host
	start   Start
	vars    []expr.Value
	streams []stream

	now     time.Duration
	entered time.Duration // when the state was
	state   int           // none before Begin, while paused and after the end
	steps   int           // in this instant
	second  time.Duration // when the present second of counting began
	rate    int           // steps in it

	queue      [maxQueue]int
	head, size int

	serial     uint64 // gives armed timers their order
	stateTimer alarm
	limit      alarm
	timers     []alarm
	outputs    []output

	trial       int
	outcome     int // of this trial; none
	outcomes    []int
	most        limits
	microlitres float64

	wanted  []expr.Value // of live parameters, by variable; holds from the next trial
	adopted []adopted
	carried []int        // variables that do not begin as the program says
	keeper  Checkpointer // the host, if it is one
	shaper  Shaper       // likewise
	last    Checkpoint   // given to it

	pausing bool
	paused  int   // the state to enter at Resume; none
	missed  []int // events of what elapsed while paused
	result  *Result
	text    []byte // for prints
}

// alarm is one armed or idle timer.
type alarm struct {
	due    time.Duration // forever when idle
	serial uint64
}

// New compiles a program for one execution. The error is a *ProgramError.
func New(p *Program, s Start, h Host) (*Machine, error) {
	c, problems := compile(p)
	if len(problems) > 0 {
		return nil, &ProgramError{problems}
	}
	m := &Machine{
		compiled: c, host: h, start: s, state: none, outcome: none, paused: none, trial: s.Trial,
		vars:       make([]expr.Value, c.slotEvent+len(Builtins)),
		timers:     make([]alarm, len(c.timers)),
		outputs:    make([]output, len(p.Channels)),
		outcomes:   make([]int, len(c.outcomes)),
		stateTimer: alarm{due: forever}, limit: alarm{due: forever},
		text: make([]byte, 0, 256),
	}
	for i := range m.timers {
		m.timers[i].due = forever
	}
	for i := range m.outputs {
		m.outputs[i].until.due = forever
	}
	for _, slot := range c.slotOfChannel {
		if slot >= 0 {
			m.vars[slot] = expr.BoolValue(false)
		}
	}
	m.vars[c.slotEvent] = expr.StringValue("")
	m.keeper, _ = h.(Checkpointer)
	m.shaper, _ = h.(Shaper)
	m.clock()
	if problems := m.prepare(s); len(problems) > 0 {
		return nil, &ProgramError{problems}
	}
	return m, nil
}

// SetLevel tells the level a line has before Begin; it is no event.
func (m *Machine) SetLevel(channel int, high bool) {
	if slot := m.slotOfChannel[channel]; slot >= 0 {
		m.vars[slot] = expr.BoolValue(high)
	}
}

// Begin starts the task at time 0: trial 1 begins and the initial state is
// entered. A resumed task (Start.Trial > 0) begins in its trial state.
func (m *Machine) Begin() {
	m.adopt()
	if left, ok := m.timeLeft(); ok {
		m.limit = m.arm(left)
	}
	first := m.compiled.start
	if m.start.Trial > 0 {
		first = m.trials
		if m.endAtLimit() {
			return
		}
	}
	m.beginTrial()
	m.recordCarried()
	m.enter(first)
	m.settle(0)
}

// Input gives an edge of an input channel at a time not before any given so
// far. Timers due before it run first; call Advance after the last edge of an
// instant.
func (m *Machine) Input(at time.Duration, channel int, high bool) {
	slot := m.slotOfChannel[channel]
	if m.result != nil || slot < 0 {
		return
	}
	if at > m.now {
		m.settle(at - 1)
		if m.result != nil {
			return
		}
		m.tick(at)
	}
	m.vars[slot] = expr.BoolValue(high)
	event := m.falling[channel]
	if high {
		event = m.rising[channel]
	}
	m.dispatch(event, true)
}

// Advance runs everything that is due up to and including at.
func (m *Machine) Advance(at time.Duration) {
	if m.result == nil {
		m.settle(at)
	}
}

// Next is when Advance has something to do; false when only an input can
// change anything.
func (m *Machine) Next() (time.Duration, bool) {
	if m.result != nil {
		return 0, false
	}
	if m.size > 0 {
		return m.now, true
	}
	due := m.limit.due
	due = min(due, m.stateTimer.due)
	for i := range m.timers {
		due = min(due, m.timers[i].due)
	}
	for i := range m.outputs {
		due = min(due, m.outputs[i].until.due)
	}
	return due, due != forever
}

// settle works off raised events and timers up to and including at.
func (m *Machine) settle(at time.Duration) {
	for m.result == nil {
		if m.size > 0 {
			event := m.queue[m.head]
			m.head, m.size = (m.head+1)%maxQueue, m.size-1
			if m.step() {
				m.dispatch(event, true)
			}
			continue
		}
		which, due := m.earliest()
		if due > at {
			break
		}
		m.tick(due)
		if m.step() {
			m.elapse(which)
		}
	}
	if m.result == nil {
		m.tick(at)
	}
}

// What elapses: the limit, the state's timer, then global timers and outputs.
const (
	alarmLimit = iota
	alarmState
	alarmRest
)

func (m *Machine) earliest() (which int, due time.Duration) {
	best, which := m.limit, alarmLimit
	consider := func(a alarm, w int) {
		if a.due < best.due || a.due == best.due && a.due != forever && a.serial < best.serial {
			best, which = a, w
		}
	}
	consider(m.stateTimer, alarmState)
	for i := range m.timers {
		consider(m.timers[i], alarmRest+i)
	}
	for i := range m.outputs {
		consider(m.outputs[i].until, alarmRest+len(m.timers)+i)
	}
	return which, best.due
}

func (m *Machine) elapse(which int) {
	switch {
	case which == alarmLimit:
		m.finish(ExitLimit, ReasonTime)
	case which == alarmState:
		m.stateTimer.due = forever
		m.dispatch(0, false)
	case which < alarmRest+len(m.timers):
		i := which - alarmRest
		m.timers[i].due = forever
		m.elapsed(m.timerEvent[i])
	default:
		i := which - alarmRest - len(m.timers)
		done := m.outputs[i].done
		m.releaseOutput(i)
		if done != 0 {
			m.elapsed(done)
		}
	}
}

// elapsed answers the end of a global timer or a pulse. While the task is
// paused nothing is answered, and what waits for it, like a train of pulses,
// would wait for ever: so it is answered after Resume. A timer that is not
// answered is not armed again, so there is at most one of each.
func (m *Machine) elapsed(event int) {
	if m.state == none {
		m.missed = append(m.missed, event)
	}
	m.dispatch(event, true)
}

// tick moves the clock; a new instant has a new budget of steps.
func (m *Machine) tick(at time.Duration) {
	if at > m.now {
		m.now, m.steps = at, 0
		if at-m.second >= time.Second {
			m.second, m.rate = at, 0
		}
	}
}

// step counts; false when there were too many and the task has failed.
func (m *Machine) step() bool {
	m.steps++
	m.rate++
	if m.steps <= MaxSteps && m.rate <= MaxRate {
		return true
	}
	name := "the pause"
	if m.state >= 0 {
		name = "state " + m.states[m.state].name
	}
	if m.steps > MaxSteps {
		m.fail(fmt.Sprintf("more than %d steps without time passing, near %s: give one of its states a duration", MaxSteps, name))
	} else {
		m.fail(fmt.Sprintf("more than %d steps within a second, near %s: give its timers longer durations", MaxRate, name))
	}
	return false
}

func (m *Machine) arm(after time.Duration) alarm {
	m.serial++
	if after > forever-1-m.now {
		return alarm{forever - 1, m.serial}
	}
	return alarm{m.now + after, m.serial}
}

// clock brings the built-in names up to date.
func (m *Machine) clock() {
	b := m.vars[m.slotEvent:]
	b[1] = expr.IntValue(int64(m.trial))
	b[2] = expr.DurationValue(m.start.Elapsed + m.now)
	b[3] = expr.DurationValue(m.now - m.entered)
}

func (m *Machine) record(kind Kind, name string, v expr.Value) {
	m.host.Record(Row{At: m.now, Kind: kind, Name: name, Value: v, Trial: int32(m.trial)})
}
