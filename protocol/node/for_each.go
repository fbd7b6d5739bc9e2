package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

// ForEachData is the data of a loop over a list.
type ForEachData struct {
	common
	List  string `json:"list"`
	Item  string `json:"item"`
	Index string `json:"index"`
}

var forEachKind = &Kind{
	Type: "for_each", Level: Session, Container: true, Label: "For each", Icon: "list-numbers", Group: "Loops",
	Help:     "Does its body once for each element of a list, which it puts into a variable.",
	Standard: Standard{"multi-instance activity (sequential)", "BPMN 2.0"},
	Ports:    []PortRule{inPort, bodyPort, donePort},
	Schema: data(
		must(expression("list", "list", "List", "Computed once at the beginning.", "[0s, 10s, 20s, 40s, 60s]")),
		must(reference("item", "variable", "Element in", "The variable that holds the element.")),
		reference("index", "variable", "Count in", "An int variable that counts the iterations from 1."),
	),
	Step: step(func(s Site, d ForEachData, n *plan.Node) {
		n.ForEach = &plan.ForEach{List: d.List, Item: d.Item, Index: d.Index}
		var element expr.Type
		if required(s, "list", d.List, "the loop has no list", "write a list like [1, 2, 3]") {
			if e := s.Expr("list", d.List); e != nil {
				if element = e.Type().Elem(); element == expr.Invalid {
					s.Report(diagnostic.TypeError, "list", "this is "+e.Type().String()+", and a list is needed", "write a list like [1, 2, 3]")
				}
			}
		}
		s.Assign("item", d.Item, element)
		if d.Index != "" {
			s.Assign("index", d.Index, expr.Int)
		}
	}),
}
