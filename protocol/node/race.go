package node

import (
	"encoding/json"

	"github.com/lics-lab/lics/plan"
)

var raceKind = &Kind{
	Type: "race", Level: Session, Label: "Race", Icon: "trophy", Group: "Flow",
	Help:     "Goes on with the first wire that arrives and stops what the others were doing.",
	Standard: Standard{"complex gateway (discriminator)", "BPMN 2.0"},
	Ports:    []PortRule{inPort, outPort},
	Schema:   data(),
	Step:     func(Site, json.RawMessage, *plan.Node) {},
}
