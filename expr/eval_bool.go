package expr

import "strings"

// bool computes a node of type bool.
func (m *machine) bool(n *node) bool {
	if m.fuel--; m.fuel < 0 {
		m.spend(n, 0)
		return false
	}
	switch n.op {
	case opConst:
		return n.num != 0
	case opVar:
		return m.load(n).num != 0
	case opElem:
		return m.elems[n.slot].num != 0
	case opIf:
		if m.bool(n.a) {
			return m.bool(n.b)
		}
		return m.bool(n.c)
	case opIndex:
		l, i, ok := m.at(n)
		return ok && l.nums[i] != 0
	case opNot:
		return !m.bool(n.a)
	case opAnd:
		return m.bool(n.a) && m.bool(n.b)
	case opOr:
		return m.bool(n.a) || m.bool(n.b)
	case opEqualInt:
		return m.int(n.a) == m.int(n.b)
	case opEqualFloat:
		return m.float(n.a) == m.float(n.b)
	case opEqualBool:
		return m.bool(n.a) == m.bool(n.b)
	case opLessInt:
		return m.int(n.a) < m.int(n.b)
	case opLessFloat:
		return m.float(n.a) < m.float(n.b)
	case opLessEqualInt:
		return m.int(n.a) <= m.int(n.b)
	case opLessEqualFloat:
		return m.float(n.a) <= m.float(n.b)
	case opAny, opAll, opIn, opEqualList:
		return m.boolOfList(n)
	}
	return m.boolOfStrings(n)
}

func (m *machine) boolOfStrings(n *node) bool {
	a, b := m.string(n.a), m.string(n.b)
	if !m.spend(n, text(len(a)+len(b))) {
		return false
	}
	switch n.op {
	case opEqualString:
		return a == b
	case opLessString:
		return a < b
	case opLessEqualString:
		return a <= b
	case opContains:
		return strings.Contains(a, b)
	case opStartsWith:
		return strings.HasPrefix(a, b)
	case opEndsWith:
		return strings.HasSuffix(a, b)
	}
	return false
}

func (m *machine) boolOfList(n *node) bool {
	switch n.op {
	case opIn:
		return m.in(n)
	case opEqualList:
		a, b := m.list(n.a), m.list(n.b)
		return m.spend(n, a.weight()+b.weight()) && a.equal(b)
	}
	l := m.list(n.a)
	for i := range l.len() {
		m.set(n, l, i)
		if holds := m.bool(n.b); holds == (n.op == opAny) || m.err != nil {
			return holds
		}
	}
	return n.op == opAll
}

// weight is the fuel for looking at a whole list.
func (l *list) weight() int {
	w := l.len()
	if l.len() > 0 && l.elem == String {
		for _, s := range l.strs {
			w += text(len(s))
		}
	}
	return w
}

func (m *machine) in(n *node) bool {
	l := m.list(n.b)
	switch n.a.t {
	case String:
		x := m.string(n.a)
		if !m.spend(n, l.weight()) {
			return false
		}
		for i := range l.len() {
			if l.strs[i] == x {
				return true
			}
		}
		return false
	case Float:
		x := m.float(n.a)
		if !m.spend(n, l.len()) {
			return false
		}
		for i := range l.len() {
			if l.float(i) == x {
				return true
			}
		}
		return false
	}
	x := uint64(0)
	if n.a.t == Bool {
		x = bit(m.bool(n.a))
	} else {
		x = uint64(m.int(n.a))
	}
	if !m.spend(n, l.len()) {
		return false
	}
	for i := range l.len() {
		if l.nums[i] == x {
			return true
		}
	}
	return false
}
