package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// PulseData is the data of a pulse node.
type PulseData struct {
	common
	Role     string `json:"role"`
	Channel  string `json:"channel"`
	Duration string `json:"duration"`
	Volume   string `json:"volume"`
}

var pulseKind = &Kind{
	Type: "pulse", Level: Session, Label: "Pulse", Icon: "wave-square", Group: "Device",
	Help:     "Drives an output for a time, or until a volume is delivered, and goes on when it is over.",
	Standard: Standard{"pulse", "Bpod, pyControl"},
	Ports:    []PortRule{inPort, outPort, failedPort},
	Schema: data(
		roleField, must(channelField(task.Out, "The output.")),
		expression("duration", "duration", "Duration", "How long; or give a volume.", "50ms"),
		expression("volume", "float", "Volume", "Microlitres, by the calibration of the channel; or give a duration.", "3µl"),
	),
	Step: step(func(s Site, d PulseData, n *plan.Node) {
		n.Pulse = &plan.Pulse{Role: s.Role("role", d.Role), Channel: d.Channel, Duration: d.Duration, Volume: d.Volume}
		s.Channel("channel", n.Pulse.Role, d.Channel, task.Out)
		pulseLength(s, d.Channel, "", d.Duration, d.Volume)
		if d.Volume != "" {
			s.Volume(n.Pulse.Role, d.Channel)
		}
	}),
}

// pulseLength checks that a pulse has exactly one of a duration and a volume;
// at is the path of the pulse. It returns the duration, if that is good.
func pulseLength(w Words, channel, at, duration, volume string) *expr.Expr {
	switch {
	case duration == "" && volume == "":
		w.Report(diagnostic.PulseWithoutLength, at+"duration", "the pulse of "+channel+" has neither a duration nor a volume",
			"give a duration like 50ms, or a volume like 3µl")
	case duration != "" && volume != "":
		w.Report(diagnostic.PulseWithoutLength, at+"volume", "the pulse of "+channel+" has a duration and a volume",
			"keep the one that is meant")
	}
	d := w.Expr(at+"duration", duration, expr.Duration)
	w.Expr(at+"volume", volume, expr.Float)
	return d
}
