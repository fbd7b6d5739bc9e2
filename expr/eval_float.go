package expr

import (
	"math"
	"strconv"
	"strings"
)

// float computes a node of type float. What it returns is finite, and never
// negative zero, or there is an error.
func (m *machine) float(n *node) float64 {
	if m.fuel--; m.fuel < 0 {
		m.spend(n, 0)
		return 0
	}
	switch n.op {
	case opConst:
		return math.Float64frombits(n.num)
	case opVar:
		v := m.load(n)
		if v.t == Int {
			return float64(int64(v.num))
		}
		return m.finite(n, math.Float64frombits(v.num))
	case opElem:
		return m.finite(n, math.Float64frombits(m.elems[n.slot].num))
	case opIf:
		if m.bool(n.a) {
			return m.float(n.b)
		}
		return m.float(n.c)
	case opIndex:
		if l, i, ok := m.at(n); ok {
			return m.finite(n, math.Float64frombits(l.nums[i]))
		}
		return 0
	case opIntToFloat:
		return float64(m.int(n.a))
	case opAddFloat:
		return m.finite(n, m.float(n.a)+m.float(n.b))
	case opSubFloat:
		return m.finite(n, m.float(n.a)-m.float(n.b))
	case opMulFloat:
		return m.finite(n, mul(m.float(n.a), m.float(n.b)))
	case opDivFloat:
		return m.quotient(n, m.float(n.a), m.float(n.b))
	case opRatio:
		return m.quotient(n, float64(m.int(n.a)), float64(m.int(n.b)))
	case opNegFloat:
		return m.finite(n, -m.float(n.a))
	case opAbsFloat:
		return math.Abs(m.float(n.a))
	}
	return m.floatCall(n)
}

// finite lets a result pass that is a number.
func (m *machine) finite(n *node, f float64) float64 {
	switch {
	case f == 0:
		return 0
	case f-f == 0: // neither NaN nor an infinity
		return f
	case math.IsNaN(f):
		m.fail(n, "", "there is no such number")
	default:
		m.fail(n, "", "the result is too large for a float")
	}
	return 0
}

func (m *machine) quotient(n *node, a, b float64) float64 {
	if b == 0 {
		return float64(m.zeroDivision(n))
	}
	return m.finite(n, a/b)
}

func (m *machine) floatCall(n *node) float64 {
	switch n.op {
	case opPow:
		x, y := m.float(n.a), m.float(n.b)
		if x == 0 && y < 0 {
			return float64(m.zeroDivision(n))
		}
		return m.finite(n, pow(x, y))
	case opSqrt:
		x := m.float(n.a)
		if x < 0 {
			m.fail(n, "", "a negative number has no square root")
			return 0
		}
		return math.Sqrt(x)
	case opExp:
		return m.finite(n, exp(m.float(n.a)))
	case opLn, opLog10:
		x := m.float(n.a)
		if x <= 0 {
			m.fail(n, "", "only a number above zero has a logarithm")
			return 0
		}
		if n.op == opLn {
			return m.finite(n, ln(x))
		}
		return m.finite(n, log10(x))
	case opRoundTo:
		x, digits := m.float(n.a), m.int(n.b)
		if digits < 0 || digits > 15 {
			m.fail(n.b, "", "round takes 0 to 15 digits, not %d", digits)
			return 0
		}
		return m.finite(n, roundTo(x, digits))
	case opSeconds:
		return float64(m.int(n.a)) / 1e9
	case opMilliseconds:
		return float64(m.int(n.a)) / 1e6
	case opParseFloat:
		s := m.string(n.a)
		v, err := parseScalar(Float, strings.TrimSpace(s))
		if err != nil {
			m.fail(n, "", "%s is not a number", strconv.Quote(abbreviate(s, 40)))
		}
		return v.Float()
	case opMinFloat, opMaxFloat:
		best := m.float(n.args[0])
		for _, arg := range n.args[1:] {
			if x := m.float(arg); (x < best) == (n.op == opMinFloat) {
				best = x
			}
		}
		return best
	}
	return m.floatOfList(n)
}

func (m *machine) floatOfList(n *node) float64 {
	l := m.list(n.a)
	if !m.spend(n, l.len()) || n.op != opSumFloat && !m.filled(n, l) {
		return 0
	}
	switch n.op {
	case opSumFloat, opMean:
		sum := 0.0
		for i := range l.len() {
			sum = m.finite(n, sum+l.float(i))
		}
		if n.op == opMean {
			return m.finite(n, sum/float64(l.len()))
		}
		return sum
	case opMedian:
		return m.finite(n, m.median(n, l))
	}
	best := l.float(0)
	for i := range l.len() {
		if x := m.finite(n, l.float(i)); (x < best) == (n.op == opMinFloatList) {
			best = x
		}
	}
	return m.finite(n, best)
}
