package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// PulseTrainData is the data of a train of pulses.
type PulseTrainData struct {
	Composed
	Channel string `json:"channel"`
	Level   string `json:"level"`
	Width   string `json:"width"`
	Period  string `json:"period"`
	Pulses  string `json:"pulses"`
	Delay   string `json:"delay"`
	GoOn    bool   `json:"go_on"`
}

var pulseTrainKind = &Kind{
	Type: "pulse_train", Level: Task, Label: "TTL / pulse train", Icon: "wave-square", Group: "Stimulus",
	Help:     "One pulse or several on an output: a trigger for another device, a laser, a camera. Goes on when the last pulse is over, or at once.",
	Standard: Standard{"TTL pulse train", "Bpod: global timer with loop; Pulse Pal"},
	Ports:    []PortRule{enterPort, leavePort},
	Schema: composed(
		must(channelField(task.Out, "The output.")),
		expression("level", "level", "Level", "On, off or a number; empty is on.", "true"),
		must(expression("width", "duration", "Width", "Of one pulse.", "5ms")),
		expression("period", "duration", "Period", "From the beginning of a pulse to that of the next; needed for several. One that is not longer than the width joins them.", "50ms"),
		expression("pulses", "int", "Pulses", "How many; empty is one.", "20"),
		expression("delay", "duration", "Delay", "Before the first pulse; empty is none.", "10ms"),
		flag("go_on", "Go on at once", "The next node begins at once, while the pulses go on."),
	),
	Declare: declare(func(d *Declarations, p PulseTrainData) {
		d.silent("left", "int")
		d.timer("next", p.Period+p.zero())
		d.event("done")
	}),
	Expand: composite(func(b *Builder, d PulseTrainData) { d.build(b) }),
}

// zero stands for the period of a single pulse.
func (d *PulseTrainData) zero() string {
	if d.Period == "" {
		return "0s"
	}
	return ""
}

func (d *PulseTrainData) build(b *Builder) {
	b.Output("channel", d.Channel)
	b.Expr("level", d.Level, levels...)
	b.Expr("pulses", d.Pulses, expr.Int)
	b.Expr("delay", d.Delay, expr.Duration)
	b.Expr("period", d.Period, expr.Duration)
	if required(b, "width", d.Width, "the pulse has no width", "write a duration like 5ms") {
		b.Expr("width", d.Width, expr.Duration)
	}
	if d.Pulses != "" {
		required(b, "period", d.Period, "several pulses have no period", "write a duration like 50ms")
	}
	left, next, done := b.Own("left"), b.Own("next"), b.Own("done")
	count := d.Pulses
	if count == "" {
		count = "1"
	}
	more := startTimer(next)
	more.If = left + " > 0"
	pulse := []task.Action{
		set(left, left+" - 1"),
		{Do: task.DoPulse, Channel: d.Channel, Level: d.Level, Duration: d.Width, Done: done},
		more,
	}
	// Without any pulse it is over at once; the first comes at once or with a timer.
	first := startTimer(next)
	first.Duration = d.Delay
	if d.Delay == "" {
		first.Duration = "0s"
	}
	first.If = left + " > 0"
	none := raise(done)
	none.If = left + " <= 0"
	begin := []task.Action{set(left, count), first, none}
	answers := []Answer{{Events: []string{next}, Actions: pulse, Field: "period"}}
	if d.GoOn {
		noOutputs(b, d.Composed)
		b.pass(begin...)
		b.Always = answers
		return
	}
	s := b.State("")
	s.Entry, s.Exit = begin, []task.Action{stopTimer(next)}
	s.On(answers[0])
	s.On(Answer{Events: []string{done}, Guard: left + " <= 0", Port: "out", Field: "pulses"})
}
