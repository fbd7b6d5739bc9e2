package node

import (
	"fmt"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

// WaitData is the data of a wait node.
type WaitData struct {
	common
	Duration string `json:"duration"`
}

var waitKind = &Kind{
	Type: "wait", Level: Session, Label: "Wait", Icon: "clock-hour-4", Group: "Flow",
	Help:     "Waits from two seconds to weeks. The wait survives a restart of everything.",
	Standard: Standard{"intermediate timer event", "BPMN 2.0"},
	Ports:    []PortRule{inPort, outPort},
	Schema:   data(must(expression("duration", "duration", "Duration", "How long, at least 2s.", "10min"))),
	Step: step(func(s Site, d WaitData, n *plan.Node) {
		n.Wait = &plan.Wait{Duration: d.Duration}
		if !required(s, "duration", d.Duration, "the wait has no duration", "write a number and a unit, like 10min") {
			return
		}
		e := s.Expr("duration", d.Duration, expr.Duration)
		if e == nil {
			return
		}
		if v, constant := e.Constant(); constant && v.Duration() < plan.ShortestWait {
			s.Report(diagnostic.WaitTooShort, "duration", fmt.Sprintf("a wait of %s is too short for the session level", v),
				"use a state with a timer inside a task; the session level begins at 2s")
		}
	}),
}
