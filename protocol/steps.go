package protocol

import (
	"fmt"
	"slices"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/node"
	"github.com/lics-lab/lics/task"
)

// steps compiles the nodes of the session level to those of the plan.
func (c *checker) steps() {
	for _, n := range c.nodes {
		if n.kind == nil || n.kind.Level != node.Session || n.misplaced || n.broken {
			continue
		}
		out := plan.Node{ID: n.ID, Kind: plan.Kind(n.Type), Label: n.label, Parent: n.Parent}
		for _, w := range n.out {
			out.Out = append(out.Out, plan.Wire{Port: w.port.Name, To: w.to.ID, Edge: w.ID})
		}
		site := &sessionSite{fields: fields{c.at(n), c.words}}
		n.kind.Step(site, n.Data, &out)
		if out.Task != nil && n.kind.Container {
			c.task(n, site, out.Task)
		}
		switch {
		case out.Sub == nil:
		case len(out.Sub.Inner) > 0:
			c.macro(site, &out)
		default:
			c.sub(n, site, &out)
		}
		c.plan.Nodes = append(c.plan.Nodes, out)
	}
	c.words.markUsed(c.usedParameters)
	c.words.markUsed(c.usedVariables)
}

// markUsed adds the names that expressions have used.
func (w *words) markUsed(used map[string]bool) {
	for slot, name := range w.scope.Names() {
		if w.used[slot] {
			used[name] = true
		}
	}
}

// sessionSite is what a node of the session level sees.
type sessionSite struct{ fields }

// Role implements node.Site.
func (s *sessionSite) Role(field, name string) string {
	names := s.c.roleNames()
	defer func(before int) { s.c.incomplete = s.c.incomplete || len(s.c.ds) > before }(len(s.c.ds))
	if name == "" {
		if len(names) == 1 {
			name = names[0]
		} else {
			s.Report(diagnostic.UnknownRole, field, "no device is chosen", diagnostic.DidYouMean("", names))
			return ""
		}
	}
	r := s.c.roles[name]
	if r == nil {
		hint := s.c.suggest(name, func() []string { return names })
		if hint == "" {
			hint = "declare it among the devices of the protocol"
		}
		s.Report(diagnostic.UnknownRole, field, fmt.Sprintf("the protocol has no device %s", clip(name)), hint)
		return ""
	}
	r.used = true
	return name
}

// Channel implements node.Site.
func (s *sessionSite) Channel(field, roleName, channel string, d task.Direction) {
	r := s.c.roles[roleName]
	if r == nil {
		return // said of the role
	}
	s.channel(field, r, channel, d)
}

// channel finds a channel of a role and notes its use.
func (p place) channel(field string, r *role, channel string, d task.Direction) {
	ch, ok := r.byName[channel]
	var names []string
	for _, other := range r.channels {
		if other.Direction == d {
			names = append(names, other.Name)
		}
	}
	switch {
	case channel == "":
		p.Report(diagnostic.UnknownChannel, field, "no channel is chosen", diagnostic.DidYouMean("", names))
	case !ok:
		hint := p.c.suggest(channel, func() []string { return names })
		if hint == "" {
			hint = "declare it among the channels of the device"
		}
		p.Report(diagnostic.UnknownChannel, field, fmt.Sprintf("the device has no channel %s", clip(channel)), hint)
	case ch.Direction != d && d == task.Out:
		p.Report(diagnostic.WrongDirection, field, channel+" is an input and cannot be driven", diagnostic.DidYouMean("", names))
	case ch.Direction != d:
		p.Report(diagnostic.WrongDirection, field, channel+" is an output and cannot be read", diagnostic.DidYouMean("", names))
	default:
		r.usedChannels[channel] = true
	}
}

// Input implements node.Site.
func (s *sessionSite) Input(field, roleName, event string) (task.Channel, bool) {
	r := s.c.roles[roleName]
	if r == nil {
		return task.Channel{}, false // said of the role
	}
	var names []string
	for _, ch := range r.channels {
		if ch.Direction != task.In {
			continue
		}
		if ch.RisingEvent() == event || ch.FallingEvent() == event {
			r.usedChannels[ch.Name] = true
			return ch, true
		}
		names = append(names, ch.RisingEvent(), ch.FallingEvent())
	}
	s.Report(diagnostic.UnknownEvent, field, fmt.Sprintf("no input of the device raises the event %s", clip(event)), s.c.suggest(event, func() []string { return names }))
	return task.Channel{}, false
}

// Spend implements node.Site.
func (s *sessionSite) Spend(work int) bool { return s.c.spend(work) }

// Volume implements node.Site.
func (s *sessionSite) Volume(roleName, channel string) {
	if r := s.c.roles[roleName]; r != nil {
		r.volumes[channel] = true
	}
}

// Assign implements node.Words: only variables of the run can change.
func (s *sessionSite) Assign(field, variable string, t expr.Type) expr.Type {
	names := func() []string {
		var all []string
		for _, v := range s.c.g.Variables {
			all = append(all, v.Name)
		}
		return all
	}
	declared := slices.ContainsFunc(s.c.g.Variables, func(v Variable) bool { return v.Name == variable })
	have, known := s.c.types[variable]
	switch {
	case !declared && known:
		s.Report(diagnostic.ParameterAssigned, field, variable+" is a parameter and cannot change", "declare a variable and use that")
		return expr.Invalid
	case !declared || !known:
		hint := s.c.suggest(variable, names)
		if hint == "" {
			hint = "declare it among the variables of the protocol"
		}
		s.Report(diagnostic.UnknownVariable, field, fmt.Sprintf("the protocol has no variable %q", clip(variable)), hint)
		return expr.Invalid
	}
	s.c.usedVariables[variable], s.c.assigned[variable] = true, true
	if t != expr.Invalid && !t.AssignableTo(have) {
		s.Report(diagnostic.TypeError, field, fmt.Sprintf("%s is %s and cannot hold %s", variable, have, t), "declare it as "+t.String())
	}
	return have
}
