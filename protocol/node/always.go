package node

import (
	"encoding/json"

	"github.com/lics-lab/lics/task"
)

// AlwaysData is the data of an always node.
type AlwaysData struct {
	common
	On []Handler `json:"on"`
}

var alwaysKind = &Kind{
	Type: "always", Level: Task, Label: "Always", Icon: "infinity", Group: "Task",
	Help:     "Answers events in every state, before the state answers them. A wire to a state is a transition from anywhere.",
	Standard: Standard{"all_states", "pyControl"},
	Ports:    []PortRule{transitionPort},
	Schema:   data(list("on", "Answers", "Events that are answered without leaving the state.", HandlerSchema)),
	State: func(s TaskSite, raw json.RawMessage, out *task.State) {
		if d, ok := Decode[AlwaysData](s, raw); ok {
			out.On = compileHandlers(s, d.On)
		}
	},
}
