package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// DeliverPelletData is the data of a delivery of a pellet.
type DeliverPelletData struct {
	Composed
	Channel  string   `json:"channel"`
	Width    string   `json:"width"`
	Detect   string   `json:"detect"`
	Within   string   `json:"within"`
	Retries  string   `json:"retries"`
	Taken    []string `json:"taken"`
	TakeTime string   `json:"take_time"`
}

var deliverPelletKind = &Kind{
	Type: "deliver_pellet", Level: Task, Label: "Deliver pellet", Icon: "cookie", Group: "Reward",
	Help: "Triggers a pellet dispenser. With a sensor that sees the pellet fall, it tries again until one came, or leaves by jam. " +
		"With events that say it was taken, it waits for that too, in the state <name>_pellet.",
	Standard: Standard{"pellet delivery", "FED3; Med Associates: pellet dispenser"},
	Ports: []PortRule{
		enterPort,
		{Port: Port{Name: "dispensed", Direction: Out, Label: "dispensed", Many: true}, Unless: "taken"},
		when("taken", way("taken", "taken")),
		when("take_time", way("timeout", "not taken")),
		when("detect", way("jam", "jam")),
	},
	Schema: composed(
		must(channelField(task.Out, "The dispenser's trigger.")),
		must(expression("width", "duration", "Width", "Of the trigger pulse.", "50ms")),
		reference("detect", "event", "Sensor", "The event that says that a pellet fell; empty when the dispenser has no sensor."),
		expression("within", "duration", "Within", "How long to wait for the sensor at each try.", "1s"),
		expression("retries", "int", "Retries", "How many more tries when the sensor saw nothing; empty is none.", "3"),
		eventsField("taken", "Taken", "Events that say that the animal took it."),
		expression("take_time", "duration", "Time to take it", "Then the port timeout; empty without end.", "30s"),
	),
	Declare: declare(func(d *Declarations, p DeliverPelletData) {
		if p.Detect == "" {
			d.event("done")
			return
		}
		d.silent("left", "int")
		d.timer("wait", p.Within)
	}),
	Expand: composite(func(b *Builder, d DeliverPelletData) { d.build(b) }),
}

func (d *DeliverPelletData) build(b *Builder) {
	b.Output("channel", d.Channel)
	if required(b, "width", d.Width, "the trigger has no width", "write a duration like 50ms") {
		b.Expr("width", d.Width, expr.Duration)
	}
	b.Expr("within", d.Within, expr.Duration)
	b.Expr("retries", d.Retries, expr.Int)
	b.Expr("take_time", d.TakeTime, expr.Duration)
	mode, takes := "a dispenser without a sensor", ""
	if d.Detect != "" {
		mode, takes = "a dispenser with a sensor", "within! retries"
	}
	takesFields(b, mode, takes, map[string]bool{"within": d.Within != "", "retries": d.Retries != ""})
	if len(d.Taken) == 0 && d.TakeTime != "" {
		b.Report(diagnostic.BadData, "take_time", "nothing says that a pellet was taken", "give the events of taking it, or remove the time")
	}
	s := b.State("")
	fell := Answer{Port: "dispensed"}
	if len(d.Taken) > 0 {
		pellet := b.State("pellet")
		pellet.Timer = d.TakeTime
		answered(b, "taken", d.Taken)
		pellet.On(Answer{Events: d.Taken, Port: "taken", Field: "taken"})
		if d.TakeTime != "" {
			pellet.On(timeup("take_time", "timeout"))
		}
		fell = Answer{To: pellet}
	}
	trigger := task.Action{Do: task.DoPulse, Channel: d.Channel, Duration: d.Width}
	if d.Detect == "" {
		trigger.Done = b.Own("done")
		s.Entry = []task.Action{trigger}
		fell.Events, fell.Field = []string{trigger.Done}, "channel"
		s.On(fell)
		return
	}
	b.Event("detect", d.Detect)
	fell.Events, fell.Field = []string{d.Detect}, "detect"
	s.On(fell)
	left, wait, retries := b.Own("left"), b.Own("wait"), d.Retries
	if retries == "" {
		retries = "0"
	}
	s.Entry = []task.Action{set(left, retries), trigger, startTimer(wait)}
	s.Exit = []task.Action{stopTimer(wait)}
	s.On(Answer{Events: []string{wait}, Guard: left + " <= 0", Port: "jam", Field: "within"})
	s.On(Answer{Events: []string{wait}, Actions: []task.Action{set(left, left+" - 1"), trigger, startTimer(wait)}, Field: "retries"})
}
