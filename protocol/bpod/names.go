package bpod

import (
	"regexp"
	"strconv"

	"github.com/lics-lab/lics/task"
)

// Lines have the names of bpod-core. Older spellings, and those of MATLAB, are
// read too.
var (
	inputEvent  = regexp.MustCompile(`^(Port|TTLIn|BNC|Wire)([1-9][0-9]?)(?:_?(High|Low)|(In|Out))$`)
	inputLine   = regexp.MustCompile(`^(Port|TTLIn|BNC|Wire)([1-9][0-9]?)$`)
	outputLine  = regexp.MustCompile(`^(PWM|Valve|TTLOut|BNC|Wire)([1-9][0-9]?)$`)
	timerEvent  = regexp.MustCompile(`^GlobalTimer([0-9]{1,3})_(Start|End)$`)
	timerLine   = regexp.MustCompile(`^GlobalTimer[0-9]{1,3}$`)
	countEvent  = regexp.MustCompile(`^GlobalCounter([0-9]{1,3})_End$`)
	conditioned = regexp.MustCompile(`^Condition([0-9]{1,3})$`)
)

// The names of a line's edges, after its own.
const (
	high = "_High"
	low  = "_Low"
)

// input is the line and the event of an input, in bpod-core's spelling.
func input(event string) (line, name string, ok bool) {
	m := inputEvent.FindStringSubmatch(event)
	if m == nil {
		return "", "", false
	}
	line = inputName(m[1], m[2])
	if m[3] == "High" || m[4] == "In" {
		return line, line + high, true
	}
	return line, line + low, true
}

func inputName(kind, number string) string {
	if kind == "BNC" {
		kind = "TTLIn"
	}
	return kind + number
}

// wireOut is what LICS calls an output Wire1: the input Wire1 is another line.
const wireOut = "WireOut"

// output is what LICS calls an output.
func output(name string) (string, bool) {
	m := outputLine.FindStringSubmatch(name)
	if m == nil {
		return "", false
	}
	switch m[1] {
	case "BNC":
		return "TTLOut" + m[2], true
	case "Wire":
		return wireOut + m[2], true
	}
	return m[0], true
}

// index is the number of a timer, counter or condition in an event's name.
func index(pattern *regexp.Regexp, event string) (int, bool) {
	m := pattern.FindStringSubmatch(event)
	if m == nil {
		return 0, false
	}
	i, err := strconv.Atoi(m[1])
	return i, err == nil && i <= maxIndex && strconv.Itoa(i) == m[1]
}

// What the lines of boxes are usually called, for tasks that were not drawn for
// a Bpod.
var usual = []struct {
	direction task.Direction
	pattern   *regexp.Regexp
	name      string
}{
	{task.In, regexp.MustCompile(`(?i)^(?:port|poke|nose_?poke)_?([1-9][0-9]?)$`), "Port"},
	{task.In, regexp.MustCompile(`(?i)^(?:ttl_?in|bnc_?in|ttl|bnc)_?([1-9][0-9]?)$`), "TTLIn"},
	{task.In, regexp.MustCompile(`(?i)^wire(?:_?in)?_?([1-9][0-9]?)$`), "Wire"},
	{task.Out, regexp.MustCompile(`(?i)^(?:pwm|led|light)_?([1-9][0-9]?)$`), "PWM"},
	{task.Out, regexp.MustCompile(`(?i)^(?:valve|pump)_?([1-9][0-9]?)$`), "Valve"},
	{task.Out, regexp.MustCompile(`(?i)^(?:ttl_?out|bnc_?out|ttl|bnc)_?([1-9][0-9]?)$`), "TTLOut"},
	{task.Out, regexp.MustCompile(`(?i)^wire(?:_?out)?_?([1-9][0-9]?)$`), "Wire"},
}

// lineOf is the line of a Bpod that a channel stands for.
func lineOf(c task.Channel) (string, bool) {
	for _, u := range usual {
		if m := u.pattern.FindStringSubmatch(c.Name); u.direction == c.Direction && m != nil {
			return u.name + m[1], true
		}
	}
	return "", false
}
