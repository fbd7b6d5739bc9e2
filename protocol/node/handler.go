package node

import (
	"strconv"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
	"github.com/lics-lab/lics/task"
)

// Handler is an answer to events: in the data of a state when it stays there,
// on an edge when it goes to another.
type Handler struct {
	common
	Event   string   `json:"event"`
	Events  []string `json:"events"`
	Guard   string   `json:"guard"`
	Actions []Action `json:"actions"`
	// Order decides between handlers of the same event: the lowest is asked
	// first. Of equal ones, those that stay come before transitions, and
	// transitions with a guard before those without.
	Order int `json:"order"`
}

// All are the events answered.
func (h *Handler) All() []string {
	if h.Event == "" {
		return h.Events
	}
	return append([]string{h.Event}, h.Events...)
}

var handlerFields = []schema.Field{
	reference("event", "event", "Event", "What is answered: an input's edge, timeup, a global timer or a raised event."),
	eventsField("events", "Events", "The same for several events."),
	expression("guard", "bool", "Guard", "Only if this holds; empty always.", "trial_type == \"left\""),
	list("actions", "Actions", "What is done.", ActionSchema),
	{Name: "order", Schema: &schema.Schema{
		Type: schema.Integer, Title: "Order", Default: 0,
		Help: "Of several answers to an event the one with the lowest order is asked first; of equal ones, those that stay before transitions, and transitions with a guard before those without.",
	}},
}

// HandlerSchema is a handler in the data of a state.
var HandlerSchema = &schema.Schema{Name: "handler", Type: schema.Object, Title: "Handler", Fields: schema.Of(handlerFields, []schema.Field{noteField})}

// TransitionSchema is the data of an edge between states.
var TransitionSchema = &schema.Schema{Name: "transition", Type: schema.Object, Title: "Transition", Fields: schema.Of(data().Fields, handlerFields)}

// CompileHandler checks a handler and makes the one of a program. at is its
// path with a dot at the end, or empty for the data of an edge.
func CompileHandler(s TaskSite, at string, h *Handler) task.Handler {
	events := h.All()
	if len(events) == 0 {
		s.Report(diagnostic.UnknownEvent, at+"event", "no event is chosen", "say what is answered: an input's edge, timeup, a timer or a raised event")
	}
	for i, e := range events {
		field := at + "event"
		if h.Event == "" {
			field = at + "events[" + strconv.Itoa(i) + "]"
		} else if i > 0 {
			field = at + "events[" + strconv.Itoa(i-1) + "]"
		}
		s.Event(field, e)
	}
	s.Expr(at+"guard", h.Guard, expr.Bool)
	return task.Handler{Events: events, Guard: h.Guard, Actions: CompileActions(s, at+"actions", h.Actions)}
}

// CompileWay checks what a wire out of a composite carries: a guard and
// actions. When it is taken its port says, so it answers no event.
func CompileWay(s TaskSite, kind string, h *Handler) task.Handler {
	if len(h.All()) > 0 {
		s.Report(diagnostic.BadData, "event", "the port of the "+kind+" says when the wire is taken, so it answers no event", "remove the event; a guard and actions are fine")
	}
	s.Expr("guard", h.Guard, expr.Bool)
	return task.Handler{Guard: h.Guard, Actions: CompileActions(s, "actions", h.Actions)}
}

// compileHandlers makes the handlers of a state's data.
func compileHandlers(s TaskSite, hs []Handler) []task.Handler {
	var out []task.Handler
	for i := range hs {
		out = append(out, CompileHandler(s, "on["+strconv.Itoa(i)+"].", &hs[i]))
	}
	return out
}
