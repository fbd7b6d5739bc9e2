package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// SyncPulseData is the data of sync pulses.
type SyncPulseData struct {
	Passing
	Channel string `json:"channel"`
	Width   string `json:"width"`
	Low     string `json:"low"`
	High    string `json:"high"`
}

var syncPulseKind = &Kind{
	Type: "sync_pulse", Level: Task, Label: "Sync pulses", Icon: "arrows-diff", Group: "Synchronisation",
	Help: "From here on until the task ends, sends pulses at random intervals to other recordings. The sequence of intervals fits in one way only, so recordings can be aligned later even " +
		"when one began late or lost a pulse. Every interval and every edge is recorded. Takes no time; the first pulse comes at once.",
	Standard: Standard{"sync pulses with random intervals", "pyControl: Rsync"},
	Ports:    []PortRule{enterPort, leavePort},
	Schema: passing(
		must(channelField(task.Out, "The output.")),
		must(expression("width", "duration", "Width", "Of a pulse.", "5ms")),
		must(expression("low", "duration", "Shortest", "From the beginning of a pulse to that of the next; longer than the pulse.", "100ms")),
		must(expression("high", "duration", "Longest", "Intervals are drawn evenly up to this.", "1900ms")),
	),
	Declare: declare(func(d *Declarations, p SyncPulseData) {
		d.Streams = append(d.Streams, OwnStream{Stream: task.Stream{Name: d.name, Kind: task.Uniform, Low: p.Low, High: p.High}})
		d.silent("interval", "duration")
		d.timer("next", own(d.name, "interval"))
	}),
	Expand: composite(func(b *Builder, d SyncPulseData) {
		b.Output("channel", d.Channel)
		if required(b, "width", d.Width, "the pulses have no width", "write a duration like 5ms") {
			b.Expr("width", d.Width, expr.Duration)
		}
		if t := b.Stream("low", b.Name); t != expr.Invalid && t != expr.Duration {
			b.Report(diagnostic.TypeError, "low", "this is "+t.String()+", and a duration is needed", "write a unit, like 100ms")
		}
		next := b.Own("next")
		pulse := []task.Action{
			{Do: task.DoPulse, Channel: d.Channel, Duration: d.Width},
			{Do: task.DoDraw, Stream: b.Name, Variable: b.Own("interval")},
			startTimer(next),
		}
		b.pass(pulse...)
		b.Always = append(b.Always, Answer{Events: []string{next}, Actions: pulse, Field: "low"})
	}),
}
