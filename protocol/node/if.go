package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/schema"
	"github.com/lics-lab/lics/task"
)

// IfData is the data of an if.
type IfData struct {
	Passing
	Cases []struct {
		Port string `json:"port"`
		When string `json:"when"`
	} `json:"cases"`
}

var ifKind = &Kind{
	Type: "if", Level: Task, Label: "If", Icon: "arrows-split-2", Group: "Logic",
	Help:     "Takes the port of the first case that holds, or else. Takes no time, and outputs that the nodes before and after it hold stay on.",
	Standard: Standard{"choice pseudostate", "UML state machine; pyControl: if in an event handler"},
	Ports: []PortRule{
		enterPort,
		{Port: Port{Direction: Out, Many: true}, Each: "cases[].port"},
		way(plan.PortElse, "else"),
	},
	Schema: passing(must(atLeast(1, list("cases", "Cases", "Asked from the top.", &schema.Schema{Type: schema.Object, Fields: []schema.Field{
		must(text("port", "Port", "The name of the port: letters, digits and _.", maxName)),
		must(expression("when", "bool", "When", "A condition on variables and parameters; event is the name of the event that led here.", "streak >= 3")),
	}})))),
	Expand: composite(func(b *Builder, d IfData) {
		s := b.Pass("")
		for i, c := range d.Cases {
			at := "cases[" + itoa(i) + "]."
			if c.Port != plan.PortElse { // a word of expressions; that it stands twice is said of the ports
				checkPort(b, at+"port", c.Port)
			}
			if required(b, at+"when", c.When, "the case has no condition", "write a condition, or remove the case") {
				b.Expr(at+"when", c.When, expr.Bool)
			}
			s.On(Answer{Events: []string{task.Timeup}, Guard: c.When, Port: c.Port, Field: at + "when"})
		}
		s.On(timeup("cases", plan.PortElse))
	}),
}
