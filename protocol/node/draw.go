package node

import (
	"slices"

	"github.com/lics-lab/lics/protocol/schema"
	"github.com/lics-lab/lics/task"
)

// DrawData is the data of a random draw.
type DrawData struct {
	Passing
	Variable string          `json:"variable"`
	Kind     task.StreamKind `json:"kind"`
	Values   string          `json:"values"`
	Weights  string          `json:"weights"`
	Low      string          `json:"low"`
	High     string          `json:"high"`
	Mean     string          `json:"mean"`
	SD       string          `json:"sd"`
	P        string          `json:"p"`
	Run      string          `json:"run"`
}

var drawKind = &Kind{
	Type: "draw", Level: Task, Label: "Random draw", Icon: "dice-3", Group: "Logic",
	Help: "Draws a random value into a variable of the task. Every draw is recorded; the same seed gives the same values. " +
		"The values come from a stream with the name of the node, so another name gives others. Takes no time.",
	Standard: Standard{"random draw", "pyControl: withprob, sample_without_replacement"},
	Ports:    []PortRule{enterPort, leavePort},
	Schema: passing(append([]schema.Field{
		must(reference("variable", "variable", "Variable", "The variable of the task that receives the value.")),
	}, slices.DeleteFunc(slices.Clone(streamSchema.Fields), func(f schema.Field) bool { return f.Name == "name" || f.Name == "note" })...)...),
	Declare: declare(func(d *Declarations, w DrawData) {
		d.Streams = append(d.Streams, OwnStream{Stream: task.Stream{
			Name: own(d.name, ""), Kind: w.Kind, Values: w.Values, Weights: w.Weights, Low: w.Low, High: w.High, Mean: w.Mean, SD: w.SD, P: w.P, Run: w.Run,
		}})
	}),
	Expand: composite(func(b *Builder, d DrawData) {
		b.Assign("variable", d.Variable, b.Stream("kind", b.Name))
		b.pass(task.Action{Do: task.DoDraw, Stream: b.Name, Variable: d.Variable})
	}),
}
