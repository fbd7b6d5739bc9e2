package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// HoldData is the data of a hold.
type HoldData struct {
	Composed
	Channel  string `json:"channel"`
	Duration string `json:"duration"`
	Grace    string `json:"grace"`
	Window   string `json:"window"`
}

var holdKind = &Kind{
	Type: "hold", Level: Task, Label: "Hold", Icon: "hand-stop", Group: "Behaviour",
	Help: "The animal has to hold an input for a time: a nose in a port, a paw on a lever, the gaze on a point. An animal that is already there begins at once. " +
		"While it holds, the state is recorded as <name>_in; while it is briefly away, as <name>_grace.",
	Standard: Standard{"fixation, nose-poke hold", "Bpod: CueDelay; NIMH MonkeyLogic: WaitThenHold"},
	Ports: []PortRule{
		enterPort,
		way("held", "held"),
		optional(way("early", "let go too early")),
		when("window", way("omission", "not begun")),
	},
	Schema: composed(
		must(channelField(task.In, "The input that is held.")),
		must(expression("duration", "duration", "Duration", "How long it must be held; computed when the hold begins.", "200ms")),
		expression("grace", "duration", "Grace", "Absences up to this do not end the hold; they do not count towards its duration either.", "50ms"),
		expression("window", "duration", "Window", "How long to wait for the hold to begin, then omission; begins anew after each hold that was too short. Empty without end.", "10s"),
	),
	Declare: declare(func(d *Declarations, _ HoldData) {
		d.silent("left", "duration")
		d.event("begin")
	}),
	Expand: composite(func(b *Builder, d HoldData) {
		if required(b, "duration", d.Duration, "the hold has no duration", "write a duration like 200ms") {
			b.Expr("duration", d.Duration, expr.Duration)
		}
		b.Expr("grace", d.Grace, expr.Duration)
		b.Expr("window", d.Window, expr.Duration)
		rising, falling := b.Input("channel", d.Channel)
		begin, left := b.Own("begin"), b.Own("left")

		wait, in := b.State(""), b.State("in")
		wait.Timer = d.Window
		wait.Entry = []task.Action{{Do: task.DoRaise, Event: begin, If: d.Channel}}
		wait.On(Answer{Events: []string{rising, begin}, To: in, Actions: []task.Action{set(left, d.Duration)}, Field: "channel"})
		if d.Window != "" {
			wait.On(timeup("window", "omission"))
		}
		early := Answer{Port: "early"}
		if !b.Wired("early") {
			early = Answer{To: wait}
		}
		in.Timer = left
		in.On(timeup("duration", "held"))
		if d.Grace == "" {
			early.Events, early.Field = []string{falling}, "channel"
			in.On(early)
			return
		}
		grace := b.State("grace")
		grace.Timer = d.Grace
		in.On(Answer{Events: []string{falling}, To: grace, Actions: []task.Action{set(left, left+" - in_state")}, Field: "channel"})
		grace.On(Answer{Events: []string{rising}, To: in, Field: "channel"})
		early.Events, early.Field = []string{task.Timeup}, "grace"
		grace.On(early)
	}),
}

// checkPort refuses a name of a port that could not be part of a state's.
func checkPort(r Reporter, field, name string) {
	if err := expr.CheckName(name); err != nil {
		r.Report(diagnostic.BadName, field, quoted(name)+" cannot name a port: "+err.Error(), "")
	}
}
