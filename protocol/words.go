package protocol

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

var errNoObject = errors.New("it is not an object")

func itoa(i int) string { return strconv.Itoa(i) }

// words checks expressions of one scope and remembers which names were used.
// The same text often stands in many nodes: it is compiled once.
type words struct {
	scope *expr.DeclScope
	used  []bool // by slot
	known map[source]compiled
	// missing explains a name that is not in the scope but stands elsewhere.
	missing func(name string) string
}

type source struct {
	text     string
	want     expr.Type
	template bool
}

type compiled struct {
	expr  *expr.Expr
	slots []int
	err   *expr.Error
	// unknown is the name that was not found, when that was the error.
	unknown string
}

func newWords(missing func(string) string) *words {
	return &words{scope: expr.NewScope(), known: map[source]compiled{}, missing: missing}
}

// declare gives a name the next slot; false when it cannot have one.
func (w *words) declare(name string, t expr.Type) bool {
	if _, err := w.scope.Declare(name, t); err != nil {
		return false
	}
	w.used = append(w.used, false)
	return true
}

// signature is the same for scopes in which every text means the same.
func (w *words) signature() string {
	var b strings.Builder
	names := w.scope.Names()
	for i, t := range w.scope.Types() {
		b.WriteString(names[i])
		b.WriteByte(' ')
		b.WriteString(t.String())
		b.WriteByte('\n')
	}
	return b.String()
}

func (w *words) isUsed(name string) bool {
	slot, _, ok := w.scope.Lookup(name)
	return ok && w.used[slot]
}

// misses watches for names that are not found: package expr has one kind of
// error, and an unknown name deserves a code of its own.
type misses struct {
	*expr.DeclScope
	name string
}

func (m *misses) Lookup(name string) (int, expr.Type, bool) {
	slot, t, ok := m.DeclScope.Lookup(name)
	if !ok {
		m.name = name
	}
	return slot, t, ok
}

var functionNames = func() map[string]bool {
	m := map[string]bool{}
	for _, f := range expr.Functions() {
		m[f.Name] = true
	}
	return m
}()

func (w *words) compile(s source) compiled {
	if c, ok := w.known[s]; ok {
		return c
	}
	var c compiled
	var err error
	scope := &misses{DeclScope: w.scope}
	if s.template {
		var t *expr.Template
		if t, err = expr.CompileTemplate(s.text, scope); err == nil {
			c.slots = t.Slots()
		}
	} else if c.expr, err = expr.Compile(s.text, scope, s.want); err == nil {
		c.slots = c.expr.Slots()
	}
	if err != nil && !errors.As(err, &c.err) {
		c.err = &expr.Error{Source: s.text, Message: err.Error()}
	}
	if c.err != nil && !functionNames[scope.name] {
		c.unknown = scope.name
	}
	w.known[s] = c
	return c
}

// fields is the part of a site that checks expressions in a scope.
type fields struct {
	place
	words *words
}

// Expr implements node.Words.
func (f fields) Expr(field, src string, want ...expr.Type) *expr.Expr {
	if strings.TrimSpace(src) == "" {
		if src != "" {
			f.Report(diagnostic.TypeError, field, "the expression is only space", "write something, or leave it empty")
		}
		return nil
	}
	if f.c.full() {
		f.c.incomplete = true
		return nil
	}
	single := expr.Invalid
	if len(want) == 1 {
		single = want[0]
	}
	c := f.words.compile(source{text: src, want: single})
	if c.err != nil {
		f.problem(field, c)
		return nil
	}
	f.use(c.slots)
	if t := c.expr.Type(); len(want) > 1 && !slices.Contains(want, t) {
		names := make([]string, len(want))
		for i, x := range want {
			names[i] = x.String()
		}
		f.report(Diagnostic{
			Code: diagnostic.TypeError, Field: field, Column: 1,
			Message: fmt.Sprintf("this is %s", t), Hint: "needed is " + strings.Join(names, " or "),
		})
		return nil
	}
	if v, constant := c.expr.Constant(); constant && single == expr.Bool && conditions[field[strings.LastIndexByte(field, '.')+1:]] {
		says, hint := "holds always", "write a condition on a variable or a parameter, or draw it without one"
		if !v.Bool() {
			says, hint = "never holds", "write a condition on a variable or a parameter, or remove what depends on it"
		}
		f.report(Diagnostic{Code: diagnostic.ConstantCondition, Field: field, Message: clip(src) + " " + says, Hint: hint})
	}
	return c.expr
}

// conditions are the fields that decide by an expression; until: false of a
// loop is meant.
var conditions = map[string]bool{"guard": true, "if": true, "when": true}

// Text implements node.Words.
func (f fields) Text(field, src string) {
	if src == "" || f.c.full() {
		return
	}
	c := f.words.compile(source{text: src, template: true})
	if c.err != nil {
		f.problem(field, c)
		return
	}
	f.use(c.slots)
}

func (f fields) use(slots []int) {
	for _, s := range slots {
		f.words.used[s] = true
	}
}

func (f fields) problem(field string, c compiled) {
	f.c.incomplete = true // names in it may be meant to be used
	d := Diagnostic{Code: diagnostic.TypeError, Field: field, Column: c.err.Column, Message: c.err.Message, Hint: c.err.Hint}
	if c.unknown != "" {
		d.Code = diagnostic.UnknownName
		if f.words.missing != nil {
			if hint := f.words.missing(c.unknown); hint != "" {
				d.Hint = hint
			}
		}
	}
	f.report(d)
}
