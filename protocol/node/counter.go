package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// CounterData is the data of a counter.
type CounterData struct {
	common
	Name   string   `json:"name"`
	Events []string `json:"events"`
	When   string   `json:"when"`
	Limit  string   `json:"limit"`
}

func (d CounterData) composed() Composed {
	return Composed{Passing: Passing{Name: d.Name}}
}

var counterKind = &Kind{
	Type: "counter", Level: Task, Label: "Counter", Icon: "123", Group: "Logic",
	Help: "Counts events in every state of the task, into a variable with the name of the node. Begins at 0; set the variable to begin again. " +
		"When it comes to the limit it raises <name>_reached, which any state can answer; with a wire, the task goes there from wherever it is.",
	Standard: Standard{"global counter", "Bpod: SetGlobalCounter"},
	Ports:    []PortRule{when("limit", optional(way("reached", "limit reached")))},
	Schema: data(
		nameField,
		must(atLeast(1, eventsField("events", "Events", "What is counted."))),
		expression("when", "bool", "When", "Only counts if this holds; empty always.", "trial > 10"),
		expression("limit", "int", "Limit", "The count at which <name>_reached is raised; empty never.", "100"),
	),
	Declare: declare(func(d *Declarations, c CounterData) {
		d.variable("", "int")
		if c.Limit != "" {
			d.event("reached")
		}
	}),
	Expand: composite(func(b *Builder, d CounterData) {
		answered(b, "events", d.Events)
		b.Expr("when", d.When, expr.Bool)
		b.Expr("limit", d.Limit, expr.Int)
		count := Answer{Events: d.Events, Guard: d.When, Actions: []task.Action{set(b.Name, b.Name+" + 1")}, Field: "events"}
		if d.Limit != "" {
			reached := raise(b.Own("reached"))
			reached.If = b.Name + " == (" + d.Limit + ")"
			count.Actions = append(count.Actions, reached)
		}
		b.Always = append(b.Always, count)
		if d.Limit != "" {
			b.Always = append(b.Always, Answer{Events: []string{b.Own("reached")}, Port: "reached", Field: "limit"})
		}
	}),
}
