package node

import (
	"strings"

	"github.com/lics-lab/lics/plan"
)

// Direction says whether wires arrive at a port or leave it.
type Direction string

// The directions of a port.
const (
	In  Direction = "in"
	Out Direction = "out"
)

// Port is where a wire begins or ends.
type Port struct {
	Name      string    `json:"name"`
	Direction Direction `json:"direction"`
	Label     string    `json:"label,omitempty"`
	// Optional ports may stay unwired.
	Optional bool `json:"optional,omitempty"`
	// Many wires may leave the port: transitions, and ways out of composites.
	Many bool `json:"many,omitempty"`
	// Answers is set where wires say which event they answer. Those of other
	// ports inside a task carry a guard and actions, those between steps nothing.
	Answers bool `json:"answers,omitempty"`
}

// PortRule gives ports. Rules are data and not code, so that an editor can
// follow them while somebody types and no kind needs a line of TypeScript.
type PortRule struct {
	Port
	// Each, when set, gives one port for each name found: at a path of the
	// data (branches, cases[].port), or children:exit, the names of the
	// children of that kind. Name is not used then.
	Each string `json:"each,omitempty"`
	// When names a field of the data that must be there and not be empty;
	// Unless one that must not.
	When   string `json:"when,omitempty"`
	Unless string `json:"unless,omitempty"`
}

// Places of names that Each may ask for besides the data.
const eachExit = "children:exit"

// PortsOf are the ports of a node with this data (as decoded by encoding/json)
// and, for a container, the names of its exits.
func (k *Kind) PortsOf(data map[string]any, exits []string) []Port {
	var ports []Port
	for _, r := range k.Ports {
		if r.When != "" && empty(data[r.When]) || r.Unless != "" && !empty(data[r.Unless]) {
			continue
		}
		switch r.Each {
		case "":
			ports = append(ports, r.Port)
		case eachExit:
			ports = append(ports, r.named(exits)...)
		default:
			ports = append(ports, r.named(names(data, r.Each))...)
		}
	}
	return ports
}

func (r PortRule) named(names []string) []Port {
	ports := make([]Port, len(names))
	for i, name := range names {
		ports[i] = r.Port
		ports[i].Name, ports[i].Label = name, name
	}
	return ports
}

// names are the strings at a path: field, or field[].field.
func names(data map[string]any, path string) []string {
	field, inner, nested := strings.Cut(path, "[].")
	list, _ := data[field].([]any)
	var found []string
	for _, v := range list {
		if nested {
			m, _ := v.(map[string]any)
			v = m[inner]
		}
		if s, ok := v.(string); ok {
			found = append(found, s)
		}
	}
	return found
}

func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		for _, inner := range v {
			if !empty(inner) {
				return false
			}
		}
		return true
	}
	return false
}

// The ports most kinds have.
var (
	inPort     = PortRule{Port: Port{Name: "in", Direction: In}}
	outPort    = PortRule{Port: Port{Name: plan.PortOut, Direction: Out}}
	failedPort = PortRule{Port: Port{Name: plan.PortFailed, Direction: Out, Label: "failed", Optional: true}}
	bodyPort   = PortRule{Port: Port{Name: plan.PortBody, Direction: Out, Label: "each time"}}
	donePort   = PortRule{Port: Port{Name: plan.PortDone, Direction: Out, Label: "then"}}
)
