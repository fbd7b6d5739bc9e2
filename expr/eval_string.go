package expr

import (
	"strings"
	"unicode"
)

// string computes a node of type string. Strings it makes are the only scalars
// that allocate.
func (m *machine) string(n *node) string {
	if m.fuel--; m.fuel < 0 {
		m.spend(n, 0)
		return ""
	}
	switch n.op {
	case opConst:
		return n.str
	case opVar:
		return m.load(n).str
	case opElem:
		return m.elems[n.slot].str
	case opIf:
		if m.bool(n.a) {
			return m.string(n.b)
		}
		return m.string(n.c)
	case opIndex:
		if l, i, ok := m.at(n); ok {
			return l.strs[i]
		}
		return ""
	case opConcat:
		a, b := m.string(n.a), m.string(n.b)
		if !m.room(n, len(a)+len(b)) {
			return ""
		}
		return a + b
	case opText:
		return m.made(n, m.value(n.a).String())
	}
	s := m.string(n.a)
	if !m.room(n, 2*text(len(s))) {
		return ""
	}
	switch n.op {
	case opUpper:
		return m.made(n, strings.Map(upper, s))
	case opLower:
		return m.made(n, strings.Map(lower, s))
	}
	return strings.Trim(s, " \t\r\n")
}

// room checks the length of a string before it is made.
func (m *machine) room(n *node, bytes int) bool {
	if bytes > MaxString {
		m.fail(n, "", "a string of %d bytes is longer than %d", bytes, MaxString)
		return false
	}
	return m.spend(n, text(bytes))
}

// made checks the length of a string that could not be known before.
func (m *machine) made(n *node, s string) string {
	if !m.room(n, len(s)) {
		return ""
	}
	return s
}

// upper and lower change Latin, Greek and Cyrillic letters only. Unicode still
// gives rarer letters new counterparts, and a run from last year must replay
// with the tables of this year's Go.
func upper(r rune) rune {
	if settled(r) {
		return unicode.ToUpper(r)
	}
	return r
}

func lower(r rune) rune {
	if settled(r) {
		return unicode.ToLower(r)
	}
	return r
}

func settled(r rune) bool { return r < 0x180 || r >= 0x386 && r < 0x460 }
