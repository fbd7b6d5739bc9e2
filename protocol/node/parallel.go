package node

import (
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/schema"
)

// ParallelData is the data of a parallel fork.
type ParallelData struct {
	common
	Branches []string `json:"branches"`
}

var parallelKind = &Kind{
	Type: "parallel", Level: Session, Label: "Parallel", Icon: "arrows-split", Group: "Flow",
	Help:     "Goes on along all of its branches at once. A join brings them together again.",
	Standard: Standard{"parallel gateway (AND-split)", "BPMN 2.0"},
	Ports: []PortRule{
		inPort,
		{Port: Port{Direction: Out}, Each: "branches"},
	},
	Schema: data(must(atLeast(2, list("branches", "Branches", "The names of its branches, at least two.",
		&schema.Schema{Type: schema.String, MinLength: 1, MaxLength: maxName})))),
	Step: step(func(_ Site, d ParallelData, n *plan.Node) { n.Parallel = &plan.Parallel{Branches: d.Branches} }),
}
