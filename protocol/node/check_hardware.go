package node

import (
	"fmt"
	"strconv"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
	"github.com/lics-lab/lics/task"
)

// CheckHardwareData is the data of a hardware check.
type CheckHardwareData struct {
	common
	Role   string `json:"role"`
	Inputs []struct {
		Channel string `json:"channel"`
		Minimum string `json:"minimum"`
		Maximum string `json:"maximum"`
	} `json:"inputs"`
	Within   string `json:"within"`
	Variable string `json:"variable"`
}

var checkHardwareKind = &Kind{
	Type: "check_hardware", Level: Session, Label: "Check hardware", Icon: "stethoscope", Group: "Device",
	Help: "Looks whether a device answers and its inputs are as they should be at rest: no beam broken, no lever pressed, the temperature right. " +
		"Everything that is wrong is said at once. It drives nothing.",
	Standard: Standard{"hardware test before a run; self-test", "pyControl: hardware test; Bpod: console"},
	Ports: []PortRule{
		inPort,
		{Port: Port{Name: plan.PortOK, Direction: Out}},
		{Port: Port{Name: plan.PortProblem, Direction: Out}},
		failedPort,
	},
	Schema: data(
		roleField,
		atMost(100, list("inputs", "Inputs", "Inputs that are read; none: only whether the device answers.", &schema.Schema{Type: schema.Object, Fields: []schema.Field{
			must(channelField(task.In, "The input.")),
			expression("minimum", "float", "From", "The smallest good level; of a line 0 or 1.", "0"),
			expression("maximum", "float", "To", "The largest good level; 0 for a line that must be low.", "0"),
		}})),
		expression("within", "duration", "Within", "How long the device may take for each answer; empty is 10s.", "10s"),
		reference("variable", "variable", "Problems in", "A string variable that receives what is wrong; empty when nothing is."),
	),
	Step: step(func(s Site, d CheckHardwareData, n *plan.Node) {
		n.Check = &plan.Check{Role: s.Role("role", d.Role), Within: d.Within, Variable: d.Variable}
		if d.Within == "" {
			n.Check.Within = "10s"
		}
		s.Expr("within", d.Within, expr.Duration)
		if d.Variable != "" {
			s.Assign("variable", d.Variable, expr.String)
		}
		seen := map[string]bool{}
		for i, in := range d.Inputs {
			at := "inputs[" + strconv.Itoa(i) + "]."
			s.Channel(at+"channel", n.Check.Role, in.Channel, task.In)
			s.Expr(at+"minimum", in.Minimum, expr.Float)
			s.Expr(at+"maximum", in.Maximum, expr.Float)
			if seen[in.Channel] {
				s.Report(diagnostic.DuplicateName, at+"channel", fmt.Sprintf("%s is checked twice", in.Channel), "remove one of them")
			}
			seen[in.Channel] = true
			n.Check.Inputs = append(n.Check.Inputs, plan.CheckInput{Channel: in.Channel, Minimum: in.Minimum, Maximum: in.Maximum})
		}
	}),
}
