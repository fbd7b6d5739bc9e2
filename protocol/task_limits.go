package protocol

import (
	"fmt"
	"strings"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// limits finds limits that can never be hit. People rely on them for the
// welfare of an animal, so one that does nothing is worse than none.
func (l *life) limits(first *state) {
	l.duration(first)
	trials, volume := l.m.data.Limits.Trials != "", l.m.data.Limits.Volume != ""
	if !trials && !volume {
		return
	}
	outcome, again, delivered, timed := false, false, false, false
	l.actions(func(_ *state, _ *answer, a task.Action) {
		outcome = outcome || a.Do == task.DoOutcome
		delivered = delivered || a.Do == task.DoPulse && a.Volume != ""
		timed = timed || a.Do == task.DoPulse && a.Volume == ""
	})
	for _, s := range l.m.states {
		if l.states[s] {
			l.ways(s, func(a answer) { again = again || a.to != nil && l.trials[a.to] })
		}
	}
	why, hint := "", ""
	switch {
	case !outcome:
		why, hint = "no trial ever ends, because nothing sets its outcome", "set an outcome in each trial"
	case !again:
		why, hint = "no trial ever ends, because no way leads back to where one begins", "mark the state that begins a trial, and wire the end of a trial to it"
	}
	say := func(field, why, hint string) {
		l.m.at().Report(diagnostic.UnreachableLimit, "limits."+field, fmt.Sprintf("the limit of %s can never be hit: %s", field, why), hint)
	}
	if trials && why != "" {
		say("trials", why, hint)
	}
	switch {
	case !volume:
	case !delivered && timed:
		say("volume", "pulses with a duration are not counted, because no calibration says what they deliver", "give the pulses a volume, like 3µl")
	case !delivered:
		say("volume", "the task delivers no volume", "remove it, or deliver a volume")
	case why != "":
		say("volume", "it ends the task after a trial, and "+why, hint)
	}
}

// duration finds a limit of time in a task that ends by itself before.
func (l *life) duration(first *state) {
	v, constant := l.m.constant(l.m.data.Limits.Duration, expr.Duration)
	if !constant {
		return
	}
	if most, ends := l.longest(first, map[*state]time.Duration{}); ends && most < v.Duration() {
		l.m.at().Report(diagnostic.UnreachableLimit, "limits.duration", fmt.Sprintf("the limit of duration can never be hit: the task ends by itself after %s at most", expr.FormatDuration(most)),
			"remove it, or wire the states to a loop")
	}
}

// longest is the longest time from entering a state to an exit; false when
// there is none, or when it depends on an animal or a value.
func (l *life) longest(s *state, known map[*state]time.Duration) (time.Duration, bool) {
	const (
		unending = -1
		open     = -2
	)
	if s.exit {
		return 0, true
	}
	if d, done := known[s]; done {
		return d, d >= 0 // open is a circle
	}
	known[s] = open
	stay, leaves := time.Duration(0), l.closed[s]
	if v, constant := l.m.constant(s.made.Timer, expr.Duration); constant && !leaves {
		stay = v.Duration()
		l.ways(s, func(a answer) { leaves = leaves || a.to != nil && a.Guard == "" && answersTimeup(a) })
	}
	most := time.Duration(0)
	l.ways(s, func(a answer) {
		if a.to == nil || !leaves {
			return
		}
		d, ends := l.longest(a.to, known)
		leaves = ends
		most = max(most, d)
	})
	if !leaves {
		known[s] = unending
		return 0, false
	}
	known[s] = stay + most
	return known[s], true
}

// volumes finds volumes that no calibration has.
func (l *life) volumes() {
	said := map[string]bool{}
	l.actions(func(s *state, way *answer, a task.Action) {
		if a.Do != task.DoPulse {
			return
		}
		if v, constant := l.m.constant(a.Volume, expr.Float); constant && v.Float() <= 0 {
			p, field := l.placeOf(s, way)
			if key := drawn(s, p, field) + a.Channel + "\x00" + a.Volume; !said[key] {
				said[key] = true
				p.Report(diagnostic.ImpossibleVolume, field, fmt.Sprintf("%s cannot deliver %v µl: no calibration has such a volume", clip(a.Channel), v.Float()), "write a volume above 0; to deliver nothing, leave the action out")
			}
		}
	})
}

// placeOf is the place of an action.
func (l *life) placeOf(s *state, way *answer) (place, string) {
	if way == nil {
		return l.m.c.at(s.item), ""
	}
	p, field := l.m.placeOf(*way)
	if way.edge != "" {
		field = "actions"
	}
	return p, field
}

// drawn names what people drew an action as. A composite that acts several
// times, like a train of pulses, was drawn once.
func drawn(s *state, p place, field string) string {
	if p.edge == "" && s.kind.Expand != nil && !strings.HasPrefix(field, "on[") {
		field = ""
	}
	return strings.Join([]string{p.node, p.edge, field, ""}, "\x00")
}

// uncounted finds a channel that delivers volumes by its calibration and is
// also opened for a time, in a task that counts what it delivers.
func (l *life) uncounted() {
	if _, kept := l.m.data.Results["microlitres"]; !kept && l.m.data.Limits.Volume == "" {
		return // nothing counts
	}
	counted := map[string]bool{}
	l.actions(func(_ *state, _ *answer, a task.Action) {
		if a.Do == task.DoPulse && a.Volume != "" {
			counted[a.Channel] = true
		}
	})
	say := func(p place, field, channel string) {
		p.Report(diagnostic.UncountedDelivery, field, fmt.Sprintf("%s delivers volumes elsewhere in the task; what flows here has no calibration, so neither the limit nor the sum counts it", channel),
			"deliver a volume here too")
	}
	said := map[string]bool{}
	l.actions(func(s *state, way *answer, a task.Action) {
		opens := a.Do == task.DoSet || a.Do == task.DoLatch || a.Do == task.DoPulse && a.Volume == ""
		if !opens || !counted[a.Channel] || l.m.off(a.Level) {
			return
		}
		p, field := l.placeOf(s, way)
		if key := drawn(s, p, field) + a.Channel; !said[key] {
			said[key] = true
			say(p, field, a.Channel)
		}
	})
	for _, s := range l.m.states {
		if s.exit || !l.states[s] {
			continue
		}
		for i, o := range s.made.Outputs {
			if counted[o.Channel] && !l.m.off(o.Level) {
				say(l.m.c.at(s.item), "outputs["+itoa(i)+"].channel", o.Channel)
			}
		}
	}
}

// off says whether a level is certainly off.
func (m *machine) off(level string) bool {
	v, constant := m.constant(level, expr.Invalid)
	if !constant {
		return false
	}
	switch v.Type() {
	case expr.Bool:
		return !v.Bool()
	case expr.Int:
		return v.Int() == 0
	case expr.Float:
		return v.Float() == 0
	}
	return false
}
