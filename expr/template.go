package expr

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Template is a compiled text with expressions in braces. It never changes and
// is safe for use by many goroutines at once.
type Template struct {
	source string
	parts  []part
	exprs  int
	slots  []int
}

// part is a text or, when expr is set, an expression.
type part struct {
	text   string
	expr   *Expr
	column int // of the expression's first sign, from 0
}

// maxParts bounds the expressions of one template, and with them the time to
// fill it in.
const maxParts = 64

// CompileTemplate compiles a text like `target {target} after {n + 1}`. {{ and
// }} stand for the braces themselves. Columns of errors count in the whole text.
func CompileTemplate(src string, scope Scope) (*Template, error) {
	t := &Template{source: src}
	if len(src) > MaxTemplate {
		return nil, &Error{
			Source:  abbreviate(src, MaxTemplate),
			Message: fmt.Sprintf("the text has %d bytes, more than %d", len(src), MaxTemplate),
		}
	}
	if !utf8.ValidString(src) {
		return nil, &Error{Source: strings.ToValidUTF8(src, "\uFFFD"), Message: "the text is not UTF-8"}
	}
	for pos := 0; pos < len(src); {
		next, err := t.next(pos, scope)
		if err != nil {
			return nil, err
		}
		pos = next
	}
	slices.Sort(t.slots)
	t.slots = slices.Compact(t.slots)
	return t, nil
}

// next reads one piece of the text at pos and returns where the next begins.
func (t *Template) next(pos int, scope Scope) (int, error) {
	src := t.source
	rest := src[pos:]
	switch {
	case strings.HasPrefix(rest, "{{"), strings.HasPrefix(rest, "}}"):
		t.literal(rest[:1])
		return pos + 2, nil
	case rest[0] == '}':
		return 0, t.fail(pos, "to write a brace, write }}", "the `}` was never opened")
	case rest[0] != '{':
		end := strings.IndexAny(rest, "{}")
		if end < 0 {
			end = len(rest)
		}
		t.literal(rest[:end])
		return pos + end, nil
	}
	end := closing(src, pos)
	if end < 0 {
		return 0, t.fail(pos, "to write a brace, write {{", "the `{` is never closed")
	}
	if t.exprs++; t.exprs > maxParts {
		return 0, t.fail(pos, "", "the text has more than %d expressions", maxParts)
	}
	column := utf8.RuneCountInString(src[:pos+1])
	e, err := Compile(src[pos+1:end], scope, Invalid)
	if err != nil {
		return 0, t.moved(err, column)
	}
	t.parts = append(t.parts, part{expr: e, column: column})
	t.slots = append(t.slots, e.slots...)
	return end + 1, nil
}

func (t *Template) literal(s string) {
	if n := len(t.parts); n > 0 && t.parts[n-1].expr == nil {
		t.parts[n-1].text += s
		return
	}
	t.parts = append(t.parts, part{text: s})
}

func (t *Template) fail(pos int, hint, format string, args ...any) error {
	return &Error{
		Source: t.source, Column: utf8.RuneCountInString(t.source[:pos]) + 1,
		Message: fmt.Sprintf(format, args...), Hint: hint,
	}
}

// moved gives an error of one expression its place in the whole text.
func (t *Template) moved(err error, column int) error {
	e := *func() *Error {
		target := &Error{}
		_ = errors.As(err, &target)
		return target
	}() // Compile and Eval return no other
	e.Source = t.source
	e.Column = max(e.Column, 1) + column
	return &e
}

// closing finds the brace that closes the one at open, not counting those in
// strings; -1 when there is none.
func closing(src string, open int) int {
	depth := 0
	quote := byte(0)
	for i := open; i < len(src); i++ {
		switch c := src[i]; {
		case quote != 0:
			if c == '\\' && quote != '`' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"' || c == '`':
			quote = c
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// Source is what was compiled.
func (t *Template) Source() string { return t.source }

// Slots are the slots Append reads, sorted, each once.
func (t *Template) Slots() []int { return slices.Clone(t.slots) }

// Append fills in the values and appends the text to b. After an error b is as
// it was.
func (t *Template) Append(b []byte, vars []Value) ([]byte, error) {
	start := len(b)
	for _, p := range t.parts {
		if p.expr == nil {
			b = append(b, p.text...)
			continue
		}
		v, err := p.expr.Eval(vars)
		if err != nil {
			return b[:start], t.moved(err, p.column)
		}
		b = v.AppendText(b)
		if len(b)-start > MaxTemplate {
			return b[:start], &Error{
				Source: t.source, Column: p.column + 1,
				Message: fmt.Sprintf("the text becomes longer than %d bytes", MaxTemplate),
			}
		}
	}
	return b, nil
}
