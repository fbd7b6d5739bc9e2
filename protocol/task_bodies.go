package protocol

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/node"
	"github.com/lics-lab/lics/task"
)

// collectEvents finds everything that can be answered: it must be known before
// the first handler is looked at.
func (m *machine) collectEvents() {
	m.events[task.Timeup] = true
	if m.role != nil {
		for _, ch := range m.role.channels {
			if ch.Direction == task.In {
				m.events[ch.RisingEvent()], m.events[ch.FallingEvent()] = true, true
			}
		}
	}
	for i, x := range m.data.Timers {
		m.timerEvent(m.c.at(m.item), "timers["+itoa(i)+"].name", x.Name)
	}
	m.ownEvents()
	for _, n := range m.item.children {
		m.raised(n.data)
		for _, w := range n.out {
			m.raised(w.data)
		}
	}
	m.eventList = sortedKeys(m.events)
}

// timerEvent notes the event of a global timer.
func (m *machine) timerEvent(p place, field, name string) {
	if m.events[name] && m.timers[name] {
		p.Report(diagnostic.DuplicateName, field, fmt.Sprintf("an edge of a channel, or the state's own timer, already raises the event %s", name), "rename the timer")
	}
	m.events[name] = true
}

// raised notes the events that actions raise, wherever they stand.
func (m *machine) raised(v any) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			m.raised(x)
		}
	case map[string]any:
		if event, ok := v["event"].(string); ok && v["do"] == string(task.DoRaise) {
			m.events[event] = true
		}
		if event, ok := v["done"].(string); ok && v["do"] == string(task.DoPulse) {
			m.events[event] = true
		}
		for _, x := range v {
			m.raised(x)
		}
	}
}

// bodies compiles states, composites, always nodes and transitions.
func (m *machine) bodies() {
	for _, n := range m.item.children {
		if n.kind == nil || n.broken || n.Type == "exit" || n.kind.Enterable() && m.byItem[n] == nil {
			continue
		}
		if n.kind.Expand != nil {
			if m.c.composed <= maxComposed {
				m.expand(n)
			}
			continue
		}
		made := &task.State{}
		s := m.byItem[n]
		if s != nil {
			made = s.made
		}
		n.kind.State(m.site(n), n.Data, made)
		answers := m.answers(n, made.On)
		made.On = nil
		for _, w := range n.out {
			if a, ok := m.transition(w); ok {
				answers = append(answers, a)
			}
		}
		if s != nil {
			s.answers = answers
			sortAnswers(s.answers)
		} else {
			m.always = append(m.always, answers...)
		}
	}
	sortAnswers(m.always)
	var states []*state
	for _, s := range m.states {
		states = append(append(states, s), m.more[s.item]...)
	}
	for _, n := range m.item.children {
		if m.byItem[n] == nil { // one that is never entered, but leads somewhere
			states = append(states, m.more[n]...)
		}
	}
	m.states = states
}

// sortAnswers puts answers into the order they are asked: by their order; of
// equal ones those that stay before transitions, which would hide them; then
// transitions with a guard before those without. The rest goes by where they
// stand in the data, and by id for wires, never by the order of the document.
func sortAnswers(as []answer) {
	rank := func(a answer) int {
		switch {
		case a.edge == "":
			return 0
		case a.Guard != "":
			return 1
		}
		return 2
	}
	slices.SortStableFunc(as, func(a, b answer) int {
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(rank(a), rank(b)), cmp.Compare(a.edge, b.edge))
	})
}

// answers are the handlers in the data of a node.
func (m *machine) answers(n *item, hs []task.Handler) []answer {
	list, _ := n.data["on"].([]any)
	var as []answer
	for i, h := range hs {
		a := answer{Handler: h, node: n.ID, field: "on[" + itoa(i) + "]"}
		a.Edge = n.ID
		if i < len(list) {
			data, _ := list[i].(map[string]any)
			if number, ok := data["order"].(json.Number); ok {
				order, _ := number.Int64()
				a.order = int(order)
			}
		}
		as = append(as, a)
	}
	return as
}

// transition compiles a wire between states.
func (m *machine) transition(w *wire) (answer, bool) {
	return m.wired(w, func(site *taskSite, h *node.Handler) task.Handler { return node.CompileHandler(site, "", h) })
}

// wired compiles a wire with what its data means there.
func (m *machine) wired(w *wire, compile func(*taskSite, *node.Handler) task.Handler) (answer, bool) {
	p := m.c.edge(w.Edge)
	if w.broken {
		m.broken = true
		return answer{}, false
	}
	h, ok := node.Decode[node.Handler](p, w.Data)
	if !ok {
		m.broken = true
		return answer{}, false
	}
	a := answer{Handler: compile(&taskSite{fields{p, m.words}, m}, &h), to: m.byItem[w.to], edge: w.ID, order: h.Order}
	if a.to == nil {
		m.broken = true // a state whose name or data is wrong
		return answer{}, false
	}
	a.To, a.Edge = a.to.name, w.ID
	return a, true
}

// place is where a diagnostic about the answer belongs.
func (m *machine) placeOf(a answer) (place, string) {
	if a.edge != "" {
		return m.c.edge(&Edge{ID: a.edge}), "event"
	}
	return place{c: m.c, node: a.node}, a.field
}

// handlers puts the answers into the program and finds those that can never
// be asked.
func (m *machine) handlers() {
	dead := map[string]bool{}
	for _, a := range m.always {
		m.hidden(a, dead, nil)
		m.out.Always = append(m.out.Always, a.Handler)
	}
	timeup := slices.ContainsFunc(m.always, answersTimeup)
	for _, s := range m.states {
		if s.exit {
			m.out.Ends = append(m.out.Ends, s.name)
			continue
		}
		own := map[string]bool{}
		for _, a := range s.answers {
			m.hidden(a, own, dead)
			s.made.On = append(s.made.On, a.Handler)
			if s.made.Timer == "" && s.kind.Expand == nil && answersTimeup(a) {
				p, field := m.placeOf(a)
				p.Report(diagnostic.TimeupWithoutTimer, field, fmt.Sprintf("the state %s waits for timeup, but has no timer", s.name), "give the state a timer, or answer another event")
			}
		}
		if s.made.Timer != "" && !timeup && !slices.ContainsFunc(s.answers, answersTimeup) {
			m.c.at(s.item).Report(diagnostic.UnansweredTimer, "timer", fmt.Sprintf("nothing answers when the timer of %s elapses", s.name), "wire a transition for timeup, or remove the timer")
		}
		m.out.States = append(m.out.States, *s.made)
	}
}

func answersTimeup(a answer) bool { return answersEvent(a, task.Timeup) }

// hidden reports an answer that a transition before it always takes away, and
// notes what a transition takes away itself. before are those of always.
func (m *machine) hidden(a answer, taken, before map[string]bool) {
	for _, e := range a.Events {
		same := e + "\x00" + a.Guard
		if taken[e] || before[e] || a.to != nil && a.Guard != "" && taken[same] {
			p, field := m.placeOf(a)
			by := "an earlier transition"
			if before[e] {
				by = "a transition of always"
			}
			p.Report(diagnostic.DuplicateHandler, field, fmt.Sprintf("%s already takes %s, so this is never asked", by, e), "remove one, or give the earlier one a guard; order says which is asked first")
			break
		}
	}
	if a.to == nil {
		return
	}
	for _, e := range a.Events {
		if a.Guard == "" {
			taken[e] = true
		} else {
			taken[e+"\x00"+a.Guard] = true
		}
	}
}

// results checks what the task keeps for the run.
func (m *machine) results(site *sessionSite) {
	for _, name := range sortedKeys(m.data.Results) {
		field := "results." + name
		t, ok := m.resultType(name)
		if !ok {
			hint := m.c.suggest(name, func() []string { return append(sortedKeys(m.variables), "trials", "microlitres") })
			site.Report(diagnostic.UnknownVariable, field, fmt.Sprintf("the task has no variable %s to keep", clip(name)), strings.TrimPrefix(hint+"; outcomes are called outcome.<name>", "; "))
			continue
		}
		site.Assign(field, m.data.Results[name], t)
		m.kept[name] = true
	}
}

func answersEvent(a answer, event string) bool { return slices.Contains(a.Events, event) }
