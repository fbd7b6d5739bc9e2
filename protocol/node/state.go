package node

import (
	"encoding/json"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
	"github.com/lics-lab/lics/task"
)

// StateData is the data of a state.
type StateData struct {
	common
	Name    string       `json:"name"`
	Trial   bool         `json:"trial"`
	Timer   string       `json:"timer"`
	Outputs []HeldOutput `json:"outputs"`
	Entry   []Action     `json:"entry"`
	Exit    []Action     `json:"exit"`
	On      []Handler    `json:"on"`
}

// HeldOutput is what a state drives a channel to.
type HeldOutput struct {
	Channel   string `json:"channel"`
	Level     string `json:"level"`
	Ramp      string `json:"ramp"`
	Frequency string `json:"frequency"`
}

var heldOutputSchema = &schema.Schema{Type: schema.Object, Fields: []schema.Field{
	must(channelField(task.Out, "The output.")),
	expression("level", "level", "Level", "On, off or a number; empty is on.", "trial_type == \"left\""),
	rampField("How long the output takes from where it is to the level, in a straight line; empty is at once. A level of 0 with a ramp fades out. When the state is left before, it goes off at once, unless the next state holds it in the same way."),
	frequencyField("Of a tone or a flicker, in Hz and above 0; empty is what the part does by itself."),
}}

func compileOutputs(s TaskSite, outputs []HeldOutput) []task.Output {
	var out []task.Output
	held := map[string]bool{}
	for i, o := range outputs {
		at := "outputs[" + itoa(i) + "]."
		s.Output(at+"channel", o.Channel)
		if held[o.Channel] {
			s.Report(diagnostic.OutputHeldTwice, at+"channel", "the state holds "+o.Channel+" twice", "remove one of them")
		}
		held[o.Channel] = true
		s.Expr(at+"level", o.Level, levels...)
		shape(s, at, o.Ramp, o.Frequency, nil)
		out = append(out, task.Output(o))
	}
	return out
}

var transitionPort = PortRule{Port: Port{Name: "out", Direction: Out, Optional: true, Many: true, Answers: true}}

var stateKind = &Kind{
	Type: "state", Level: Task, Label: "State", Icon: "circle", Group: "Task",
	Help:     "One state of a task. It holds its outputs while it lasts; a wire to another state is a transition.",
	Standard: Standard{"state", "Bpod, pyControl; UML state machine"},
	Ports:    []PortRule{{Port: Port{Name: "in", Direction: In, Optional: true}}, transitionPort},
	Schema: data(
		text("name", "Name", "As it is recorded; empty: the id of the node.", maxName),
		flag("trial", "Begins a trial", "Entering it ends the trial that has an outcome and begins the next."),
		expression("timer", "duration", "Timer", "After this time the state receives timeup. 0s passes through at once.", "stimulus + limited_hold"),
		list("outputs", "Outputs", "Held while the state lasts; computed when it is entered, before its entry actions.", heldOutputSchema),
		list("entry", "On entry", "Done when the state is entered, after its outputs are on.", ActionSchema),
		list("exit", "On exit", "Done when the state is left.", ActionSchema),
		list("on", "Answers", "Events that are answered without leaving the state.", HandlerSchema),
	),
	State: func(s TaskSite, raw json.RawMessage, out *task.State) {
		d, ok := Decode[StateData](s, raw)
		if !ok {
			return
		}
		out.Trial, out.Timer = d.Trial, d.Timer
		s.Expr("timer", d.Timer, expr.Duration)
		out.Outputs = compileOutputs(s, d.Outputs)
		out.Entry = CompileActions(s, "entry", d.Entry)
		out.Exit = CompileActions(s, "exit", d.Exit)
		out.On = compileHandlers(s, d.On)
	},
}
