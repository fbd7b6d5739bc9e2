package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// ConditionData is the data of a wait for the level of a line.
type ConditionData struct {
	Composed
	Channel string `json:"channel"`
	Level   string `json:"level"`
	Timeout string `json:"timeout"`
}

// Levels of an input, for people.
const (
	high = "high"
	low  = "low"
)

var conditionKind = &Kind{
	Type: "condition", Level: Task, Label: "Line level", Icon: "plug-connected", Group: "Logic",
	Help:     "Waits until an input has a level. If it has it already, goes on at once, where an event would wait for the next edge.",
	Standard: Standard{"condition", "Bpod: SetCondition"},
	Ports:    []PortRule{enterPort, leavePort, when("timeout", way("timeout", "not in time"))},
	Schema: composed(
		must(channelField(task.In, "The input.")),
		choice("level", "Level", "The level that is waited for; empty is high.", high, low),
		expression("timeout", "duration", "At most", "How long to wait; empty without end.", "5s"),
	),
	Declare: declare(func(d *Declarations, _ ConditionData) { d.event("met") }),
	Expand: composite(func(b *Builder, d ConditionData) {
		b.Expr("timeout", d.Timeout, expr.Duration)
		s := b.State("")
		s.Timer = d.Timeout
		b.level(s, "channel", d.Channel, d.Level)
		if d.Timeout != "" {
			s.On(timeup("timeout", "timeout"))
		}
	}),
}

// level leaves a state by its port out as soon as an input has a level; own
// event met is raised when it already has it.
func (b *Builder) level(s *BuiltState, field, channel, level string) {
	rising, falling := b.Input(field, channel)
	met := raise(b.Own("met"))
	edge := rising
	met.If = channel
	if level == low {
		edge, met.If = falling, "not "+channel
	}
	s.Entry = append(s.Entry, met)
	s.On(Answer{Events: []string{edge, met.Event}, Port: "out", Field: field})
}
