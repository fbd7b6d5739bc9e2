package expr

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Error is what is wrong with an expression, said to the person who wrote it.
// Compile, CompileTemplate and Eval return no other error.
type Error struct {
	Source  string // the whole expression or template
	Column  int    // where, in runes from 1; 0 when it is the whole
	Message string // what is wrong, without a full stop
	Hint    string // what to do about it, may be empty
}

// Error is "message (column 5 of `source`); hint".
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Message)
	if e.Column > 0 {
		b.WriteString(" (column ")
		b.WriteString(strconv.Itoa(e.Column))
		b.WriteString(" of `")
		b.WriteString(abbreviate(e.Source, 120))
		b.WriteString("`)")
	}
	if e.Hint != "" {
		b.WriteString("; ")
		b.WriteString(e.Hint)
	}
	return b.String()
}

// abbreviate keeps an error readable when the source is not.
func abbreviate(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit] + "…"
}
