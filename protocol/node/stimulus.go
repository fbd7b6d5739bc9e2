package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// StimulusData is the data of a light, a tone and a noise.
type StimulusData struct {
	Composed
	Channel  string   `json:"channel"`
	Level    string   `json:"level"`
	Duration string   `json:"duration"`
	Until    []string `json:"until"`
	GoOn     bool     `json:"go_on"`
}

var (
	lightKind = stimulus("light", "Light", "bulb", "Switches a light on for as long as the node lasts.",
		"On, or a brightness between 0 and 1 where the part can be dimmed; empty is on.", Standard{"stimulus presentation", "Bpod: LED; pyControl: LED"})
	toneKind = stimulus("tone", "Tone", "music", "Sounds a tone for as long as the node lasts. An output is one tone, unless its part takes more from the level.",
		"On, or what the part takes: a volume between 0 and 1, or a frequency in Hz; empty is on.", Standard{"pure tone", "pyControl: speaker.sine"})
	noiseKind = stimulus("noise", "Noise", "wave-saw-tool", "Sounds noise for as long as the node lasts.",
		"On, or a volume between 0 and 1 where the part takes one; empty is on.", Standard{"white noise", "pyControl: speaker.noise"})
)

// stimulus is the kind of one output that is on for a time.
func stimulus(kind, label, icon, help, level string, standard Standard) *Kind {
	return &Kind{
		Type: kind, Level: Task, Label: label, Icon: icon, Group: "Stimulus",
		Help:     help + " To have it on beside another node, name its output in the outputs of that node, or let it go on at once.",
		Standard: standard,
		Ports: []PortRule{
			enterPort,
			leavePort,
			when("until", way("ended", "ended by an event")),
		},
		Schema: composed(
			must(channelField(task.Out, "The output.")),
			expression("level", "level", "Level", level, "true"),
			expression("duration", "duration", "Duration", "How long it is on; empty until one of the events.", "500ms"),
			eventsField("until", "Until", "Events that end it early, by the port ended."),
			flag("go_on", "Go on at once", "The next node begins at once, while the duration runs."),
		),
		Expand: composite(func(b *Builder, d StimulusData) { d.build(b, kind) }),
	}
}

func (d *StimulusData) build(b *Builder, kind string) {
	b.Output("channel", d.Channel)
	b.Expr("level", d.Level, levels...)
	b.Expr("duration", d.Duration, expr.Duration)
	switch {
	case d.Duration == "" && (len(d.Until) == 0 || d.GoOn):
		b.Report(diagnostic.BadData, "duration", "the "+kind+" never ends", "give a duration, or the events that end it")
	case d.GoOn && len(d.Until) > 0:
		b.Report(diagnostic.BadData, "until", "the node is left at once, so no event can end it", "remove the events, or do not go on at once")
	}
	if d.GoOn {
		noOutputs(b, d.Composed)
		b.pass(task.Action{Do: task.DoPulse, Channel: d.Channel, Level: d.Level, Duration: d.Duration})
		return
	}
	s := b.State("")
	s.Outputs = []task.Output{{Channel: d.Channel, Level: d.Level}}
	s.Timer = d.Duration
	if d.Duration != "" {
		s.On(timeup("duration", "out"))
	}
	if len(d.Until) > 0 {
		answered(b, "until", d.Until)
		s.On(Answer{Events: d.Until, Port: "ended", Field: "until"})
	}
}

// noOutputs refuses what a node that takes no time cannot do.
func noOutputs(b *Builder, d Composed) {
	if len(d.Outputs) > 0 {
		b.Report(diagnostic.BadData, "outputs", "the node is left at once and cannot hold outputs", "name them in the node that follows")
	}
	if len(d.On) > 0 {
		b.Report(diagnostic.BadData, "on", "the node is left at once and answers nothing", "answer in the node that follows")
	}
}
