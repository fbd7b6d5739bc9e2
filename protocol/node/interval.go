package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// IntervalData is the data of an inter-trial interval.
type IntervalData struct {
	Composed
	Distribution string   `json:"distribution"`
	Duration     string   `json:"duration"`
	Values       string   `json:"values"`
	Mean         string   `json:"mean"`
	Low          string   `json:"low"`
	High         string   `json:"high"`
	Premature    []string `json:"premature"`
}

const fixed = "fixed"

var intervalKind = &Kind{
	Type: "inter_trial_interval", Level: Task, Label: "Inter-trial interval", Icon: "clock-pause", Group: "Behaviour",
	Help: "Waits between trials, for a fixed or a random time. A response in it may be premature. " +
		"A random time is drawn when the interval begins and recorded as a draw of the stream <name>; with an exponential one the animal cannot tell when it ends.",
	Standard: Standard{"inter-trial interval (ITI)", "Bpod, pyControl; flat hazard: IBL 2021, eLife 10:e63711"},
	Ports: []PortRule{
		enterPort,
		leavePort,
		when("premature", way("premature", "premature response")),
	},
	Schema: composed(
		choice("distribution", "Distribution", "fixed: always the duration. choice: one of the values. uniform: between low and high. truncated_exponential: exponential with the mean, drawn again until between low and high.",
			fixed, string(task.Choice), string(task.Uniform), string(task.TruncatedExponential)),
		expression("duration", "duration", "Duration", "Of a fixed interval.", "5s"),
		expression("values", "list<duration>", "Values", "What is chosen from.", "[7s, 9s, 11s, 13s]"),
		expression("mean", "duration", "Mean", "Of the exponential before it is cut off.", "3s"),
		expression("low", "duration", "Shortest", "Of uniform and truncated_exponential.", "2s"),
		expression("high", "duration", "Longest", "Of uniform (never quite reached) and truncated_exponential.", "8s"),
		eventsField("premature", "Premature", "Responses that end the interval, by the port premature."),
	),
	Declare: declare(func(d *Declarations, i IntervalData) {
		if i.fixed() {
			return
		}
		d.Streams = append(d.Streams, OwnStream{Stream: task.Stream{
			Name: own(d.name, ""), Kind: task.StreamKind(i.Distribution), Values: i.Values, Mean: i.Mean, Low: i.Low, High: i.High,
		}})
		d.silent("time", "duration")
		d.timer("end", own(d.name, "time"))
	}),
	Expand: composite(func(b *Builder, d IntervalData) {
		d.check(b)
		s := b.State("")
		if d.fixed() {
			s.Timer = d.Duration
			s.On(timeup("duration", "out"))
		} else {
			end, time := b.Own("end"), b.Own("time")
			if t := b.Stream("distribution", b.Name); t != expr.Invalid && t != expr.Duration {
				b.Report(diagnostic.TypeError, d.first(), "this is "+t.String()+", and a duration is needed", "write a unit, like 2s")
			}
			s.Entry = []task.Action{{Do: task.DoDraw, Stream: b.Name, Variable: time}, startTimer(end)}
			s.Exit = []task.Action{stopTimer(end)}
			s.On(Answer{Events: []string{end}, Port: "out", Field: "distribution"})
		}
		if len(d.Premature) > 0 {
			answered(b, "premature", d.Premature)
			s.On(Answer{Events: d.Premature, Port: "premature", Field: "premature"})
		}
	}),
}

func (d *IntervalData) fixed() bool { return d.Distribution == "" || d.Distribution == fixed }

// first is the field that says what type the interval has.
func (d *IntervalData) first() string {
	switch task.StreamKind(d.Distribution) {
	case task.Choice:
		return "values"
	case task.Uniform:
		return "low"
	}
	return "mean"
}

// check makes sure that the fields of the distribution are there and no others.
func (d *IntervalData) check(b *Builder) {
	if d.fixed() {
		takesFields(b, "a fixed interval", "duration!", map[string]bool{
			"duration": d.Duration != "", "values": d.Values != "", "mean": d.Mean != "", "low": d.Low != "", "high": d.High != "",
		})
	} else if d.Duration != "" { // the stream says what else is wrong
		b.Report(diagnostic.BadData, "duration", "a "+d.Distribution+" interval has no duration", "remove it, or choose fixed")
	}
	b.Expr("duration", d.Duration, expr.Duration)
}
