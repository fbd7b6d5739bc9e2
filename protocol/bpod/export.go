package bpod

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// Options choose what Export writes.
type Options struct {
	// Task is the id or the name of the task; empty is the only one.
	Task string
	// Parameters are the values that are written for parameters of the
	// protocol; for others their defaults.
	Parameters map[string]json.RawMessage
}

// Export writes a task as a state machine. Times and levels that depend on
// parameters get their values. The machine is nil when something cannot be
// carried; the diagnostics name each state in which it is.
func Export(g *protocol.Graph, o Options) (*Machine, []diagnostic.Diagnostic) {
	p, ds := protocol.Compile(g)
	if p == nil {
		return nil, ds
	}
	w := &writing{machine: &Machine{
		Name: g.Name, GlobalTimers: map[int]GlobalTimer{}, GlobalCounters: map[int]GlobalCounter{}, Conditions: map[int]Condition{},
	}}
	if w.step = w.choose(p, o.Task); w.step == nil {
		return nil, w.all
	}
	w.program = &w.step.Program
	w.constants(p, o.Parameters)
	w.lines()
	w.shapes()
	w.always()
	w.triggers()
	w.states()
	if diagnostic.HasErrors(w.all) {
		return nil, w.all
	}
	return w.machine, w.all
}

// writing is a state machine on its way from a program.
type writing struct {
	problems
	machine *Machine
	step    *plan.Task
	program *task.Program

	scope  *expr.DeclScope // the parameters, which are constants here
	values []expr.Value

	line     map[string]string // of a channel
	events   map[string]string // what a Bpod calls them
	timers   map[string]*timer // by what LICS calls them
	counters map[string]int    // by variable
	starts   map[string]int    // the timer that a state starts
	pulses   map[string]int    // timers that only drive an output, by what they do
	anywhere []Transition      // from every state
}

// choose finds the task.
func (w *writing) choose(p *plan.Plan, name string) *plan.Task {
	var found []*plan.Node
	var names []string
	for i := range p.Nodes {
		n := &p.Nodes[i]
		if n.Task == nil {
			continue
		}
		names = append(names, n.ID)
		if name == "" || n.ID == name || n.Task.Program.Name == name {
			found = append(found, n)
		}
	}
	switch {
	case len(names) == 0:
		w.add(Unexportable, "", "", "draw a task", "the protocol has no task, and a Bpod has nothing else")
	case len(found) == 0:
		w.add(Unexportable, "", "", "its tasks are "+diagnostic.List(names), "the protocol has no task %q", clip(name))
	case len(found) > 1:
		w.add(Unexportable, "", "", "name one of "+diagnostic.List(names), "the protocol has %d tasks, and a state machine is one", len(found))
	default:
		return found[0].Task
	}
	return nil
}

// constants gives the parameters their values.
func (w *writing) constants(p *plan.Plan, given map[string]json.RawMessage) {
	w.scope = expr.NewScope()
	values, err := plan.DecodeParameters(p, given)
	if err != nil {
		w.add(Invalid, "", "parameters", "", "%v", err)
		return
	}
	for i, v := range p.Parameters {
		if w.step.Parameters[v.Name] != "" && w.step.Parameters[v.Name] != v.Name {
			continue // the session computes what the task calls so
		}
		if _, err := w.scope.Declare(v.Name, values[i].Type()); err == nil {
			w.values = append(w.values, values[i])
		}
	}
}

// constant computes an expression that may depend on parameters only.
func (w *writing) constant(state, field, source string, want expr.Type) (expr.Value, bool) {
	e, err := expr.Compile(source, w.scope, want)
	if err == nil {
		var v expr.Value
		if v, err = e.Eval(w.values); err == nil {
			return v, true
		}
	}
	w.add(Unexportable, state, field, "use a constant, or parameters that have a value", "`%s` is not known before the task runs, and a state machine has no variables", clip(source))
	return expr.Value{}, false
}

func (w *writing) seconds(state, field, source string) (float64, bool) {
	v, ok := w.constant(state, field, source, expr.Duration)
	if !ok {
		return 0, false
	}
	d := v.Duration()
	if d < 0 || d.Seconds() > maxSeconds {
		w.add(Unexportable, state, field, "", "%s is not from 0 to %.0f seconds", expr.FormatDuration(d), maxSeconds)
		return 0, false
	}
	if d%cycle != 0 {
		w.add(NotCarried, state, field, "", "a Bpod counts tenths of milliseconds: %s becomes %s", expr.FormatDuration(d), expr.FormatDuration(d.Round(cycle)))
	}
	return seconds(d), true
}

// seconds is the shortest number that is d when it is read again.
func seconds(d time.Duration) float64 { return float64(d) / float64(time.Second) }

// value is a level as a Bpod has it for one of its lines.
func (w *writing) value(state, field, line, source string) (int, bool) {
	level := 1.0
	if strings.TrimSpace(source) != "" {
		v, ok := w.constant(state, field, source, expr.Invalid)
		if !ok {
			return 0, false
		}
		switch v.Type() {
		case expr.Bool:
			level = 0
			if v.Bool() {
				level = 1
			}
		default:
			level = v.Float()
		}
	}
	if !strings.HasPrefix(line, "PWM") {
		if level != 0 && level != 1 {
			w.add(Unexportable, state, field, "use on or off", "%s is on or off, and not %v", line, level)
			return 0, false
		}
		return int(level), true
	}
	v := math.Round(level * fullLevel)
	if v < 0 || v > fullLevel || math.Abs(v-level*fullLevel) > 1e-6 {
		w.add(Unexportable, state, field, "use a multiple of 1/255 from 0 to 1", "the level %v of %s is none of the 256 that a Bpod has", level, line)
		return 0, false
	}
	return int(v), true
}

// lines gives the channels the names of a Bpod's.
func (w *writing) lines() {
	w.line, w.events = map[string]string{}, map[string]string{task.Timeup: tup}
	w.timers, w.counters, w.pulses = map[string]*timer{}, map[string]int{}, map[string]int{}
	of := map[string]string{}
	for _, c := range w.program.Channels {
		line, ok := lineOf(c)
		key := string(c.Direction) + " " + line
		if !ok {
			if w.uses(c) {
				w.add(Unexportable, "", "roles", "call it Port1, TTLIn1 or Wire1 if it is read, PWM1, Valve1, TTLOut1 or WireOut1 if it is driven", "no line of a Bpod can be meant by %s", c.Name)
			}
			continue
		}
		if other := of[key]; other != "" {
			w.add(Unexportable, "", "roles", "rename one of them", "%s and %s both mean the line %s", other, c.Name, line)
			continue
		}
		of[key] = c.Name
		w.line[c.Name] = line
		if c.Direction == task.In {
			w.events[c.RisingEvent()], w.events[c.FallingEvent()] = line+high, line+low
		}
	}
}

// uses reports whether the task needs a channel: one that is only recorded can
// be left out.
func (w *writing) uses(c task.Channel) bool {
	events := []string{c.RisingEvent(), c.FallingEvent()}
	acts := func(as []task.Action) bool {
		return slices.ContainsFunc(as, func(a task.Action) bool { return a.Channel == c.Name })
	}
	handles := func(hs []task.Handler) bool {
		return slices.ContainsFunc(hs, func(h task.Handler) bool {
			return acts(h.Actions) || slices.ContainsFunc(h.Events, func(e string) bool { return slices.Contains(events, e) })
		})
	}
	return handles(w.program.Always) || slices.ContainsFunc(w.program.States, func(s task.State) bool {
		return acts(s.Entry) || acts(s.Exit) || handles(s.On) ||
			slices.ContainsFunc(s.Outputs, func(o task.Output) bool { return o.Channel == c.Name })
	})
}

// free is the first number that a map does not have.
func free[T any](m map[int]T) int {
	i := 0
	for has(m, i) {
		i++
	}
	return i
}

// number is the one in a name like GlobalTimer3_End, else the first free one.
func number[T any](m map[int]T, name, format string) int {
	var i int
	if n, err := fmt.Sscanf(name, format, &i); n == 1 && err == nil && i >= 0 && i <= maxIndex && fmt.Sprintf(format, i) == name && !has(m, i) {
		return i
	}
	return free(m)
}
