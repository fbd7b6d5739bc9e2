package schema

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Draft is the dialect of JSON Schema that is written.
const Draft = "https://json-schema.org/draft/2020-12/schema"

// MarshalJSON writes the schema as JSON Schema, fields in their order, with
// the named schemas it uses under $defs. An editor gets it as it is.
func (s *Schema) MarshalJSON() ([]byte, error) {
	root := s.object(true)
	if defs := s.Definitions(); len(defs) > 0 {
		var all object
		for _, d := range defs {
			all.add(d.Name, d.object(true))
		}
		root.add("$defs", all)
	}
	return root.MarshalJSON()
}

// Body is the schema without definitions, for a document that has its own.
func (s *Schema) Body() json.RawMessage {
	b, _ := s.object(true).MarshalJSON()
	return b
}

// Definitions are the named schemas that s refers to, sorted by name.
func (s *Schema) Definitions() []*Schema {
	found := map[string]*Schema{}
	var walk func(*Schema)
	walk = func(x *Schema) {
		if x == nil {
			return
		}
		if x.Name != "" && x != s {
			if found[x.Name] != nil {
				return
			}
			found[x.Name] = x
		}
		walk(x.Items)
		walk(x.Values)
		for _, f := range x.Fields {
			walk(f.Schema)
		}
	}
	walk(s)
	all := make([]*Schema, 0, len(found))
	for _, d := range found {
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b *Schema) int { return bytes.Compare([]byte(a.Name), []byte(b.Name)) })
	return all
}

// object is a JSON object whose keys keep their order: people read fields in
// the order that makes sense, and Go's maps would sort them.
type object []member

type member struct {
	key   string
	value any
}

func (o *object) add(key string, value any) { *o = append(*o, member{key, value}) }

func (o object) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, m := range o {
		if i > 0 {
			b = append(b, ',')
		}
		key, err := json.Marshal(m.key)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		b = append(append(append(b, key...), ':'), value...)
	}
	return append(b, '}'), nil
}

// object writes s; a named schema inside another is a reference.
func (s *Schema) object(root bool) object {
	var o object
	if s.Name != "" && !root {
		o.add("$ref", "#/$defs/"+s.Name)
		return o
	}
	text := func(key, value string) {
		if value != "" {
			o.add(key, value)
		}
	}
	count := func(key string, n int) {
		if n > 0 {
			o.add(key, n)
		}
	}
	text("type", string(s.Type))
	text("title", s.Title)
	text("description", s.Help)
	text("x-unit", s.Unit)
	if s.Default != nil {
		o.add("default", s.Default)
	}
	if s.Example != nil {
		o.add("examples", []any{s.Example})
	}
	if s.Form != nil {
		o.add("x-lics", s.Form)
	}
	if s.Choice != nil {
		o.add("x-lics-fields", s.Choice)
	}
	if len(s.Enum) > 0 {
		o.add("enum", s.Enum)
	}
	text("pattern", s.Pattern.Regex)
	count("minLength", s.MinLength)
	count("maxLength", s.MaxLength)
	if s.Minimum != nil {
		o.add("minimum", *s.Minimum)
	}
	if s.Maximum != nil {
		o.add("maximum", *s.Maximum)
	}
	if s.Items != nil {
		o.add("items", s.Items.object(false))
	}
	count("minItems", s.MinItems)
	count("maxItems", s.MaxItems)
	if s.Type == Object {
		s.fields(&o)
	}
	return o
}

func (s *Schema) fields(o *object) {
	var properties object
	var required []string
	for _, f := range s.Fields {
		properties.add(f.Name, f.object(false))
		if f.Required {
			required = append(required, f.Name)
		}
	}
	if len(properties) > 0 {
		o.add("properties", properties)
	}
	if len(required) > 0 {
		o.add("required", required)
	}
	switch {
	case s.Values != nil:
		o.add("additionalProperties", s.Values.object(false))
	default:
		o.add("additionalProperties", false)
	}
}
