package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// ClickTrainData is the data of a train of clicks.
type ClickTrainData struct {
	Composed
	Channel  string   `json:"channel"`
	Level    string   `json:"level"`
	Ramp     string   `json:"ramp"`
	Rate     string   `json:"rate"`
	Timing   string   `json:"timing"`
	Width    string   `json:"width"`
	Duration string   `json:"duration"`
	Until    []string `json:"until"`
}

const (
	regular = "regular"
	poisson = "poisson"
)

var clickTrainKind = &Kind{
	Type: "click_train", Level: Task, Label: "Click train", Icon: "dots", Group: "Stimulus",
	Help:     "Clicks of an output at a rate, regular or at random, for as long as the node lasts. The first click comes at once. Random intervals are drawn and recorded.",
	Standard: Standard{"click train, Poisson clicks", "Brunton, Botvinick & Brody 2013, Science 340:95"},
	Ports: []PortRule{
		enterPort,
		leavePort,
		when("until", way("ended", "ended by an event")),
	},
	Schema: composed(
		must(channelField(task.Out, "The output.")),
		expression("level", "level", "Level", "On, or a volume where the part takes one; empty is on.", "true"),
		rampField("Rise time of each click, as a part of its width: how long the level takes from where the output is, in a straight line; empty is at once. The part must be able to do it, which its rig says."),
		must(expression("rate", "float", "Rate", "Clicks per second; the mean of a random train.", "20")),
		choice("timing", "Timing", "regular: the same interval. poisson: exponential intervals, as random as they can be; empty is regular.", regular, poisson),
		must(expression("width", "duration", "Width", "Of one click. Clicks that come before the one before is over join it.", "1ms")),
		must(expression("duration", "duration", "Duration", "Of the train.", "500ms")),
		eventsField("until", "Until", "Events that end it early, by the port ended."),
	),
	Declare: declare(func(d *Declarations, c ClickTrainData) {
		d.silent("interval", "duration")
		d.timer("next", own(d.name, "interval"))
		if c.Timing == poisson {
			d.Streams = append(d.Streams, OwnStream{Stream: task.Stream{Name: d.name, Kind: task.Exponential, Mean: c.interval()}, Derived: true})
		}
	}),
	Expand: composite(func(b *Builder, d ClickTrainData) {
		b.Output("channel", d.Channel)
		b.Expr("level", d.Level, levels...)
		written := map[string]*expr.Expr{}
		for _, f := range []struct {
			name, src string
			want      expr.Type
		}{{"rate", d.Rate, expr.Float}, {"width", d.Width, expr.Duration}, {"duration", d.Duration, expr.Duration}} {
			if required(b, f.name, f.src, "the clicks have no "+f.name, "") {
				written[f.name] = b.Expr(f.name, f.src, f.want)
			}
		}
		shape(b, "", d.Ramp, "", written["width"])
		interval, next := b.Own("interval"), b.Own("next")
		anew := set(interval, d.interval())
		if d.Timing == poisson {
			b.Stream("rate", b.Name)
			anew = task.Action{Do: task.DoDraw, Stream: b.Name, Variable: interval}
		}
		click := []task.Action{{Do: task.DoPulse, Channel: d.Channel, Level: d.Level, Ramp: d.Ramp, Duration: d.Width}, anew, startTimer(next)}
		s := b.State("")
		s.Timer = d.Duration
		s.Entry, s.Exit = click, []task.Action{stopTimer(next)}
		s.On(timeup("duration", "out"))
		s.On(Answer{Events: []string{next}, Actions: click, Field: "rate"})
		if len(d.Until) > 0 {
			answered(b, "until", d.Until)
			s.On(Answer{Events: d.Until, Port: "ended", Field: "until"})
		}
	}),
}

func (d *ClickTrainData) interval() string { return "1s / (" + d.Rate + ")" }
