// Package schema describes JSON: the document of a protocol and the data of
// each kind of node. One description serves three readers: the checker, which
// needs messages a researcher understands; editors, which build forms from the
// JSON Schema it is written as; and people, who read the published schema.
// A validator library would serve the second and third only.
package schema

// Type is a type of JSON; empty is any.
type Type string

// The types.
const (
	Any     Type = ""
	Object  Type = "object"
	Array   Type = "array"
	String  Type = "string"
	Integer Type = "integer"
	Number  Type = "number"
	Boolean Type = "boolean"
)

// Schema is a subset of JSON Schema 2020-12 with ordered fields.
type Schema struct {
	// Name, when set, makes the schema a definition that others refer to.
	Name  string
	Type  Type
	Title string
	Help  string
	// Default and Example are for people and forms; validation ignores them.
	Default any
	Example any
	Unit    string
	Form    *Form

	Enum      []string // of a string
	Pattern   Pattern  // of a string
	MinLength int      // of a string, in letters
	MaxLength int
	Minimum   *float64 // of a number
	Maximum   *float64

	Items    *Schema // of an array
	MinItems int
	MaxItems int

	Fields []Field // of an object; others are refused, unless
	Values *Schema // says what else an object may hold
	Choice *Choice // of an object, when not every field applies always
}

// Choice tells an editor which fields of an object apply: the value of one
// field decides. Fields in no list always apply. It is x-lics-fields in the
// JSON Schema; what is refused is for the checker to say.
type Choice struct {
	By     string              `json:"by"`
	Fields map[string][]string `json:"fields"`
}

// Field is a field of an object.
type Field struct {
	Name     string
	Required bool
	*Schema
}

// Form tells an editor what to offer for a string: an expression of a type, or
// one of the names the protocol declares. It is x-lics in the JSON Schema.
type Form struct {
	Kind string `json:"kind"`           // expression, template, role, channel, variable, stream, timer, event, state, type
	Type string `json:"type,omitempty"` // of an expression; the direction of a channel
}

// Pattern is a rule for strings, with the words to explain it.
type Pattern struct {
	Match func(string) bool
	Regex string // the same, for JSON Schema
	Words string // "must be …"
}

// Of is a field list with one more field; it copies.
func Of(fields ...[]Field) []Field {
	var all []Field
	for _, f := range fields {
		all = append(all, f...)
	}
	return all
}

// Field finds a field of an object by name; nil when there is none.
func (s *Schema) Field(name string) *Schema {
	for i := range s.Fields {
		if s.Fields[i].Name == name {
			return s.Fields[i].Schema
		}
	}
	return nil
}
