package node

// ExitData is the data of an exit.
type ExitData struct {
	common
	Name string `json:"name"`
}

// The kind is called exit and not end, so that a type has one schema: the end
// of the session level is another thing.
var exitKind = &Kind{
	Type: "exit", Level: Task, Label: "End of task", Icon: "logout", Group: "Task",
	Help:     "Ends the task. Its name becomes a port of the task.",
	Standard: Standard{"final state", "UML state machine; Bpod: exit"},
	Ports:    []PortRule{{Port: Port{Name: "in", Direction: In, Optional: true}}},
	Schema:   data(text("name", "Name", "The name of the port; empty: the id of the node.", maxName)),
}
