package task

import (
	"fmt"
	"math"
	"time"

	"github.com/lics-lab/lics/expr"
)

// stream is the state of one stream of draws.
type stream struct {
	*cstream
	source source
	given  []expr.Value // taken first
	bag    []int        // shuffle bag: indices left
	last   int          // max run: index of the last value, and how often in a row
	length int
}

// maxRedraws bounds how often a truncated draw is repeated before it is
// declared impossible.
const maxRedraws = 10_000

// draw takes the next value of a stream.
func (m *Machine) draw(i int) (expr.Value, bool) {
	s := &m.streams[i]
	if len(s.given) > 0 {
		v := s.given[0]
		s.given = s.given[1:]
		return v, true
	}
	switch s.kind {
	case Choice, ShuffleBag, MaxRun:
		return m.drawOne(s)
	case UniformInt:
		low, ok1 := m.eval(s.low)
		high, ok2 := m.eval(s.high)
		if !ok1 || !ok2 {
			return expr.Value{}, false
		}
		if low.Int() > high.Int() {
			return m.badDraw(s, fmt.Sprintf("low %d lies above high %d", low.Int(), high.Int()))
		}
		return expr.IntValue(low.Int() + int64(s.source.below(uint64(high.Int()-low.Int())+1))), true
	case Bernoulli:
		p, ok := m.eval(s.p)
		if !ok {
			return expr.Value{}, false
		}
		if p.Float() < 0 || p.Float() > 1 {
			return m.badDraw(s, fmt.Sprintf("p is %v, a probability lies between 0 and 1", p.Float()))
		}
		return expr.BoolValue(s.source.float() < p.Float()), true
	default:
		return m.drawAmount(s)
	}
}

// drawAmount draws from a continuous distribution.
func (m *Machine) drawAmount(s *stream) (expr.Value, bool) {
	amount := func(f *formula, otherwise float64) (float64, bool) {
		if f == nil {
			return otherwise, true
		}
		v, ok := m.eval(f)
		if ok && v.Type() == expr.Duration {
			return float64(v.Duration()), true
		}
		if !ok {
			return 0, false
		}
		return v.Float(), true
	}
	low, ok1 := amount(s.low, math.Inf(-1))
	high, ok2 := amount(s.high, math.Inf(1))
	mean, ok3 := amount(s.mean, 0)
	sd, ok4 := amount(s.sd, 0)
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return expr.Value{}, false
	}
	switch {
	case low > high:
		return m.badDraw(s, "low lies above high")
	case sd < 0:
		return m.badDraw(s, "sd is negative")
	case (s.kind == Exponential || s.kind == TruncatedExponential) && mean <= 0:
		return m.badDraw(s, "mean must be above 0")
	}
	var x float64
	switch s.kind {
	case Uniform:
		x = low + float64(s.source.float()*(high-low))
	case Normal:
		x = min(max(mean+float64(sd*s.source.normal()), low), high)
	case Exponential:
		x = mean * s.source.exponential()
	case TruncatedExponential:
		for n := 0; ; n++ {
			if x = mean * s.source.exponential(); x >= low && x <= high {
				break
			}
			if n == maxRedraws {
				return m.badDraw(s, "hardly any draw falls between low and high")
			}
		}
	}
	if s.typ == expr.Duration {
		// A whole number of microseconds is the same on every processor.
		return expr.DurationValue(time.Duration(math.Round(max(x, 0)/1e3)) * time.Microsecond), true
	}
	return expr.FloatValue(rounded(x)), true
}

// drawOne draws one of the listed values.
func (m *Machine) drawOne(s *stream) (expr.Value, bool) {
	v, ok := m.eval(s.values)
	if !ok {
		return expr.Value{}, false
	}
	n := v.Len()
	if n == 0 {
		return m.badDraw(s, "the list of values is empty")
	}
	if s.kind == ShuffleBag {
		return v.At(s.fromBag(n)), true
	}
	var weights expr.Value
	if s.weights != nil {
		var ok bool
		if weights, ok = m.eval(s.weights); !ok {
			return expr.Value{}, false
		}
		if weights.Len() != n {
			return m.badDraw(s, fmt.Sprintf("%d weights for %d values", weights.Len(), n))
		}
	}
	barred := none
	if s.kind == MaxRun {
		run, ok := m.eval(s.run)
		if !ok {
			return expr.Value{}, false
		}
		if run.Int() < 1 {
			return m.badDraw(s, "run must be at least 1")
		}
		if int64(s.length) >= run.Int() {
			barred = s.last
		}
	}
	total := 0.0
	weight := func(i int) float64 {
		if barred != none && barred < n && v.At(i).Equal(v.At(barred)) {
			return 0
		}
		if weights.IsZero() {
			return 1
		}
		return weights.At(i).Float()
	}
	for i := range n {
		w := weight(i)
		if w < 0 {
			return m.badDraw(s, "a weight is negative")
		}
		total += w
	}
	if total <= 0 {
		return m.badDraw(s, "no value may be drawn: all weights are 0, or the run is at its maximum and there is no other value")
	}
	x := s.source.float() * total
	chosen := none
	for i := range n {
		w := weight(i)
		if w == 0 {
			continue
		}
		chosen = i
		if x < w {
			break
		}
		x -= w
	}
	if s.last != none && s.last < n && v.At(s.last).Equal(v.At(chosen)) {
		s.length++
	} else {
		s.length = 1
	}
	s.last = chosen
	return v.At(chosen), true
}

// fromBag takes one index out of the bag, filling it when it is empty.
func (s *stream) fromBag(n int) int {
	if len(s.bag) == 0 || len(s.bag) > n {
		s.bag = s.bag[:0]
		for i := range n {
			s.bag = append(s.bag, i)
		}
	}
	k := int(s.source.below(uint64(len(s.bag))))
	index := s.bag[k]
	last := len(s.bag) - 1
	s.bag[k] = s.bag[last]
	s.bag = s.bag[:last]
	return index
}

func (m *Machine) badDraw(s *stream, why string) (expr.Value, bool) {
	m.fail(s.place + ": " + why)
	return expr.Value{}, false
}
