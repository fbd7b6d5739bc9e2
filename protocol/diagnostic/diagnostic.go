// Package diagnostic is what the checker of protocols says: a code, the place
// in the graph, what is wrong and what to do about it. It stands apart from
// package protocol so that the node kinds can report without importing the
// checker. Diagnostics are data, never errors: a draft with fifty of them is
// still a draft.
package diagnostic

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Severity says whether a protocol can run all the same.
type Severity string

// The severities. A protocol with an error does not compile.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Diagnostic is one thing about a graph that a person should change or know.
type Diagnostic struct {
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`
	Node     string   `json:"node,omitempty"` // id of the node it is about
	Port     string   `json:"port,omitempty"` // of Node
	Edge     string   `json:"edge,omitempty"` // id of the edge it is about
	// Field is the path inside the data of Node or Edge, or, with neither,
	// inside the document: entry[0].level, parameters[2].default.
	Field string `json:"field,omitempty"`
	// Column is where in the field's expression, in letters from 1.
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// String is one line for a terminal or a golden file.
func (d Diagnostic) String() string {
	var b strings.Builder
	b.WriteString(string(d.Severity) + " " + string(d.Code))
	for _, part := range [...]struct{ name, value string }{
		{"node", d.Node}, {"port", d.Port}, {"edge", d.Edge}, {"field", d.Field},
	} {
		if part.value != "" {
			b.WriteString(" " + part.name + "=" + part.value)
		}
	}
	if d.Column > 0 {
		b.WriteString(" column=" + strconv.Itoa(d.Column))
	}
	b.WriteString(": " + d.Message)
	if d.Hint != "" {
		b.WriteString(" (" + d.Hint + ")")
	}
	return b.String()
}

// Sort puts errors first, then goes by place, and drops what is said twice.
// The order depends on nothing but the diagnostics, so that an editor's list
// does not jump when nodes are dragged.
func Sort(ds []Diagnostic) []Diagnostic {
	slices.SortStableFunc(ds, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Severity, b.Severity),
			cmp.Compare(a.Node, b.Node), cmp.Compare(a.Edge, b.Edge),
			cmp.Compare(a.Field, b.Field), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Port, b.Port), cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Message, b.Message), cmp.Compare(a.Hint, b.Hint),
		)
	})
	return slices.Compact(ds)
}

// HasErrors says whether at least one is an error.
func HasErrors(ds []Diagnostic) bool {
	return slices.ContainsFunc(ds, func(d Diagnostic) bool { return d.Severity == Error })
}
