package bpod

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/lics-lab/lics/task"
)

// counterStep and counterEnd are how a counter looks in a program.
var (
	counterStep = regexp.MustCompile(`^\s*(\w+)\s*\+\s*1\s*$`)
	counterEnd  = regexp.MustCompile(`^\s*(\w+)\s*==\s*([0-9]{1,10})\s*$`)
	negated     = regexp.MustCompile(`^\s*(?:not\s+|!\s*)(\w+)\s*$`)
)

// counts reads a handler that counts an event and raises another one at a
// threshold.
func (w *writing) counts(h task.Handler) (GlobalCounter, bool) {
	none := GlobalCounter{}
	if len(h.Events) != 1 || h.Events[0] == task.Timeup || h.Guard != "" || h.To != "" || len(h.Actions) != 2 {
		return none, false
	}
	count, end := h.Actions[0], h.Actions[1]
	step, at := counterStep.FindStringSubmatch(count.Value), counterEnd.FindStringSubmatch(end.If)
	if count.Do != task.DoAssign || count.If != "" || end.Do != task.DoRaise || step == nil || at == nil ||
		step[1] != count.Variable || at[1] != count.Variable {
		return none, false
	}
	n, err := strconv.ParseInt(at[2], 10, 64)
	return GlobalCounter{Event: h.Events[0], Threshold: n}, err == nil && n > 0 && n < 1<<32
}

func (w *writing) counter(h task.Handler) {
	c, is := w.counts(h)
	if !is {
		return
	}
	variable, raised := h.Actions[0].Variable, h.Actions[1].Event
	i := slices.IndexFunc(w.program.Variables, func(v task.Variable) bool { return v.Name == variable })
	if v := w.program.Variables[i]; v.Initial != "" && v.Initial != "0" {
		w.add(Unexportable, "", "variables."+variable, "let it begin at 0", "a counter of a Bpod begins at 0, and %s at %s", variable, clip(v.Initial))
		return
	}
	at := number(w.machine.GlobalCounters, variable, "GlobalCounter%d")
	w.counters[variable] = at
	w.events[raised] = fmt.Sprintf("GlobalCounter%d_End", at)
	w.machine.GlobalCounters[at] = GlobalCounter{} // its event may be another counter's
	if event, ok := w.event("", "always", c.Event); ok {
		c.Event = event
		w.machine.GlobalCounters[at] = c
	}
}

// event is what a Bpod calls an event.
func (w *writing) event(state, field, name string) (string, bool) {
	event, ok := w.events[name]
	if !ok {
		w.add(Unexportable, state, field, "answer a line, timeup, a timer, a counter or a condition", "a Bpod has no event like %s", clip(name))
	}
	return event, ok
}

func (w *writing) target(to string) string {
	if slices.Contains(w.program.Ends, to) {
		return opExit
	}
	return to
}

// states writes the states, that in which the task begins first.
func (w *writing) states() {
	p := w.program
	if len(p.Ends) > 1 {
		w.add(NotCarried, "", "", "", "the exits %s become one, because a state machine has one end", strings.Join(p.Ends, ", "))
	}
	if l := p.Limits; l.Duration+l.Trials+l.Volume != "" {
		w.add(NotCarried, "", "limits", "let the program that runs the state machine keep them", "a state machine has no limits")
	}
	if len(p.States) > maxStates {
		w.add(Unexportable, "", "", "split the task", "there are %d states, and a Bpod has at most %d", len(p.States), maxStates)
		return
	}
	first := slices.IndexFunc(p.States, func(s task.State) bool { return s.Name == p.Initial })
	order := append([]task.State{p.States[first]}, slices.Delete(slices.Clone(p.States), first, first+1)...)
	for i := range order {
		w.state(&order[i])
	}
}

func (w *writing) state(s *task.State) {
	at := nodeOf(s)
	out := State{Name: s.Name}
	if s.Name == exitState || s.Name == "back" {
		w.add(Unexportable, at, "name", "rename it", "a state cannot be called %s in bpod-core", s.Name)
	}
	for i, o := range s.Outputs {
		w.hold(&out, at, fmt.Sprintf("outputs[%d].level", i), o.Channel, o.Level)
	}
	w.entry(&out, at, s.Entry)
	if len(s.Exit) > 0 && !w.recordsOnly(at, s.Exit) {
		w.add(Unexportable, at, "exit", "do it on entry of the next state", "a Bpod does nothing when a state is left")
	}
	answered := map[string]bool{}
	put := func(event, target string) {
		if !answered[event] { // the first answer is the one that is taken
			answered[event] = true
			out.Transitions = append(out.Transitions, Transition{event, target})
		}
	}
	for _, t := range w.anywhere {
		put(t.Event, t.Target)
	}
	for _, h := range s.On {
		field := "on " + strings.Join(h.Events, ", ")
		switch {
		case h.Guard != "":
			w.add(Unexportable, at, field, "draw a state for each case", "the guard `%s` cannot be carried: a transition of a Bpod has no condition", clip(h.Guard))
		case !w.recordsOnly(at, h.Actions):
			w.add(Unexportable, at, field, "do it on entry of a state", "a Bpod does nothing on the way to a state")
		case h.To == "":
			if len(h.Actions) == 0 {
				w.add(Unexportable, at, field, "remove it, or lead it to a state", "an answer that stays has no form in a state machine")
			}
		default:
			for _, e := range h.Events {
				if event, ok := w.event(at, field, e); ok {
					put(event, w.target(h.To))
				}
			}
		}
	}
	w.lasting(&out, at, s.Entry)
	if s.Timer != "" && answered[tup] {
		out.Timer, _ = w.seconds(at, "timer", s.Timer)
	}
	w.machine.States = append(w.machine.States, out)
}

// hold adds an output that lasts as long as the state.
func (w *writing) hold(out *State, at, field, channel, level string) {
	line := w.line[channel]
	if line == "" {
		return // said before
	}
	v, ok := w.value(at, field, line, level)
	if !ok {
		return
	}
	for i := range out.Actions {
		if out.Actions[i].Name == line { // set goes over what the state holds
			out.Actions[i].Value = v
			return
		}
	}
	out.Actions = append(out.Actions, Action{line, v})
}

// recordsOnly reports whether actions write something down and do nothing to
// the box; it says that they are left out.
func (w *writing) recordsOnly(at string, as []task.Action) bool {
	for _, a := range as {
		if a.Do != task.DoOutcome && a.Do != task.DoPrint {
			return false
		}
	}
	for _, a := range as {
		w.add(NotCarried, at, "", "work it out from the recorded states", "a state machine records states and events only; the %s is left out", a.Do)
	}
	return true
}

// entry writes what is done when the state is entered.
func (w *writing) entry(out *State, at string, as []task.Action) {
	_, _, rest := split(as)
	var cancelled, reset []int
	for i, a := range rest {
		field := fmt.Sprintf("entry[%d]", i)
		cannot := func(hint, format string, args ...any) { w.add(Unexportable, at, field, hint, format, args...) }
		if a.Do == task.DoRaise {
			w.condition(out.Name, at, field, a)
			continue
		}
		if a.If != "" {
			cannot("draw a state for each case", "`if %s` cannot be carried: an action of a Bpod has no condition", clip(a.If))
			continue
		}
		switch a.Do {
		case task.DoSet:
			w.hold(out, at, field, a.Channel, a.Level)
		case task.DoStopTimer:
			cancelled = append(cancelled, w.timers[a.Timer].index)
		case task.DoRelease:
			if !slices.ContainsFunc(cancelled, func(i int) bool { return w.drivenBy(a.Channel, i) }) {
				cancelled = append(cancelled, w.drives(at, field, a.Channel)...)
			}
		case task.DoAssign:
			if c, is := w.counters[a.Variable]; is && strings.TrimSpace(a.Value) == "0" {
				reset = append(reset, c)
			} else {
				cannot("draw a state for each value, or count with a global counter", "a state machine has no variables like %s", a.Variable)
			}
		case task.DoDraw:
			cannot("draw in the program that makes the state machine of each trial", "a state machine draws nothing at random")
		case task.DoLatch:
			cannot("use a pulse, or hold the output in each state", "an output of a Bpod belongs to a state or to a timer")
		case task.DoPulse:
			cannot("use a duration, and no event at its end", "a pulse by volume needs the calibration of a rig")
		case task.DoOutcome, task.DoPrint:
			w.recordsOnly(at, []task.Action{a})
		case task.DoRaise, task.DoStartTimer: // seen to above
		}
	}
	w.once(out, at, actionReset, reset)
	w.once(out, at, actionCancel, cancelled)
	if i, ok := w.starts[out.Name]; ok {
		out.Actions = append(out.Actions, Action{actionTrigger, i})
	}
}

// once adds an action on one timer or counter; a Bpod has no more of it in a
// state.
func (w *writing) once(out *State, at, name string, is []int) {
	slices.Sort(is)
	is = slices.Compact(is)
	if len(is) > 1 {
		w.add(Unexportable, at, "entry", "use states that follow each other with a timer of 0s", "the state would need %s for %d of them, and a Bpod has it once", name, len(is))
	} else if len(is) == 1 {
		out.Actions = append(out.Actions, Action{name, is[0]})
	}
}

// drives finds the timers that drive an output.
func (w *writing) drives(at, field, channel string) []int {
	var found []int
	for i := range w.machine.GlobalTimers {
		if w.drivenBy(channel, i) {
			found = append(found, i)
		}
	}
	if len(found) == 0 {
		w.add(NotCarried, at, field, "", "no pulse ever drives %s, so there is nothing to release", channel)
	}
	return found
}

func (w *writing) drivenBy(channel string, i int) bool {
	t := w.machine.GlobalTimers[i]
	return t.Channel != nil && *t.Channel == w.line[channel]
}

// lasting looks whether the conditions of a state mean the same in a Bpod. It
// asks for them all the time, a task when the state is entered: so the edge
// that makes one true later must lead where the condition leads.
func (w *writing) lasting(s *State, at string, entry []task.Action) {
	to := map[string]string{}
	for _, t := range s.Transitions {
		to[t.Event] = t.Target
	}
	first := map[Condition]bool{}
	last := -1
	for _, a := range entry {
		i, is := index(conditioned, w.events[a.Event])
		if a.Do != task.DoRaise || !is || to[w.events[a.Event]] == "" {
			continue
		}
		if i < last {
			w.add(Unexportable, at, "entry", "raise them in the same order in all states", "a Bpod asks for condition %d before condition %d", i, last)
		}
		last = i
		c := w.machine.Conditions[i]
		edge := c.Channel + low
		if c.Value {
			edge = c.Channel + high
		}
		if !first[c] && to[edge] != to[w.events[a.Event]] {
			w.add(Unexportable, at, "entry", fmt.Sprintf("let %s lead to %s too", edge, to[w.events[a.Event]]),
				"%s is asked for on entry only, and a Bpod asks as long as the state lasts", a.Event)
		}
		first[c] = true
	}
}

// condition reads an event that is raised because a line has a level.
func (w *writing) condition(state, at, field string, a task.Action) {
	source, value := strings.TrimSpace(a.If), true
	if m := negated.FindStringSubmatch(a.If); m != nil {
		source, value = m[1], false
	}
	line := w.line[source]
	if line == "" || strings.HasPrefix(line, "PWM") || strings.HasPrefix(line, "Valve") || strings.HasPrefix(line, "TTLOut") {
		i, triggered := w.starts[state]
		if triggered && a.If == "" && a.Event == startOf(i) && w.machine.GlobalTimers[i].OnsetDelay == 0 {
			return // a timer without onset delay: its start is this instant
		}
		w.add(Unexportable, at, field, "raise it if a line has a level, like `Port1` or `not Port1`", "an event that is raised by the state itself has no form in a state machine")
		return
	}
	c := Condition{Channel: line, Value: value}
	if event, known := w.events[a.Event]; known {
		if i, is := index(conditioned, event); is && w.machine.Conditions[i] == c {
			return
		}
		w.add(Unexportable, at, field, "give it a name of its own", "%s means something else already", a.Event)
		return
	}
	i := number(w.machine.Conditions, a.Event, "Condition%d")
	w.machine.Conditions[i] = c
	w.events[a.Event] = fmt.Sprintf("Condition%d", i)
}
