package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
	"github.com/lics-lab/lics/task"
)

// StimulusData is what the stimuli of one output have in common.
type StimulusData struct {
	Composed
	Channel  string   `json:"channel"`
	Level    string   `json:"level"`
	Duration string   `json:"duration"`
	Until    []string `json:"until"`
	GoOn     bool     `json:"go_on"`
}

// RisingData is the data of a light and a noise.
type RisingData struct {
	StimulusData
	Ramp string `json:"ramp"`
}

// ToneData is the data of a tone.
type ToneData struct {
	RisingData
	Frequency string `json:"frequency"`
}

var (
	// rising and pitched are the fields that only some stimuli have.
	rising = rampField("Rise time: how long the level takes from where the output is, in a straight line, as a part of the duration; empty is at once. " +
		"It goes off at once, unless the next node holds the output too: to fade out, let a node with the level 0 and a ramp follow. The part must be able to do it, which its rig says.")
	pitched = frequencyField("In Hz, above 0; empty is the tone that the part has by itself. The part must be able to do it, which its rig says.")

	lightKind = stimulus(RisingData.build, "light", "Light", "bulb", "Switches a light on for as long as the node lasts.",
		"On, or a brightness between 0 and 1 where the part can be dimmed; empty is on.", Standard{"stimulus presentation", "Bpod: LED; pyControl: LED"}, rising)
	toneKind = stimulus(ToneData.build, "tone", "Tone", "music", "Sounds a tone for as long as the node lasts. An output is one tone, unless a frequency is given.",
		"On, or a volume between 0 and 1 where the part takes one; empty is on.", Standard{"pure tone; frequency, rise time", "pyControl: speaker.sine; Bpod: sound module"}, pitched, rising)
	noiseKind = stimulus(RisingData.build, "noise", "Noise", "wave-saw-tool", "Sounds noise for as long as the node lasts.",
		"On, or a volume between 0 and 1 where the part takes one; empty is on.", Standard{"white noise; rise time", "pyControl: speaker.noise"}, rising)
)

// stimulus is the kind of one output that is on for a time.
func stimulus[T interface{ composed() Composed }](build func(T, *Builder, string), kind, label, icon, help, level string, standard Standard, fields ...schema.Field) *Kind {
	return &Kind{
		Type: kind, Level: Task, Label: label, Icon: icon, Group: "Stimulus",
		Help:     help + " To have it on beside another node, name its output in the outputs of that node, or let it go on at once.",
		Standard: standard,
		Ports: []PortRule{
			enterPort,
			leavePort,
			when("until", way("ended", "ended by an event")),
		},
		Schema: composed(schema.Of(
			[]schema.Field{must(channelField(task.Out, "The output.")), expression("level", "level", "Level", level, "true")},
			fields,
			[]schema.Field{
				expression("duration", "duration", "Duration", "How long it is on; empty until one of the events.", "500ms"),
				eventsField("until", "Until", "Events that end it early, by the port ended."),
				flag("go_on", "Go on at once", "The next node begins at once, while the duration runs."),
			})...),
		Expand: composite(func(b *Builder, d T) { build(d, b, kind) }),
	}
}

func (d StimulusData) build(b *Builder, kind string) { d.drive(b, kind, "", "") }
func (d RisingData) build(b *Builder, kind string)   { d.drive(b, kind, d.Ramp, "") }
func (d ToneData) build(b *Builder, kind string)     { d.drive(b, kind, d.Ramp, d.Frequency) }

func (d *StimulusData) drive(b *Builder, kind, ramp, frequency string) {
	b.Output("channel", d.Channel)
	b.Expr("level", d.Level, levels...)
	shape(b, "", ramp, frequency, b.Expr("duration", d.Duration, expr.Duration))
	switch {
	case d.Duration == "" && (len(d.Until) == 0 || d.GoOn):
		b.Report(diagnostic.BadData, "duration", "the "+kind+" never ends", "give a duration, or the events that end it")
	case d.GoOn && len(d.Until) > 0:
		b.Report(diagnostic.BadData, "until", "the node is left at once, so no event can end it", "remove the events, or do not go on at once")
	}
	if d.GoOn {
		noOutputs(b, d.Composed)
		b.pass(task.Action{Do: task.DoPulse, Channel: d.Channel, Level: d.Level, Ramp: ramp, Frequency: frequency, Duration: d.Duration})
		return
	}
	s := b.State("")
	s.Outputs = []task.Output{{Channel: d.Channel, Level: d.Level, Ramp: ramp, Frequency: frequency}}
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
