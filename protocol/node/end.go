package node

import (
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/schema"
)

// EndData is the data of an end of the run.
type EndData struct {
	common
	Outcome string `json:"outcome"`
}

var endKind = &Kind{
	Type: "end", Level: Session, Top: true, Label: "End", Icon: "flag", Group: "Flow",
	Help:     "Ends this path. The run is over when no path is left.",
	Standard: Standard{"end event", "BPMN 2.0"},
	Ports:    []PortRule{inPort},
	Schema: data(schema.Field{Name: "outcome", Schema: &schema.Schema{
		Type: schema.String, Title: "Outcome", Help: "A word for how the run ended, to find it again.", MaxLength: maxName, Example: "completed",
	}}),
	Step: step(func(_ Site, d EndData, n *plan.Node) { n.End = &plan.End{Outcome: d.Outcome} }),
}
