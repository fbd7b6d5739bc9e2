package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// SetData is the data of a set node.
type SetData struct {
	common
	Role    string `json:"role"`
	Channel string `json:"channel"`
	Level   string `json:"level"`
	MaxOn   string `json:"max_on"`
}

var setKind = &Kind{
	Type: "set", Level: Session, Label: "Set output", Icon: "toggle-right", Group: "Device",
	Help:     "Drives an output until another step changes it, its limit has passed, or the run ends. Fast reactions belong into a task.",
	Standard: Standard{"set", "Bluesky: abs_set"},
	Ports:    []PortRule{inPort, outPort, failedPort},
	Schema: data(
		roleField, must(channelField(task.Out, "The output.")),
		expression("level", "level", "Level", "On, off or a number; empty is on.", "true"),
		expression("max_on", "duration", "At most", "The longest time it stays on, a plain duration. Empty: the limit of the device.", "10min"),
	),
	Step: step(func(s Site, d SetData, n *plan.Node) {
		n.Set = &plan.Set{Role: s.Role("role", d.Role), Channel: d.Channel, Level: d.Level}
		if n.Set.Level == "" {
			n.Set.Level = "true"
		}
		s.Channel("channel", n.Set.Role, d.Channel, task.Out)
		s.Expr("level", d.Level, levels...)
		if e := s.Expr("max_on", d.MaxOn, expr.Duration); e != nil {
			v, constant := e.Constant()
			if !constant || v.Duration() <= 0 {
				s.Report(diagnostic.BadData, "max_on", "the longest time must be a plain duration above zero", "write a number and a unit, like 10min")
			}
			n.Set.MaxOn = v.Duration()
		}
	}),
}
