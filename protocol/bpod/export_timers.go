package bpod

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lics-lab/lics/task"
)

// timer is a global timer of a Bpod that one or two of LICS make up: one that
// waits for the onset, and one that lasts.
type timer struct {
	index   int
	waits   string // the timer of LICS that is the onset delay
	lasts   string // the one that is the duration; empty when nothing hears its end
	pulse   *task.Action
	settled bool // it is known whether it drives an output
}

// always reads what is answered in all states: counters, and timers that begin
// after others. A transition from anywhere is one of every state.
func (w *writing) always() {
	var rest []task.Handler
	for _, h := range w.program.Always {
		if !w.delayed(h) {
			rest = append(rest, h)
		}
	}
	for _, t := range w.program.Timers {
		if w.timers[t.Name] == nil {
			w.timers[t.Name] = w.newTimer(t.Name, "")
		}
	}
	for _, h := range rest {
		w.counter(h)
	}
	for _, h := range rest {
		if _, is := w.counts(h); is {
			continue
		}
		if h.To == "" || h.Guard != "" || !w.recordsOnly("always", h.Actions) {
			w.add(Unexportable, "", "always", "draw it in the states where it matters", "what is done in all states on %s has no form in a state machine", strings.Join(h.Events, ", "))
			continue
		}
		for _, e := range h.Events {
			if event, ok := w.event("", "always", e); ok {
				w.anywhere = append(w.anywhere, Transition{event, w.target(h.To)})
			}
		}
	}
}

// newTimer declares a timer; waits is the one before it, if any.
func (w *writing) newTimer(lasts, waits string) *timer {
	i := number(w.machine.GlobalTimers, lasts, "GlobalTimer%d_End")
	if lasts == "" {
		i = number(w.machine.GlobalTimers, waits, "GlobalTimer%d_Start")
	}
	t := &timer{index: i, waits: waits, lasts: lasts}
	var made GlobalTimer
	if lasts != "" {
		made.Duration, _ = w.seconds("", "timers."+lasts, w.durationOf(lasts))
		w.events[lasts] = fmt.Sprintf("GlobalTimer%d_End", i)
	}
	if waits == "" {
		w.events[fmt.Sprintf("GlobalTimer%d_Start", i)] = fmt.Sprintf("GlobalTimer%d_Start", i)
	} else {
		made.OnsetDelay, _ = w.seconds("", "timers."+waits, w.durationOf(waits))
		w.events[waits] = fmt.Sprintf("GlobalTimer%d_Start", i)
	}
	w.machine.GlobalTimers[i] = made
	return t
}

func (w *writing) durationOf(name string) string {
	i := slices.IndexFunc(w.program.Timers, func(t task.Timer) bool { return t.Name == name })
	return w.program.Timers[i].Duration
}

// delayed takes a handler that only begins something when a timer elapses.
func (w *writing) delayed(h task.Handler) bool {
	if len(h.Events) != 1 || h.Guard != "" || h.To != "" || !w.isTimer(h.Events[0]) || w.timers[h.Events[0]] != nil {
		return false
	}
	start, pulse, rest := split(h.Actions)
	if len(rest) > 0 || len(start) > 1 || len(pulse) > 1 || len(start)+len(pulse) == 0 {
		return false
	}
	lasts := ""
	if len(start) == 1 {
		lasts = start[0].Timer
		if start[0].Duration != "" || w.timers[lasts] != nil || lasts == h.Events[0] {
			return false
		}
	}
	t := w.newTimer(lasts, h.Events[0])
	w.timers[h.Events[0]] = t
	if lasts != "" {
		w.timers[lasts] = t
	}
	w.settle("", t, pulse)
	return true
}

func (w *writing) isTimer(name string) bool {
	return slices.ContainsFunc(w.program.Timers, func(t task.Timer) bool { return t.Name == name })
}

// split sorts actions into those that start a timer, pulses, and others.
func split(as []task.Action) (start, pulse, rest []task.Action) {
	for _, a := range as {
		switch {
		case a.If == "" && a.Do == task.DoStartTimer:
			start = append(start, a)
		case a.If == "" && a.Do == task.DoPulse && a.Volume == "" && a.Done == "":
			pulse = append(pulse, a)
		default:
			rest = append(rest, a)
		}
	}
	return start, pulse, rest
}

// settle says whether a timer drives an output. It must do so every time.
func (w *writing) settle(state string, t *timer, pulse []task.Action) {
	var p *task.Action
	if len(pulse) > 0 {
		p = &pulse[0]
	}
	if t.settled {
		if (p == nil) != (t.pulse == nil) || p != nil && *p != *t.pulse {
			w.add(Unexportable, state, "entry", "start it with the same pulse everywhere, or use two timers", "the timer drives an output here and not, or another one, elsewhere")
		}
		return
	}
	t.settled, t.pulse = true, p
	if p == nil {
		return
	}
	made := w.machine.GlobalTimers[t.index]
	d, ok := w.seconds(state, "entry", p.Duration)
	if ok && t.lasts != "" && d != made.Duration {
		w.add(Unexportable, state, "entry", "make them equally long, or start them in different states", "the state starts a timer and a pulse of another length; a Bpod starts one timer in a state")
		return
	}
	line := w.line[p.Channel]
	value, valued := w.value(state, "entry", line, p.Level)
	if !ok || !valued || line == "" {
		return
	}
	made.Duration, made.Channel, made.ValueOn = d, &line, value
	if t.lasts == "" && t.waits == "" {
		silent := false
		made.SendEvents = &silent
	}
	w.machine.GlobalTimers[t.index] = made
}

// triggers finds the timer that each state starts, before any state is written:
// a state may end what a later one begins.
func (w *writing) triggers() {
	w.starts = map[string]int{}
	for _, s := range w.program.States {
		at := s.Node
		if at == "" {
			at = s.Name
		}
		start, pulse, _ := split(s.Entry)
		if i, ok := w.started(at, start, pulse); ok {
			w.starts[s.Name] = i
		}
	}
}

// started is the timer that a state's entry starts, if any.
func (w *writing) started(state string, start, pulse []task.Action) (int, bool) {
	if len(start) > 1 || len(pulse) > 1 {
		w.add(Unexportable, state, "entry", "start them in states that follow each other with a timer of 0s", "the state starts several timers or pulses, and a Bpod starts one")
		return 0, false
	}
	if len(start) == 0 && len(pulse) == 0 {
		return 0, false
	}
	if len(start) == 0 {
		p := pulse[0]
		key := p.Channel + "\x00" + p.Level + "\x00" + p.Duration
		if i, known := w.pulses[key]; known {
			return i, true
		}
		t := w.newTimer("", "")
		w.pulses[key] = t.index
		w.settle(state, t, pulse)
		return t.index, true
	}
	t := w.timers[start[0].Timer]
	switch {
	case start[0].Duration != "":
		w.add(Unexportable, state, "entry", "declare a timer for each duration", "the timer %s gets another duration here, and a Bpod's timers have one", start[0].Timer)
		return 0, false
	case t.waits != "" && start[0].Timer != t.waits:
		w.add(Unexportable, state, "entry", "use two timers", "the timer %s is started here without its onset delay", start[0].Timer)
		return 0, false
	case t.waits != "" && len(pulse) > 0:
		w.add(Unexportable, state, "entry", "start them in different states", "the state starts a timer and a pulse of another beginning; a Bpod starts one timer in a state")
		return 0, false
	case t.waits == "":
		w.settle(state, t, pulse)
	}
	return t.index, true
}
