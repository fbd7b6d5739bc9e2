package node

import (
	"fmt"
	"math"
	"strings"

	"github.com/lics-lab/lics/task"
)

func (d *ScheduleData) isRatio() bool { return strings.HasSuffix(d.Schedule, "R") }

// schedule declares what a schedule counts and draws.
func (d *Declarations) schedule(s ScheduleData) {
	d.variable("reinforcers", "int")
	d.variable("count", "int")
	if s.Maximum != "" {
		d.event("over")
	}
	if s.ResetAfter != "" {
		d.timer("idle", s.ResetAfter)
	}
	stream := task.Stream{Name: own(d.name, "")}
	switch s.Schedule {
	case "VR":
		stream.Kind, stream.Values = task.ShuffleBag, s.Ratios
		if s.Ratios == "" {
			stream.Kind, stream.Low, stream.High = task.UniformInt, "1", "2 * ("+s.Ratio+") - 1"
		}
	case "RR":
		stream.Kind, stream.P = task.Bernoulli, "1 / ("+s.Ratio+")"
		d.silent("hit", "bool")
	case "VI", "VT":
		stream.Kind, stream.Values = task.ShuffleBag, s.Intervals
		if s.Intervals == "" {
			stream.Values = fleshlerHoffman(s.Interval)
		}
	case "RI":
		stream.Kind, stream.Mean = task.Exponential, s.Interval
	}
	if stream.Kind != "" && s.complete() {
		d.Streams = append(d.Streams, OwnStream{Stream: stream, Derived: true})
	}
	switch {
	case s.Schedule == "PR":
		d.silent("step", "int")
		d.variable("required", "int")
	case s.Schedule == "RR":
	case s.isRatio():
		d.variable("required", "int")
	default:
		d.variable("interval", "duration")
		d.silent("ready", "bool")
		d.timer("due", own(d.name, "interval"))
	}
}

// complete says whether a random schedule has what its stream is made of.
func (d *ScheduleData) complete() bool { return d.Ratio+d.Ratios+d.Interval+d.Intervals != "" }

// required is the expression of the ratio that is next.
func (d *ScheduleData) required(b *Builder) string {
	switch {
	case d.Schedule == "FR":
		return d.Ratio
	case d.Progression != linear:
		return "round(5 * exp(0.2 * " + b.Own("step") + ") - 5)"
	}
	first, step := "1", "1"
	if d.Ratio != "" {
		first = "(" + d.Ratio + ")"
	}
	if d.Step != "" {
		step = "(" + d.Step + ")"
	}
	return first + " + " + step + " * (" + b.Own("step") + " - 1)"
}

// ratio reinforces after a number of responses.
func (d *ScheduleData) ratio(b *Builder, s *BuiltState, paid []task.Action) {
	count, required, step := b.Own("count"), b.Own("required"), b.Own("step")
	if d.Schedule == "RR" {
		hit := b.Own("hit")
		b.Stream("ratio", b.Name)
		s.On(Answer{Events: d.Responses, Actions: []task.Action{{Do: task.DoDraw, Stream: b.Name, Variable: hit}}, Field: "responses"})
		s.On(Answer{Events: d.Responses, Guard: hit, Actions: paid, Port: "reinforced", Field: "responses"})
		return
	}
	anew := set(required, "")
	switch d.Schedule {
	case "VR":
		b.Stream("ratio", b.Name)
		anew = task.Action{Do: task.DoDraw, Stream: b.Name, Variable: required}
		if d.Counter == perTask {
			anew.If = required + " == 0"
			paid = append(paid, set(required, "0"))
		}
	case "PR":
		first := set(step, "1")
		first.If = step + " == 0"
		s.Entry = append(s.Entry, first)
		paid = append(paid, set(step, step+" + 1"))
		fallthrough
	default:
		anew.Value = d.required(b)
	}
	s.Entry = append(s.Entry, anew)
	s.On(Answer{Events: d.Responses, Guard: count + " >= " + required, Actions: paid, Port: "reinforced", Field: "responses"})
}

// interval reinforces after a time, most with a response.
func (d *ScheduleData) interval(b *Builder, s *BuiltState, paid []task.Action) {
	interval, ready, due := b.Own("interval"), b.Own("ready"), b.Own("due")
	next := set(interval, d.Interval)
	if d.Schedule == "VI" || d.Schedule == "VT" || d.Schedule == "RI" {
		b.Stream("interval", b.Name)
		next = task.Action{Do: task.DoDraw, Stream: b.Name, Variable: interval}
	}
	s.Entry = append(s.Entry, set(ready, "false"), next, startTimer(due))
	s.Exit = append(s.Exit, stopTimer(due))
	if d.Schedule == "FT" || d.Schedule == "VT" {
		s.On(Answer{Events: []string{due}, Actions: paid, Port: "reinforced", Field: "interval"})
		return
	}
	s.On(Answer{Events: []string{due}, Actions: []task.Action{set(ready, "true")}, Field: "interval"})
	s.On(Answer{Events: d.Responses, Guard: ready, Actions: paid, Port: "reinforced", Field: "responses"})
	if d.Schedule == "DRL" {
		s.On(Answer{Events: d.Responses, Actions: []task.Action{startTimer(due)}, Field: "responses"})
	}
}

// fleshlerHoffman is the list of twelve intervals whose order is random and in
// which a reinforcer is about as likely at any moment: for n of N they are
// mean · (1 + ln N + (N−n) ln(N−n) − (N−n+1) ln(N−n+1)), 0 ln 0 being 0.
func fleshlerHoffman(mean string) string {
	const count = 12
	log := func(x float64) float64 {
		if x == 0 {
			return 0
		}
		return x * math.Log(x)
	}
	all := make([]string, count)
	for i := range all {
		left := float64(count - i - 1)
		all[i] = fmt.Sprintf("(%s) * %.6f", mean, 1+math.Log(count)+log(left)-log(left+1))
	}
	return "[" + strings.Join(all, ", ") + "]"
}
