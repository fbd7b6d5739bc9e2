package protocol

import (
	"fmt"
	"maps"
	"slices"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func isBuiltin(name string) bool {
	for _, b := range task.Builtins {
		if b.Name == name {
			return true
		}
	}
	return false
}

func (m *machine) isInput(name string) bool {
	return m.role != nil && m.role.byName[name].Direction == task.In
}

// declare puts the names of the task into its scope. What a task declares
// itself hides what the protocol declares; its channels and the built-in names
// cannot be hidden, because a program could not say which is meant.
func (m *machine) declare(site *sessionSite) {
	m.words = newWords(m.missing)
	names := map[string]bool{}
	for _, b := range task.Builtins {
		names[b.Name] = true
	}
	if m.role != nil {
		for _, ch := range m.role.channels {
			if ch.Direction == task.In {
				names[ch.Name] = true
			}
		}
	}
	m.mapParameters(site, names)
	for i, v := range m.data.Variables {
		at := "variables[" + itoa(i) + "]."
		ok := site.name(at+"name", v.Name, "variable", names)
		t := site.typ(at+"type", v.Type)
		if t != expr.Invalid {
			constants := fields{site.place, newWords(func(string) string {
				return "a variable of a task begins with a constant; assign the rest when the first state is entered"
			})}
			constants.Expr(at+"initial", v.Initial, t)
		}
		if !ok || t == expr.Invalid {
			continue
		}
		if _, hides := m.c.types[v.Name]; hides {
			site.Report(diagnostic.ShadowedName, at+"name", fmt.Sprintf("inside the task, %s is its own variable and not the one of the protocol", v.Name), "rename it if both are needed")
		}
		m.variables[v.Name] = t
		m.words.declare(v.Name, t)
		m.out.Variables = append(m.out.Variables, task.Variable{Name: v.Name, Type: v.Type, Initial: v.Initial, Silent: v.Silent})
	}
	m.ownVariables(names)
	if m.role != nil {
		for _, ch := range m.role.channels {
			if ch.Direction == task.In {
				m.words.declare(ch.Name, expr.Bool)
			}
		}
	}
	for _, b := range task.Builtins {
		m.words.declare(b.Name, b.Type)
	}
	for i, q := range m.c.g.Parameters {
		t, known := m.c.types[q.Name]
		if _, own := m.variables[q.Name]; own || !known || m.mapped[q.Name] != expr.Invalid {
			continue
		}
		if isBuiltin(q.Name) || m.isInput(q.Name) {
			m.c.document("").Report(diagnostic.ShadowedName, "parameters["+itoa(i)+"].name",
				fmt.Sprintf("inside tasks, %s is a channel or a built-in name and not this parameter", q.Name), "rename the parameter")
			continue
		}
		m.words.declare(q.Name, t)
	}
	scope := m.words.signature()
	if m.c.compiled[scope] == nil {
		m.c.compiled[scope] = m.words.known
	}
	m.words.known = m.c.compiled[scope]
	m.declareStreams()
	m.declareTimers()
}

// mapParameters types the values that the session computes for the task.
func (m *machine) mapParameters(site *sessionSite, names map[string]bool) {
	for _, name := range sortedKeys(m.data.Parameters) {
		field := "parameters." + name
		if !site.name(field, name, "parameter", names) {
			continue
		}
		src := m.data.Parameters[name]
		if src == "" {
			site.Report(diagnostic.BadData, field, fmt.Sprintf("the parameter %s has no value", name), "write an expression, or remove it")
			continue
		}
		if e := site.Expr(field, src); e != nil {
			m.mapped[name] = e.Type()
			m.words.declare(name, e.Type())
		} else {
			m.broken = true // its users would only repeat the mistake
		}
	}
}

// missing explains names that exist, but not inside the task.
func (m *machine) missing(name string) string {
	if _, ok := m.c.types[name]; ok {
		return fmt.Sprintf("%s is a variable of the run; give it to the task: \"parameters\": {%q: %q}", name, name, name)
	}
	if m.role != nil && m.role.byName[name].Direction == task.Out {
		return name + " is an output; its level cannot be read, keep it in a variable"
	}
	return ""
}

func (m *machine) declareStreams() {
	site, names := m.at(), map[string]bool{}
	for i, x := range m.data.Streams {
		at := "streams[" + itoa(i) + "]."
		if !site.name(at+"name", x.Name, "stream", names) {
			continue
		}
		s := task.Stream{
			Name: x.Name, Kind: x.Kind, Values: x.Values, Weights: x.Weights, Low: x.Low, High: x.High,
			Mean: x.Mean, SD: x.SD, P: x.P, Run: x.Run,
		}
		m.streams[x.Name] = site.stream(at, s)
		site.impossibleDraw(at, s)
		m.out.Streams = append(m.out.Streams, s)
	}
	m.ownStreams(names)
}

// takes are the fields of each kind of stream; ! must be given.
var takes = map[task.StreamKind]string{
	task.Choice:               "values! weights",
	task.ShuffleBag:           "values!",
	task.MaxRun:               "values! weights run!",
	task.Uniform:              "low! high!",
	task.UniformInt:           "low! high!",
	task.Normal:               "mean! sd! low high",
	task.Exponential:          "mean!",
	task.TruncatedExponential: "mean! low! high!",
	task.Bernoulli:            "p!",
}

func (m *machine) declareTimers() {
	site, names := m.at(), map[string]bool{}
	for i, x := range m.data.Timers {
		at := "timers[" + itoa(i) + "]."
		if !site.name(at+"name", x.Name, "timer", names) {
			continue
		}
		if x.Duration == "" {
			site.Report(diagnostic.BadData, at+"duration", fmt.Sprintf("the timer %s has no duration", x.Name), "write a duration like 2s")
		}
		site.Expr(at+"duration", x.Duration, expr.Duration)
		m.timers[x.Name] = true
		m.watched = append(m.watched, watchedTimer{m.c.at(m.item), "timers[" + itoa(i) + "].name", x.Name})
		m.out.Timers = append(m.out.Timers, task.Timer{Name: x.Name, Duration: x.Duration})
	}
	m.ownTimers(names)
}
