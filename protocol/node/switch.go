package node

import (
	"fmt"
	"strconv"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
)

// SwitchData is the data of a switch.
type SwitchData struct {
	common
	On    string `json:"on"`
	Cases []struct {
		Port string `json:"port"`
		Is   string `json:"is"`
	} `json:"cases"`
}

var switchKind = &Kind{
	Type: "switch", Level: Session, Label: "Switch", Icon: "arrows-split-2", Group: "Flow",
	Help:     "Takes the port of the case that equals a value, or the port else. A case may also be a list of values.",
	Standard: Standard{"switch statement; exclusive gateway (XOR-split)", "MATLAB, C; BPMN 2.0"},
	Ports: []PortRule{
		inPort,
		{Port: Port{Direction: Out}, Each: "cases[].port"},
		{Port: Port{Name: plan.PortElse, Direction: Out, Label: "else"}},
	},
	Schema: data(
		must(expression("on", "", "Value", "What is compared with the cases: a text, a number or a truth value.", "stage")),
		must(atLeast(1, list("cases", "Cases", "Compared from the top.", &schema.Schema{Type: schema.Object, Fields: []schema.Field{
			must(text("port", "Port", "The name of the port.", maxName)),
			must(expression("is", "", "Is", "A value, or a list of values.", `"go"`)),
		}}))),
	),
	Step: step(func(s Site, d SwitchData, n *plan.Node) {
		n.Kind, n.Branch = plan.KindBranch, &plan.Branch{}
		var on *expr.Expr
		if required(s, "on", d.On, "the switch has no value", "write what is compared, like stage") {
			on = s.Expr("on", d.On)
		}
		seen := map[string]string{}
		for i, c := range d.Cases {
			at := "cases[" + strconv.Itoa(i) + "]."
			required(s, at+"port", c.Port, "the case has no port name", "name it after what it means")
			if !required(s, at+"is", c.Is, "the case has no value", "write a value, or remove the case") {
				continue
			}
			is := s.Expr(at+"is", c.Is)
			if on == nil || is == nil {
				continue
			}
			if v, constant := is.Constant(); constant {
				if first, twice := seen[v.String()]; twice {
					s.Report(diagnostic.BadData, at+"is", fmt.Sprintf("the case %s is never taken: %s has the same value", c.Port, first), "change its value, or remove it")
				}
				seen[v.String()] = c.Port
			}
			sign := " == "
			switch have, want := is.Type(), on.Type(); {
			case sameSort(have, want):
			case have.IsList() && sameSort(have.Elem(), want):
				sign = " in "
			default:
				s.Report(diagnostic.TypeError, at+"is", fmt.Sprintf("this is %s, and the value of the switch is %s", have, want), "compare it with "+want.String()+" values")
				continue
			}
			when := "(" + d.On + ")" + sign + "(" + c.Is + ")"
			s.Expr(at+"is", when, expr.Bool)
			n.Branch.Cases = append(n.Branch.Cases, plan.Case{Port: c.Port, When: when})
		}
	}),
}

// sameSort says whether values of two types can be equal.
func sameSort(a, b expr.Type) bool { return a == b || a.Numeric() && b.Numeric() }
