package protocol

import (
	"regexp"

	"github.com/lics-lab/lics/protocol/schema"
)

// Limits of a document. They are far above what people draw and keep a hostile
// one from occupying the server.
const (
	MaxBytes   = 4 << 20
	MaxNodes   = 5_000
	MaxEdges   = 20_000
	MaxNotes   = 500
	MaxGroups  = 500
	MaxNesting = 32 // of JSON, and of containers inside each other
	MaxID      = 128
)

// Ids end up in command ids, topics and URLs, so what has a meaning there is
// not allowed in them.
const idRegex = `^[A-Za-z0-9_][A-Za-z0-9_.:>-]*$`

var (
	idMatch   = regexp.MustCompile(idRegex).MatchString
	idPattern = schema.Pattern{Match: idMatch, Regex: idRegex, Words: "must be letters, digits and _ . : - and begin with a letter or digit"}
)

func str(title, help string, most int) *schema.Schema {
	return &schema.Schema{Type: schema.String, Title: title, Help: help, MaxLength: most}
}

func id(help string) *schema.Schema {
	return &schema.Schema{Type: schema.String, Help: help, MinLength: 1, MaxLength: MaxID, Pattern: idPattern}
}

func objects(help string, most int, fields ...schema.Field) *schema.Schema {
	return &schema.Schema{Type: schema.Array, Help: help, MaxItems: most, Items: &schema.Schema{Type: schema.Object, Fields: fields}}
}

func need(name string, s *schema.Schema) schema.Field {
	return schema.Field{Name: name, Required: true, Schema: s}
}
func may(name string, s *schema.Schema) schema.Field { return schema.Field{Name: name, Schema: s} }

func number(help string) *schema.Schema { return &schema.Schema{Type: schema.Number, Help: help} }

// anything is an object that something else describes.
func anything(help string) *schema.Schema {
	return &schema.Schema{Type: schema.Object, Help: help, Values: &schema.Schema{}}
}

const nameHelp = "What expressions call it: letters, digits and _."

// document is the outside of a protocol: everything but the data of nodes and
// edges, which the catalogue describes and Check checks.
var document = &schema.Schema{Type: schema.Object, Title: "LICS protocol", Help: "A protocol of LICS as it is drawn, format 1.", Fields: []schema.Field{
	need("kind", &schema.Schema{Type: schema.String, Enum: []string{DocumentKind}, Help: "What the file is."}),
	need("format", &schema.Schema{Type: schema.Integer, Help: "The version of the format: 1."}),
	need("name", &schema.Schema{Type: schema.String, MinLength: 1, MaxLength: 200, Help: "What people call the protocol."}),
	may("description", str("Description", "What it does, for people.", 20_000)),
	may("reference", str("Reference", "The publication it follows.", 2000)),
	may("roles", objects("The devices the protocol needs.", 50,
		need("name", str("Name", "What the protocol calls the device.", 64)),
		may("label", str("Label", "What people call it.", 200)),
		may("channels", objects("The lines it must have. Inputs are recorded even when nothing answers them.", 500,
			need("name", str("Name", nameHelp, 64)),
			need("direction", &schema.Schema{Type: schema.String, Enum: []string{"in", "out"}, Help: "Read or driven."}),
			may("rising", str("Rising", "The event of an input's rising edge; empty: <name>_in.", 64)),
			may("falling", str("Falling", "The event of its falling edge; empty: <name>_out.", 64)),
			may("label", str("Label", "What people call it.", 200)),
		)),
	)),
	may("parameters", objects("Values chosen when a run starts.", 500,
		need("name", str("Name", nameHelp, 64)),
		need("type", str("Type", "bool, int, float, string, duration or list<…> of one of these.", 64)),
		may("default", &schema.Schema{Help: "Its value when none is chosen; a duration is a text like \"2s\"."}),
		may("label", str("Label", "What people call it.", 200)),
		may("help", str("Help", "What it means.", 4096)),
		may("unit", str("Unit", "Shown beside the value.", 64)),
		may("minimum", number("The smallest value; of a duration in seconds.")),
		may("maximum", number("The largest value; of a duration in seconds.")),
		may("options", &schema.Schema{Type: schema.Array, Help: "The values to choose from.", MaxItems: 200, Items: &schema.Schema{}}),
		may("live", &schema.Schema{Type: schema.Boolean, Help: "May be changed while a run goes on; holds from the next trial."}),
	)),
	may("variables", objects("Values of the run that steps change.", 500,
		need("name", str("Name", nameHelp, 64)),
		need("type", str("Type", "bool, int, float, string, duration or list<…> of one of these.", 64)),
		may("initial", str("At first", "An expression on parameters; empty is false, 0 or empty.", 1024)),
		may("help", str("Help", "What it means.", 4096)),
	)),
	need("nodes", objects("What is drawn.", MaxNodes,
		need("id", id("Unique among the nodes.")),
		need("type", &schema.Schema{Type: schema.String, MinLength: 1, MaxLength: 64, Help: "A kind of the catalogue."}),
		need("position", &schema.Schema{Type: schema.Object, Help: "Where it is drawn, relative to its parent. No meaning.", Fields: []schema.Field{
			need("x", number("")), need("y", number("")), may("width", number("Of a container.")), may("height", number("Of a container.")),
		}}),
		may("parent", id("The loop or the task it stands in.")),
		may("data", anything("What its kind asks for.")),
	)),
	need("edges", objects("The wires.", MaxEdges,
		need("id", id("Unique among the edges.")),
		need("source", id("The node it leaves.")),
		may("sourceHandle", str("Port", "The port it leaves; empty: out.", 200)),
		need("target", id("The node it arrives at.")),
		may("targetHandle", str("Port", "The port it arrives at; empty: in.", 200)),
		may("data", anything("Of a transition between states: event, guard, actions, order.")),
	)),
	may("notes", objects("Sticky notes on the canvas, for people. No meaning.", MaxNotes,
		need("id", id("Unique among the notes.")),
		need("text", str("Text", "What it says; lines are kept.", 10_000)),
		need("position", &schema.Schema{Type: schema.Object, Help: "Where it sticks, relative to its parent, in pixels.", Fields: []schema.Field{
			need("x", number("")), need("y", number("")), may("width", number("")), may("height", number("")),
		}}),
		may("parent", id("The loop or the task it sticks in.")),
		may("color", color()),
	)),
	may("groups", objects("Frames around nodes and notes, for people. No meaning.", MaxGroups,
		need("id", id("Unique among the groups.")),
		may("title", str("Title", "What stands above the frame.", 200)),
		may("nodes", members("Ids of the nodes in the frame; what is not there is ignored.", MaxNodes)),
		may("notes", members("Ids of the notes in it.", MaxNotes)),
		may("color", color()),
	)),
	may("metadata", anything("The editor's own; no meaning.")),
}}

func color() *schema.Schema {
	return &schema.Schema{Type: schema.String, Enum: []string{"yellow", "blue", "green", "red", "grey"}, Help: "Empty is yellow for a note and grey for a group."}
}

func members(help string, most int) *schema.Schema {
	return &schema.Schema{Type: schema.Array, Help: help, MaxItems: most, Items: id("")}
}
