package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
	"github.com/lics-lab/lics/task"
)

// Which response decides when one has to be held.
const (
	acceptAny   = "any"
	acceptFirst = "first"
)

// WaitResponseData is the data of a wait for a response.
type WaitResponseData struct {
	Composed
	Responses []Response `json:"responses"`
	Window    string     `json:"window"`
	Hold      string     `json:"hold"`
	Accept    string     `json:"accept"`
	Latency   string     `json:"latency"`
}

// Response is one that is accepted, with its port.
type Response struct {
	Port   string   `json:"port"`
	Events []string `json:"events"`
	When   string   `json:"when"`
}

var waitResponseKind = &Kind{
	Type: "wait_response", Level: Task, Label: "Wait for a response", Icon: "hand-finger", Group: "Behaviour",
	Help: "Waits until the animal responds and leaves by the port of its response, or by omission when the window has passed. " +
		"Only what happens in the window counts: an animal that is already in a port has to poke again.",
	Standard: Standard{"response window, limited hold", "Bpod: WaitForResponse; Bari, Dalley & Robbins 2008"},
	Ports: []PortRule{
		enterPort,
		{Port: Port{Direction: Out, Many: true}, Each: "responses[].port"},
		when("window", way("omission", "no response")),
		when("hold", optional(way("early", "let go too early"))),
	},
	Schema: composed(
		must(atLeast(1, atMost(50, list("responses", "Responses", "What is accepted, each with a port; asked from the top.", &schema.Schema{Type: schema.Object, Fields: []schema.Field{
			must(text("port", "Port", "The name of its port: letters, digits and _.", maxName)),
			must(atLeast(1, atMost(50, eventsField("events", "Events", "The edges or raised events that are this response.")))),
			expression("when", "bool", "When", "Only counts if this holds; empty always. event is the name of the event.", "event == (side == \"left\" ? \"poke_1_in\" : \"poke_3_in\")"),
		}})))),
		expression("window", "duration", "Window", "How long a response is waited for, then omission; empty without end.", "5s"),
		expression("hold", "duration", "Hold", "How long a response must last to count, by the opposite edge of the input; empty not at all.", "50ms"),
		choice("accept", "With a hold", "any: a response that is let go too early does not count, and waiting goes on. first: the first response decides, by its port when it is held, else by early.",
			acceptAny, acceptFirst),
		reference("latency", "variable", "Latency in", "A variable of type duration that receives the time from the beginning of the wait to the beginning of the response."),
	),
	Declare: declare(func(d *Declarations, w WaitResponseData) {
		if w.Hold == "" {
			return
		}
		for _, r := range w.Responses {
			if !expr.ValidName(r.Port) {
				continue // said of the port
			}
			for k := range r.Events {
				d.timer(r.timer(k), w.Hold)
			}
		}
		if w.Accept == acceptFirst {
			d.silent("first", "string")
		}
	}),
	Expand: composite(func(b *Builder, d WaitResponseData) {
		s := b.State("")
		s.Timer = d.Window
		b.Expr("window", d.Window, expr.Duration)
		b.Expr("hold", d.Hold, expr.Duration)
		if d.Latency != "" {
			b.Assign("latency", d.Latency, expr.Duration)
		}
		for i := range d.Responses {
			at := "responses[" + itoa(i) + "]."
			r := &d.Responses[i]
			checkPort(b, at+"port", r.Port)
			b.Expr(at+"when", r.When, expr.Bool)
			answered(b, at+"events", r.Events)
			if d.Hold == "" {
				s.On(Answer{Events: r.Events, Guard: r.When, Port: r.Port, Actions: d.latency("in_state"), Field: at + "events"})
				continue
			}
			for k, event := range r.Events {
				d.held(b, s, r, k, event, at+"events["+itoa(k)+"]")
			}
		}
		if d.Window != "" {
			s.On(timeup("window", "omission"))
		}
		d.early(b, s)
	}),
}

// timer is the name of what times a held response.
func (r *Response) timer(k int) string {
	if k == 0 {
		return r.Port
	}
	return r.Port + "_" + itoa(k+1)
}

func (d *WaitResponseData) latency(value string) []task.Action {
	if d.Latency == "" {
		return nil
	}
	return []task.Action{set(d.Latency, value)}
}

// held answers the beginning and the end of a response that has to last.
func (d *WaitResponseData) held(b *Builder, s *BuiltState, r *Response, k int, event, field string) {
	timer, end := b.Own(r.timer(k)), b.Opposite(event)
	if end == "" {
		b.Report(diagnostic.BadData, field, event+" cannot be held, because it is no edge of an input", "choose an edge of an input, or leave the hold out")
		return
	}
	begin := Answer{Events: []string{event}, Guard: r.When, Actions: []task.Action{startTimer(timer)}, Field: field}
	over := Answer{Events: []string{end}, Actions: []task.Action{stopTimer(timer)}, Field: field}
	if d.Accept == acceptFirst {
		first := b.Own("first")
		begin.Guard = both(first+` == ""`, r.When)
		begin.Actions = append(begin.Actions, set(first, "event"))
		over.Guard, over.Port = first+" == "+quoted(event), "early"
	}
	s.On(begin)
	s.On(over)
	s.On(Answer{Events: []string{timer}, Port: r.Port, Actions: d.latency("in_state - (" + d.Hold + ")"), Field: field})
	s.Exit = append(s.Exit, stopTimer(timer))
}

// early checks the port of responses that are let go.
func (d *WaitResponseData) early(b *Builder, s *BuiltState) {
	first := d.Accept == acceptFirst && d.Hold != ""
	switch {
	case first && !b.Wired("early"):
		b.Report(diagnostic.DanglingPort, "accept", "the first response decides, but a response that is let go too early leads nowhere", "wire the port early, or accept any")
	case !first && b.Wired("early"):
		b.Report(diagnostic.BadData, "accept", "a response that is let go too early does not count, so the port early is never taken", "accept the first, or remove the wire")
	case first:
		s.Entry = []task.Action{set(b.Own("first"), `""`)}
	}
}
