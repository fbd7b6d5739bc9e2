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

// WaitForEventData is the data of a wait for an event of a device.
type WaitForEventData struct {
	common
	Role     string   `json:"role"`
	Events   []string `json:"events"`
	Timeout  string   `json:"timeout"`
	Variable string   `json:"variable"`
}

var waitForEventKind = &Kind{
	Type: "wait_for_event", Level: Session, Occupies: true, Label: "Wait for event", Icon: "bell-ringing", Group: "Device",
	Help: "Waits for an event of a device: an edge of one of its inputs. The device waits for it itself, as a task of one state, " +
		"so the event is recorded with the device's time and is not missed while the network is away. Meanwhile the device runs no other task.",
	Standard: Standard{"intermediate message event; event-based gateway with a timer", "BPMN 2.0"},
	Ports: []PortRule{
		inPort, outPort,
		{Port: Port{Name: plan.PortTimeout, Direction: Out, Label: "no event"}, When: "timeout"},
		failedPort,
	},
	Schema: data(
		roleField,
		must(atLeast(1, list("events", "Events", "The events that end the wait, whichever is first: those of the edges of inputs.",
			&schema.Schema{Type: schema.String, MinLength: 1, MaxLength: maxName, Form: &schema.Form{Kind: "event"}}))),
		expression("timeout", "duration", "At most", "How long to wait for the event; empty for ever.", "2h"),
		reference("variable", "variable", "Event in", "A string variable that receives the name of the event."),
	),
	Step: step(func(s Site, d WaitForEventData, n *plan.Node) {
		n.Kind = plan.KindTask
		n.Task = &plan.Task{Role: s.Role("role", d.Role), Program: waiting(s, &d, n)}
		if d.Timeout != "" {
			s.Expr("timeout", d.Timeout, expr.Duration)
			n.Task.Parameters = map[string]string{"patience": d.Timeout}
		}
		if d.Variable != "" {
			s.Assign("variable", d.Variable, expr.String)
			n.Task.Results = map[string]string{"heard": d.Variable}
		}
	}),
}

// waiting is a task of one state that ends by the first of the events.
func waiting(s Site, d *WaitForEventData, n *plan.Node) task.Program {
	p := task.Program{Name: n.ID, Initial: "waiting", Ends: []string{plan.PortOut}}
	state := task.State{Name: "waiting", Node: n.ID}
	if d.Timeout != "" {
		p.Variables = append(p.Variables, task.Variable{Name: "patience", Type: expr.Duration.String(), Parameter: true})
		p.Ends = append(p.Ends, plan.PortTimeout)
		state.Timer = "patience"
		state.On = append(state.On, task.Handler{Events: []string{task.Timeup}, To: plan.PortTimeout, Edge: n.ID})
	}
	if d.Variable != "" {
		p.Variables = append(p.Variables, task.Variable{Name: "heard", Type: expr.String.String()})
	}
	role, seen, taken := s.Role("role", d.Role), map[string]bool{}, map[string]bool{}
	for i, event := range d.Events {
		at := "events[" + strconv.Itoa(i) + "]"
		if seen[event] {
			s.Report(diagnostic.DuplicateName, at, fmt.Sprintf("the event %s stands twice", event), "remove one of them")
			continue
		}
		seen[event] = true
		ch, ok := s.Input(at, role, event)
		if !ok {
			continue
		}
		if !taken[ch.Name] {
			taken[ch.Name] = true
			p.Channels = append(p.Channels, ch)
		}
		h := task.Handler{Events: []string{event}, To: plan.PortOut, Edge: n.ID}
		if d.Variable != "" {
			h.Actions = []task.Action{{Do: task.DoAssign, Variable: "heard", Value: strconv.Quote(event)}}
		}
		state.On = append(state.On, h)
	}
	p.States = []task.State{state}
	p.Format = p.OldestFormat()
	return p
}
