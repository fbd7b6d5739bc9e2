package protocol

import (
	"encoding/json"
	"slices"

	"github.com/lics-lab/lics/protocol/node"
	"github.com/lics-lab/lics/protocol/schema"
)

// JSONSchema is the JSON Schema of a document, made from the catalogue of
// nodes: what an editor of text files completes and checks with. It is
// published as docs/protocol.schema.json.
func JSONSchema() ([]byte, error) {
	var root map[string]any
	if err := json.Unmarshal(document.Body(), &root); err != nil {
		return nil, err
	}
	defs := map[string]any{}
	var kinds []any
	for _, k := range node.All() {
		defs["node_"+k.Type] = k.Schema.Body()
		for _, d := range k.Schema.Definitions() {
			defs[d.Name] = d.Body()
		}
		then := map[string]any{"properties": map[string]any{"data": map[string]any{"$ref": "#/$defs/node_" + k.Type}}}
		if slices.ContainsFunc(k.Schema.Fields, func(f schema.Field) bool { return f.Required }) {
			then["required"] = []string{"data"} // else a node without any would pass
		}
		kinds = append(kinds, map[string]any{
			"if":   map[string]any{"properties": map[string]any{"type": map[string]any{"const": k.Type}}},
			"then": then,
		})
	}
	defs[node.TransitionSchema.Name] = node.TransitionSchema.Body()
	properties, _ := root["properties"].(map[string]any)
	item := func(list string) map[string]any {
		array, _ := properties[list].(map[string]any)
		object, _ := array["items"].(map[string]any)
		return object
	}
	nodes := item("nodes")
	nodes["allOf"] = kinds
	nodeFields, _ := nodes["properties"].(map[string]any)
	kind, _ := nodeFields["type"].(map[string]any)
	kind["enum"] = node.Types()
	edgeFields, _ := item("edges")["properties"].(map[string]any)
	edgeFields["data"] = map[string]any{"$ref": "#/$defs/" + node.TransitionSchema.Name}
	format, _ := properties["format"].(map[string]any)
	format["const"] = Format
	root["$schema"] = schema.Draft
	root["$id"] = "https://lics-lab.github.io/protocol.schema.json"
	root["$defs"] = defs
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		return nil, err
	}
	return append(out, '\n'), nil
}
