package node

import (
	"fmt"
	"strconv"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
)

// HumanData is the data of a step that a person does.
type HumanData struct {
	common
	Title      string      `json:"title"`
	Text       string      `json:"text"`
	Choices    []string    `json:"choices"`
	Timeout    string      `json:"timeout"`
	Variable   string      `json:"variable"`
	Form       []FieldData `json:"form"`
	Role       string      `json:"role"`
	Remind     string      `json:"remind"`
	Escalate   string      `json:"escalate"`
	EscalateTo string      `json:"escalate_to"`
	Sign       string      `json:"sign"`
}

// FieldData is a field of a form as it is drawn.
type FieldData struct {
	Variable         string   `json:"variable"`
	Label            string   `json:"label"`
	Help             string   `json:"help"`
	Unit             string   `json:"unit"`
	Required         bool     `json:"required"`
	Minimum          string   `json:"minimum"`
	Maximum          string   `json:"maximum"`
	PlausibleMinimum string   `json:"plausible_minimum"`
	PlausibleMaximum string   `json:"plausible_maximum"`
	Options          []string `json:"options"`
}

// limitFields are the limits of a value that a person fills in.
var limitFields = []schema.Field{
	expression("minimum", "float", "Smallest", "Less is refused; of a duration in seconds.", "0"),
	expression("maximum", "float", "Largest", "More is refused; of a duration in seconds.", "100"),
	expression("plausible_minimum", "float", "Plausible from", "Less has to be confirmed: it may be a mistake.", "0.8 * baseline"),
	expression("plausible_maximum", "float", "Plausible to", "More has to be confirmed: it may be a mistake.", "35"),
}

// personFields are who is asked, and what happens when nobody answers.
var personFields = []schema.Field{
	text("role", "Role", "Who may answer; empty is everybody. An administrator always may.", maxName),
	expression("remind", "duration", "Remind every", "How often people are reminded while nobody answers; at least 1min.", "15min"),
	expression("escalate", "duration", "Escalate after", "After so long the question goes to another role as well.", "1h"),
	text("escalate_to", "Escalate to", "The role that may answer then, too.", maxName),
}

var humanKind = &Kind{
	Type: "human", Level: Session, Label: "Ask a person", Icon: "user-question", Group: "People",
	Help: "Waits until a person confirms, chooses or fills in a form, for as long as it takes. " +
		"It can remind people, ask another role when nobody answers, and have the answer signed.",
	Standard: Standard{"user task; escalation event; electronic signature", "BPMN 2.0; 21 CFR Part 11"},
	Ports: []PortRule{
		inPort,
		{Port: Port{Direction: Out}, Each: "choices"},
		{Port: Port{Name: plan.PortOut, Direction: Out}, Unless: "choices"},
		{Port: Port{Name: plan.PortTimeout, Direction: Out, Label: "no answer"}, When: "timeout"},
	},
	Schema: data(schema.Of([]schema.Field{
		must(text("title", "Title", "What to do, in a few words.", maxLabel)),
		template("text", "Text", "More about it; {expressions} in braces are filled in."),
		list("choices", "Choices", "What there is to choose from, each a port; none: a confirmation.",
			&schema.Schema{Type: schema.String, MinLength: 1, MaxLength: maxName}),
		expression("timeout", "duration", "At most", "How long to wait for the answer; empty for ever.", "2h"),
		reference("variable", "variable", "Answer in", "A string variable that receives the choice."),
		atMost(50, list("form", "Form", "Values that are filled in with the answer.", &schema.Schema{Type: schema.Object, Fields: schema.Of([]schema.Field{
			must(reference("variable", "variable", "Variable", "A variable of the run that receives the value; its type is the field's.")),
			text("label", "Label", "What the field is called; empty: the variable.", maxLabel),
			text("help", "Help", "What it means.", maxText),
			text("unit", "Unit", "Shown beside the value.", maxName),
			flag("required", "Required", "It must be filled in."),
		}, limitFields, []schema.Field{
			atMost(100, list("options", "Options", "The values to choose from; empty is any.", &schema.Schema{Type: schema.String, MinLength: 1, MaxLength: maxLabel})),
		})})),
	}, personFields, []schema.Field{
		text("sign", "Sign", "A statement that whoever answers signs with their name; empty is none.", maxText),
	})...),
	Step: step(func(s Site, d HumanData, n *plan.Node) {
		n.Human = &plan.Human{
			Title: d.Title, Text: d.Text, Choices: d.Choices, Timeout: d.Timeout, Variable: d.Variable,
			Role: d.Role, Remind: d.Remind, Escalate: d.Escalate, EscalateTo: d.EscalateTo, Sign: d.Sign,
		}
		required(s, "title", d.Title, "the question has no title", "say what the person should do")
		s.Text("text", d.Text)
		s.Expr("timeout", d.Timeout, expr.Duration)
		if d.Variable != "" {
			s.Assign("variable", d.Variable, expr.String)
			if len(d.Choices) == 0 {
				s.Report(diagnostic.BadData, "variable", "without choices there is no answer to keep", "add choices, or leave the variable out")
			}
		}
		person(s, n.Human)
		seen := map[string]bool{}
		for i, f := range d.Form {
			at := "form[" + strconv.Itoa(i) + "]."
			if seen[f.Variable] {
				s.Report(diagnostic.DuplicateName, at+"variable", "two fields fill in "+f.Variable, "remove one of them")
			}
			seen[f.Variable] = true
			n.Human.Form = append(n.Human.Form, f.compile(s, at))
		}
	}),
}

// person checks who is asked and when they are reminded.
func person(s Site, h *plan.Human) {
	s.Expr("remind", h.Remind, expr.Duration)
	s.Expr("escalate", h.Escalate, expr.Duration)
	if (h.Escalate == "") != (h.EscalateTo == "") {
		s.Report(diagnostic.BadData, "escalate", "an escalation has a time and a role", "give both, or none")
	}
	if h.EscalateTo != "" && h.Role == "" {
		s.Report(diagnostic.BadData, "escalate_to", "everybody may answer from the beginning, so there is nobody to escalate to", "say which role is asked first")
	}
}

func (f *FieldData) compile(s Site, at string) plan.Field {
	t := s.Assign(at+"variable", f.Variable, expr.Invalid)
	if t.IsList() {
		s.Report(diagnostic.TypeError, at+"variable", f.Variable+" is "+t.String()+", and a field holds one value", "use a variable that is no list")
	}
	limited := false
	for _, limit := range []struct{ field, text string }{
		{"minimum", f.Minimum}, {"maximum", f.Maximum}, {"plausible_minimum", f.PlausibleMinimum}, {"plausible_maximum", f.PlausibleMaximum},
	} {
		s.Expr(at+limit.field, limit.text, expr.Float)
		limited = limited || limit.text != ""
	}
	if limited && t != expr.Invalid && !t.Numeric() && t != expr.Duration {
		s.Report(diagnostic.BadValue, at+"minimum", fmt.Sprintf("a %s has no smallest and no largest value", t), "remove the limits")
	}
	for i, o := range f.Options {
		if t == expr.Invalid || t.IsList() {
			break
		}
		if _, err := expr.ParseText(t, o); err != nil {
			s.Report(diagnostic.BadValue, at+"options["+strconv.Itoa(i)+"]", err.Error(), "")
		}
	}
	return plan.Field{
		Variable: f.Variable, Label: f.Label, Help: f.Help, Unit: f.Unit, Required: f.Required,
		Minimum: f.Minimum, Maximum: f.Maximum, PlausibleMinimum: f.PlausibleMinimum, PlausibleMaximum: f.PlausibleMaximum, Options: f.Options,
	}
}
