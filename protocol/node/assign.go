package node

import (
	"strconv"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/schema"
)

// AssignData is the data of an assign node.
type AssignData struct {
	common
	Set []struct {
		Variable string `json:"variable"`
		Value    string `json:"value"`
	} `json:"set"`
}

var assignKind = &Kind{
	Type: "assign", Level: Session, Label: "Assign", Icon: "variable", Group: "Flow",
	Help:     "Changes variables of the run, from the top.",
	Standard: Standard{"assignment", "BPMN 2.0: script task"},
	Ports:    []PortRule{inPort, outPort},
	Schema: data(must(atLeast(1, list("set", "Assignments", "At least one.", &schema.Schema{Type: schema.Object, Fields: []schema.Field{
		must(reference("variable", "variable", "Variable", "A variable of the run.")),
		must(expression("value", "", "Value", "Its new value.", "block + 1")),
	}})))),
	Step: step(func(s Site, d AssignData, n *plan.Node) {
		n.Assign = &plan.Assign{}
		for i, a := range d.Set {
			at := "set[" + strconv.Itoa(i) + "]."
			t := s.Assign(at+"variable", a.Variable, expr.Invalid)
			if required(s, at+"value", a.Value, "no value is given", "write an expression") {
				s.Expr(at+"value", a.Value, wanted(t)...)
			}
			n.Assign.Set = append(n.Assign.Set, plan.Assignment{Variable: a.Variable, Value: a.Value})
		}
	}),
}

// wanted is the want of an expression that is put into a variable of type t.
func wanted(t expr.Type) []expr.Type {
	if t == expr.Invalid {
		return nil
	}
	return []expr.Type{t}
}
