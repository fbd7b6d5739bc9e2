package protocol

import (
	"slices"
	"strings"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// zeroTime finds circles that pass no time: it does what the interpreter would
// do in one instant, for as long as no guard and no input has a say. So what is
// reported is proven; circles behind a guard are left to the interpreter, which
// stops them.
func (m *machine) zeroTime() {
	rests := map[*state]bool{} // entering them leads to nothing that is not said
	for _, s := range m.states {
		if s.exit || rests[s] {
			continue
		}
		run := m.instant(s)
		circles := run.enter(s) && run.settle(rests)
		for x := range run.seen {
			rests[x] = true
		}
		if circles {
			m.reportCircle(s, "from "+s.name)
		}
	}
	for _, s := range m.states {
		if s.exit {
			continue
		}
		tried := map[string]bool{}
		for _, a := range s.answers {
			for _, event := range a.Events {
				if tried[event] || !raises(a.Actions) {
					continue
				}
				tried[event] = true
				run := m.instant(s)
				run.queue = []string{event}
				if run.settle(rests) {
					m.reportCircle(s, "after "+event+" in "+s.name)
				}
			}
		}
	}
}

func raises(as []task.Action) bool {
	return slices.ContainsFunc(as, func(a task.Action) bool { return a.Do == task.DoRaise })
}

func (m *machine) instant(s *state) *instant {
	return &instant{m: m, state: s, budget: len(m.states) + task.MaxSteps, seen: map[*state]bool{s: true}}
}

func (m *machine) reportCircle(s *state, from string) {
	m.c.at(s.item).Report(diagnostic.ZeroTimeCycle, "", from+" the task runs in circles without time passing",
		"give one of the states a timer above 0s, or a guard to a transition or a raise")
}

// instant is one simulated moment.
type instant struct {
	m      *machine
	state  *state
	queue  []string
	budget int
	seen   map[*state]bool // states entered with nothing queued
}

// settle says whether the moment provably never ends.
func (r *instant) settle(rests map[*state]bool) bool {
	for r.budget > 0 {
		r.budget--
		event := task.Timeup
		switch {
		case r.state.made.Pass: // at once, whatever is queued
		case len(r.queue) > 0:
			event, r.queue = r.queue[0], r.queue[1:]
		case !r.zeroTimer():
			return false
		}
		to, certain := r.dispatch(event)
		switch {
		case !certain:
			return false
		case to == nil && event == task.Timeup:
			return false // the timer has elapsed and is not armed again
		case to == nil:
			continue
		case to.exit:
			return false
		}
		if !r.raise(r.state.made.Exit) {
			return false
		}
		r.state = to
		if len(r.queue) == 0 {
			if rests[to] {
				return false
			}
			r.seen[to] = true
		}
		if !r.enter(to) {
			return false
		}
	}
	return true
}

func (r *instant) enter(s *state) bool { return r.raise(s.made.Entry) }

// zeroTimer says whether the state's timer is certainly 0.
func (r *instant) zeroTimer() bool {
	src := r.state.made.Timer
	if strings.TrimSpace(src) == "" {
		return false
	}
	c := r.m.words.compile(source{text: src, want: expr.Duration})
	if c.expr == nil {
		return false
	}
	v, constant := c.expr.Constant()
	return constant && v.Duration() == 0
}

// raise queues what actions raise; false when a condition decides.
func (r *instant) raise(actions []task.Action) bool {
	for _, a := range actions {
		if a.Do != task.DoRaise {
			continue
		}
		if a.If != "" || len(r.queue) >= 64 {
			return false
		}
		r.queue = append(r.queue, a.Event)
	}
	return true
}

// dispatch answers an event; certain is false when a guard decides.
func (r *instant) dispatch(event string) (to *state, certain bool) {
	always := r.m.always
	if r.state.made.Pass {
		always = nil
	}
	for _, list := range [][]answer{always, r.state.answers} {
		for _, a := range list {
			if !answersEvent(a, event) {
				continue
			}
			if a.Guard != "" || !r.raise(a.Actions) {
				return nil, false
			}
			if a.to != nil {
				return a.to, true
			}
		}
	}
	return nil, true
}
