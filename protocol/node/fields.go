package node

import (
	"github.com/lics-lab/lics/protocol/schema"
	"github.com/lics-lab/lics/task"
)

// Lengths of texts in a document.
const (
	maxName  = 64
	maxLabel = 200
	maxText  = 4096
	maxList  = 1000
)

// data is the schema of a kind: its own fields after those every node has.
func data(fields ...schema.Field) *schema.Schema {
	return &schema.Schema{Type: schema.Object, Fields: append([]schema.Field{
		{Name: "label", Schema: &schema.Schema{Type: schema.String, Title: "Label", Help: "What the node is called on the canvas.", MaxLength: maxLabel}},
		{Name: "note", Schema: &schema.Schema{Type: schema.String, Title: "Note", Help: "For the people who read the protocol.", MaxLength: maxText}},
	}, fields...)}
}

// common is the part of every node's data that has no effect.
type common struct {
	Label string `json:"label"`
	Note  string `json:"note"`
}

func must(f schema.Field) schema.Field {
	f.Required = true
	return f
}

// expression is a field with source text of package expr.
func expression(name, of, title, help string, example any) schema.Field {
	return schema.Field{Name: name, Schema: &schema.Schema{
		Type: schema.String, Title: title, Help: help, MaxLength: 1024, Example: example,
		Form: &schema.Form{Kind: "expression", Type: of},
	}}
}

// reference is a field that names something the protocol declares.
func reference(name, kind, title, help string) schema.Field {
	return schema.Field{Name: name, Schema: &schema.Schema{
		Type: schema.String, Title: title, Help: help, MaxLength: maxName, Form: &schema.Form{Kind: kind},
	}}
}

func channelField(d task.Direction, help string) schema.Field {
	return channelOf("channel", d, "Channel", help)
}

func channelOf(name string, d task.Direction, title, help string) schema.Field {
	f := reference(name, "channel", title, help)
	f.Form.Type = string(d)
	return f
}

var roleField = reference("role", "role", "Device", "The role of the device; may be left out when the protocol has only one.")

func text(name, title, help string, most int) schema.Field {
	return schema.Field{Name: name, Schema: &schema.Schema{Type: schema.String, Title: title, Help: help, MaxLength: most}}
}

func template(name, title, help string) schema.Field {
	return schema.Field{Name: name, Schema: &schema.Schema{
		Type: schema.String, Title: title, Help: help, MaxLength: maxText, Form: &schema.Form{Kind: "template"},
	}}
}

func flag(name, title, help string) schema.Field {
	return schema.Field{Name: name, Schema: &schema.Schema{Type: schema.Boolean, Title: title, Help: help, Default: false}}
}

func choice(name, title, help string, options ...string) schema.Field {
	return schema.Field{Name: name, Schema: &schema.Schema{Type: schema.String, Title: title, Help: help, Enum: options}}
}

func list(name, title, help string, item *schema.Schema) schema.Field {
	return schema.Field{Name: name, Schema: &schema.Schema{Type: schema.Array, Title: title, Help: help, Items: item, MaxItems: maxList}}
}

var eventItem = &schema.Schema{Type: schema.String, MinLength: 1, MaxLength: maxName, Form: &schema.Form{Kind: "event"}}

// eventsField is a list of events that are answered.
func eventsField(name, title, help string) schema.Field {
	return list(name, title, help, eventItem)
}

// mapping is an object whose keys are names and whose values are strings.
func mapping(name, title, help string, value *schema.Schema) schema.Field {
	return schema.Field{Name: name, Schema: &schema.Schema{Type: schema.Object, Title: title, Help: help, Values: value}}
}

func named(title, help string) schema.Field {
	return schema.Field{Name: "name", Schema: &schema.Schema{Type: schema.String, Title: title, Help: help, MinLength: 1, MaxLength: maxName}}
}

func typeField(help string) schema.Field {
	return schema.Field{Name: "type", Schema: &schema.Schema{
		Type: schema.String, Title: "Type", Help: help, MaxLength: maxName, Form: &schema.Form{Kind: "type"},
	}}
}
