package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// QuiescenceData is the data of a quiescent period.
type QuiescenceData struct {
	Composed
	Duration string   `json:"duration"`
	Events   []string `json:"events"`
	Timeout  string   `json:"timeout"`
}

var quiescenceKind = &Kind{
	Type: "quiescence", Level: Task, Label: "Quiescence", Icon: "zzz", Group: "Behaviour",
	Help:     "Goes on when nothing of what is listed has happened for a time; each event begins it again.",
	Standard: Standard{"quiescent period, lick-free period", "IBL 2021, eLife 10:e63711"},
	Ports:    []PortRule{enterPort, leavePort, when("timeout", way("timeout", "never quiet"))},
	Schema: composed(
		must(expression("duration", "duration", "Duration", "How long it must be quiet; computed when it begins, and when it begins again.", "200ms + extra")),
		must(atLeast(1, eventsField("events", "Events", "What must not happen."))),
		expression("timeout", "duration", "At most", "When it has not been quiet by then, the port timeout; empty without end.", "60s"),
	),
	Declare: declare(func(d *Declarations, q QuiescenceData) { d.timer("quiet", q.Duration) }),
	Expand: composite(func(b *Builder, d QuiescenceData) {
		if required(b, "duration", d.Duration, "the quiescence has no duration", "write a duration like 200ms") {
			b.Expr("duration", d.Duration, expr.Duration)
		}
		b.Expr("timeout", d.Timeout, expr.Duration)
		answered(b, "events", d.Events)
		quiet := b.Own("quiet")
		s := b.State("")
		s.Timer = d.Timeout
		s.Entry, s.Exit = []task.Action{startTimer(quiet)}, []task.Action{stopTimer(quiet)}
		s.On(Answer{Events: d.Events, Actions: []task.Action{startTimer(quiet)}, Field: "events"})
		s.On(Answer{Events: []string{quiet}, Port: "out", Field: "duration"})
		if d.Timeout != "" {
			s.On(timeup("timeout", "timeout"))
		}
	}),
}
