package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
)

// HumanData is the data of a step that a person does.
type HumanData struct {
	common
	Title    string   `json:"title"`
	Text     string   `json:"text"`
	Choices  []string `json:"choices"`
	Timeout  string   `json:"timeout"`
	Variable string   `json:"variable"`
}

var humanKind = &Kind{
	Type: "human", Level: Session, Label: "Ask a person", Icon: "user-question", Group: "People",
	Help:     "Waits until a person confirms or chooses, for as long as it takes.",
	Standard: Standard{"user task", "BPMN 2.0"},
	Ports: []PortRule{
		inPort,
		{Port: Port{Direction: Out}, Each: "choices"},
		{Port: Port{Name: plan.PortOut, Direction: Out}, Unless: "choices"},
		{Port: Port{Name: plan.PortTimeout, Direction: Out, Label: "no answer"}, When: "timeout"},
	},
	Schema: data(
		must(text("title", "Title", "What to do, in a few words.", maxLabel)),
		template("text", "Text", "More about it; {expressions} in braces are filled in."),
		list("choices", "Choices", "What there is to choose from, each a port; none: a confirmation.",
			&schema.Schema{Type: schema.String, MinLength: 1, MaxLength: maxName}),
		expression("timeout", "duration", "At most", "How long to wait for the answer; empty for ever.", "2h"),
		reference("variable", "variable", "Answer in", "A string variable that receives the choice."),
	),
	Step: step(func(s Site, d HumanData, n *plan.Node) {
		n.Human = &plan.Human{Title: d.Title, Text: d.Text, Choices: d.Choices, Timeout: d.Timeout, Variable: d.Variable}
		required(s, "title", d.Title, "the question has no title", "say what the person should do")
		s.Text("text", d.Text)
		s.Expr("timeout", d.Timeout, expr.Duration)
		if d.Variable != "" {
			s.Assign("variable", d.Variable, expr.String)
			if len(d.Choices) == 0 {
				s.Report(diagnostic.BadData, "variable", "without choices there is no answer to keep", "add choices, or leave the variable out")
			}
		}
	}),
}
