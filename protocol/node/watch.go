package node

import (
	"fmt"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

// WatchData is the data of a guardian.
type WatchData struct {
	common
	What     plan.WatchFor `json:"what"`
	Role     string        `json:"role"`
	Event    string        `json:"event"`
	Metric   string        `json:"metric"`
	Minimum  string        `json:"minimum"`
	Maximum  string        `json:"maximum"`
	For      string        `json:"for"`
	Variable string        `json:"variable"`
}

var watchKind = &Kind{
	Type: "watch", Level: Session, Label: "Watch", Icon: "eye-exclamation", Group: "Flow",
	Help: "Guards the branches beside it: takes the port alarm when an event does not come, a metric is out of its range, or nothing is heard of a device, for some time. " +
		"Put it on a branch of a parallel. It is dismissed when nothing but guardians is left beside it, so it keeps neither a join nor the run waiting; " +
		"to end what it guards, lead the alarm and that branch to a race. A paused run is not watched.",
	Standard: Standard{"watchdog; boundary event (non-interrupting)", "control engineering; BPMN 2.0"},
	Ports: []PortRule{
		inPort,
		{Port: Port{Name: plan.PortAlarm, Direction: Out, Label: "alarm"}},
		failedPort,
	},
	Schema: data(
		must(choice("what", "Watch for", "no_event: an event that should come does not. metric: a metric is out of its range, or missing. silent: nothing is heard of the device.",
			string(plan.WatchNoEvent), string(plan.WatchMetric), string(plan.WatchSilent))),
		roleField,
		reference("event", "event", "Event", "Of no_event: an event of the device, or a state or outcome of its task."),
		text("metric", "Metric", "Of metric: the name of a metric of the device, like temperature.", maxName),
		expression("minimum", "float", "From", "Of metric: the smallest good value.", "18"),
		expression("maximum", "float", "To", "Of metric: the largest good value.", "26"),
		must(expression("for", "duration", "For", "How long it must be so, at least 2s.", "10min")),
		reference("variable", "variable", "Reason in", "A string variable that receives what was wrong."),
	),
	Step: step(func(s Site, d WatchData, n *plan.Node) {
		n.Watch = &plan.Watch{
			What: d.What, Role: s.Role("role", d.Role), Event: d.Event, Metric: d.Metric,
			Minimum: d.Minimum, Maximum: d.Maximum, For: d.For, Variable: d.Variable,
		}
		if required(s, "for", d.For, "nothing says for how long", "write a number and a unit, like 10min") {
			if e := s.Expr("for", d.For, expr.Duration); e != nil {
				if v, constant := e.Constant(); constant && v.Duration() < plan.ShortestWait {
					s.Report(diagnostic.WaitTooShort, "for", fmt.Sprintf("%s is too short for the session level", v), "answer it inside the task; the session level begins at 2s")
				}
			}
		}
		s.Expr("minimum", d.Minimum, expr.Float)
		s.Expr("maximum", d.Maximum, expr.Float)
		if d.Variable != "" {
			s.Assign("variable", d.Variable, expr.String)
		}
		for _, f := range []struct {
			field, text string
			of          plan.WatchFor
			must        bool
		}{
			{"event", d.Event, plan.WatchNoEvent, true},
			{"metric", d.Metric, plan.WatchMetric, true},
			{"minimum", d.Minimum + d.Maximum, plan.WatchMetric, true},
		} {
			switch {
			case f.of == d.What && f.must && f.text == "":
				s.Report(diagnostic.BadData, f.field, fmt.Sprintf("to watch for %s a %s is needed", d.What, f.field), "")
			case f.of != d.What && f.text != "":
				s.Report(diagnostic.BadData, f.field, fmt.Sprintf("to watch for %s no %s is needed", d.What, f.field), "remove it, or watch for "+string(f.of))
			}
		}
		if d.Metric != "" {
			checkMetric(s, d.Metric)
		}
	}),
}

// checkMetric: a metric is a level of an MQTT topic.
func checkMetric(s Site, name string) {
	for i, r := range name {
		if r >= 'a' && r <= 'z' || i > 0 && (r >= '0' && r <= '9' || r == '_') {
			continue
		}
		s.Report(diagnostic.BadName, "metric", fmt.Sprintf("%q cannot name a metric", name), "use small letters, digits and _")
		return
	}
}
