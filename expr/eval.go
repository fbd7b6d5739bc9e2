package expr

import (
	"fmt"
	"math"
)

// Eval computes the expression. vars[i] is the value of slot i; slots that the
// expression does not use may be missing. The error, always an *Error, is what
// only the values could show: division by zero, an index outside a list, an int
// too large, a limit.
func (e *Expr) Eval(vars []Value) (Value, error) {
	v, err := evaluate(e.source, e.root, vars)
	if err != nil {
		return Value{}, err
	}
	return v, nil
}

func evaluate(source string, root *node, vars []Value) (Value, *Error) {
	m := machine{vars: vars, source: source, fuel: MaxFuel}
	v := m.value(root)
	if m.err != nil {
		return Value{}, m.err
	}
	return v, nil
}

// machine is one evaluation; it lives on the stack. Each result type has its
// own method, so a number is never boxed. The first error wins and empties the
// tank: everything after it returns at once with a zero that nobody sees.
type machine struct {
	vars   []Value
	source string
	fuel   int
	err    *Error
	elems  [maxDepth]element
}

// element is what # is at one depth.
type element struct {
	num uint64
	str string
}

func (m *machine) fail(n *node, hint, format string, args ...any) {
	if m.err == nil {
		m.err = &Error{Source: m.source, Column: int(n.at), Message: fmt.Sprintf(format, args...), Hint: hint}
	}
	m.fuel = -1
}

// spend takes fuel for work that grows with the values; false means stop.
func (m *machine) spend(n *node, fuel int) bool {
	if m.fuel -= fuel; m.fuel >= 0 {
		return true
	}
	m.fail(n, "use a shorter list or fewer calls inside each other", "this takes more than %d steps", MaxFuel)
	return false
}

// text is the fuel for looking at or making a string: long ones cost more, so
// that fuel bounds memory as well as time.
func text(bytes int) int { return bytes / 32 }

func (m *machine) value(n *node) Value {
	switch n.t {
	case Bool:
		return Value{t: Bool, num: bit(m.bool(n))}
	case Int, Duration:
		return Value{t: n.t, num: uint64(m.int(n))}
	case Float:
		return Value{t: Float, num: math.Float64bits(m.float(n))}
	case String:
		return Value{t: String, str: m.string(n)}
	}
	return Value{t: n.t, list: m.list(n)}
}

var noValue Value

// load finds the value of a variable. What comes from outside is checked here,
// so that inside there are only finite numbers and bounded strings and lists.
func (m *machine) load(n *node) *Value {
	if int(n.slot) >= len(m.vars) || m.vars[n.slot].t == Invalid {
		m.fail(n, "", "`%s` has no value", n.str)
		return &noValue
	}
	v := &m.vars[n.slot]
	switch {
	case v.t != n.t && (v.t != Int || n.t != Float):
		m.fail(n, "", "`%s` holds %s, not %s", n.str, v.t, n.t)
		return &noValue
	case len(v.str) > MaxString:
		m.fail(n, "", "`%s` holds %d bytes, more than %d", n.str, len(v.str), MaxString)
		return &noValue
	case v.list.len() > MaxList:
		m.fail(n, "", "`%s` holds %d elements, more than %d", n.str, v.list.len(), MaxList)
		return &noValue
	}
	return v
}

// at finds the list and the place of a[b], which counts from the end when
// negative. ok is false after an error.
func (m *machine) at(n *node) (l *list, i int, ok bool) {
	l = m.list(n.a)
	k := m.int(n.b)
	if m.err != nil {
		return nil, 0, false
	}
	length := int64(l.len())
	place := k
	if place < 0 {
		place += length
	}
	switch {
	case length == 0:
		m.fail(n, "check len(…) > 0 first", "the list is empty")
		return nil, 0, false
	case place < 0 || place >= length:
		m.fail(n, "", "there is no element %d in a list of %d, which are 0 to %d", k, length, length-1)
		return nil, 0, false
	}
	return l, int(place), true
}

// set makes the element i of l the # of the list call n.
func (m *machine) set(n *node, l *list, i int) {
	if l.elem == String {
		m.elems[n.slot].str = l.strs[i]
		return
	}
	m.elems[n.slot].num = l.nums[i]
}
