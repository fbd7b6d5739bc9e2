package main

import (
	"encoding/json"
	"strings"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

// declared is a parameter's name and type, from a document or from a server.
type declared struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// parameters reads `--param name=value` by the types that the protocol
// declares, into the JSON that a run takes. The flag is for messages; it is
// empty when the values are arguments.
func parameters(flag string, given []string, known []declared) (map[string]json.RawMessage, error) {
	out := map[string]json.RawMessage{}
	for _, pair := range given {
		name, text, ok := strings.Cut(pair, "=")
		name = strings.TrimSpace(name)
		if !ok || name == "" {
			return nil, usagef("%s%s: write name=value", flag, pair)
		}
		d, err := declaration(flag, name, known)
		if err != nil {
			return nil, err
		}
		if _, twice := out[name]; twice {
			return nil, usagef("%s%s stands twice", flag, name)
		}
		t, err := expr.ParseType(d.Type)
		if err != nil {
			return nil, usagef("%s%s: %v", flag, name, err)
		}
		v, err := expr.ParseText(t, text)
		if err != nil {
			return nil, usagef("%s%s: %v", flag, name, err)
		}
		if out[name], err = json.Marshal(formed(v)); err != nil {
			return nil, usagef("%s%s: %v", flag, name, err)
		}
	}
	return out, nil
}

func declaration(flag, name string, known []declared) (declared, error) {
	names := make([]string, 0, len(known))
	for _, d := range known {
		if d.Name == name {
			return d, nil
		}
		names = append(names, d.Name)
	}
	if len(names) == 0 {
		return declared{}, usagef("%s%s: the protocol has no parameters", flag, name)
	}
	hint := ""
	if near := diagnostic.DidYouMean(name, names); strings.HasPrefix(near, "did") {
		hint = " " + sentence(near)
	}
	return declared{}, usagef("%s%s: the protocol has no such parameter.%s It has: %s", flag, name, hint, strings.Join(names, ", "))
}

// formed gives a value the JSON form in which forms and people write it, which
// expr.Decode reads back for the declared type.
func formed(v expr.Value) any {
	switch {
	case v.Type() == expr.Duration:
		return expr.FormatDuration(v.Duration())
	case v.Type().IsList():
		list := make([]any, v.Len())
		for i := range list {
			list[i] = formed(v.At(i))
		}
		return list
	}
	return v
}

func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
