package node

import (
	"encoding/json"

	"github.com/lics-lab/lics/plan"
)

var startKind = &Kind{
	Type: "start", Level: Session, Top: true, Label: "Start", Icon: "player-play", Group: "Flow",
	Help:     "Where the run begins. Every protocol has exactly one.",
	Standard: Standard{"start event", "BPMN 2.0"},
	Ports:    []PortRule{outPort},
	Schema:   data(),
	Step:     func(Site, json.RawMessage, *plan.Node) {},
}
