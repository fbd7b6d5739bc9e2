package node

import (
	"strconv"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/schema"
)

// BranchData is the data of a branch.
type BranchData struct {
	common
	Cases []struct {
		Port string `json:"port"`
		When string `json:"when"`
	} `json:"cases"`
}

var branchKind = &Kind{
	Type: "branch", Level: Session, Label: "Branch", Icon: "git-branch", Group: "Flow",
	Help:     "Takes the port of the first case that holds, or else.",
	Standard: Standard{"exclusive gateway (XOR-split)", "BPMN 2.0"},
	Ports: []PortRule{
		inPort,
		{Port: Port{Direction: Out}, Each: "cases[].port"},
		{Port: Port{Name: plan.PortElse, Direction: Out, Label: "else"}},
	},
	Schema: data(must(atLeast(1, list("cases", "Cases", "Asked from the top.", &schema.Schema{Type: schema.Object, Fields: []schema.Field{
		must(text("port", "Port", "The name of the port.", maxName)),
		must(expression("when", "bool", "When", "A condition on parameters and variables of the run.", "correct >= 40")),
	}})))),
	Step: step(func(s Site, d BranchData, n *plan.Node) {
		n.Branch = &plan.Branch{}
		for i, c := range d.Cases {
			at := "cases[" + strconv.Itoa(i) + "]."
			required(s, at+"port", c.Port, "the case has no port name", "name it after what it means")
			if required(s, at+"when", c.When, "the case has no condition", "write a condition, or remove the case") {
				s.Expr(at+"when", c.When, expr.Bool)
			}
			n.Branch.Cases = append(n.Branch.Cases, plan.Case{Port: c.Port, When: c.When})
		}
	}),
}

func atLeast(n int, f schema.Field) schema.Field {
	f.MinItems = n
	return f
}

func atMost(n int, f schema.Field) schema.Field {
	f.MaxItems = n
	return f
}
