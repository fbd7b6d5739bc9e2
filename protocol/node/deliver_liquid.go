package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// DeliverLiquidData is the data of a delivery of liquid.
type DeliverLiquidData struct {
	Composed
	Channel  string `json:"channel"`
	Volume   string `json:"volume"`
	Duration string `json:"duration"`
	Pulses   string `json:"pulses"`
	Interval string `json:"interval"`
}

var deliverLiquidKind = &Kind{
	Type: "deliver_liquid", Level: Task, Label: "Deliver liquid", Icon: "droplet", Group: "Reward",
	Help: "Opens a valve or runs a pump until a volume is delivered, and goes on when it is closed again. The calibration that is bound to the channel when the run starts " +
		"says how long that takes; volumes outside of the calibration fail the task instead of guessing.",
	Standard: Standard{"calibrated liquid reward", "Bpod: GetValveTimes; pyControl: solenoid release"},
	Ports:    []PortRule{enterPort, leavePort},
	Schema: composed(
		must(channelField(task.Out, "The valve or the pump.")),
		expression("volume", "float", "Volume", "Microlitres of one pulse, by the calibration of the channel; or give a duration.", "3µl"),
		expression("duration", "duration", "Duration", "How long one pulse is; or give a volume. What it delivers is not counted.", "50ms"),
		expression("pulses", "int", "Pulses", "How many; empty is one. 0 delivers nothing and goes on.", "3"),
		expression("interval", "duration", "Interval", "From the end of a pulse to the beginning of the next.", "100ms"),
	),
	Declare: declare(func(d *Declarations, l DeliverLiquidData) {
		d.event("done")
		if l.Pulses != "" {
			d.silent("left", "int")
			d.timer("next", l.Interval)
		}
	}),
	Expand: composite(func(b *Builder, d DeliverLiquidData) {
		b.Output("channel", d.Channel)
		pulseLength(b, d.Channel, "", d.Duration, d.Volume)
		if d.Volume != "" {
			b.Volume(d.Channel)
		}
		b.Expr("pulses", d.Pulses, expr.Int)
		b.Expr("interval", d.Interval, expr.Duration)
		done := b.Own("done")
		pulse := task.Action{Do: task.DoPulse, Channel: d.Channel, Volume: d.Volume, Duration: d.Duration, Done: done}
		s := b.State("")
		if d.Pulses == "" {
			if d.Interval != "" {
				b.Report(diagnostic.BadData, "interval", "one pulse has no interval", "say how many pulses, or remove the interval")
			}
			s.Entry = []task.Action{pulse}
			s.On(Answer{Events: []string{done}, Port: "out", Field: "channel"})
			return
		}
		required(b, "interval", d.Interval, "several pulses have no interval between them", "write a duration like 100ms")
		left, next := b.Own("left"), b.Own("next")
		again := pulse
		pulse.If = left + " > 0"
		none := raise(done)
		none.If = left + " <= 0"
		s.Entry = []task.Action{set(left, d.Pulses), pulse, none}
		s.Exit = []task.Action{stopTimer(next)}
		s.On(Answer{Events: []string{done}, Guard: left + " <= 1", Port: "out", Field: "pulses"})
		s.On(Answer{Events: []string{done}, Actions: []task.Action{set(left, left+" - 1"), startTimer(next)}, Field: "pulses"})
		s.On(Answer{Events: []string{next}, Actions: []task.Action{again}, Field: "interval"})
	}),
}
