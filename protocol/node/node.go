// Package node is the catalogue of what can be drawn: one file per kind of
// node, with its ports, the schema of its data, its help text and how it
// compiles. Palette, forms and ports of an editor come from here, so a new
// kind is one file and one line in All.
package node

import (
	"encoding/json"
	"slices"

	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
	"github.com/lics-lab/lics/task"
)

// Level says where a node runs: in the workflow, or inside a task on the device.
type Level string

// The levels.
const (
	Session Level = "session"
	Task    Level = "task"
)

// Kind is one kind of node.
type Kind struct {
	Type  string `json:"type"`
	Level Level  `json:"level"`
	// Container holds children: nodes whose parent it is.
	Container bool `json:"container,omitempty"`
	// Top kinds stand only at the top, not in the body of a loop.
	Top bool `json:"top,omitempty"`
	// Occupies kinds have their device run a program, and it runs one at a time.
	Occupies bool   `json:"-"`
	Label    string `json:"label"`
	Icon     string `json:"icon"` // a name of the tabler icon set
	Group    string `json:"group"`
	Help     string `json:"help"`
	// Standard is what the idea is called elsewhere.
	Standard Standard       `json:"standard"`
	Ports    []PortRule     `json:"ports"`
	Schema   *schema.Schema `json:"schema"`

	// Step compiles a node of the session level, nil for the task level.
	Step func(Site, json.RawMessage, *plan.Node) `json:"-"`
	// State compiles a state of the task level, or always; nil for the session
	// level, for composites and for exits, which are only a name.
	State func(TaskSite, json.RawMessage, *task.State) `json:"-"`
	// Expand compiles a composite of the task level to states of its task.
	Expand func(*Builder, json.RawMessage) `json:"-"`
	// Declare says what names a composite adds to its task; nil when none.
	Declare func(Reporter, json.RawMessage, *Declarations) `json:"-"`
}

// Standard is a term of another system or standard for the same idea.
type Standard struct {
	Term   string `json:"term"`
	Source string `json:"source"`
}

// All lists the kinds in the order of a palette.
func All() []*Kind {
	return []*Kind{
		startKind, endKind,
		taskKind,
		setKind, pulseKind, readKind, waitForEventKind, calibrateKind, checkHardwareKind,
		waitKind, waitUntilKind, branchKind, switchKind, repeatKind, forEachKind, trialsKind, staircaseKind,
		parallelKind, joinKind, raceKind, watchKind, subProtocolKind, callServiceKind, stageGateKind, exportKind,
		assignKind, humanKind, weighKind, notifyKind,
		stateKind, alwaysKind, exitKind,
		waitResponseKind, holdKind, scheduleKind, quiescenceKind, timeOutKind, intervalKind,
		lightKind, toneKind, noiseKind, clickTrainKind, odourKind, airPuffKind, pulseTrainKind,
		deliverLiquidKind, deliverPelletKind,
		leverKind, doorKind, servoKind,
		outcomeKind,
		ifKind, setVariableKind, drawKind, counterKind, globalTimerKind, conditionKind,
		markKind, syncPulseKind,
	}
}

var byType = func() map[string]*Kind {
	m := map[string]*Kind{}
	for _, k := range All() {
		m[k.Type] = k
	}
	return m
}()

// Enterable says whether wires can lead to the kind.
func (k *Kind) Enterable() bool {
	return slices.ContainsFunc(k.Ports, func(r PortRule) bool { return r.Direction == In })
}

// ByType finds a kind; nil when there is none.
func ByType(t string) *Kind { return byType[t] }

// Types are the names of all kinds, in the order of All.
func Types() []string {
	all := All()
	names := make([]string, len(all))
	for i, k := range all {
		names[i] = k.Type
	}
	return names
}

// step adapts a hook that takes typed data. The data has passed the schema;
// what still does not decode is reported all the same.
func step[T any](compile func(Site, T, *plan.Node)) func(Site, json.RawMessage, *plan.Node) {
	return func(s Site, raw json.RawMessage, n *plan.Node) {
		if data, ok := Decode[T](s, raw); ok {
			compile(s, data, n)
		}
	}
}

// Reporter takes diagnostics about one node or edge.
type Reporter interface {
	Report(code diagnostic.Code, field, message, hint string)
}

// Decode reads the data of a node or an edge.
func Decode[T any](r Reporter, raw json.RawMessage) (data T, ok bool) {
	if len(raw) == 0 {
		return data, true
	}
	if err := json.Unmarshal(raw, &data); err != nil {
		r.Report(diagnostic.BadData, "", "the data cannot be read: "+err.Error(), "")
		return data, false
	}
	return data, true
}
