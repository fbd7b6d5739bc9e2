package protocol

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"github.com/lics-lab/lics/protocol/schema"
)

// What happened to something between two graphs.
const (
	Added   = "added"
	Removed = "removed"
	Changed = "changed"
)

// Change is one difference between two graphs.
type Change struct {
	What string `json:"what"` // Added, Removed or Changed
	// Object is protocol, role, parameter, variable, node, edge, note or group;
	// ID is its name or id, empty for the protocol itself.
	Object string `json:"object"`
	ID     string `json:"id,omitempty"`
	// Field is the path of what changed inside the object, like
	// data.entry[0].level. Before and After are its JSON; one is absent when
	// the field appeared or went away.
	Field  string          `json:"field,omitempty"`
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
}

// Diff lists what changed from a to b, in the order of a document and then by
// name. The order of nodes and edges does not count; a moved node does, as its
// position, so that two graphs without a difference are drawn alike.
func Diff(a, b *Graph) []Change {
	before, after := a.tree(), b.tree()
	var d differ
	for _, field := range []string{"name", "description", "reference", "metadata"} {
		d.object, d.id = "protocol", ""
		d.value(field, before[field], after[field])
	}
	for _, list := range []struct{ field, object, key string }{
		{"roles", "role", "name"},
		{"parameters", "parameter", "name"},
		{"variables", "variable", "name"},
		{"nodes", "node", "id"},
		{"edges", "edge", "id"},
		{"notes", "note", "id"},
		{"groups", "group", "id"},
	} {
		d.list(list.object, keyed(before[list.field], list.key), keyed(after[list.field], list.key))
	}
	return d.changes
}

// tree is the canonical document as maps and lists.
func (g *Graph) tree() map[string]any {
	compact, err := g.clone().marshal()
	if err != nil {
		return nil // broken JSON in a graph made by hand has no fields to compare
	}
	v, err := decodeTree(compact)
	if err != nil {
		return nil
	}
	m, _ := v.(map[string]any)
	return m
}

// keyed finds the objects of a list by name or id. Of two with the same, which
// Check refuses, the last counts.
func keyed(v any, key string) map[string]any {
	list, _ := v.([]any)
	m := map[string]any{}
	for _, x := range list {
		if o, ok := x.(map[string]any); ok {
			id, _ := o[key].(string)
			m[id] = o
		}
	}
	return m
}

type differ struct {
	changes    []Change
	object, id string
}

func (d *differ) add(what, field string, before, after any) {
	d.changes = append(d.changes, Change{
		What: what, Object: d.object, ID: d.id, Field: field, Before: text(before), After: text(after),
	})
}

// absent is a value that is not there, which null is.
type absent struct{}

func text(v any) json.RawMessage {
	if _, not := v.(absent); not || v == nil {
		return nil
	}
	b, err := plainJSON(v)
	if err != nil {
		return nil
	}
	return b
}

func (d *differ) list(object string, before, after map[string]any) {
	d.object = object
	for _, id := range union(before, after) {
		d.id = id
		x, was := before[id]
		y, is := after[id]
		switch {
		case !was:
			d.add(Added, "", absent{}, y)
		case !is:
			d.add(Removed, "", x, absent{})
		default:
			d.value("", x, y)
		}
	}
}

// value compares two values down to the fields that differ.
func (d *differ) value(path string, x, y any) {
	if bytes.Equal(text(x), text(y)) {
		return
	}
	if mx, ok := x.(map[string]any); ok && path != "position" {
		if my, ok := y.(map[string]any); ok {
			for _, k := range union(mx, my) {
				d.value(schema.Join(path, k), at(mx, k), at(my, k))
			}
			return
		}
	}
	lx, ok := x.([]any)
	ly, ok2 := y.([]any)
	if !ok || !ok2 {
		d.add(Changed, path, x, y)
		return
	}
	for i := range max(len(lx), len(ly)) {
		vx, vy := any(absent{}), any(absent{})
		if i < len(lx) {
			vx = lx[i]
		}
		if i < len(ly) {
			vy = ly[i]
		}
		d.value(path+"["+itoa(i)+"]", vx, vy)
	}
}

func at(m map[string]any, key string) any {
	if v, ok := m[key]; ok {
		return v
	}
	return absent{}
}

func union(a, b map[string]any) []string {
	all := maps.Clone(a)
	if all == nil {
		all = map[string]any{}
	}
	maps.Copy(all, b)
	return slices.Sorted(maps.Keys(all))
}
