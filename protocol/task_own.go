package protocol

import (
	"fmt"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/node"
)

// ownDeclarations are the names that a composite brings into the task.
type ownDeclarations struct {
	*node.Declarations
	item *item
}

// ownVariables declares the variables of composites, after those of the task.
func (m *machine) ownVariables(names map[string]bool) {
	for _, n := range m.item.children {
		if n.kind == nil || n.kind.Declare == nil || n.broken {
			continue
		}
		if err := expr.CheckName(n.name); err != nil {
			if !n.kind.Enterable() { // else it is said of the state
				m.c.at(n).Report(diagnostic.BadName, "name", fmt.Sprintf("%q cannot name %s: %v", clip(n.name), an(n.Type), err), "")
			}
			m.broken = true
			continue
		}
		d := &ownDeclarations{node.NewDeclarations(n.name), n}
		p := m.c.at(n)
		n.kind.Declare(p, n.Data, d.Declarations)
		if !m.affords(n, len(d.Variables)+len(d.Timers)+len(d.Streams)+len(d.Events)) {
			return
		}
		m.declared = append(m.declared, d)
		for _, v := range d.Variables {
			t, err := expr.ParseType(v.Type)
			if err != nil || !p.name("name", v.Name, "variable", names) {
				m.broken = true
				continue
			}
			if _, hides := m.c.types[v.Name]; hides {
				p.Report(diagnostic.ShadowedName, "name", fmt.Sprintf("inside the task, %s belongs to this %s and is not the one of the protocol", v.Name, n.Type), "rename the node if both are needed")
			}
			m.variables[v.Name] = t
			m.words.declare(v.Name, t)
			m.out.Variables = append(m.out.Variables, v)
		}
	}
}

// maxComposed is how many names and answers the composites of a protocol may
// bring. A hundred large nodes bring a hundredth of it; a hostile document
// would make gigabytes of a few megabytes.
const maxComposed = 50_000

// maxTimers keeps the device quick: it looks at all of them in each instant.
const maxTimers = 500

// affords notes what a composite has brought, and refuses too much.
func (m *machine) affords(n *item, more int) bool {
	before := m.c.composed
	m.c.composed += more
	if m.c.composed <= maxComposed {
		return true
	}
	m.broken = true
	if before <= maxComposed {
		m.c.at(n).Report(diagnostic.BadProgram, "", fmt.Sprintf("the nodes of the protocol stand for more than %d names and answers", maxComposed), "split the protocol")
	}
	return false
}

func (m *machine) ownStreams(names map[string]bool) {
	for _, d := range m.declared {
		site := m.site(d.item)
		for _, s := range d.Streams {
			if !site.name("name", s.Name, "stream", names) {
				m.broken = true
				continue
			}
			before := len(m.c.ds)
			m.streams[s.Name] = site.stream("", s.Stream)
			site.impossibleDraw("", s.Stream)
			if s.Derived {
				m.c.ds = m.c.ds[:before] // the kind looks at what it was made of
			}
			m.out.Streams = append(m.out.Streams, s.Stream)
		}
	}
}

func (m *machine) ownTimers(names map[string]bool) {
	for _, d := range m.declared {
		site := m.site(d.item)
		for _, t := range d.Timers {
			if !site.name("name", t.Name, "timer", names) {
				m.broken = true
				continue
			}
			m.timers[t.Name] = true
			if t.Open {
				m.watched = append(m.watched, watchedTimer{site.place, "name", t.Name})
			}
			m.out.Timers = append(m.out.Timers, t.Timer)
		}
	}
}

// ownEvents notes what the timers of composites and composites themselves raise.
func (m *machine) ownEvents() {
	for _, d := range m.declared {
		p := m.c.at(d.item)
		for _, t := range d.Timers {
			m.timerEvent(p, "name", t.Name)
		}
		for _, event := range d.Events {
			if m.events[event] {
				p.Report(diagnostic.DuplicateName, "name", fmt.Sprintf("something else already raises the event %s", event), "rename the node")
				m.broken = true
			}
			m.events[event] = true
		}
	}
}
