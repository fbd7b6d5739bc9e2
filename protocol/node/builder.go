package node

import (
	"encoding/json"
	"slices"

	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
	"github.com/lics-lab/lics/task"
)

// Builder makes what a composite stands for: states of the same program, with
// ports by which it is left. The names of what it adds begin with the name of
// the node, so that rows are readable; two that are alike are a diagnostic.
type Builder struct {
	TaskSite
	// Name is the name of the node and of its main state.
	Name string
	// States are those made so far; the first is the one that is entered.
	States []*BuiltState
	// Always are answers in every state of the task.
	Always []Answer
	wired  func(port string) bool
}

// NewBuilder makes the builder of a node; wired says whether a wire leaves one
// of its ports.
func NewBuilder(s TaskSite, name string, wired func(port string) bool) *Builder {
	return &Builder{TaskSite: s, Name: name, wired: wired}
}

// BuiltState is a state of a composite. Its handlers are its Answers.
type BuiltState struct {
	task.State
	Answers []Answer
}

// Answer is what a composite does at an event. Without Port and To it stays.
type Answer struct {
	Events  []string
	Guard   string
	Actions []task.Action
	// Port is where the composite is left. When no wire leads on from there,
	// which only optional ports may have, the answer is left out.
	Port string
	// To is another of its states.
	To *BuiltState
	// Field is what a diagnostic about the answer points to.
	Field string
}

// Own is the name of something that belongs to the node.
func (b *Builder) Own(suffix string) string { return own(b.Name, suffix) }

func own(name, suffix string) string {
	if suffix == "" {
		return name
	}
	return name + "_" + suffix
}

// State adds a state; the first, without a suffix, has the name of the node.
func (b *Builder) State(suffix string) *BuiltState {
	s := &BuiltState{State: task.State{Name: b.Own(suffix)}}
	b.States = append(b.States, s)
	return s
}

// Pass adds a state that takes no time and keeps the outputs that are on.
func (b *Builder) Pass(suffix string) *BuiltState {
	s := b.State(suffix)
	s.Pass = true
	return s
}

// Wired says whether a wire leaves a port.
func (b *Builder) Wired(port string) bool { return b.wired(port) }

// On adds an answer; they are asked in the order they are added.
func (s *BuiltState) On(a Answer) { s.Answers = append(s.Answers, a) }

// Composed is the data that every composite has: it is a state like others.
type Composed struct {
	Passing
	Outputs []HeldOutput `json:"outputs"`
	On      []Handler    `json:"on"`
}

// Passing is the data that composites have which take no time.
type Passing struct {
	common
	Name  string `json:"name"`
	Trial bool   `json:"trial"`
}

func (p Passing) composed() Composed  { return Composed{Passing: p} }
func (c Composed) composed() Composed { return c }

// passing is the schema of a composite that takes no time.
func passing(fields ...schema.Field) *schema.Schema {
	return data(schema.Of([]schema.Field{nameField}, fields, []schema.Field{trialField})...)
}

// composed is the schema of a composite that lasts.
func composed(fields ...schema.Field) *schema.Schema {
	return passing(schema.Of(fields, []schema.Field{outputsField, answersField})...)
}

var (
	nameField    = text("name", "Name", "As it is recorded, and what the names of all that belongs to it begin with; empty: the id of the node.", maxName)
	trialField   = flag("trial", "Begins a trial", "Entering it ends the trial that has an outcome and begins the next.")
	outputsField = list("outputs", "Outputs", "Held while the node lasts; computed when it is entered.", heldOutputSchema)
	answersField = list("on", "Answers", "Events that are answered without leaving the node, before it answers them itself.", HandlerSchema)
)

// composite adapts the hook of a composite that takes typed data.
func composite[T interface{ composed() Composed }](build func(*Builder, T)) func(*Builder, json.RawMessage) {
	return func(b *Builder, raw json.RawMessage) {
		if d, ok := Decode[T](b, raw); ok {
			build(b, d)
			b.finish(d.composed())
		}
	}
}

// finish gives the states what every composite has.
func (b *Builder) finish(d Composed) {
	outputs, on := compileOutputs(b, d.Outputs), compileHandlers(b, d.On)
	for i, s := range b.States {
		s.Trial = i == 0 && d.Trial
		if s.Pass {
			continue
		}
		for k, o := range outputs {
			if slices.ContainsFunc(s.Outputs, func(x task.Output) bool { return x.Channel == o.Channel }) {
				b.Report(diagnostic.OutputHeldTwice, "outputs["+itoa(k)+"].channel", "the node itself holds "+o.Channel, "remove it here")
				continue
			}
			s.Outputs = append(s.Outputs, o)
		}
		answers := make([]Answer, 0, len(on)+len(s.Answers))
		for k, h := range on {
			answers = append(answers, Answer{Events: h.Events, Guard: h.Guard, Actions: h.Actions, Field: "on[" + itoa(k) + "]"})
		}
		s.Answers = append(answers, s.Answers...)
	}
}

// pass makes a composite of one state that takes no time: it acts and goes on
// by the port out.
func (b *Builder) pass(actions ...task.Action) {
	s := b.Pass("")
	s.Entry = actions
	s.On(Answer{Events: []string{task.Timeup}, Port: outPort.Name})
}

// The ports of composites.
var (
	enterPort = PortRule{Port: Port{Name: "in", Direction: In, Optional: true}}
	leavePort = way(outPort.Name, "")
)

// way is a port by which a composite is left: its wires carry guards and
// actions, but no event.
func way(name, label string) PortRule {
	return PortRule{Port: Port{Name: name, Direction: Out, Label: label, Many: true}}
}

func optional(r PortRule) PortRule {
	r.Optional = true
	return r
}

func when(field string, r PortRule) PortRule {
	r.When = field
	return r
}
