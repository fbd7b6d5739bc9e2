package task

import (
	"time"

	"github.com/lics-lab/lics/expr"
)

// Pause stops the task at its next trial boundary.
func (m *Machine) Pause() {
	if m.result == nil && m.paused == none {
		m.pausing = true
	}
}

// Resume goes on with the next trial, or takes a Pause back that has not
// happened yet.
func (m *Machine) Resume(at time.Duration) {
	m.Advance(at)
	m.pausing = false
	if m.result != nil || m.paused == none {
		return
	}
	to := m.paused
	m.paused = none
	m.record(KindControl, "resumed", expr.Value{})
	m.adopt()
	if m.endAtLimit() {
		return
	}
	m.beginTrial()
	m.enter(to)
	for _, event := range m.missed {
		if m.result == nil && m.state != none {
			m.dispatch(event, false)
		}
	}
	m.missed = m.missed[:0]
	m.settle(at)
}

// Stop ends the task well: the current state's exit actions run.
func (m *Machine) Stop(at time.Duration) {
	m.Advance(at)
	if m.result != nil {
		return
	}
	m.record(KindControl, "stop", expr.Value{})
	if m.state == none || m.run(m.states[m.state].exit) {
		m.finish("", ReasonStop)
	}
}

// Abort ends the task at once, without exit actions.
func (m *Machine) Abort(at time.Duration) {
	m.Advance(at)
	if m.result != nil {
		return
	}
	m.record(KindControl, "abort", expr.Value{})
	m.finish("", ReasonAbort)
}

// finish turns everything off and records the end.
func (m *Machine) finish(exit string, reason Reason) {
	if m.result != nil {
		return
	}
	m.recordAdopted() // a limit that was changed may be why
	m.state = none
	m.allOff()
	r := &Result{
		Exit: exit, Reason: reason, Duration: m.now, Trials: m.start.Trial, Microlitres: m.microlitres,
		Outcomes: map[string]int{}, Variables: map[string]expr.Value{},
	}
	for i, n := range m.outcomes {
		r.Trials += n
		if n > 0 {
			r.Outcomes[m.compiled.outcomes[i]] = n
		}
	}
	for i, v := range m.program.Variables {
		r.Variables[v.Name] = m.vars[i]
	}
	m.result = r
	m.record(KindEnd, exit, expr.StringValue(string(reason)))
}

// Done reports whether the task is over.
func (m *Machine) Done() bool { return m.result != nil }

// Result is the summary of a finished task. Trials counts those that have an
// outcome.
func (m *Machine) Result() Result {
	if m.result == nil {
		return Result{}
	}
	return *m.result
}

// Microlitres is the volume delivered so far by calibrated pulses.
func (m *Machine) Microlitres() float64 { return m.microlitres }

// Position is where a running task is.
type Position struct {
	State       string // empty while paused
	Trial       int
	Paused      bool
	Outcomes    map[string]int
	Microlitres float64
}

// Position tells where the task is. It allocates; ask a few times a second.
func (m *Machine) Position() Position {
	p := Position{Trial: m.trial, Paused: m.paused != none, Microlitres: m.microlitres, Outcomes: map[string]int{}}
	if m.state != none {
		p.State = m.states[m.state].name
	}
	for i, n := range m.outcomes {
		if n > 0 {
			p.Outcomes[m.compiled.outcomes[i]] = n
		}
	}
	return p
}
