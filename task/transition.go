package task

import (
	"errors"
	"fmt"
	"time"

	"github.com/lics-lab/lics/expr"
)

// dispatch answers an event: the always handlers first, then the state's, each
// list in order, until one changes the state.
func (m *Machine) dispatch(event int, recorded bool) {
	if recorded {
		m.record(KindEvent, m.events[event], expr.Value{})
	}
	if m.state == none {
		return // paused: recorded, not answered
	}
	m.vars[m.slotEvent] = m.eventText[event]
	if !m.ask(m.always[event]) {
		m.ask(m.states[m.state].on[event])
	}
}

// ask reports whether a handler changed the state, or the task is over.
func (m *Machine) ask(handlers []chandler) bool {
	for i := range handlers {
		h := &handlers[i]
		m.clock()
		if h.guard != nil {
			holds, ok := m.eval(h.guard)
			if !ok {
				return true
			}
			if !holds.Bool() {
				continue
			}
		}
		if !m.run(h.actions) {
			return true
		}
		if h.to != none {
			if m.step() {
				m.transition(h.to)
			}
			return true
		}
	}
	return m.result != nil
}

// transition leaves the current state and enters another: exit actions, the
// state's timer cancelled, state-scoped outputs dropped unless the new state
// holds them too.
func (m *Machine) transition(to int) {
	if !m.run(m.states[m.state].exit) {
		return
	}
	m.stateTimer.due = forever
	next := &m.states[to]
	boundary := m.boundary(next)
	if boundary {
		m.adopt()
		if m.endAtLimit() {
			return
		}
		if m.pausing {
			m.dropOutputs(nil)
			m.state, m.paused, m.pausing = none, to, false
			m.record(KindControl, "paused", expr.Value{})
			return
		}
	}
	if !next.pass {
		m.dropOutputs(next.held)
	}
	if boundary {
		m.beginTrial()
	} else if !m.hasTrials() && !next.end {
		m.adopt()
		m.recordAdopted()
	}
	m.enter(to)
}

// boundary reports whether entering next ends the current trial.
func (m *Machine) boundary(next *cstate) bool { return next.trial && m.outcome != none }

func (m *Machine) beginTrial() {
	m.checkpoint()
	m.trial++
	m.outcome = none
	m.record(KindTrial, "", expr.IntValue(int64(m.trial)))
	m.recordAdopted()
}

// enter records the state, raises its outputs, starts its timer and runs its
// entry actions. Outputs still waiting to be dropped that no entry action set
// again go off at the end.
func (m *Machine) enter(to int) {
	s := &m.states[to]
	m.state, m.entered = to, m.now
	m.record(KindState, s.name, expr.Value{})
	if s.end {
		m.finish(s.name, ReasonEnd)
		return
	}
	m.clock()
	for i := range s.outputs {
		o := &s.outputs[i]
		shape, ok := m.shape(&o.shape)
		if !ok {
			return
		}
		m.holdOutput(o.channel, shape)
	}
	if s.timer != nil {
		d, ok := m.evalDuration(s.timer)
		if !ok {
			return
		}
		m.stateTimer = m.arm(d)
	}
	if !m.run(s.entry) {
		return
	}
	if m.outcome != none {
		m.checkpoint()
	}
	if !s.pass {
		m.dropStale()
	} else if m.step() {
		m.ask(s.on[0])
	}
}

// eval evaluates a formula; a failure fails the task.
func (m *Machine) eval(f *formula) (expr.Value, bool) {
	v, err := f.Eval(m.vars)
	if err != nil {
		m.failEval(f.place, err)
		return expr.Value{}, false
	}
	return v, true
}

func (m *Machine) evalDuration(f *formula) (time.Duration, bool) {
	v, ok := m.eval(f)
	if !ok {
		return 0, false
	}
	if v.Duration() < 0 {
		m.fail(fmt.Sprintf("%s: the duration %s is negative (`%s`)", f.place, v, f.Source()))
		return 0, false
	}
	return v.Duration(), true
}

func (m *Machine) failEval(place string, err error) {
	if ee, ok := errors.AsType[*expr.Error](err); ok {
		m.fail(fmt.Sprintf("%s: %s (column %d of `%s`)", place, ee.Message, ee.Column, ee.Source))
		return
	}
	m.fail(fmt.Sprintf("%s: %v", place, err))
}

func (m *Machine) fail(message string) {
	if m.result != nil {
		return
	}
	m.record(KindWarning, "failed", expr.StringValue(message))
	m.finish("", ReasonFailed)
	m.result.Error = message
}
