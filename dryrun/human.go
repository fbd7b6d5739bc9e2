package dryrun

import (
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

// answer is a person who agrees at once: the first choice, and into a form
// what nobody wonders about.
func (w *world) answer(a *activity) {
	choice := ""
	if len(a.step.Choices) > 0 {
		choice = a.step.Choices[0]
		a.done.Port = choice
	}
	if len(a.step.Form) > 0 {
		a.done.Values = map[string]expr.Value{}
	}
	for _, f := range a.step.Form {
		if v, ok := usual(f); ok {
			a.done.Values[f.Name] = v
		}
	}
	w.record(Row{Row: task.Row{At: w.now, Kind: task.KindControl, Name: "human", Value: expr.StringValue(a.step.Title + ": " + choice)}, Node: a.step.Node})
}

// usual is a value in the middle of what is plausible.
func usual(f plan.FormField) (expr.Value, bool) {
	t, err := expr.ParseType(f.Type)
	if err != nil {
		return expr.Value{}, false
	}
	if len(f.Options) > 0 {
		v, err := expr.ParseText(t, f.Options[0])
		return v, err == nil
	}
	low, high := f.PlausibleMinimum, f.PlausibleMaximum
	if low == nil {
		low = f.Minimum
	}
	if high == nil {
		high = f.Maximum
	}
	n := 0.0
	switch {
	case low != nil && high != nil:
		n = (*low + *high) / 2
	case low != nil:
		n = *low
	case high != nil:
		n = min(0, *high)
	}
	switch t {
	case expr.Bool:
		return expr.BoolValue(true), true
	case expr.String:
		return expr.StringValue("dry-run"), true
	case expr.Int:
		return expr.IntValue(int64(n)), true
	case expr.Duration:
		return expr.DurationValue(time.Duration(n * float64(time.Second))), true
	}
	return expr.FloatValue(n), t == expr.Float
}
