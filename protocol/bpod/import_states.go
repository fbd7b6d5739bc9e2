package bpod

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/task"
)

const (
	exitState  = "exit"     // the end of the task
	cameFrom   = "previous" // the variable that >back needs
	outputHint = "use PWM, Valve, TTLOut or Wire with a number"
)

// state draws a state and what leaves it.
func (d *drawing) state(s *State) {
	out := stateData{id: d.states[s.Name], Trial: s.Name == d.m.States[0].Name, Note: s.Comment}
	if out.id != s.Name {
		out.Label = s.Name
	}
	var triggers, cancels, resets, conditions []action
	for _, a := range s.Actions {
		field := "actions." + a.Name
		switch a.Name {
		case actionTrigger:
			if d.defined(s.Name, field, "global timer", a.Value, has(d.m.GlobalTimers, a.Value)) {
				triggers = d.trigger(a.Value)
			}
		case actionCancel:
			if d.defined(s.Name, field, "global timer", a.Value, has(d.m.GlobalTimers, a.Value)) {
				cancels = d.cancel(a.Value)
			}
		case actionReset:
			if d.defined(s.Name, field, "global counter", a.Value, has(d.m.GlobalCounters, a.Value)) {
				resets = []action{{Do: task.DoAssign, Variable: counterName(a.Value), Value: "0"}}
			}
		default:
			d.output(s, &out, a)
		}
	}
	d.leave(s, &out, &conditions)
	out.Entry = slices.Concat(resets, cancels, triggers, conditions)
	d.data = append(d.data, out)
}

// output holds a line while the state lasts.
func (d *drawing) output(s *State, out *stateData, a Action) {
	field := "actions." + a.Name
	name, ok := output(a.Name)
	if !ok {
		hint, reason := outputHint, "is no output that a box of LICS has"
		if strings.HasPrefix(a.Name, "SoftCode") {
			hint, reason = "draw what the computer does as a step of the session level, or give it a line", "asks a program on the computer"
		}
		d.add(Unsupported, s.Name, field, hint, "the action %s %s", clip(a.Name), reason)
		return
	}
	if slices.ContainsFunc(out.Outputs, func(o heldOutput) bool { return o.Channel == name }) {
		d.add(Invalid, s.Name, field, "remove one of them", "the state drives %s twice", name)
		return
	}
	level, only := levelOf(name, a.Value)
	if only {
		d.add(NotCarried, s.Name, field, "", "%s is on or off: its value %d is 1", name, a.Value)
	}
	d.channels[name] = protocol.Channel{Name: name, Direction: string(task.Out)}
	out.Outputs = append(out.Outputs, heldOutput{name, level})
}

// leave draws the transitions, one wire for each target.
func (d *drawing) leave(s *State, out *stateData, conditions *[]action) {
	wires := map[string]int{}    // by target
	taken := map[string]string{} // targets of edges that a condition answers
	answered := map[string]bool{}
	for _, t := range s.Transitions {
		if line, name, ok := input(t.Event); ok && line != "" {
			if answered[name] {
				d.add(Invalid, s.Name, "transitions."+t.Event, "remove one of the two", "%s is answered twice", name)
			}
			answered[name] = true
		}
	}
	wire := func(target string, events ...string) {
		i, ok := wires[target]
		if !ok {
			i = len(d.edges)
			wires[target] = i
			d.edges = append(d.edges, edgeData{source: out.id, target: target})
		}
		d.edges[i].Events = append(d.edges[i].Events, events...)
	}
	for _, t := range s.inOrder() {
		field := "transitions." + t.Event
		event, ok := d.event(s.Name, field, t.Event)
		if !ok {
			continue
		}
		events := []string{event}
		if event == task.Timeup {
			out.Timer = expr.FormatDuration(span(s.Timer))
		}
		if i, is := index(conditioned, t.Event); is {
			raised, edge := d.condition(s.Name, field, i)
			*conditions = append(*conditions, raised...)
			if edge != "" && taken[edge] == "" {
				taken[edge] = t.Target
				events = append(events, edge)
			}
		} else if to := taken[event]; to != "" {
			if to != t.Target {
				d.add(NotCarried, s.Name, field, "", "%s leads to %s, because a condition that comes true in the same moment goes first", t.Event, clip(to))
			}
			continue
		}
		switch {
		case t.Target == opExit || t.Target == exitState:
			d.exits = true
			wire(exitState, events...)
		case t.Target == opBack:
			d.back(s, out.id, events)
		case d.states[t.Target] != "":
			wire(d.states[t.Target], events...)
		case strings.HasPrefix(t.Target, ">"):
			d.add(Unsupported, s.Name, field, "use >exit, >back or a state", "there is no operator %s", clip(t.Target))
		default:
			d.add(Invalid, s.Name, field, "add the state, or mend its name", "there is no state %q", clip(t.Target))
		}
	}
	if len(d.cameFrom) == 0 {
		return
	}
	for i := range d.edges {
		if e := &d.edges[i]; e.source == out.id && len(e.Actions) == 0 {
			e.Actions = []action{d.note(out.id)}
		}
	}
}

// inOrder are the transitions with the conditions first and by their numbers,
// which is how a Bpod looks at them: in every state, all the time, before edges.
func (s *State) inOrder() []Transition {
	ts := slices.Clone(s.Transitions)
	slices.SortStableFunc(ts, func(a, b Transition) int {
		i, conditionA := index(conditioned, a.Event)
		j, conditionB := index(conditioned, b.Event)
		if conditionA && conditionB {
			return cmp.Compare(i, j)
		}
		return cmp.Compare(rank(conditionB), rank(conditionA))
	})
	return ts
}

func rank(condition bool) int {
	if condition {
		return 1
	}
	return 0
}

// condition is what tells a state that a line has a level already, and the edge
// that tells it later.
func (d *drawing) condition(state, field string, i int) (raised []action, edge string) {
	c := d.m.Conditions[i]
	m := inputLine.FindStringSubmatch(c.Channel)
	if m == nil {
		hint := "use an input line: Port1, TTLIn1, Wire1"
		if timerLine.MatchString(c.Channel) {
			hint = "answer the start and the end of the timer instead"
		}
		d.add(Unsupported, state, field, hint, "condition %d is about %s, whose level LICS does not know", i, clip(c.Channel))
		return nil, ""
	}
	line := inputName(m[1], m[2])
	d.channels[line] = protocol.Channel{Name: line, Direction: string(task.In), Rising: line + high, Falling: line + low}
	holds, edge := "not "+line, line+low
	if c.Value {
		holds, edge = line, line+high
	}
	return []action{{Do: task.DoRaise, Event: fmt.Sprintf("Condition%d", i), If: holds}}, edge
}

// back goes to the state before: a variable says which of the possible ones it
// was.
func (d *drawing) back(s *State, id string, events []string) {
	for _, from := range d.cameFrom[s.Name] {
		d.edges = append(d.edges, edgeData{source: id, target: d.states[from], handler: handler{
			Events: events, Guard: fmt.Sprintf("%s == %q", cameFrom, d.states[from]), Actions: []action{d.note(id)},
		}})
	}
}

func (d *drawing) note(id string) action {
	return action{Do: task.DoAssign, Variable: cameFrom, Value: fmt.Sprintf("%q", id)}
}

// predecessors are the states from which each state can be entered; nil when no
// state goes back.
func (m *Machine) predecessors() map[string][]string {
	from := map[string][]string{}
	goesBack := false
	for changed := true; changed; {
		changed = false
		for _, s := range m.States {
			for _, t := range s.Transitions {
				targets := []string{t.Target}
				if t.Target == opBack {
					goesBack, targets = true, from[s.Name]
				}
				for _, to := range targets {
					if !slices.Contains(from[to], s.Name) {
						from[to] = append(from[to], s.Name)
						changed = true
					}
				}
			}
		}
	}
	if !goesBack {
		return nil
	}
	return from
}
