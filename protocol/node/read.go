package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// ReadData is the data of a read node.
type ReadData struct {
	common
	Role     string `json:"role"`
	Channel  string `json:"channel"`
	Variable string `json:"variable"`
}

var readKind = &Kind{
	Type: "read", Level: Session, Label: "Read", Icon: "gauge", Group: "Device",
	Help:     "Reads an input into a variable of the run.",
	Standard: Standard{"read", "Bluesky: rd"},
	Ports:    []PortRule{inPort, outPort, failedPort},
	Schema: data(
		roleField, must(channelField(task.In, "The input.")),
		must(reference("variable", "variable", "Into", "A variable of the run, bool or float.")),
	),
	Step: step(func(s Site, d ReadData, n *plan.Node) {
		n.Read = &plan.Read{Role: s.Role("role", d.Role), Channel: d.Channel, Variable: d.Variable}
		s.Channel("channel", n.Read.Role, d.Channel, task.In)
		switch s.Assign("variable", d.Variable, expr.Invalid) {
		case expr.Invalid, expr.Bool, expr.Float:
		default:
			s.Report(diagnostic.TypeError, "variable", d.Variable+" cannot hold a reading", "declare it as float, or as bool for a digital line")
		}
	}),
}
