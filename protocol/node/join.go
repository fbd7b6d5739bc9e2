package node

import (
	"encoding/json"

	"github.com/lics-lab/lics/plan"
)

var joinKind = &Kind{
	Type: "join", Level: Session, Label: "Join", Icon: "arrows-join", Group: "Flow",
	Help:     "Waits for every wire that is still to come. A path that was not taken does not block it.",
	Standard: Standard{"parallel gateway (AND-join)", "BPMN 2.0"},
	Ports:    []PortRule{inPort, outPort},
	Schema:   data(),
	Step:     func(Site, json.RawMessage, *plan.Node) {},
}
