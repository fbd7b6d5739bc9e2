package bpod

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/task"
)

// The names of a timer's own events. A timer of LICS raises the event of its
// name, so the one that lasts for the duration is called like the end, and the
// one that waits for the onset like the start.
func startOf(i int) string { return fmt.Sprintf("GlobalTimer%d_Start", i) }
func endOf(i int) string   { return fmt.Sprintf("GlobalTimer%d_End", i) }

// timers declares the global timers that something hears.
func (d *drawing) timers() {
	for _, i := range slices.Sorted(maps.Keys(d.m.GlobalTimers)) {
		t := d.m.GlobalTimers[i]
		if !d.carriable(i, t) || !d.matters(i) {
			continue
		}
		if t.OnsetDelay > 0 {
			d.task.Timers = append(d.task.Timers, globalTimer{startOf(i), expr.FormatDuration(span(t.OnsetDelay))})
		}
		if d.lasts(i) {
			d.task.Timers = append(d.task.Timers, globalTimer{endOf(i), expr.FormatDuration(span(t.Duration))})
		}
		if t.OnsetDelay > 0 {
			d.on = append(d.on, handler{Events: []string{startOf(i)}, Actions: d.onset(i, t)})
		}
	}
}

// lasts reports whether a timer is more than a pulse: something hears it.
func (d *drawing) lasts(i int) bool {
	return d.heard[endOf(i)] || d.heard[startOf(i)]
}

// matters reports whether a timer does anything at all.
func (d *drawing) matters(i int) bool {
	t := d.m.GlobalTimers[i]
	return d.lasts(i) || t.Channel != nil && t.ValueOn != 0
}

// carriable says what of a global timer LICS has no word for.
func (d *drawing) carriable(i int, t GlobalTimer) bool {
	field := fmt.Sprintf("global_timers.%d.", i)
	before := len(d.all)
	refuse := func(name, hint, format string, args ...any) {
		d.add(Unsupported, "", field+name, hint, format, args...)
	}
	if t.Loop != 0 {
		refuse("loop", "draw the loop as two states that follow each other, or in a task of its own", "a global timer that starts again by itself cannot be carried")
	}
	if t.OnsetTrigger != 0 {
		refuse("onset_trigger", "start the other timers in the state that starts this one", "a global timer that starts others cannot be carried")
	}
	if t.SendEvents != nil && !*t.SendEvents && (d.heard[startOf(i)] || d.heard[endOf(i)]) {
		refuse("send_events", "send the events, or answer none of them", "the timer sends no events, and a state or counter answers one")
	}
	if t.Channel == nil {
		return len(d.all) == before
	}
	name, ok := output(*t.Channel)
	switch {
	case !ok:
		refuse("channel", outputHint, "%s is no output that a box of LICS has", clip(*t.Channel))
	case t.ValueOff != 0:
		refuse("value_off", "use 0", "an output that stays on when its timer is over cannot be carried: it would be open for ever if the link failed")
	case t.Duration == 0 && t.ValueOn != 0:
		refuse("duration", "give the output a time", "a pulse of 0 s cannot be carried")
	default:
		d.channels[name] = protocol.Channel{Name: name, Direction: string(task.Out)}
	}
	return len(d.all) == before
}

// onset is what happens when the timer begins to run.
func (d *drawing) onset(i int, t GlobalTimer) []action {
	var out []action
	if d.lasts(i) {
		out = append(out, action{Do: task.DoStartTimer, Timer: endOf(i)})
	}
	if t.Channel != nil && t.ValueOn != 0 {
		name, _ := output(*t.Channel)
		level, _ := levelOf(name, t.ValueOn)
		out = append(out, action{Do: task.DoPulse, Channel: name, Level: level, Duration: expr.FormatDuration(span(t.Duration))})
	}
	return out
}

// trigger is what starts a timer.
func (d *drawing) trigger(i int) []action {
	t := d.m.GlobalTimers[i]
	if !d.matters(i) {
		return nil
	}
	if t.OnsetDelay > 0 {
		return []action{{Do: task.DoStartTimer, Timer: startOf(i)}}
	}
	out := d.onset(i, t)
	if d.heard[startOf(i)] {
		out = append(out, action{Do: task.DoRaise, Event: startOf(i)})
	}
	return out
}

// cancel is what stops a timer.
func (d *drawing) cancel(i int) []action {
	t := d.m.GlobalTimers[i]
	var out []action
	if !d.matters(i) {
		return nil
	}
	if t.OnsetDelay > 0 {
		out = append(out, action{Do: task.DoStopTimer, Timer: startOf(i)})
	}
	if d.lasts(i) {
		out = append(out, action{Do: task.DoStopTimer, Timer: endOf(i)})
	}
	if t.Channel != nil && t.ValueOn != 0 {
		name, _ := output(*t.Channel)
		out = append(out, action{Do: task.DoRelease, Channel: name})
	}
	return out
}

// levelOf is the level of an output for a value of a Bpod; empty is fully on.
// only says that the value of a line that knows on and off was another than 1.
func levelOf(channel string, value int) (level string, only bool) {
	if value == 0 {
		return "0", false
	}
	if channel[:3] != "PWM" {
		return "", value != 1
	}
	if value == fullLevel {
		return "", false
	}
	return strconv.FormatFloat(float64(value)/fullLevel, 'g', -1, 64), false
}
