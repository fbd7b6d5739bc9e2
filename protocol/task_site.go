package protocol

import (
	"fmt"
	"strings"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// taskSite is what a node of the task level sees.
type taskSite struct {
	fields
	m *machine
}

// Output implements node.TaskSite.
func (s *taskSite) Output(field, channel string) {
	if s.m.role == nil {
		return // said of the role
	}
	s.channel(field, s.m.role, channel, task.Out)
	s.m.usedOutputs[channel] = true
}

// Volume implements node.TaskSite.
func (s *taskSite) Volume(channel string) {
	if s.m.role != nil {
		s.m.role.volumes[channel] = true
	}
}

// Input implements node.TaskSite.
func (s *taskSite) Input(field, channel string) (rising, falling string) {
	if s.m.role == nil {
		return channel + "_in", channel + "_out" // said of the role
	}
	s.channel(field, s.m.role, channel, task.In)
	ch := s.m.role.byName[channel]
	return ch.RisingEvent(), ch.FallingEvent()
}

// Opposite implements node.TaskSite.
func (s *taskSite) Opposite(event string) string {
	if s.m.role == nil {
		return event // said of the role
	}
	for _, ch := range s.m.role.channels {
		switch {
		case ch.Direction != task.In:
		case ch.RisingEvent() == event:
			return ch.FallingEvent()
		case ch.FallingEvent() == event:
			return ch.RisingEvent()
		}
	}
	return ""
}

// find reports a name that the task does not declare.
func (s *taskSite) find(code diagnostic.Code, field, what, name string, ok bool, names func() []string) {
	if ok {
		return
	}
	hint := s.c.suggest(name, names)
	if hint == "" {
		hint = "declare it in the task"
	}
	s.Report(code, field, fmt.Sprintf("the task has no %s %s", what, clip(name)), hint)
}

// Stream implements node.TaskSite.
func (s *taskSite) Stream(field, name string) expr.Type {
	t, ok := s.m.streams[name]
	s.find(diagnostic.UnknownStream, field, "stream", name, ok, func() []string { return sortedKeys(s.m.streams) })
	s.m.drawn[name] = true
	return t
}

// Timer implements node.TaskSite.
func (s *taskSite) Timer(field, name string) {
	s.find(diagnostic.UnknownTimer, field, "global timer", name, s.m.timers[name], func() []string { return sortedKeys(s.m.timers) })
	s.m.started[name] = true
}

// Event implements node.TaskSite.
func (s *taskSite) Event(field, name string) {
	s.m.answered[name] = true
	if s.m.role == nil && !s.m.events[name] {
		return // it may be an edge of the unknown role
	}
	if !s.m.events[name] {
		hint := s.c.suggest(name, func() []string { return s.m.eventList })
		if s.m.isInput(name) {
			ch := s.m.role.byName[name]
			hint = "an input raises " + ch.RisingEvent() + " and " + ch.FallingEvent()
		}
		s.Report(diagnostic.UnknownEvent, field, fmt.Sprintf("nothing raises the event %s", clip(name)), hint)
	}
}

// Assign implements node.Words: only the task's own variables can change.
func (s *taskSite) Assign(field, variable string, t expr.Type) expr.Type {
	have, own := s.m.variables[variable]
	_, parameter := s.m.c.types[variable]
	_, mapped := s.m.mapped[variable]
	switch {
	case !own && (parameter || mapped):
		s.Report(diagnostic.ParameterAssigned, field, variable+" cannot be changed by the task", "declare a variable of the task, and keep it for the run with results")
		return expr.Invalid
	case !own:
		hint := s.c.suggest(variable, func() []string { return sortedKeys(s.m.variables) })
		if t != expr.Invalid {
			hint = fmt.Sprintf("declare %s among the variables of the task, with the type %s", variable, t)
		} else if hint == "" {
			hint = "declare it among the variables of the task"
		}
		s.Report(diagnostic.UnknownVariable, field, fmt.Sprintf("the task has no variable %s", clip(variable)), hint)
		return expr.Invalid
	}
	s.m.assigned[variable] = true
	if t != expr.Invalid && !t.AssignableTo(have) {
		s.Report(diagnostic.TypeError, field, fmt.Sprintf("%s is %s and cannot hold %s", variable, have, t), "declare it as "+t.String())
	}
	return have
}

// stream checks a stream and says what type it gives.
func (s *taskSite) stream(at string, x task.Stream) expr.Type {
	sources := map[string]string{
		"values": x.Values, "weights": x.Weights, "low": x.Low, "high": x.High,
		"mean": x.Mean, "sd": x.SD, "p": x.P, "run": x.Run,
	}
	allowed := map[string]bool{}
	for f := range strings.FieldsSeq(takes[x.Kind]) {
		name, must := strings.CutSuffix(f, "!")
		allowed[name] = true
		if must && sources[name] == "" {
			s.Report(diagnostic.BadData, at+name, fmt.Sprintf("a %s stream needs %s", x.Kind, name), "")
		}
	}
	for _, name := range sortedKeys(sources) {
		if sources[name] != "" && !allowed[name] {
			s.Report(diagnostic.BadData, at+name, fmt.Sprintf("a %s stream has no %s", x.Kind, name), "it takes "+strings.ReplaceAll(strings.ReplaceAll(takes[x.Kind], "!", ""), " ", ", "))
		}
	}
	switch x.Kind {
	case task.Choice, task.ShuffleBag, task.MaxRun:
		s.Expr(at+"weights", x.Weights, expr.FloatList)
		s.Expr(at+"run", x.Run, expr.Int)
		e := s.Expr(at+"values", x.Values)
		if e == nil {
			return expr.Invalid
		}
		if !e.Type().IsList() {
			s.Report(diagnostic.TypeError, at+"values", "this is "+e.Type().String()+", and a list is needed", "write a list like [1, 2, 3]")
		}
		return e.Type().Elem()
	case task.UniformInt:
		s.Expr(at+"low", x.Low, expr.Int)
		s.Expr(at+"high", x.High, expr.Int)
		return expr.Int
	case task.Bernoulli:
		s.Expr(at+"p", x.P, expr.Float)
		return expr.Bool
	}
	// The rest are numbers or durations, all of them the same.
	t := expr.Invalid
	for _, f := range [...]struct{ name, src string }{{"mean", x.Mean}, {"sd", x.SD}, {"low", x.Low}, {"high", x.High}} {
		if !allowed[f.name] {
			continue
		}
		e := s.Expr(at+f.name, f.src, expr.Int, expr.Float, expr.Duration)
		if e == nil {
			continue
		}
		have := e.Type()
		if have == expr.Int {
			have = expr.Float
		}
		if t != expr.Invalid && t != have {
			s.Report(diagnostic.TypeError, at+f.name, fmt.Sprintf("%s is %s, and the others are %s", f.name, have, t), "use numbers or durations for all of them")
			continue
		}
		t = have
	}
	return t
}

// resultType is the type of something a finished task can tell the run.
func (m *machine) resultType(name string) (expr.Type, bool) {
	if outcome, ok := strings.CutPrefix(name, "outcome."); ok {
		return expr.Int, expr.ValidName(outcome)
	}
	switch name {
	case "trials":
		return expr.Int, true
	case "microlitres":
		return expr.Float, true
	}
	t, ok := m.variables[name]
	return t, ok
}
