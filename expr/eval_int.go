package expr

import (
	"math"
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf8"
)

// int computes a node of type int or duration.
func (m *machine) int(n *node) int64 {
	if m.fuel--; m.fuel < 0 {
		m.spend(n, 0)
		return 0
	}
	switch n.op {
	case opConst:
		return int64(n.num)
	case opVar:
		return int64(m.load(n).num)
	case opElem:
		return int64(m.elems[n.slot].num)
	case opIf:
		if m.bool(n.a) {
			return m.int(n.b)
		}
		return m.int(n.c)
	case opIndex:
		if l, i, ok := m.at(n); ok {
			return int64(l.nums[i])
		}
		return 0
	case opAddInt:
		return m.add(n, m.int(n.a), m.int(n.b))
	case opSubInt:
		a, b := m.int(n.a), m.int(n.b)
		if d := a - b; (d < a) == (b > 0) {
			return d
		}
		return m.overflow(n)
	case opMulInt:
		return m.product(n, m.int(n.a), m.int(n.b))
	case opModInt:
		a, b := m.int(n.a), m.int(n.b)
		if b == 0 {
			return m.zeroDivision(n)
		}
		return a % b
	case opNegInt, opAbsInt:
		a := m.int(n.a)
		if n.op == opAbsInt && a >= 0 {
			return a
		}
		if a == math.MinInt64 {
			return m.overflow(n)
		}
		return -a
	}
	return m.intCall(n)
}

func (m *machine) intCall(n *node) int64 {
	switch n.op {
	case opScaleDuration:
		return m.whole(n, mul(float64(m.int(n.a)), m.float(n.b)))
	case opShrinkDuration:
		a, b := m.int(n.a), m.float(n.b)
		if b == 0 {
			return m.zeroDivision(n)
		}
		return m.whole(n, float64(a)/b)
	case opDivDuration:
		return m.divide(n, m.int(n.a), m.int(n.b))
	case opToDuration:
		return m.whole(n, mul(m.float(n.a), 1e9))
	case opRound:
		return m.whole(n, m.float(n.a))
	case opCeil:
		return m.whole(n, math.Ceil(m.float(n.a)))
	case opFloor:
		return m.whole(n, math.Floor(m.float(n.a)))
	case opTruncate:
		return m.whole(n, math.Trunc(m.float(n.a)))
	case opBoolToInt:
		return int64(bit(m.bool(n.a)))
	case opParseInt:
		s := m.string(n.a)
		v, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
		if err != nil {
			m.fail(n, "", "%q is not an int", abbreviate(s, 40))
		}
		return v
	case opLenString:
		s := m.string(n.a)
		m.spend(n, text(len(s)))
		return int64(utf8.RuneCountInString(s))
	case opMinInt, opMaxInt:
		best := m.int(n.args[0])
		for _, arg := range n.args[1:] {
			if x := m.int(arg); (x < best) == (n.op == opMinInt) {
				best = x
			}
		}
		return best
	}
	return m.intOfList(n)
}

func (m *machine) intOfList(n *node) int64 {
	l := m.list(n.a)
	if n.op == opLen {
		return int64(l.len())
	}
	if !m.spend(n, l.len()) {
		return 0
	}
	result := int64(0)
	switch n.op {
	case opCount:
		for i := range l.len() {
			m.set(n, l, i)
			result += int64(bit(m.bool(n.b)))
			if m.err != nil {
				break
			}
		}
	case opCountTrue:
		for i := range l.len() {
			result += int64(l.nums[i])
		}
	case opSumInt, opMeanDuration:
		for i := range l.len() {
			result = m.add(n, result, int64(l.nums[i]))
		}
		if n.op == opMeanDuration && m.filled(n, l) {
			return m.divide(n, result, int64(l.len()))
		}
	case opMinIntList, opMaxIntList:
		if !m.filled(n, l) {
			return 0
		}
		result = int64(l.nums[0])
		for _, num := range l.nums[1:] {
			if x := int64(num); (x < result) == (n.op == opMinIntList) {
				result = x
			}
		}
	case opMedianDuration:
		return m.medianDuration(n, l)
	}
	return result
}

// filled fails for an empty list, of which there is no mean, min or median.
func (m *machine) filled(n *node, l *list) bool {
	if l.len() == 0 {
		m.fail(n, "check len(…) > 0 first", "the list is empty")
	}
	return l.len() > 0
}

func (m *machine) add(n *node, a, b int64) int64 {
	if s := a + b; (s > a) == (b > 0) {
		return s
	}
	return m.overflow(n)
}

func (m *machine) product(n *node, a, b int64) int64 {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi != 0 || lo > math.MaxInt64 {
		return m.overflow(n)
	}
	if (a < 0) != (b < 0) {
		return -int64(lo)
	}
	return int64(lo)
}

// divide rounds halves away from zero.
func (m *machine) divide(n *node, a, b int64) int64 {
	if b == 0 {
		return m.zeroDivision(n)
	}
	d := magnitude(b)
	q, rest := magnitude(a)/d, magnitude(a)%d
	if rest >= d-rest {
		q++
	}
	if q > math.MaxInt64 {
		return m.overflow(n)
	}
	if (a < 0) != (b < 0) {
		return -int64(q)
	}
	return int64(q)
}

func magnitude(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}

// whole rounds a float to an int64, halves away from zero.
func (m *machine) whole(n *node, f float64) int64 {
	f = math.Round(f)
	if !(f >= -1<<63 && f < 1<<63) {
		return m.overflow(n)
	}
	return int64(f)
}

func (m *machine) overflow(n *node) int64 {
	what := "an int"
	if n.t == Duration {
		what = "a duration"
	}
	m.fail(n, "", "the result is too large for %s", what)
	return 0
}

func (m *machine) zeroDivision(n *node) int64 {
	m.fail(n, "", "division by zero")
	return 0
}
