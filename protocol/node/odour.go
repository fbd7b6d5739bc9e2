package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// OdourData is the data of an odour.
type OdourData struct {
	Composed
	Channel  string `json:"channel"`
	Final    string `json:"final"`
	Preload  string `json:"preload"`
	Duration string `json:"duration"`
}

var (
	odourKind = &Kind{
		Type: "odour", Level: Task, Label: "Odour", Icon: "perfume", Group: "Stimulus",
		Help: "Opens the valve of an odour; with a final valve the odour first fills the line, in the state <name>, and reaches the animal in the state <name>_on, " +
			"so that its onset is that of the final valve.",
		Standard: Standard{"odour presentation with a final valve", "Uchida & Mainen 2003; olfactometer"},
		Ports:    []PortRule{enterPort, leavePort},
		Schema: composed(
			must(channelField(task.Out, "The valve of the odour.")),
			channelOf("final", task.Out, "Final valve", "Lets the odour to the animal; empty when there is none."),
			expression("preload", "duration", "Preload", "How long the line fills before the final valve opens.", "500ms"),
			must(expression("duration", "duration", "Duration", "How long the odour reaches the animal.", "1s")),
		),
		Expand: composite(func(b *Builder, d OdourData) {
			b.Output("channel", d.Channel)
			b.Expr("preload", d.Preload, expr.Duration)
			if required(b, "duration", d.Duration, "the odour has no duration", "write a duration like 1s") {
				b.Expr("duration", d.Duration, expr.Duration)
			}
			s := b.State("")
			odour := task.Output{Channel: d.Channel}
			s.Outputs = []task.Output{odour}
			switch {
			case d.Final == "" && d.Preload != "":
				b.Report(diagnostic.BadData, "preload", "without a final valve nothing can be filled before", "choose the final valve, or remove the preload")
			case d.Final != "":
				b.Output("final", d.Final)
				if d.Final == d.Channel {
					b.Report(diagnostic.OutputHeldTwice, "final", "the final valve is the valve of the odour", "choose another output, or leave the final valve out")
				}
				required(b, "preload", d.Preload, "the line has no time to fill", "write a duration like 500ms; 0s opens both at once")
				on := b.State("on")
				s.Timer = d.Preload
				s.On(Answer{Events: []string{task.Timeup}, To: on, Field: "preload"})
				on.Outputs = []task.Output{odour, {Channel: d.Final}}
				s = on
			}
			s.Timer = d.Duration
			s.On(timeup("duration", "out"))
		}),
	}
	airPuffKind = stimulus(StimulusData.build, "air_puff", "Air puff", "wind", "Opens the valve of an air puff for as long as the node lasts.",
		"On, or a pressure where the part takes one; empty is on.", Standard{"air puff", "eyeblink conditioning; pyControl: solenoid"})
)
