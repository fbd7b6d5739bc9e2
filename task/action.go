package task

import (
	"fmt"
	"time"

	"github.com/lics-lab/lics/expr"
)

// run executes actions; false when the task is over.
func (m *Machine) run(actions []caction) bool {
	for i := range actions {
		if !m.act(&actions[i]) {
			return false
		}
	}
	return m.result == nil
}

func (m *Machine) act(a *caction) bool {
	if a.cond != nil {
		v, ok := m.eval(a.cond)
		if !ok {
			return false
		}
		if !v.Bool() {
			return true
		}
	}
	switch a.do {
	case DoSet:
		s, ok := m.shape(&a.shape)
		if ok {
			m.holdOutput(a.channel, s)
		}
		return ok
	case DoLatch:
		s, ok := m.shape(&a.shape)
		if !ok {
			return false
		}
		d, ok := m.evalDuration(a.duration)
		if ok {
			m.latchOutput(a.channel, s, d, 0)
		}
		return ok
	case DoRelease:
		done := m.outputs[a.channel].done
		m.releaseOutput(a.channel)
		return m.raise(done, a)
	case DoPulse:
		return m.pulse(a)
	case DoAssign:
		v, ok := m.eval(a.value)
		if ok {
			m.assign(a.variable, v)
		}
		return ok
	case DoDraw:
		v, ok := m.draw(a.stream)
		if ok {
			m.record(KindDraw, m.streams[a.stream].name, v)
			m.assign(a.variable, v)
		}
		return ok
	case DoStartTimer:
		f := a.duration
		if f == nil {
			f = m.compiled.timers[a.timer]
		}
		d, ok := m.evalDuration(f)
		if ok {
			m.timers[a.timer] = m.arm(d)
		}
		return ok
	case DoStopTimer:
		m.timers[a.timer].due = forever
	case DoRaise:
		return m.raise(a.event, a)
	case DoOutcome:
		if m.outcome != none {
			m.record(KindWarning, "second_outcome", expr.StringValue("this trial has the outcome "+m.compiled.outcomes[m.outcome]))
			return true
		}
		m.outcome = a.outcome
		m.outcomes[a.outcome]++
		m.record(KindOutcome, m.compiled.outcomes[a.outcome], expr.Value{})
	case DoPrint:
		text, err := a.text.Append(m.text[:0], m.vars)
		if err != nil {
			m.failEval(a.place, err)
			return false
		}
		m.text = text
		m.record(KindPrint, "", expr.StringValue(string(text)))
	}
	return true
}

// raise queues an event for this instant; 0 is none.
func (m *Machine) raise(event int, a *caction) bool {
	if event == 0 {
		return true
	}
	if m.size == maxQueue {
		m.fail(fmt.Sprintf("%s: more than %d raised events are waiting", a.place, maxQueue))
		return false
	}
	m.queue[(m.head+m.size)%maxQueue] = event
	m.size++
	return true
}

func (m *Machine) pulse(a *caction) bool {
	s, ok := m.shape(&a.shape)
	if !ok {
		return false
	}
	var d time.Duration
	if a.volume == nil {
		if d, ok = m.evalDuration(a.duration); !ok {
			return false
		}
	} else {
		v, ok := m.eval(a.volume)
		if !ok {
			return false
		}
		if v.Float() == 0 {
			return m.raise(a.done, a)
		}
		channel := m.program.Channels[a.channel].Name
		cal := m.start.Calibrations[channel]
		if d, ok = cal.Open(v.Float()); !ok {
			m.fail(fmt.Sprintf("%s: %v µl is outside the calibration of %s (%s)", a.place, v.Float(), channel, cal.span()))
			return false
		}
		m.delivered(v.Float())
	}
	if d == 0 {
		return m.raise(a.done, a)
	}
	m.latchOutput(a.channel, s, d, a.done)
	return true
}

// assign changes a variable and records it when the value is another.
func (m *Machine) assign(variable int, v expr.Value) {
	if v.Type() == expr.Int && m.types[variable] == expr.Float {
		v = expr.FloatValue(float64(v.Int()))
	}
	if m.vars[variable].Equal(v) {
		return
	}
	m.vars[variable] = v
	if !m.program.Variables[variable].Silent {
		m.record(KindVariable, m.program.Variables[variable].Name, v)
	}
}
