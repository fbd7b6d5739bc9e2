package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// MarkData is the data of a mark.
type MarkData struct {
	Passing
	Text    string `json:"text"`
	Channel string `json:"channel"`
	Width   string `json:"width"`
}

var markKind = &Kind{
	Type: "mark", Level: Task, Label: "Mark event", Icon: "bookmark", Group: "Synchronisation",
	Help:     "Records a text, and can send a pulse to another recording at the same moment. Takes no time; the pulse goes on beside the next node.",
	Standard: Standard{"event marker, trigger", "EEG: TTL trigger; pyControl: print"},
	Ports:    []PortRule{enterPort, leavePort},
	Schema: passing(
		must(template("text", "Text", "What is recorded; {expressions} in braces are filled in.")),
		channelField(task.Out, "An output that is pulsed; empty none."),
		expression("width", "duration", "Width", "Of the pulse.", "10ms"),
	),
	Expand: composite(func(b *Builder, d MarkData) {
		required(b, "text", d.Text, "the mark has no text", "write what has happened")
		b.Text("text", d.Text)
		actions := []task.Action{{Do: task.DoPrint, Text: d.Text}}
		switch {
		case d.Channel != "":
			b.Output("channel", d.Channel)
			b.Expr("width", d.Width, expr.Duration)
			required(b, "width", d.Width, "the pulse has no width", "write a duration like 10ms")
			actions = append(actions, task.Action{Do: task.DoPulse, Channel: d.Channel, Duration: d.Width})
		case d.Width != "":
			b.Report(diagnostic.BadData, "width", "without an output there is no pulse", "choose an output, or remove the width")
		}
		b.pass(actions...)
	}),
}
