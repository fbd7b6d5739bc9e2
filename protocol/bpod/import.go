package bpod

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// Import draws a protocol that does what the state machine does: one task, on
// the role box, whose channels have the names of the Bpod's lines. The graph is
// nil when there are errors; it is not checked.
func Import(data []byte) (*protocol.Graph, []diagnostic.Diagnostic) {
	m, ds := Parse(data)
	if m == nil {
		return nil, ds
	}
	d := &drawing{
		m: m, problems: problems{ds}, states: map[string]string{}, channels: map[string]protocol.Channel{},
		heard: map[string]bool{}, cameFrom: m.predecessors(),
	}
	d.names()
	d.listen()
	d.timers()
	d.counters()
	for i := range m.States {
		d.state(&m.States[i])
	}
	if diagnostic.HasErrors(d.all) {
		return nil, d.all
	}
	g, err := d.graph()
	if err == nil {
		err = opens(g)
	}
	if err != nil {
		d.add(Invalid, "", "", "", "no protocol can be made of it: %v", err)
		return nil, d.all
	}
	return g, d.all
}

// opens looks whether the protocol can be opened again: a name or a comment may
// be longer than a protocol takes.
func opens(g *protocol.Graph) error {
	raw, err := g.Encode()
	if err == nil {
		_, err = protocol.Parse(raw)
	}
	return err
}

// drawing is a protocol on its way from a state machine.
type drawing struct {
	problems
	m        *Machine
	states   map[string]string // the names that LICS gives them
	channels map[string]protocol.Channel
	heard    map[string]bool // events that a state or a counter answers
	cameFrom map[string][]string

	data  []stateData
	edges []edgeData
	task  taskData
	on    []handler // answered in all states
	exits bool
}

// stateData and taskData are what the kinds read, with the empty left out.
type stateData struct {
	id      string
	Label   string       `json:"label,omitempty"`
	Note    string       `json:"note,omitempty"`
	Trial   bool         `json:"trial,omitempty"`
	Timer   string       `json:"timer,omitempty"`
	Outputs []heldOutput `json:"outputs,omitempty"`
	Entry   []action     `json:"entry,omitempty"`
}

type heldOutput struct {
	Channel string `json:"channel"`
	Level   string `json:"level,omitempty"`
}

type action struct {
	Do       task.Do `json:"do"`
	If       string  `json:"if,omitempty"`
	Channel  string  `json:"channel,omitempty"`
	Level    string  `json:"level,omitempty"`
	Duration string  `json:"duration,omitempty"`
	Variable string  `json:"variable,omitempty"`
	Value    string  `json:"value,omitempty"`
	Timer    string  `json:"timer,omitempty"`
	Event    string  `json:"event,omitempty"`
}

type handler struct {
	Events  []string `json:"events"`
	Guard   string   `json:"guard,omitempty"`
	Actions []action `json:"actions,omitempty"`
}

type edgeData struct {
	source, target string
	handler
}

type variable struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Initial string `json:"initial,omitempty"`
	Note    string `json:"note,omitempty"`
}

type globalTimer struct {
	Name     string `json:"name"`
	Duration string `json:"duration"`
}

type taskData struct {
	Name      string        `json:"name"`
	Label     string        `json:"label,omitempty"`
	Role      string        `json:"role"`
	Initial   string        `json:"initial"`
	Variables []variable    `json:"variables,omitempty"`
	Timers    []globalTimer `json:"timers,omitempty"`
}

// names gives every state a name that expressions and rows can have.
func (d *drawing) names() {
	taken := map[string]bool{exitState: true}
	for _, s := range d.m.States {
		name := unique(plainName(s.Name), taken)
		if name != s.Name {
			d.add(NotCarried, s.Name, "", "", "the state %q is called %s, because a name has only letters, digits and _; its label stays", clip(s.Name), name)
		}
		d.states[s.Name] = name
	}
}

// plainName is the nearest to s that can be a name.
func plainName(s string) string {
	var b strings.Builder
	for _, c := range s {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' {
			b.WriteRune(c)
		} else {
			b.WriteByte('_')
		}
	}
	name := b.String()
	if len(name) > 48 {
		name = name[:48]
	}
	if !expr.ValidName(name) {
		name = "s_" + name
	}
	return name
}

func unique(name string, taken map[string]bool) string {
	base := name
	for i := 2; taken[name]; i++ {
		name = fmt.Sprintf("%s_%d", base, i)
	}
	taken[name] = true
	return name
}

// listen finds the events that something answers.
func (d *drawing) listen() {
	for _, s := range d.m.States {
		for _, t := range s.Transitions {
			d.heard[t.Event] = true
		}
	}
	for _, c := range d.m.GlobalCounters {
		d.heard[c.Event] = true
	}
}

// event is what LICS calls an event, or says why it cannot be answered.
func (d *drawing) event(state, field, event string) (string, bool) {
	if event == tup {
		return task.Timeup, true
	}
	if line, name, ok := input(event); ok {
		d.channels[line] = protocol.Channel{Name: line, Direction: string(task.In), Rising: line + high, Falling: line + low}
		return name, true
	}
	if i, ok := index(timerEvent, event); ok {
		return event, d.defined(state, field, "global timer", i, has(d.m.GlobalTimers, i))
	}
	if i, ok := index(countEvent, event); ok {
		return event, d.defined(state, field, "global counter", i, has(d.m.GlobalCounters, i))
	}
	if i, ok := index(conditioned, event); ok {
		return event, d.defined(state, field, "condition", i, has(d.m.Conditions, i))
	}
	hint, reason := "use an input line (Port1_High, TTLIn1_Low, Wire1_High), Tup, a global timer or counter, or a condition", "is no line that a box of LICS has"
	if strings.HasPrefix(event, "SoftCode") {
		hint, reason = "draw what the computer does as a step of the session level, or give the computer a line", "comes from a program on the computer"
	}
	d.add(Unsupported, state, field, hint, "the event %s %s", clip(event), reason)
	return "", false
}

func has[T any](m map[int]T, i int) bool { _, ok := m[i]; return ok }

func (d *drawing) defined(state, field, what string, i int, ok bool) bool {
	if !ok {
		d.add(Invalid, state, field, "define it, or use another one", "there is no %s %d", what, i)
	}
	return ok
}

// counters become variables, which are counted in all states.
func (d *drawing) counters() {
	for _, i := range slices.Sorted(maps.Keys(d.m.GlobalCounters)) {
		c := d.m.GlobalCounters[i]
		field := fmt.Sprintf("global_counters.%d", i)
		_, condition := index(conditioned, c.Event)
		switch {
		case c.Event == tup || condition:
			d.add(Unsupported, "", field+".event", "count a line, a global timer or another counter", "a counter of %s cannot be carried", clip(c.Event))
			continue
		case c.Threshold == 0:
			d.add(Unsupported, "", field+".threshold", "use 1 or more", "a threshold of 0 is never reached by counting")
			continue
		}
		event, ok := d.event("", field+".event", c.Event)
		if !ok {
			continue
		}
		name := counterName(i)
		d.task.Variables = append(d.task.Variables, variable{Name: name, Type: "int", Note: fmt.Sprintf("Counts %s up to %d.", event, c.Threshold)})
		d.on = append(d.on, handler{Events: []string{event}, Actions: []action{
			{Do: task.DoAssign, Variable: name, Value: name + " + 1"},
			{Do: task.DoRaise, Event: name + "_End", If: fmt.Sprintf("%s == %d", name, c.Threshold)},
		}})
	}
}

func counterName(i int) string { return fmt.Sprintf("GlobalCounter%d", i) }
