package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// ScheduleData is the data of a schedule of reinforcement.
type ScheduleData struct {
	Composed
	Schedule    string   `json:"schedule"`
	Responses   []string `json:"responses"`
	Ratio       string   `json:"ratio"`
	Ratios      string   `json:"ratios"`
	Progression string   `json:"progression"`
	Step        string   `json:"step"`
	Interval    string   `json:"interval"`
	Intervals   string   `json:"intervals"`
	Counter     string   `json:"counter"`
	Maximum     string   `json:"maximum"`
	ResetAfter  string   `json:"reset_after"`
}

// How the ratios of a progressive ratio grow, and how long responses count.
const (
	richardsonRoberts = "richardson_roberts"
	linear            = "linear"
	perTrial          = "trial"
	perTask           = "task"
)

var scheduleKind = &Kind{
	Type: "schedule", Level: Task, Label: "Schedule of reinforcement", Icon: "stairs-up", Group: "Behaviour",
	Help: "Leaves by reinforced whenever the schedule is satisfied; wire the reward there, and back to here. " +
		"FR, VR, RR, PR count responses; FI, VI, RI reinforce the first response after a time; DRL one that comes no sooner than a time after the one before; FT and VT need no response. " +
		"Recorded are <name>_count (responses since the last reinforcer), <name>_required, <name>_interval and <name>_reinforcers; expressions can use them.",
	Standard: Standard{"schedule of reinforcement", "Ferster & Skinner 1957; PR: Richardson & Roberts 1996; VI: Fleshler & Hoffman 1962"},
	Ports: []PortRule{
		enterPort,
		way("reinforced", "reinforced"),
		when("maximum", way("done", "all earned")),
	},
	Schema: composed(
		must(choice("schedule", "Schedule", "Fixed, variable, random or progressive ratio; fixed, variable or random interval; differential reinforcement of low rates; fixed or variable time.",
			"FR", "VR", "RR", "PR", "FI", "VI", "RI", "DRL", "FT", "VT")),
		eventsField("responses", "Responses", "The events that count; FT and VT only count them."),
		expression("ratio", "int", "Ratio", "FR: responses for a reinforcer. VR: their mean, drawn evenly from 1 to twice the mean less 1. RR: their mean, each response having the same chance. PR: the first ratio of linear steps; empty is 1.", "5"),
		expression("ratios", "list<int>", "Ratios", "VR: instead of a mean; all of them in random order, then again.", "[1, 3, 5, 7, 9]"),
		choice("progression", "Progression", "PR. richardson_roberts: round(5·e^(0.2n) − 5), that is 1, 2, 4, 6, 9, 12, 15, 20, …; linear: each ratio is larger than the one before by the step.",
			richardsonRoberts, linear),
		expression("step", "int", "Step", "Of linear progressive ratios; empty is 1.", "3"),
		expression("interval", "duration", "Interval", "FI, DRL, FT: the time. VI, VT: its mean, from twelve intervals with a constant chance (Fleshler & Hoffman). RI: its mean, exponential. It begins when the node is entered.", "30s"),
		expression("intervals", "list<duration>", "Intervals", "VI, VT: instead of a mean; all of them in random order, then again.", "[10s, 20s, 30s]"),
		choice("counter", "Counter", "Of ratios. trial: the count begins anew whenever the node is entered. task: it goes on where it was when the node was left without a reinforcer.", perTrial, perTask),
		expression("maximum", "int", "Maximum", "After so many reinforcers the node leaves by done when it is entered again.", "60"),
		expression("reset_after", "duration", "Reset after", "Without a response for this time while the node lasts, the count is 0 again and a progressive ratio the first.", "30min"),
	),
	Declare: declare((*Declarations).schedule),
	Expand:  composite(func(b *Builder, d ScheduleData) { d.build(b) }),
}

func (d *ScheduleData) build(b *Builder) {
	if !d.check(b) {
		b.State("")
		return
	}
	s := b.State("")
	count := set(b.Own("count"), b.Own("count")+" + 1")
	paid := []task.Action{set(b.Own("reinforcers"), b.Own("reinforcers")+" + 1"), set(b.Own("count"), "0")}
	if d.Maximum != "" {
		over := raise(b.Own("over"))
		over.If = b.Own("reinforcers") + " >= (" + d.Maximum + ")"
		s.Entry = append(s.Entry, over)
		s.On(Answer{Events: []string{over.Event}, Port: "done", Field: "maximum"})
	}
	if d.Counter != perTask {
		s.Entry = append(s.Entry, set(b.Own("count"), "0"))
	}
	answered(b, "responses", d.Responses)
	d.idle(b, s)
	if len(d.Responses) > 0 {
		s.On(Answer{Events: d.Responses, Actions: []task.Action{count}, Field: "responses"})
	}
	if d.isRatio() {
		d.ratio(b, s, paid)
	} else {
		d.interval(b, s, paid)
	}
}

// idle resets the schedule when nothing happens.
func (d *ScheduleData) idle(b *Builder, s *BuiltState) {
	if d.ResetAfter == "" {
		return
	}
	idle := b.Own("idle")
	s.Entry = append(s.Entry, startTimer(idle))
	s.Exit = append(s.Exit, stopTimer(idle))
	s.On(Answer{Events: d.Responses, Actions: []task.Action{startTimer(idle)}, Field: "reset_after"})
	reset := []task.Action{set(b.Own("count"), "0"), startTimer(idle)}
	if d.Schedule == "PR" {
		reset = append(reset, set(b.Own("step"), "1"), set(b.Own("required"), d.required(b)))
	}
	s.On(Answer{Events: []string{idle}, Actions: reset, Field: "reset_after"})
}

// scheduleFields are those that each schedule takes; of a/b exactly one must be
// given, others with a ! must be.
var scheduleFields = map[string]string{
	"FR": "responses! ratio! counter reset_after maximum", "VR": "responses! ratio/ratios counter reset_after maximum", "RR": "responses! ratio! reset_after maximum",
	"PR": "responses! ratio progression step counter reset_after maximum",
	"FI": "responses! interval! maximum", "VI": "responses! interval/intervals maximum", "RI": "responses! interval! maximum", "DRL": "responses! interval! maximum",
	"FT": "responses interval! maximum", "VT": "responses interval/intervals maximum",
}

// check types the fields and makes sure that those of the schedule are there
// and no others.
func (d *ScheduleData) check(b *Builder) bool {
	b.Expr("ratio", d.Ratio, expr.Int)
	b.Expr("ratios", d.Ratios, expr.IntList)
	b.Expr("step", d.Step, expr.Int)
	b.Expr("interval", d.Interval, expr.Duration)
	b.Expr("intervals", d.Intervals, expr.DurationList)
	b.Expr("maximum", d.Maximum, expr.Int)
	b.Expr("reset_after", d.ResetAfter, expr.Duration)
	given := map[string]bool{
		"responses": len(d.Responses) > 0, "ratio": d.Ratio != "", "ratios": d.Ratios != "", "progression": d.Progression != "", "step": d.Step != "",
		"interval": d.Interval != "", "intervals": d.Intervals != "", "counter": d.Counter != "", "maximum": d.Maximum != "", "reset_after": d.ResetAfter != "",
	}
	ok := takesFields(b, "the schedule "+d.Schedule, scheduleFields[d.Schedule], given)
	if d.Schedule == "PR" && d.Progression != linear && (d.Step != "" || d.Ratio != "") {
		b.Report(diagnostic.BadData, "progression", "the ratios of Richardson & Roberts have neither a first ratio nor a step", "choose linear, or remove them")
		ok = false
	}
	return ok
}
