package task

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/lics-lab/lics/expr"
)

// Limits on the size of a program. They are far above what people draw and
// keep a hostile document from occupying a device.
const (
	MaxStates   = 1000
	MaxChannels = 256
	MaxHandlers = 200 // of one state
	MaxActions  = 200 // of one list
)

// Check finds everything that is wrong with a program. New succeeds on a
// program without problems, given parameters and calibrations.
func Check(p *Program) []Problem {
	_, problems := compile(p)
	return problems
}

// compiler collects problems instead of stopping at the first.
type compiler struct {
	*compiled
	scope    *expr.DeclScope
	channel  map[string]int
	variable map[string]int
	stream   map[string]int
	timer    map[string]int
	state    map[string]int
	event    map[string]int
	outcome  map[string]int
	problems []Problem
	at       Problem // where we are: Place, Node, Edge
}

func compile(p *Program) (*compiled, []Problem) {
	c := &compiler{
		compiled: &compiled{program: p},
		scope:    expr.NewScope(),
		channel:  map[string]int{}, variable: map[string]int{}, stream: map[string]int{},
		timer: map[string]int{}, state: map[string]int{}, event: map[string]int{}, outcome: map[string]int{},
	}
	c.at.Place = c.root()
	switch {
	case p.Format > Format:
		c.report(UnknownFormat, "format", fmt.Sprintf("the program has format %d, this agent reads up to %d", p.Format, Format), "update the agent")
	case len(p.States) == 0:
		c.report(BadProgram, "states", "the task has no state", "draw at least one state")
	case len(p.States) > MaxStates:
		c.report(BadProgram, "states", fmt.Sprintf("the task has %d states, at most %d are possible", len(p.States), MaxStates), "")
	case len(p.Channels) > MaxChannels:
		c.report(BadProgram, "channels", fmt.Sprintf("the task uses %d channels, at most %d are possible", len(p.Channels), MaxChannels), "")
	}
	if len(c.problems) > 0 {
		return nil, c.problems
	}
	c.names()
	c.bodies()
	if len(c.problems) > 0 {
		return nil, c.problems
	}
	return c.compiled, nil
}

func (c *compiler) report(code Code, field, message, hint string) {
	p := c.at
	p.Code, p.Field, p.Message, p.Hint = code, field, message, hint
	c.problems = append(c.problems, p)
}

// within moves to a place and returns the way back. The first place replaces
// the name of the task: people look for "state choice, on poke_3_in".
func (c *compiler) within(place, node, edge string) func() {
	before := c.at
	if c.at.Place == c.root() {
		c.at.Place = place
	} else {
		c.at.Place += ", " + place
	}
	if node != "" {
		c.at.Node = node
	}
	if edge != "" {
		c.at.Edge = edge
	}
	return func() { c.at = before }
}

func (c *compiler) root() string { return "task " + c.program.Name }

// names declares everything that can be referred to.
func (c *compiler) names() {
	p := c.program
	c.addEvent(Timeup)
	for i, v := range p.Variables {
		t, err := expr.ParseType(v.Type)
		if err != nil {
			c.report(TypeError, "type", fmt.Sprintf("variable %s: %v", v.Name, err), "")
			t = expr.Float
		}
		c.declare(v.Name, t, "variable")
		c.variable[v.Name] = i
		c.types = append(c.types, t)
	}
	c.rising, c.falling = make([]int, len(p.Channels)), make([]int, len(p.Channels))
	c.slotOfChannel = make([]int, len(p.Channels))
	slot := len(p.Variables)
	for i, ch := range p.Channels {
		if _, twice := c.channel[ch.Name]; twice {
			c.report(DuplicateName, "channels", fmt.Sprintf("channel %s is declared twice", ch.Name), "")
			continue
		}
		c.channel[ch.Name] = i
		c.slotOfChannel[i] = -1
		switch ch.Direction {
		case In:
			c.declare(ch.Name, expr.Bool, "channel")
			c.slotOfChannel[i] = slot
			slot++
			c.rising[i], c.falling[i] = c.addEvent(ch.RisingEvent()), c.addEvent(ch.FallingEvent())
		case Out:
			if !expr.ValidName(ch.Name) {
				c.report(BadName, "channels", fmt.Sprintf("%q is not a channel name", ch.Name), "letters, digits and _, beginning with a letter")
			}
		default:
			c.report(WrongDirection, "channels", fmt.Sprintf("channel %s has direction %q", ch.Name, ch.Direction), "in or out")
		}
	}
	c.slotEvent = slot
	for _, b := range Builtins {
		if _, err := c.scope.Declare(b.Name, b.Type); err != nil {
			c.report(DuplicateName, "variables", fmt.Sprintf("%s is a built-in name", b.Name), "choose another name")
		}
	}
	for i, s := range p.Streams {
		c.unique(c.stream, s.Name, i, "stream")
	}
	for i, t := range p.Timers {
		c.unique(c.timer, t.Name, i, "timer")
		c.timerEvent = append(c.timerEvent, c.addEvent(t.Name))
	}
	for i, s := range p.States {
		c.unique(c.state, s.Name, i, "state")
	}
	for i, name := range p.Ends {
		c.unique(c.state, name, len(p.States)+i, "end")
	}
	p.actions(func(a Action) {
		switch a.Do {
		case DoRaise:
			c.raised("event", a.Event)
		case DoPulse:
			c.raised("done", a.Done)
		}
	})
}

// raised declares an event that an action raises.
func (c *compiler) raised(field, event string) {
	if event != "" && !expr.ValidName(event) {
		c.report(BadName, field, fmt.Sprintf("%q is not an event name", event), "letters, digits and _, beginning with a letter")
		return
	}
	if _, known := c.event[event]; !known && event != "" {
		c.addEvent(event)
	}
}

func (c *compiler) declare(name string, t expr.Type, what string) {
	if !expr.ValidName(name) {
		err := expr.CheckName(name)
		c.report(BadName, what+"s", fmt.Sprintf("%q is not a %s name: %v", name, what, err), "")
		name = "" // keep the slots in step
	}
	if name != "" {
		if _, err := c.scope.Declare(name, t); err == nil {
			return
		}
		c.report(DuplicateName, what+"s", fmt.Sprintf("%s %s is declared twice", what, name), "")
	}
	for i := 0; ; i++ { // a name nobody can write
		if _, err := c.scope.Declare(fmt.Sprintf("unusable_%d_%d", len(c.scope.Names()), i), t); err == nil {
			return
		}
	}
}

func (c *compiler) unique(in map[string]int, name string, index int, what string) {
	if !expr.ValidName(name) {
		c.report(BadName, what+"s", fmt.Sprintf("%q is not a %s name", name, what), "letters, digits and _, beginning with a letter")
	}
	if _, twice := in[name]; twice {
		c.report(DuplicateName, what+"s", fmt.Sprintf("there are two called %s", name), "rename one")
		return
	}
	in[name] = index
}

func (c *compiler) addEvent(name string) int {
	if id, known := c.event[name]; known {
		if name != Timeup {
			c.report(DuplicateName, "events", fmt.Sprintf("the event %s has two sources", name), "rename a timer, or an event of a channel")
		}
		return id
	}
	id := len(c.events)
	c.events = append(c.events, name)
	c.eventText = append(c.eventText, expr.StringValue(name))
	c.event[name] = id
	return id
}

// formula compiles one expression; an empty source is nil.
func (c *compiler) formula(field, src string, want expr.Type) *formula {
	if src == "" {
		return nil
	}
	e, err := expr.Compile(src, c.scope, want)
	if err != nil {
		c.expressionProblem(field, err)
		return nil
	}
	return &formula{e, c.at.Place + ", " + field}
}

func (c *compiler) expressionProblem(field string, err error) {
	var ee *expr.Error
	if !errors.As(err, &ee) {
		c.report(TypeError, field, err.Error(), "")
		return
	}
	at := ""
	if ee.Column > 0 {
		at = fmt.Sprintf(" (column %d of `%s`)", ee.Column, ee.Source)
	}
	c.report(TypeError, field, ee.Message+at, ee.Hint)
}

// find resolves a name and suggests another when there is none.
func (c *compiler) find(in map[string]int, name string, code Code, field, what string) int {
	if i, ok := in[name]; ok {
		return i
	}
	names := make([]string, 0, len(in))
	for n := range in {
		names = append(names, n)
	}
	sort.Strings(names)
	hint := "there is no " + what + " in this task"
	if len(names) > 0 {
		hint = "there is " + join(names)
	}
	if name == "" {
		c.report(code, field, "no "+what+" is chosen", hint)
	} else {
		c.report(code, field, fmt.Sprintf("there is no %s %s", what, name), hint)
	}
	return -1
}

func join(names []string) string {
	if len(names) > 8 {
		return fmt.Sprintf("%s and %d more", join(names[:8]), len(names)-8)
	}
	var s strings.Builder
	for i, n := range names {
		if i > 0 {
			s.WriteString(", ")
		}
		s.WriteString(n)
	}
	return s.String()
}

func (c *compiler) output(field, name string) int {
	i := c.find(c.channel, name, UnknownChannel, field, "channel")
	if i >= 0 && c.program.Channels[i].Direction != Out {
		c.report(WrongDirection, field, fmt.Sprintf("channel %s is an input, it cannot be driven", name), "choose an output")
	}
	return i
}

func level(t expr.Type) bool { return slices.Contains([]expr.Type{expr.Bool, expr.Int, expr.Float}, t) }

// level compiles an output level: bool, int or float.
func (c *compiler) levelFormula(field, src string) *formula {
	f := c.formula(field, src, expr.Invalid)
	if f != nil && !level(f.Type()) {
		c.report(TypeError, field, fmt.Sprintf("a level is a bool or a number, not a %s", f.Type()), "")
	}
	return f
}
