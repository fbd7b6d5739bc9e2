package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/schema"
	"github.com/lics-lab/lics/task"
)

// SetVariableData is the data of a node that changes variables of the task.
type SetVariableData struct {
	Passing
	Set []struct {
		Variable string `json:"variable"`
		Value    string `json:"value"`
	} `json:"set"`
}

var setVariableKind = &Kind{
	Type: "set_variable", Level: Task, Label: "Set variable", Icon: "variable-plus", Group: "Logic",
	Help:     "Changes variables of the task, from the top. Takes no time. Variables of the run are changed by assign, outside of the task.",
	Standard: Standard{"assignment", "pyControl: v.name = value"},
	Ports:    []PortRule{enterPort, leavePort},
	Schema: passing(must(atLeast(1, list("set", "Assignments", "At least one.", &schema.Schema{Type: schema.Object, Fields: []schema.Field{
		must(reference("variable", "variable", "Variable", "A variable of the task.")),
		must(expression("value", "", "Value", "Its new value.", "streak + 1")),
	}})))),
	Expand: composite(func(b *Builder, d SetVariableData) {
		var actions []task.Action
		for i, a := range d.Set {
			at := "set[" + itoa(i) + "]."
			t := b.Assign(at+"variable", a.Variable, expr.Invalid)
			if required(b, at+"value", a.Value, "no value is given", "write an expression") {
				b.Expr(at+"value", a.Value, wanted(t)...)
			}
			actions = append(actions, set(a.Variable, a.Value))
		}
		b.pass(actions...)
	}),
}
