package schema

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/lics-lab/lics/protocol/diagnostic"
)

// Problem is a place where a value does not fit its schema.
type Problem struct {
	Path    string // entry[0].level
	Message string
	Hint    string
	// Unknown is the name of a field that the schema does not have.
	Unknown string
}

// maxProblems keeps a hostile document from producing a megabyte of advice.
const maxProblems = 50

// Validate finds every place where v does not fit. v is what encoding/json
// decodes into an any with UseNumber.
func (s *Schema) Validate(v any) []Problem {
	var c check
	c.value(s, v, "")
	return c.problems
}

type check struct{ problems []Problem }

func (c *check) fail(path, hint, format string, args ...any) {
	if len(c.problems) < maxProblems {
		c.problems = append(c.problems, Problem{Path: path, Message: fmt.Sprintf(format, args...), Hint: hint})
	}
}

func (c *check) value(s *Schema, v any, path string) {
	switch s.Type {
	case Any:
	case Object:
		if m, ok := v.(map[string]any); ok {
			c.object(s, m, path)
			return
		}
		c.mismatch(s, v, path)
	case Array:
		if l, ok := v.([]any); ok {
			c.array(s, l, path)
			return
		}
		c.mismatch(s, v, path)
	case String:
		if t, ok := v.(string); ok {
			c.text(s, t, path)
			return
		}
		c.mismatch(s, v, path)
	case Boolean:
		if _, ok := v.(bool); !ok {
			c.mismatch(s, v, path)
		}
	case Integer, Number:
		c.number(s, v, path)
	}
}

func (c *check) object(s *Schema, m map[string]any, path string) {
	for _, f := range s.Fields {
		v, ok := m[f.Name]
		switch {
		case ok:
			c.value(f.Schema, v, Join(path, f.Name))
		case f.Required:
			c.fail(Join(path, f.Name), f.Help, "%s is missing", f.Name)
		}
	}
	if len(m) <= len(s.Fields) && s.Values == nil && !slices.ContainsFunc(keys(m), func(k string) bool { return s.Field(k) == nil }) {
		return
	}
	for _, k := range keys(m) {
		switch {
		case s.Field(k) != nil:
		case s.Values != nil:
			c.value(s.Values, m[k], Join(path, k))
		default:
			names := make([]string, len(s.Fields))
			for i, f := range s.Fields {
				names[i] = f.Name
			}
			c.fail(Join(path, k), diagnostic.DidYouMean(k, names), "there is no field %s here", clip(k))
			c.problems[len(c.problems)-1].Unknown = k
		}
	}
}

// keys are the keys of m in a fixed order.
func keys(m map[string]any) []string {
	ks := make([]string, 0, len(m))
	for k := range m {
		ks = append(ks, k)
	}
	slices.Sort(ks)
	return ks
}

func (c *check) array(s *Schema, l []any, path string) {
	switch {
	case len(l) < s.MinItems:
		c.fail(path, s.Help, "%s needs at least %d", last(path), s.MinItems)
	case s.MaxItems > 0 && len(l) > s.MaxItems:
		c.fail(path, "", "%s has %d entries, at most %d are possible", last(path), len(l), s.MaxItems)
		return
	}
	for i, v := range l {
		c.value(s.Items, v, path+"["+strconv.Itoa(i)+"]")
	}
}

func (c *check) text(s *Schema, t, path string) {
	n := utf8.RuneCountInString(t)
	switch {
	case len(s.Enum) > 0 && !slices.Contains(s.Enum, t):
		c.fail(path, diagnostic.DidYouMean(t, s.Enum), "%s cannot be %q", last(path), clip(t))
	case n < s.MinLength:
		c.fail(path, s.Help, "%s is empty", last(path))
	case s.MaxLength > 0 && n > s.MaxLength:
		c.fail(path, "", "%s has %d letters, at most %d are possible", last(path), n, s.MaxLength)
	case s.Pattern.Match != nil && !s.Pattern.Match(t):
		c.fail(path, "", "%s %q %s", last(path), clip(t), s.Pattern.Words)
	}
}

func (c *check) number(s *Schema, v any, path string) {
	n, ok := v.(json.Number)
	if !ok {
		c.mismatch(s, v, path)
		return
	}
	f, err := n.Float64()
	if err != nil || math.IsInf(f, 0) {
		c.fail(path, "", "%s: the number %s is too large", last(path), clip(n.String()))
		return
	}
	if s.Type == Integer {
		if _, err := n.Int64(); err != nil {
			c.fail(path, "", "%s is %s, and a whole number is needed", last(path), clip(n.String()))
			return
		}
	}
	switch {
	case s.Minimum != nil && f < *s.Minimum:
		c.fail(path, "", "%s is %s, at least %g is needed", last(path), n, *s.Minimum)
	case s.Maximum != nil && f > *s.Maximum:
		c.fail(path, "", "%s is %s, at most %g is possible", last(path), n, *s.Maximum)
	}
}

func (c *check) mismatch(s *Schema, v any, path string) {
	hint := ""
	if s.Form != nil && (s.Form.Kind == "expression" || s.Form.Kind == "template") {
		switch v := v.(type) {
		case json.Number:
			hint = fmt.Sprintf("an expression is written as text: %q", clip(v.String()))
		case bool:
			hint = fmt.Sprintf("an expression is written as text: %q", strconv.FormatBool(v))
		}
	}
	c.fail(path, hint, "%s is %s, and %s is needed", last(path), kindOf(v), article(s.Type))
}

func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case json.Number, float64:
		return "a number"
	case string:
		return "a string"
	case []any:
		return "an array"
	}
	return "an object"
}

func article(t Type) string {
	switch t {
	case Object, Array:
		return "an " + string(t)
	case Integer:
		return "a whole number"
	}
	return "a " + string(t)
}

// Join appends a field name to a path.
func Join(path, field string) string {
	field = clip(field)
	if path == "" {
		return field
	}
	return path + "." + field
}

// last is the part of a path that a message names.
func last(path string) string {
	if path == "" {
		return "this"
	}
	return path
}

func clip(s string) string {
	if len(s) <= 60 {
		return s
	}
	cut := 60
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
