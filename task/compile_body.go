package task

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lics-lab/lics/expr"
)

// bodies compiles everything that refers to names.
func (c *compiler) bodies() {
	p := c.program
	c.initial = make([]*formula, len(p.Variables))
	for i, v := range p.Variables {
		// The initial value is constant: it may not look at other names.
		if v.Initial == "" {
			continue
		}
		e, err := expr.Compile(v.Initial, expr.NewScope(), c.types[i])
		if err != nil {
			c.expressionProblem("variables."+v.Name+".initial", err)
			continue
		}
		c.initial[i] = &formula{e, "variable " + v.Name + ", initial"}
	}
	for _, s := range p.Streams {
		c.streams = append(c.streams, c.compileStream(s))
	}
	for _, t := range p.Timers {
		back := c.within("timer "+t.Name, "", "")
		if t.Duration == "" {
			c.report(TypeError, "duration", "the timer has no duration", "write a duration like 2s")
		}
		c.timers = append(c.timers, c.formula("duration", t.Duration, expr.Duration))
		back()
	}
	for _, s := range p.States {
		c.states = append(c.states, c.compileState(s))
	}
	for _, name := range p.Ends {
		c.states = append(c.states, cstate{name: name, end: true, held: make([]bool, len(p.Channels))})
	}
	back := c.within("always", "", "")
	c.always = c.handlers(p.Always)
	back()
	c.start = c.find(c.state, p.Initial, UnknownState, "initial", "state")
	if c.start >= len(p.States) {
		c.report(UnknownState, "initial", "the task begins at its end", "choose a state")
	}
	c.trials = -1
	for i, s := range c.states {
		if s.trial && c.trials < 0 {
			c.trials = i
		}
	}
	if c.trials < 0 && c.start >= 0 && c.start < len(p.States) {
		c.trials = c.start
		c.states[c.start].trial = true
	}
	back = c.within("limits", "", "")
	c.limits.duration = c.formula("duration", p.Limits.Duration, expr.Duration)
	c.limits.trials = c.formula("trials", p.Limits.Trials, expr.Int)
	c.limits.volume = c.formula("volume", p.Limits.Volume, expr.Float)
	back()
}

func (c *compiler) compileState(s State) cstate {
	defer c.within("state "+s.Name, s.Node, "")()
	out := cstate{name: s.Name, trial: s.Trial, pass: s.Pass, held: make([]bool, len(c.program.Channels))}
	out.timer = c.formula("timer", s.Timer, expr.Duration)
	for _, o := range s.Outputs {
		i := c.output("outputs", o.Channel)
		if i < 0 {
			continue
		}
		if out.held[i] {
			c.report(OutputHeldTwice, "outputs", fmt.Sprintf("the state holds %s twice", o.Channel), "remove one")
		}
		out.held[i] = true
		out.outputs = append(out.outputs, coutput{i, c.shapeOf("outputs."+o.Channel, o.Level, o.Ramp, o.Frequency)})
	}
	out.entry = c.actions("entry", s.Entry)
	for _, a := range out.entry {
		if a.do == DoSet && a.channel >= 0 {
			out.held[a.channel] = true
		}
	}
	out.exit = c.actions("exit", s.Exit)
	out.on = c.handlers(s.On)
	if s.Pass {
		c.passes(s)
	}
	return out
}

// passes makes sure that a state that takes no time is left at once.
func (c *compiler) passes(s State) {
	if s.Timer != "" || len(s.Outputs) > 0 {
		c.report(BadProgram, "pass", "a state that takes no time has neither a timer nor outputs", "leave them out")
	}
	if !slices.ContainsFunc(s.On, func(h Handler) bool {
		return h.To != "" && h.Guard == "" && slices.Contains(h.Events, Timeup)
	}) {
		c.report(BadProgram, "pass", "a state that takes no time must always lead on", "give it a handler of timeup with a target and without a guard")
	}
}

func (c *compiler) handlers(hs []Handler) [][]chandler {
	out := make([][]chandler, len(c.events))
	if len(hs) > MaxHandlers {
		c.report(BadProgram, "on", fmt.Sprintf("%d handlers, at most %d are possible", len(hs), MaxHandlers), "")
		return out
	}
	for _, h := range hs {
		place := "on nothing"
		if len(h.Events) > 0 {
			place = "on " + join(h.Events)
		}
		back := c.within(place, "", h.Edge)
		if len(h.Events) == 0 {
			c.report(UnknownEvent, "event", "the handler answers no event", "choose an event")
		}
		ch := chandler{to: -1, guard: c.formula("guard", h.Guard, expr.Bool), actions: c.actions("actions", h.Actions)}
		if h.To != "" {
			ch.to = c.find(c.state, h.To, UnknownState, "to", "state")
		}
		for _, name := range h.Events {
			if id := c.find(c.event, name, UnknownEvent, "event", "event"); id >= 0 {
				out[id] = append(out[id], ch)
			}
		}
		back()
	}
	return out
}

func (c *compiler) actions(field string, as []Action) []caction {
	if len(as) > MaxActions {
		c.report(BadProgram, field, fmt.Sprintf("%d actions, at most %d are possible", len(as), MaxActions), "")
		return nil
	}
	out := make([]caction, 0, len(as))
	for i, a := range as {
		back := c.within(fmt.Sprintf("%s %d (%s)", strings.TrimSuffix(field, "s"), i+1, a.Do), "", "")
		out = append(out, c.action(a))
		back()
	}
	return out
}

func (c *compiler) action(a Action) caction {
	out := caction{
		do: a.Do, channel: -1, variable: -1, stream: -1, timer: -1, event: -1, outcome: -1,
		cond: c.formula("if", a.If, expr.Bool), place: c.at.Place,
	}
	switch a.Do {
	case DoSet:
		out.channel, out.shape = c.output("channel", a.Channel), c.shapeOf("", a.Level, a.Ramp, a.Frequency)
	case DoLatch:
		out.channel, out.shape = c.output("channel", a.Channel), c.shapeOf("", a.Level, a.Ramp, a.Frequency)
		if a.Duration == "" {
			c.report(LatchWithoutSafetyTime, "duration", fmt.Sprintf("the latch of %s has no safety time", a.Channel),
				"give the longest time it may stay on, e.g. 10s")
		}
		out.duration = c.formula("duration", a.Duration, expr.Duration)
	case DoRelease:
		out.channel = c.output("channel", a.Channel)
	case DoPulse:
		out.channel, out.shape = c.output("channel", a.Channel), c.shapeOf("", a.Level, a.Ramp, a.Frequency)
		if (a.Duration == "") == (a.Volume == "") {
			c.report(PulseWithoutLength, "duration", fmt.Sprintf("the pulse of %s needs a duration or a volume, and not both", a.Channel),
				"e.g. duration 50ms, or volume 3µl")
		}
		out.duration, out.volume = c.formula("duration", a.Duration, expr.Duration), c.formula("volume", a.Volume, expr.Float)
		out.done = c.event[a.Done] // 0 when there is none
		if a.Done == Timeup {
			c.report(UnknownEvent, "done", "timeup cannot be raised", "use an event of your own")
		}
	case DoAssign:
		out.variable = c.assigned(a.Variable)
		if out.variable >= 0 {
			out.value = c.formula("value", a.Value, c.types[out.variable])
			if a.Value == "" {
				c.report(TypeError, "value", "no value is given", "write an expression")
			}
		}
	case DoDraw:
		out.variable = c.assigned(a.Variable)
		out.stream = c.find(c.stream, a.Stream, UnknownStream, "stream", "stream")
		if out.variable >= 0 && out.stream >= 0 && out.stream < len(c.streams) {
			if t := c.streams[out.stream].typ; t != expr.Invalid && !t.AssignableTo(c.types[out.variable]) {
				c.report(TypeError, "variable", fmt.Sprintf("stream %s gives a %s, variable %s is a %s", a.Stream, t, a.Variable, c.types[out.variable]), "")
			}
		}
	case DoStartTimer, DoStopTimer:
		out.timer = c.find(c.timer, a.Timer, UnknownTimer, "timer", "timer")
		out.duration = c.formula("duration", a.Duration, expr.Duration)
	case DoRaise:
		out.event = c.find(c.event, a.Event, UnknownEvent, "event", "event")
		if out.event == 0 {
			c.report(UnknownEvent, "event", "timeup cannot be raised", "use an event of your own")
		}
	case DoOutcome:
		out.outcome = c.addOutcome(a.Outcome)
	case DoPrint:
		t, err := expr.CompileTemplate(a.Text, c.scope)
		if err != nil {
			c.expressionProblem("text", err)
		}
		out.text = t
	default:
		c.report(BadProgram, "do", fmt.Sprintf("there is no action %q", a.Do), "one of set, latch, release, pulse, assign, draw, start_timer, stop_timer, raise, outcome, print")
	}
	return out
}

func (c *compiler) assigned(name string) int {
	i := c.find(c.variable, name, UnknownVariable, "variable", "variable")
	if i >= 0 && c.program.Variables[i].Parameter {
		c.report(NotAssignableParameters, "variable", fmt.Sprintf("%s is a parameter, it cannot be changed by the task", name), "use a variable of the task")
	}
	return i
}

func (c *compiler) addOutcome(name string) int {
	if i, ok := c.outcome[name]; ok {
		return i
	}
	if !expr.ValidName(name) {
		c.report(BadName, "outcome", fmt.Sprintf("%q is not an outcome name", name), "letters, digits and _, beginning with a letter, e.g. correct")
	}
	i := len(c.outcomes)
	c.outcomes = append(c.outcomes, name)
	c.outcome[name] = i
	return i
}

func (c *compiler) compileStream(s Stream) cstream {
	defer c.within("stream "+s.Name, "", "")()
	out := cstream{name: s.Name, kind: s.Kind, place: c.at.Place}
	need := func(field, src string, want expr.Type) *formula {
		if src == "" {
			c.report(TypeError, field, fmt.Sprintf("a %s stream needs %s", s.Kind, field), "")
		}
		return c.formula(field, src, want)
	}
	amount := func(field, src string) *formula { // float or duration
		f := need(field, src, expr.Invalid)
		if f == nil {
			return nil
		}
		if t := f.Type(); t == expr.Int {
			f = c.formula(field, src, expr.Float)
		} else if t != expr.Float && t != expr.Duration {
			c.report(TypeError, field, fmt.Sprintf("%s is a number or a duration, not a %s", field, t), "")
			return nil
		}
		if out.typ == expr.Invalid {
			out.typ = f.Type()
		} else if out.typ != f.Type() {
			c.report(TypeError, field, fmt.Sprintf("%s is a %s, but the stream is one of %s", field, f.Type(), out.typ), "")
		}
		return f
	}
	optional := func(field, src string) *formula {
		if src == "" {
			return nil
		}
		return amount(field, src)
	}
	switch s.Kind {
	case Choice, ShuffleBag, MaxRun:
		if out.values = need("values", s.Values, expr.Invalid); out.values != nil {
			if !out.values.Type().IsList() {
				c.report(TypeError, "values", "values is a list", "e.g. [1, 2, 3]")
			}
			out.typ = out.values.Type().Elem()
		}
		if s.Kind != ShuffleBag {
			out.weights = c.formula("weights", s.Weights, expr.Invalid)
			if w := out.weights; w != nil && !w.Type().Elem().Numeric() {
				c.report(TypeError, "weights", fmt.Sprintf("weights is a list of numbers, not a %s", w.Type()), "e.g. [1, 1, 2]")
			}
		}
		if s.Kind == MaxRun {
			out.run = need("run", s.Run, expr.Int)
		}
	case Uniform:
		out.low, out.high = amount("low", s.Low), amount("high", s.High)
	case UniformInt:
		out.low, out.high = need("low", s.Low, expr.Int), need("high", s.High, expr.Int)
		out.typ = expr.Int
	case Normal:
		out.mean, out.sd = amount("mean", s.Mean), amount("sd", s.SD)
		out.low, out.high = optional("low", s.Low), optional("high", s.High)
	case Exponential:
		out.mean = amount("mean", s.Mean)
	case TruncatedExponential:
		out.mean, out.low, out.high = amount("mean", s.Mean), amount("low", s.Low), amount("high", s.High)
	case Bernoulli:
		out.p = need("p", s.P, expr.Float)
		out.typ = expr.Bool
	default:
		c.report(BadProgram, "kind", fmt.Sprintf("there is no stream kind %q", s.Kind),
			"one of choice, uniform, uniform_int, normal, exponential, truncated_exponential, bernoulli, shuffle_bag, max_run")
	}
	return out
}
