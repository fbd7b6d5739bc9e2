package dryrun

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/lics-lab/lics/task"
)

// Warning is a fact of a dry-run that a person should look at before an animal
// is in the box.
type Warning struct {
	Code WarningCode
	// Message says it in a sentence.
	Message string
	// Node is the task's node; empty for the protocol as a whole.
	Node string
	// At is the virtual time when it first happened, Count how often it did.
	At    time.Duration
	Count int
}

// WarningCode tells warnings apart.
type WarningCode string

// The warnings of a dry-run.
const (
	// WarnShortState: a timer ended a state in less than Resolution.
	WarnShortState WarningCode = "short_state"
	// WarnShortPulse: an output was on for less than Resolution.
	WarnShortPulse WarningCode = "short_pulse"
	// WarnManySteps: one instant held more than ManySteps events and states.
	WarnManySteps WarningCode = "many_steps"
	// WarnVolumeLimit and WarnTimeLimit: the task was ended by its limit.
	WarnVolumeLimit WarningCode = "volume_limit"
	WarnTimeLimit   WarningCode = "time_limit"
	// WarnNeverEnded: the protocol was still going on when the dry-run stopped.
	WarnNeverEnded WarningCode = "never_ended"
	// WarnUnusedInputs: inputs, changes of parameters, or silences, lie after the
	// end.
	WarnUnusedInputs WarningCode = "unused_inputs"
)

// Resolution is the shortest time that a device keeps well: the kernel and the
// scheduler of a Raspberry Pi need a part of it.
const Resolution = time.Millisecond

// ManySteps is how many events and states one instant may hold before it is
// worth a look; a task is failed at task.MaxSteps.
const ManySteps = 100

func (t *taskMeter) warnings(states []task.State) []Warning {
	var out []Warning
	warn := func(code WarningCode, at time.Duration, count int, format string, args ...any) {
		out = append(out, Warning{Code: code, Message: fmt.Sprintf(format, args...), Node: t.node, At: at, Count: count})
	}
	for _, s := range states {
		if b := t.uses[s.Name].brief; b.count > 0 {
			warn(WarnShortState, b.first, b.count, "state %s lasted %s at its shortest; a device keeps %s well", s.Name, b.least, Resolution)
		}
	}
	for _, channel := range slices.Sorted(maps.Keys(t.pulses)) {
		b := t.pulses[channel]
		warn(WarnShortPulse, b.first, b.count, "%s was on for %s at its shortest; a device keeps %s well", channel, b.least, Resolution)
	}
	if t.most > ManySteps {
		warn(WarnManySteps, t.mostAt, 1, "%d events and states in one instant; the task fails at %d", t.most, task.MaxSteps)
	}
	for _, limit := range []struct {
		reason task.Reason
		code   WarningCode
		what   string
	}{
		{task.ReasonVolume, WarnVolumeLimit, "volume"},
		{task.ReasonTime, WarnTimeLimit, "duration"},
	} {
		if at, ended := t.ends[limit.reason]; ended {
			warn(limit.code, at, 1, "the task was ended by its limit of %s", limit.what)
		}
	}
	return out
}

// unused are the things that were to happen after the end of the run.
func (w *world) unused() []Warning {
	var out []Warning
	warn := func(n int, at func() time.Duration, what string) {
		if n > 0 {
			out = append(out, Warning{Code: WarnUnusedInputs, At: at(), Count: n, Message: what + " after the end of the run were not used"})
		}
	}
	warn(len(w.inputs), func() time.Duration { return w.inputs[0].At }, "inputs")
	warn(len(w.changes), func() time.Duration { return w.changes[0].At }, "changes of parameters")
	silences := slices.DeleteFunc(slices.Clone(w.marks), func(m mark) bool { return m.name != fellSilent })
	warn(len(silences), func() time.Duration { return silences[0].at }, "silences of devices")
	return out
}

func neverEnded(now time.Duration, rows int) Warning {
	return Warning{
		Code: WarnNeverEnded, At: now, Count: 1,
		Message: fmt.Sprintf("the protocol had not ended by itself after %s and %d rows", now.Round(time.Second), rows),
	}
}
