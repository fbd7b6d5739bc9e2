package protocol

import (
	"fmt"
	"slices"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// life is what of a task can ever happen, as far as constants prove. Whatever
// depends on a value is taken to be possible, so what is called dead is dead.
type life struct {
	m      *machine
	edges  map[string]bool // events of inputs
	closed map[*state]bool // states that are left in the instant they are entered
	states map[*state]bool // states that can be entered
	trials map[*state]bool // states that begin a trial
}

// living follows from the first state all ways that can be taken.
func (m *machine) living(first *state) *life {
	l := &life{m: m, edges: map[string]bool{}, closed: map[*state]bool{}, states: map[*state]bool{}, trials: map[*state]bool{}}
	if m.role != nil {
		for _, ch := range m.role.channels {
			if ch.Direction == task.In {
				l.edges[ch.RisingEvent()], l.edges[ch.FallingEvent()] = true, true
			}
		}
	}
	for _, s := range m.states {
		if s.exit {
			continue
		}
		l.closed[s] = m.leftAtOnce(s)
		if s.made.Trial {
			l.trials[s] = true
		}
	}
	if len(l.trials) == 0 {
		l.trials[first] = true
	}
	l.states[first] = true
	for todo := []*state{first}; len(todo) > 0; todo = todo[1:] {
		l.ways(todo[0], func(a answer) {
			if a.to != nil && !l.states[a.to] {
				l.states[a.to] = true
				todo = append(todo, a.to)
			}
		})
	}
	return l
}

// ways are the answers of a state that can be given, those of always included.
func (l *life) ways(s *state, each func(answer)) {
	if s.exit {
		return
	}
	lists := [][]answer{l.m.always, s.answers}
	if s.made.Pass {
		lists = lists[1:]
	}
	for _, list := range lists {
		for _, a := range list {
			if !l.m.never(a.Guard) && slices.ContainsFunc(a.Events, func(e string) bool { return !l.closed[s] || !l.edges[e] }) {
				each(a)
			}
		}
	}
}

// actions are the actions that can be done, with where they stand: in a state,
// or on the way out of it.
func (l *life) actions(each func(s *state, way *answer, a task.Action)) {
	give := func(s *state, way *answer, as []task.Action) {
		for _, a := range as {
			if !l.m.never(a.If) {
				each(s, way, a)
			}
		}
	}
	for _, s := range l.m.states {
		if s.exit || !l.states[s] {
			continue
		}
		give(s, nil, s.made.Entry)
		give(s, nil, s.made.Exit)
		l.ways(s, func(a answer) { give(s, &a, a.Actions) })
	}
}

// never says whether a condition is the constant false.
func (m *machine) never(condition string) bool {
	v, constant := m.constant(condition, expr.Bool)
	return constant && !v.Bool()
}

// constant is the value of an expression of the task that depends on nothing.
func (m *machine) constant(src string, want expr.Type) (expr.Value, bool) {
	if src == "" {
		return expr.Value{}, false
	}
	c := m.words.compile(source{text: src, want: want})
	if c.expr == nil {
		return expr.Value{}, false
	}
	return c.expr.Constant()
}

// leftAtOnce says whether a state certainly changes into another one in the
// instant it is entered.
func (m *machine) leftAtOnce(s *state) bool {
	if s.made.Pass {
		return true
	}
	run := m.instant(s)
	if !run.enter(s) {
		return false
	}
	for range task.MaxSteps {
		event := task.Timeup
		switch {
		case len(run.queue) > 0:
			event, run.queue = run.queue[0], run.queue[1:]
		case !run.zeroTimer():
			return false
		}
		to, certain := run.dispatch(event)
		if to != nil || !certain || event == task.Timeup {
			return to != nil && certain
		}
	}
	return false
}

// windows finds answers to inputs in states that give an animal no time, and
// states to which only such ways lead.
func (l *life) windows(reached map[*state]bool) {
	for _, s := range l.m.states {
		if !l.states[s] && reached[s] && s == l.m.byItem[s.item] {
			l.m.c.at(s.item).Report(diagnostic.NeverEntered, "", fmt.Sprintf("wires lead to the %s %s, but none of them can ever be taken", s.Type, s.name), "look at the guards and events of the wires that lead to it")
		}
		if s.exit || s.made.Pass || !l.closed[s] {
			continue
		}
		for _, a := range s.answers {
			for _, e := range a.Events {
				if !l.edges[e] {
					continue
				}
				p, field := l.m.placeOf(a)
				p.Report(diagnostic.ClosedWindow, field, fmt.Sprintf("%s is left in the instant it is entered, so %s can never be answered in it", s.name, e),
					"give the state a timer above 0s, or answer the event elsewhere")
			}
		}
	}
}
