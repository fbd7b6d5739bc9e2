package bpod

import (
	"fmt"
	"strings"

	"github.com/lics-lab/lics/task"
)

// shapes refuses ramps and frequencies: a line of a Bpod goes to a level at
// once, and has nothing but that.
func (w *writing) shapes() {
	refuse := func(at, field, channel, ramp, frequency string) {
		if ramp != "" {
			w.add(Unexportable, at, field+".ramp", "draw its steps as states, or leave the ramp out",
				"a line of a Bpod goes to its level at once, so %s cannot rise in `%s`", channel, clip(ramp))
		}
		if frequency != "" {
			w.add(Unexportable, at, field+".frequency", "let a sound module play the tone, and trigger it by a line",
				"a line of a Bpod has a level only, and %s the frequency `%s`", channel, clip(frequency))
		}
	}
	actions := func(at, field string, as []task.Action) {
		for i, a := range as {
			refuse(at, fmt.Sprintf("%s[%d]", field, i), a.Channel, a.Ramp, a.Frequency)
		}
	}
	handlers := func(at string, hs []task.Handler) {
		for _, h := range hs {
			actions(at, "on "+strings.Join(h.Events, ", ")+".actions", h.Actions)
		}
	}
	for i := range w.program.States {
		s := &w.program.States[i]
		at := nodeOf(s)
		for k, o := range s.Outputs {
			refuse(at, fmt.Sprintf("outputs[%d]", k), o.Channel, o.Ramp, o.Frequency)
		}
		actions(at, "entry", s.Entry)
		actions(at, "exit", s.Exit)
		handlers(at, s.On)
	}
	handlers("", w.program.Always)
}

// nodeOf is what a state was drawn as.
func nodeOf(s *task.State) string {
	if s.Node != "" {
		return s.Node
	}
	return s.Name
}
