package protocol

import (
	"fmt"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/node"
	"github.com/lics-lab/lics/task"
)

// composite is a node on its way to the states it stands for.
type composite struct {
	m      *machine
	n      *item
	ways   map[string][]answer // by port: the wires that leave it, as they are asked
	passes map[string]*state   // by port: where guards of wires are asked
	made   map[*node.BuiltState]*state
	states []*state
}

// expand compiles a composite: its kind makes states, and its wires say where
// the ports of these lead.
func (m *machine) expand(n *item) {
	x := &composite{m: m, n: n, ways: map[string][]answer{}, passes: map[string]*state{}, made: map[*node.BuiltState]*state{}}
	x.collectWays()
	b := node.NewBuilder(m.site(n), n.name, func(port string) bool { return len(x.ways[port]) > 0 })
	n.kind.Expand(b, n.Data)
	built := len(b.Always)
	for _, s := range b.States {
		built += 1 + len(s.Answers)
	}
	if !m.affords(n, built) {
		return
	}
	for i, built := range b.States {
		made := built.State
		made.Node = n.ID
		s := m.byItem[n]
		if i > 0 {
			s = &state{item: n, name: made.Name}
			x.add(s)
		}
		s.made = &made
		x.made[built] = s
	}
	for _, built := range b.States {
		s := x.made[built]
		for _, a := range built.Answers {
			s.answers = append(s.answers, x.answers(a)...)
		}
	}
	for _, a := range b.Always {
		m.always = append(m.always, x.answers(a)...)
	}
	m.more[n] = x.states
}

// add takes a state beside the main one, if its name is free.
func (x *composite) add(s *state) {
	p := x.m.c.at(x.n)
	if x.m.names[s.name] {
		p.Report(diagnostic.DuplicateName, "name", fmt.Sprintf("the %s makes a state %s, and there is another one of that name", x.n.Type, s.name), "rename one of the two nodes")
		x.m.broken = true
		return
	}
	if !p.name("name", s.name, "state", x.m.names) {
		x.m.broken = true
		return
	}
	x.states = append(x.states, s)
}

// collectWays compiles the wires and makes sure that each port which needs one
// leads on whatever its guards say.
func (x *composite) collectWays() {
	for _, w := range x.n.out {
		if a, ok := x.m.way(x.n, w); ok {
			x.ways[w.port.Name] = append(x.ways[w.port.Name], a)
		}
	}
	for _, port := range x.n.ports {
		if port.Direction != node.Out {
			continue
		}
		ways := x.ways[port.Name]
		sortAnswers(ways)
		if len(ways) == 0 {
			x.open(port)
			continue
		}
		for i, a := range ways {
			if a.Guard != "" {
				continue
			}
			for _, late := range ways[i+1:] {
				p, _ := x.m.placeOf(late)
				p.Report(diagnostic.DuplicateHandler, "", fmt.Sprintf("another wire of the port %s is always taken before this one", port.Name), "remove one, or give the earlier one a guard; order says which is asked first")
			}
			ways = ways[:i+1]
			break
		}
		x.ways[port.Name] = ways
		if ways[len(ways)-1].Guard != "" {
			x.dangling(port.Name, fmt.Sprintf("every wire of the port %s of %s has a guard, and when none holds there is no way on", port.Name, x.n.ID), "leave the last one without a guard")
		}
	}
}

// open reports a port that needs a wire and has none that can be used.
func (x *composite) open(port node.Port) {
	for _, w := range x.n.out {
		if w.port.Name == port.Name {
			return // what is wrong with the wire is said
		}
	}
	if !port.Optional {
		x.dangling(port.Name, fmt.Sprintf("the port %s of %s leads nowhere", port.Name, x.n.ID), "wire it to a state or to the end of the task")
	}
}

func (x *composite) dangling(port, message, hint string) {
	x.m.c.at(x.n).report(Diagnostic{Code: diagnostic.DanglingPort, Port: port, Message: message, Hint: hint})
	x.m.broken = true
}

// way compiles a wire out of a composite.
func (m *machine) way(n *item, w *wire) (answer, bool) {
	return m.wired(w, func(site *taskSite, h *node.Handler) task.Handler { return node.CompileWay(site, n.Type, h) })
}

// answers are the handlers of a program for an answer of a composite.
func (x *composite) answers(a node.Answer) []answer {
	made := answer{Handler: task.Handler{Events: a.Events, Guard: a.Guard, Actions: a.Actions, Edge: x.n.ID}, node: x.n.ID, field: a.Field}
	if a.To != nil {
		made.to = x.made[a.To]
		made.To = made.to.name
	}
	if a.Port == "" {
		return []answer{made}
	}
	ways := x.ways[a.Port]
	if len(ways) == 0 {
		return nil
	}
	last := ways[len(ways)-1]
	if len(ways) == 1 && last.Guard == "" {
		made.to, made.To, made.Edge = last.to, last.To, last.edge
		made.Actions = append(append([]task.Action(nil), a.Actions...), last.Actions...)
		return []answer{made}
	}
	made.to = x.pass(a.Port, ways)
	made.To = made.to.name
	return []answer{made}
}

// pass is the state that asks the guards of a port's wires: after what the
// node itself does, and only once.
func (x *composite) pass(port string, ways []answer) *state {
	if s := x.passes[port]; s != nil {
		return s
	}
	name := x.n.name + "_" + port
	s := &state{item: x.n, name: name, made: &task.State{Name: name, Node: x.n.ID, Pass: true}}
	for _, a := range ways {
		a.Events = []string{task.Timeup}
		s.answers = append(s.answers, a)
	}
	x.passes[port] = s
	if expr.ValidName(port) { // else it is said of the port
		x.add(s)
	}
	return s
}
