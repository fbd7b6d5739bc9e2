package node

import (
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/schema"
)

// SubProtocolData is the data of a protocol inside a protocol.
type SubProtocolData struct {
	common
	Version    string            `json:"version"`
	Exits      []string          `json:"exits"`
	Roles      map[string]string `json:"roles"`
	Parameters map[string]string `json:"parameters"`
	Results    map[string]string `json:"results"`
}

var subProtocolKind = &Kind{
	Type: "sub_protocol", Level: Session, Label: "Sub-protocol", Icon: "box-model-2", Group: "Flow",
	Help: "Runs a saved version of another protocol as one step. It is pinned: what was compiled into this version stays, whatever becomes of the other protocol. " +
		"Its ends are the ports; an end without an outcome is done. Its parameters, variables and random draws are its own.",
	Standard: Standard{"call activity; subroutine", "BPMN 2.0"},
	Ports: []PortRule{
		inPort,
		{Port: Port{Direction: Out}, Each: "exits"},
		{Port: Port{Name: plan.PortDone, Direction: Out}, Unless: "exits"},
		failedPort,
	},
	Schema: data(
		must(text("version", "Version", "The id of the version, or the hash of its content.", 200)),
		list("exits", "Exits", "The outcomes of its ends, each a port, and done for ends without one; empty when it has only those.",
			&schema.Schema{Type: schema.String, MinLength: 1, MaxLength: maxName}),
		mapping("roles", "Devices", "The device of this protocol for each device of the other; those of the same name need no entry.",
			reference("", "role", "Device", "A device of this protocol.").Schema),
		mapping("parameters", "Parameters", "Values for its parameters; the others have their defaults.",
			expression("", "", "Value", "An expression on parameters and variables of this protocol.", "stage").Schema),
		mapping("results", "Results", "Variables of the other protocol to keep in variables of this one.",
			reference("", "variable", "Variable", "A variable of the run.").Schema),
	),
	// The other protocol is compiled by package protocol, which has the library.
	Step: step(func(_ Site, _ SubProtocolData, n *plan.Node) { n.Sub = &plan.Sub{} }),
}
