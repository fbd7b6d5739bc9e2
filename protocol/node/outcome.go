package node

import "github.com/lics-lab/lics/task"

// OutcomeData is the data of an outcome.
type OutcomeData struct {
	Passing
	Outcome string `json:"outcome"`
}

var outcomeKind = &Kind{
	Type: "outcome", Level: Task, Label: "Outcome", Icon: "clipboard-check", Group: "Trial",
	Help:     "Says how the trial ended. The first outcome of a trial counts; the trial ends when the node that begins a trial is entered next. Takes no time.",
	Standard: Standard{"trial outcome", "Bpod: TrialTypeOutcomePlot; NWB: trials table"},
	Ports:    []PortRule{enterPort, leavePort},
	Schema:   passing(must(text("outcome", "Outcome", "A word like correct, incorrect, omission or premature.", maxName))),
	Expand: composite(func(b *Builder, d OutcomeData) {
		checkName(b, "outcome", d.Outcome, "outcome")
		b.pass(task.Action{Do: task.DoOutcome, Outcome: d.Outcome})
	}),
}
