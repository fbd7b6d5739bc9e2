package expr

import "math"

// list computes a node of a list type.
func (m *machine) list(n *node) *list {
	if m.fuel--; m.fuel < 0 {
		m.spend(n, 0)
		return nil
	}
	switch n.op {
	case opConst:
		return n.list
	case opVar:
		return m.load(n).list
	case opIf:
		if m.bool(n.a) {
			return m.list(n.b)
		}
		return m.list(n.c)
	case opArray:
		out := newList(n.t.Elem(), len(n.args))
		for _, arg := range n.args {
			m.push(out, arg)
		}
		return m.whenGood(out)
	case opSlice:
		return m.slice(n)
	case opMap, opFilter:
		return m.each(n)
	}
	return nil
}

// whenGood keeps half-made lists from being seen after an error.
func (m *machine) whenGood(l *list) *list {
	if m.err != nil {
		return nil
	}
	return l
}

// push computes a scalar node and appends it.
func (m *machine) push(out *list, n *node) {
	switch out.elem {
	case String:
		out.strs = append(out.strs, m.string(n))
	case Float:
		out.nums = append(out.nums, math.Float64bits(m.float(n)))
	case Bool:
		out.nums = append(out.nums, bit(m.bool(n)))
	default:
		out.nums = append(out.nums, uint64(m.int(n)))
	}
}

func (m *machine) each(n *node) *list {
	l := m.list(n.a)
	if m.err != nil || !m.spend(n, l.len()) {
		return nil
	}
	capacity := l.len()
	if n.op == opFilter {
		capacity = 0
	}
	out := newList(n.t.Elem(), capacity)
	for i := range l.len() {
		m.set(n, l, i)
		switch {
		case n.op == opMap:
			m.push(out, n.b)
		case m.bool(n.b):
			out.add(l.at(i))
		}
		if m.err != nil {
			return nil
		}
	}
	return out
}

// slice is a[b:c] without b or c from one end. Ends beyond the list are the
// ends of the list, as in other languages.
func (m *machine) slice(n *node) *list {
	l := m.list(n.a)
	length := int64(l.len())
	from, to := int64(0), length
	if n.b != nil {
		from = clamp(m.int(n.b), length)
	}
	if n.c != nil {
		to = clamp(m.int(n.c), length)
	}
	if m.err != nil {
		return nil
	}
	return l.slice(int(from), int(to))
}

func clamp(i, length int64) int64 {
	if i < 0 {
		i += length
	}
	return min(max(i, 0), length)
}
