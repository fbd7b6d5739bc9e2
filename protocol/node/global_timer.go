package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// GlobalTimerData is the data of a node that starts a global timer.
type GlobalTimerData struct {
	Passing
	Duration string `json:"duration"`
}

var globalTimerKind = &Kind{
	Type: "global_timer", Level: Task, Label: "Global timer", Icon: "stopwatch", Group: "Logic",
	Help: "Starts a timer that runs on beside the nodes that follow, or starts it again. When it elapses it raises an event with the name of the node, which any state can answer; " +
		"the action stop_timer stops it. Takes no time.",
	Standard: Standard{"global timer", "Bpod: SetGlobalTimer; pyControl: set_timer"},
	Ports:    []PortRule{enterPort, leavePort},
	Schema:   passing(must(expression("duration", "duration", "Duration", "Computed when it is started.", "10s"))),
	Declare: declare(func(d *Declarations, t GlobalTimerData) {
		d.Timers = append(d.Timers, OwnTimer{Timer: task.Timer{Name: d.name, Duration: t.Duration}, Open: true})
	}),
	Expand: composite(func(b *Builder, d GlobalTimerData) {
		if required(b, "duration", d.Duration, "the timer has no duration", "write a duration like 10s") {
			b.Expr("duration", d.Duration, expr.Duration)
		}
		b.Timer("name", b.Name)
		b.pass(startTimer(b.Name))
	}),
}
