package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
)

// WeighData is the data of a step in which a person enters a value.
type WeighData struct {
	common
	Title            string `json:"title"`
	Text             string `json:"text"`
	Variable         string `json:"variable"`
	Unit             string `json:"unit"`
	Minimum          string `json:"minimum"`
	Maximum          string `json:"maximum"`
	PlausibleMinimum string `json:"plausible_minimum"`
	PlausibleMaximum string `json:"plausible_maximum"`
	Weight           bool   `json:"weight"`
	Timeout          string `json:"timeout"`
	Role             string `json:"role"`
	Remind           string `json:"remind"`
	Escalate         string `json:"escalate"`
	EscalateTo       string `json:"escalate_to"`
}

var weighKind = &Kind{
	Type: "weigh", Level: Session, Label: "Weigh / record value", Icon: "scale", Group: "People",
	Help: "Waits until a person has entered a measured value. One outside of what is plausible has to be confirmed, " +
		"so that a slip of the finger is caught and a thin animal can still be written down. It can be kept as the weight of the subject.",
	Standard: Standard{"weighing; humane end point: 80 to 85 % of the free-feeding weight", "NC3Rs; Guide for the Care and Use of Laboratory Animals 2011"},
	Ports: []PortRule{
		inPort, outPort,
		{Port: Port{Name: plan.PortTimeout, Direction: Out, Label: "no answer"}, When: "timeout"},
	},
	Schema: data(schema.Of([]schema.Field{
		must(text("title", "Title", "What to measure, in a few words.", maxLabel)),
		template("text", "Text", "More about it; {expressions} in braces are filled in."),
		must(reference("variable", "variable", "Into", "A float or int variable that receives the value.")),
		text("unit", "Unit", "Shown beside the value; a weight of a subject is in g.", maxName),
	}, limitFields, []schema.Field{
		flag("weight", "Subject's weight", "Keep the value as the weight of the run's subject, in grams."),
		expression("timeout", "duration", "At most", "How long to wait for the value; empty for ever.", "2h"),
	}, personFields)...),
	Step: step(func(s Site, d WeighData, n *plan.Node) {
		n.Kind = plan.KindHuman
		n.Human = &plan.Human{
			Title: d.Title, Text: d.Text, Timeout: d.Timeout,
			Role: d.Role, Remind: d.Remind, Escalate: d.Escalate, EscalateTo: d.EscalateTo,
		}
		required(s, "title", d.Title, "the question has no title", "say what the person should measure")
		s.Text("text", d.Text)
		s.Expr("timeout", d.Timeout, expr.Duration)
		person(s, n.Human)
		field := FieldData{
			Variable: d.Variable, Label: d.Title, Unit: d.Unit, Required: true,
			Minimum: d.Minimum, Maximum: d.Maximum, PlausibleMinimum: d.PlausibleMinimum, PlausibleMaximum: d.PlausibleMaximum,
		}
		if t := s.Assign("variable", d.Variable, expr.Invalid); t != expr.Invalid && !t.Numeric() {
			s.Report(diagnostic.TypeError, "variable", d.Variable+" is "+t.String()+", and a measured value is a number", "declare it as float")
			return
		}
		if d.Weight {
			if field.Unit == "" {
				field.Unit = "g"
			}
			if field.Unit != "g" {
				s.Report(diagnostic.BadValue, "unit", "the weight of a subject is in g, not in "+d.Unit, "write g, and enter grams")
			}
			if field.Minimum == "" {
				field.Minimum = "0.1"
			}
		}
		compiled := field.compile(s, "")
		if d.Weight {
			compiled.Keep = plan.KeepWeight
		}
		n.Human.Form = []plan.Field{compiled}
	}),
}
