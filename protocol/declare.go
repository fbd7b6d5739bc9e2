package protocol

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// role is a declared device and what the protocol uses of it.
type role struct {
	channels     []task.Channel
	byName       map[string]task.Channel
	used         bool
	usedChannels map[string]bool
	volumes      map[string]bool
	shaped       map[string]bool
}

// name checks that a name can be one and stands only once among others.
func (p place) name(field, name, what string, taken map[string]bool) bool {
	if err := expr.CheckName(name); err != nil {
		p.Report(diagnostic.BadName, field, fmt.Sprintf("%q cannot name %s: %v", clip(name), an(what), err), "")
		return false
	}
	if taken[name] {
		p.Report(diagnostic.DuplicateName, field, fmt.Sprintf("there are two called %s", name), "rename one of them")
		return false
	}
	taken[name] = true
	return true
}

// typ reads a type name.
func (p place) typ(field, name string) expr.Type {
	t, err := expr.ParseType(name)
	if err != nil {
		p.Report(diagnostic.BadValue, field, fmt.Sprintf("there is no type %q", clip(name)), "use bool, int, float, string, duration or list<…> of one of these")
	}
	return t
}

func (c *checker) declarations() {
	taken := map[string]bool{}
	for i, r := range c.g.Roles {
		p := c.document("roles[" + itoa(i) + "].")
		if p.name("name", r.Name, "device", taken) {
			c.roles[r.Name] = p.role(r)
		}
	}
	c.words = newWords(nil)
	taken = map[string]bool{}
	for i, q := range c.g.Parameters {
		p := c.document("parameters[" + itoa(i) + "].")
		ok := p.name("name", q.Name, "parameter", taken)
		t := p.typ("type", q.Type)
		if t != expr.Invalid {
			p.parameter(q, t)
		}
		if ok && c.words.declare(q.Name, t) {
			c.types[q.Name] = t
		}
	}
	// Only the parameters are in scope of what variables begin with.
	initial := newWords(nil)
	for i, name := range c.words.scope.Names() {
		initial.declare(name, c.words.scope.Types()[i])
	}
	for i, v := range c.g.Variables {
		p := c.document("variables[" + itoa(i) + "].")
		ok := p.name("name", v.Name, "variable", taken)
		t := p.typ("type", v.Type)
		if t == expr.Invalid {
			continue
		}
		if e := (fields{p, initial}).Expr("initial", v.Initial, t); e != nil {
			_, constant := e.Constant()
			c.computed[v.Name] = !constant
		}
		if ok && c.words.declare(v.Name, t) {
			c.types[v.Name] = t
		}
	}
	for _, q := range c.g.Parameters {
		c.usedParameters[q.Name] = initial.isUsed(q.Name)
	}
}

func (p place) role(r Role) *role {
	out := &role{byName: map[string]task.Channel{}, usedChannels: map[string]bool{}, volumes: map[string]bool{}, shaped: map[string]bool{}}
	names, events := map[string]bool{}, map[string]bool{task.Timeup: true}
	for i, ch := range r.Channels {
		at := "channels[" + itoa(i) + "]."
		if !p.name(at+"name", ch.Name, "channel", names) {
			continue
		}
		made := task.Channel{Name: ch.Name, Direction: task.Direction(ch.Direction), Rising: ch.Rising, Falling: ch.Falling}
		switch made.Direction {
		case task.In:
			p.event(at+"rising", made.RisingEvent(), events)
			p.event(at+"falling", made.FallingEvent(), events)
		case task.Out:
			if ch.Rising != "" || ch.Falling != "" {
				p.Report(diagnostic.BadValue, at+"rising", "an output has no edges to name", "remove rising and falling, or make it an input")
				made.Rising, made.Falling = "", ""
			}
		default:
			p.Report(diagnostic.BadValue, at+"direction", fmt.Sprintf("a channel cannot be %q", clip(ch.Direction)), "write in or out")
			continue
		}
		out.channels = append(out.channels, made)
		out.byName[made.Name] = made
	}
	return out
}

func (p place) event(field, name string, taken map[string]bool) {
	if err := expr.CheckName(name); err != nil {
		p.Report(diagnostic.BadName, field, fmt.Sprintf("%q cannot name an event: %v", clip(name), err), "")
		return
	}
	if taken[name] {
		p.Report(diagnostic.DuplicateName, field, fmt.Sprintf("two edges raise the event %s", name), "name the edges with rising and falling")
	}
	taken[name] = true
}

// parameter checks the values that a declaration gives.
func (p place) parameter(q Parameter, t expr.Type) {
	scalar := t
	if t.IsList() {
		scalar = t.Elem()
	}
	if (q.Minimum != nil || q.Maximum != nil) && !scalar.Numeric() && scalar != expr.Duration {
		p.Report(diagnostic.BadValue, "minimum", fmt.Sprintf("a %s has no smallest and no largest value", t), "remove minimum and maximum")
	}
	if q.Minimum != nil && q.Maximum != nil && *q.Minimum > *q.Maximum {
		p.Report(diagnostic.BadValue, "minimum", fmt.Sprintf("the smallest value %v is above the largest %v", *q.Minimum, *q.Maximum), "swap them")
	}
	if len(q.Options) > 0 {
		var options []json.RawMessage
		if err := json.Unmarshal(q.Options, &options); err != nil {
			p.Report(diagnostic.BadValue, "options", "the options are no list", "write a list of values")
		}
		for i, raw := range options {
			if _, err := expr.Decode(t, raw); err != nil {
				p.Report(diagnostic.BadValue, "options["+itoa(i)+"]", err.Error(), "")
				continue
			}
			alone := q
			alone.Default, alone.Options = raw, nil
			if _, err := plan.DecodeParameters(&plan.Plan{Parameters: []plan.Parameter{plan.Parameter(alone)}}, nil); err != nil {
				p.Report(diagnostic.BadValue, "options["+itoa(i)+"]", "the option can never be chosen: "+err.Error(), "change it, or the limits")
			}
		}
	}
	if len(q.Default) == 0 {
		p.Report(diagnostic.MissingValue, "default", fmt.Sprintf("the parameter %s has no default", q.Name), "every start of a run will have to give it")
		return
	}
	if _, err := expr.Decode(t, q.Default); err != nil {
		p.Report(diagnostic.BadValue, "default", err.Error(), "")
		return
	}
	if options, err := canonical(q.Options); err == nil {
		q.Options = options // for the message
	}
	if _, err := plan.DecodeParameters(&plan.Plan{Parameters: []plan.Parameter{plan.Parameter(q)}}, nil); err != nil {
		p.Report(diagnostic.BadValue, "default", "the default is not allowed: "+err.Error(), "change it, or the limits")
	}
}

// roleNames are the declared roles in their order.
func (c *checker) roleNames() []string {
	var names []string
	for _, r := range c.g.Roles {
		if !slices.Contains(names, r.Name) {
			names = append(names, r.Name)
		}
	}
	return names
}
