package node

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
	"github.com/lics-lab/lics/task"
)

// Action is an action as it is drawn. It looks like task.Action today and is
// another type all the same: files people keep must open when programs have
// long changed.
type Action struct {
	Do       task.Do `json:"do"`
	If       string  `json:"if"`
	Channel  string  `json:"channel"`
	Level    string  `json:"level"`
	Duration string  `json:"duration"`
	Volume   string  `json:"volume"`
	Variable string  `json:"variable"`
	Value    string  `json:"value"`
	Stream   string  `json:"stream"`
	Timer    string  `json:"timer"`
	Event    string  `json:"event"`
	Outcome  string  `json:"outcome"`
	Text     string  `json:"text"`
	Done     string  `json:"done"`

	Ramp      string `json:"ramp"`
	Frequency string `json:"frequency"`
}

// verbs are the fields of each action beside do and if; those with a * must be
// given, except where a code of its own says what is missing.
var verbs = []struct {
	do     task.Do
	fields string
}{
	{task.DoSet, "channel* level ramp frequency"},
	{task.DoLatch, "channel* level duration ramp frequency"},
	{task.DoRelease, "channel*"},
	{task.DoPulse, "channel* level duration volume done ramp frequency"},
	{task.DoAssign, "variable* value*"},
	{task.DoDraw, "stream* variable"},
	{task.DoStartTimer, "timer* duration"},
	{task.DoStopTimer, "timer*"},
	{task.DoRaise, "event*"},
	{task.DoOutcome, "outcome*"},
	{task.DoPrint, "text*"},
}

func verbNames() []string {
	all := make([]string, len(verbs))
	for i, v := range verbs {
		all[i] = string(v.do)
	}
	return all
}

// verbFields are the fields of each action, for forms.
func verbFields() map[string][]string {
	all := make(map[string][]string, len(verbs))
	for _, v := range verbs {
		all[string(v.do)] = strings.Fields(strings.ReplaceAll(v.fields, "*", ""))
	}
	return all
}

// ActionSchema is the schema of an action.
var ActionSchema = &schema.Schema{Name: "action", Type: schema.Object, Title: "Action", Choice: &schema.Choice{By: "do", Fields: verbFields()}, Fields: []schema.Field{
	must(choice("do", "Do", "What is done.", verbNames()...)),
	expression("if", "bool", "If", "Only if this holds; empty always.", "noise"),
	channelField(task.Out, "The output of set, latch, release and pulse."),
	expression("level", "level", "Level", "On, off or a number; empty is on.", "target == 3"),
	expression("duration", "duration", "Duration", "Of a pulse; the safety time of a latch; of a timer, instead of its own.", "50ms"),
	expression("volume", "float", "Volume", "Of a pulse, in microlitres, by calibration.", "reward"),
	reference("variable", "variable", "Variable", "Of assign and draw; a draw without one uses the variable called like the stream."),
	expression("value", "", "Value", "What is assigned.", "hits + 1"),
	reference("stream", "stream", "Stream", "What is drawn from."),
	reference("timer", "timer", "Timer", "The global timer that is started or stopped."),
	reference("event", "event", "Event", "The event that is raised."),
	text("outcome", "Outcome", "A word for how the trial ended.", maxName),
	template("text", "Text", "What is recorded; {expressions} in braces are filled in."),
	reference("done", "event", "When done", "The event that a pulse raises when it is over, also when it is released early. Another pulse of the channel takes its place."),
	rampField("Of set, latch and pulse: how long the output takes from where it is to the level, in a straight line; empty is at once. It counts as part of the duration."),
	frequencyField("Of set, latch and pulse: that of a tone or a flicker, in Hz and above 0; empty is what the part does by itself."),
}}

// field is the text of a field by its name in the schema.
func (a *Action) field(name string) string {
	switch name {
	case "channel":
		return a.Channel
	case "level":
		return a.Level
	case "duration":
		return a.Duration
	case "volume":
		return a.Volume
	case "variable":
		return a.Variable
	case "value":
		return a.Value
	case "stream":
		return a.Stream
	case "timer":
		return a.Timer
	case "event":
		return a.Event
	case "outcome":
		return a.Outcome
	case "text":
		return a.Text
	case "done":
		return a.Done
	case "ramp":
		return a.Ramp
	case "frequency":
		return a.Frequency
	}
	return ""
}

// CompileActions checks actions and makes those of a program.
func CompileActions(s TaskSite, at string, as []Action) []task.Action {
	var out []task.Action
	for i := range as {
		a := as[i]
		if a.Do == task.DoDraw && a.Variable == "" {
			a.Variable = a.Stream
		}
		a.check(s, at+"["+strconv.Itoa(i)+"].")
		out = append(out, task.Action(a))
	}
	return out
}

func (a *Action) check(s TaskSite, at string) {
	s.Expr(at+"if", a.If, expr.Bool)
	if !a.fields(s, at) {
		return
	}
	if a.Channel != "" {
		s.Output(at+"channel", a.Channel)
	}
	switch a.Do {
	case task.DoSet:
		s.Expr(at+"level", a.Level, levels...)
		shape(s, at, a.Ramp, a.Frequency, nil)
	case task.DoLatch:
		s.Expr(at+"level", a.Level, levels...)
		shape(s, at, a.Ramp, a.Frequency, s.Expr(at+"duration", a.Duration, expr.Duration))
		if a.Duration == "" {
			s.Report(diagnostic.LatchWithoutSafety, at+"duration", "the latch of "+a.Channel+" has no safety time",
				"give the longest time it may stay on, like 10s")
		}
	case task.DoPulse:
		s.Expr(at+"level", a.Level, levels...)
		shape(s, at, a.Ramp, a.Frequency, pulseLength(s, a.Channel, at, a.Duration, a.Volume))
		if a.Volume != "" {
			s.Volume(a.Channel)
		}
		if a.Done != "" {
			checkEvent(s, at+"done", a.Done)
		}
	case task.DoAssign:
		s.Expr(at+"value", a.Value, wanted(s.Assign(at+"variable", a.Variable, expr.Invalid))...)
	case task.DoDraw:
		s.Assign(at+"variable", a.Variable, s.Stream(at+"stream", a.Stream))
	case task.DoStartTimer, task.DoStopTimer:
		s.Timer(at+"timer", a.Timer)
		s.Expr(at+"duration", a.Duration, expr.Duration)
	case task.DoRaise:
		checkEvent(s, at+"event", a.Event)
	case task.DoOutcome:
		checkName(s, at+"outcome", a.Outcome, "outcome")
	case task.DoPrint:
		s.Text(at+"text", a.Text)
	}
}

// fields checks that the fields of the verb are there and no others.
func (a *Action) fields(s TaskSite, at string) bool {
	for _, v := range verbs {
		if v.do != a.Do {
			continue
		}
		ok, takes := true, strings.Fields(strings.ReplaceAll(v.fields, "*", ""))
		for f := range strings.FieldsSeq(v.fields) {
			if name, must := strings.CutSuffix(f, "*"); must && a.field(name) == "" {
				s.Report(diagnostic.BadData, at+name, fmt.Sprintf("the action %s needs a %s", a.Do, name), "")
				ok = false
			}
		}
		for _, f := range ActionSchema.Fields[2:] {
			if a.field(f.Name) != "" && !strings.Contains(" "+strings.Join(takes, " ")+" ", " "+f.Name+" ") {
				s.Report(diagnostic.BadData, at+f.Name, fmt.Sprintf("the action %s has no %s", a.Do, f.Name), "it takes "+diagnostic.List(takes))
			}
		}
		return ok
	}
	s.Report(diagnostic.BadData, at+"do", fmt.Sprintf("there is no action %q", a.Do), "there is "+strings.Join(verbNames(), ", "))
	return false
}

func checkEvent(r Reporter, field, name string) {
	checkName(r, field, name, "event")
	if name == task.Timeup {
		r.Report(diagnostic.BadName, field, "timeup is the event of a state's own timer and cannot be raised", "raise an event of your own")
	}
}

func checkName(r Reporter, field, name, what string) {
	if err := expr.CheckName(name); err != nil {
		r.Report(diagnostic.BadName, field, fmt.Sprintf("%q cannot name an %s: %v", name, what, err), "")
	}
}
