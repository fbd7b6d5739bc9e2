package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// TimeOutData is the data of a time-out.
type TimeOutData struct {
	Composed
	Duration  string   `json:"duration"`
	RestartOn []string `json:"restart_on"`
}

var timeOutKind = &Kind{
	Type: "time_out", Level: Task, Label: "Time-out", Icon: "ban", Group: "Behaviour",
	Help:     "Nothing can be earned for a time. Responses may begin it again. Its outputs say what the box looks like meanwhile.",
	Standard: Standard{"time-out from reinforcement", "Ferster 1958; Bpod: Punish"},
	Ports:    []PortRule{enterPort, leavePort},
	Schema: composed(
		must(expression("duration", "duration", "Duration", "How long; computed when it begins, and when it begins again.", "5s")),
		eventsField("restart_on", "Restart on", "Events after which it begins again."),
	),
	Declare: declare(func(d *Declarations, t TimeOutData) {
		if len(t.RestartOn) > 0 {
			d.timer("end", t.Duration)
		}
	}),
	Expand: composite(func(b *Builder, d TimeOutData) {
		if required(b, "duration", d.Duration, "the time-out has no duration", "write a duration like 5s") {
			b.Expr("duration", d.Duration, expr.Duration)
		}
		s := b.State("")
		if len(d.RestartOn) == 0 {
			s.Timer = d.Duration
			s.On(timeup("duration", "out"))
			return
		}
		end := b.Own("end")
		answered(b, "restart_on", d.RestartOn)
		s.Entry, s.Exit = []task.Action{startTimer(end)}, []task.Action{stopTimer(end)}
		s.On(Answer{Events: d.RestartOn, Actions: []task.Action{startTimer(end)}, Field: "restart_on"})
		s.On(Answer{Events: []string{end}, Port: "out", Field: "duration"})
	}),
}
