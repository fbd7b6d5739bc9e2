package protocol

import (
	"fmt"
	"math"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// impossibleDraw reports a stream that no device can draw from, as far as its
// constants prove; the device itself would only say so with the animal in.
func (s *taskSite) impossibleDraw(at string, x task.Stream) {
	say := func(field, why, hint string) {
		s.Report(diagnostic.ImpossibleDraw, at+field, fmt.Sprintf("the stream %s cannot be drawn from: %s", x.Name, why), hint)
	}
	number := func(src string) (float64, bool) {
		v, constant := s.m.constant(src, expr.Invalid)
		if !constant {
			return 0, false
		}
		return amount(v)
	}
	if low, high, ok := s.bounds(x); ok && low > high {
		say("low", "low lies above high", "swap them")
	}
	if p, ok := number(x.P); ok && (p < 0 || p > 1) {
		say("p", fmt.Sprintf("p is %v", p), "a probability lies between 0 and 1")
	}
	if sd, ok := number(x.SD); ok && sd < 0 {
		say("sd", "the standard deviation is negative", "write 0 or more")
	}
	if mean, ok := number(x.Mean); ok && mean <= 0 && (x.Kind == task.Exponential || x.Kind == task.TruncatedExponential) {
		say("mean", "the mean is not above 0", "write a mean above 0")
	}
	run, runKnown := number(x.Run)
	if runKnown && run < 1 {
		say("run", fmt.Sprintf("at most %v alike in a row is none at all", run), "write 1 or more")
		return
	}
	if x.Kind == task.Choice || x.Kind == task.ShuffleBag || x.Kind == task.MaxRun {
		s.impossibleChoice(x, say)
	}
}

// bounds are the smallest and the largest value when both are constants of one
// sort; that a time is no number is said elsewhere.
func (s *taskSite) bounds(x task.Stream) (low, high float64, ok bool) {
	a, known := s.m.constant(x.Low, expr.Invalid)
	b, known2 := s.m.constant(x.High, expr.Invalid)
	if !known || !known2 || (a.Type() == expr.Duration) != (b.Type() == expr.Duration) {
		return 0, 0, false
	}
	low, ok = amount(a)
	high, ok2 := amount(b)
	return low, high, ok && ok2
}

// amount is the size of a number or a duration.
func amount(v expr.Value) (float64, bool) {
	switch v.Type() {
	case expr.Int:
		return float64(v.Int()), true
	case expr.Float:
		return v.Float(), true
	case expr.Duration:
		return float64(v.Duration()), true
	}
	return 0, false
}

// impossibleChoice looks at the values and their weights.
func (s *taskSite) impossibleChoice(x task.Stream, say func(field, why, hint string)) {
	values, known := s.m.constant(x.Values, expr.Invalid)
	if !known || !values.Type().IsList() {
		return
	}
	n := values.Len()
	if n == 0 {
		say("values", "there are no values", "write at least one")
		return
	}
	weight := func(int) float64 { return 1 }
	if x.Weights != "" {
		weights, known := s.m.constant(x.Weights, expr.FloatList)
		switch {
		case !known:
			return
		case weights.Len() != n:
			say("weights", fmt.Sprintf("there are %d weights for %d values", weights.Len(), n), "write one weight for each value")
			return
		}
		weight = func(i int) float64 { return weights.At(i).Float() }
	}
	total, possible := 0.0, -1
	several := false
	for i := range n {
		w := weight(i)
		if w < 0 || math.IsNaN(w) {
			say("weights", "a weight is negative", "write 0 or more")
			return
		}
		if w > 0 && possible >= 0 && !values.At(i).Equal(values.At(possible)) {
			several = true
		}
		if w > 0 {
			possible = i
		}
		total += w
	}
	switch {
	case total <= 0:
		say("weights", "all weights are 0", "give at least one value a weight")
	case x.Kind == task.MaxRun && !several:
		say("run", "only one value can come, and it may not come more often than that in a row", "list another value with a weight above 0, or use a choice")
	}
}
