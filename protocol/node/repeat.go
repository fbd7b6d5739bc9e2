package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

// RepeatData is the data of a repeat loop.
type RepeatData struct {
	common
	Count string `json:"count"`
	Until string `json:"until"`
	Index string `json:"index"`
}

var repeatKind = &Kind{
	Type: "repeat", Level: Session, Container: true, Label: "Repeat", Icon: "repeat", Group: "Loops",
	Help:     "Does its body a number of times, or until something holds. An iteration is over when nothing in the body is left to do.",
	Standard: Standard{"loop", "BPMN 2.0: standard loop activity"},
	Ports:    []PortRule{inPort, bodyPort, donePort},
	Schema: data(
		expression("count", "int", "Times", "How often at most; computed once at the beginning.", "10"),
		expression("until", "bool", "Until", "Asked after each iteration.", "correct >= 40"),
		reference("index", "variable", "Count in", "An int variable that counts the iterations from 1."),
	),
	Step: step(func(s Site, d RepeatData, n *plan.Node) {
		n.Repeat = &plan.Repeat{Count: d.Count, Until: d.Until, Index: d.Index}
		if d.Count == "" && d.Until == "" {
			s.Report(diagnostic.BadData, "count", "the loop would never end", "say how many times, or until when")
		}
		s.Expr("count", d.Count, expr.Int)
		s.Expr("until", d.Until, expr.Bool)
		if d.Index != "" {
			s.Assign("index", d.Index, expr.Int)
		}
	}),
}
