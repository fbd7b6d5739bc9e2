package main

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/lics-lab/lics/protocol"
)

type protocolDiffCmd struct {
	From string `arg:"" help:"The older: a file, template:NAME, NAME (its latest version) or NAME@VERSION."`
	To   string `arg:"" help:"The newer."`
	outputFlag
}

// change is one difference between two documents, as in the API.
type change struct {
	Kind    string          `json:"kind"`    // ADDED, REMOVED or CHANGED
	Subject string          `json:"subject"` // protocol, role, parameter, variable, node or edge
	ID      string          `json:"id"`
	Field   string          `json:"field"` // empty when the whole was added or removed
	Before  json.RawMessage `json:"before"`
	After   json.RawMessage `json:"after"`
}

func (c *protocolDiffCmd) Run(a *app) error {
	var graphs [2]*protocol.Graph
	for i, arg := range []string{c.From, c.To} {
		raw, err := a.documentOf(arg)
		if err != nil {
			return err
		}
		if graphs[i], err = canonical(raw); err != nil {
			return &inDocument{arg, err}
		}
	}
	changes, err := difference(graphs[0], graphs[1])
	if err != nil {
		return err
	}
	if c.Output != asTable {
		return printList(a, c.Output, changes, nil)
	}
	rows := make([][]string, 0, len(changes))
	for _, d := range changes {
		sign := map[string]string{"ADDED": "+", "REMOVED": "-", "CHANGED": "~"}[d.Kind]
		rows = append(rows, []string{sign, d.Subject, dash(d.ID), dash(d.Field), brief(d.Before), arrow(d), brief(d.After)})
	}
	if len(rows) == 0 {
		a.note("They are the same, apart from where things are drawn.")
	}
	return a.table(rows, false)
}

// canonical reads a document with everything filled in that may be left out,
// so that two ways to write the same are no difference.
func canonical(raw []byte) (*protocol.Graph, error) {
	g, err := protocol.Parse(raw)
	if err != nil {
		return nil, err
	}
	if raw, err = g.Encode(); err != nil {
		return nil, err
	}
	return protocol.Parse(raw)
}

// inDocument puts the name of a document before what is wrong with it.
type inDocument struct {
	name string
	err  error
}

func (e *inDocument) Error() string { return e.name + ": " + e.err.Error() }
func (e *inDocument) Unwrap() error { return e.err }

func arrow(c change) string {
	if c.Kind == "CHANGED" {
		return "→"
	}
	return ""
}

// brief is a value for a column.
func brief(raw json.RawMessage) string {
	const most = 48
	if r := []rune(string(raw)); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return string(raw)
}

// fields of one thing of a document, by name; those of a node's or an edge's
// data are called data.NAME.
type fields map[string]json.RawMessage

// difference lists what was added, removed and changed, in the order of the
// newer document; what was removed follows. Positions and the editor's metadata
// have no meaning and are left out.
func difference(from, to *protocol.Graph) ([]change, error) {
	changes := []change{}
	for _, part := range parts {
		before, order, err := part.list(from)
		if err != nil {
			return nil, err
		}
		after, newer, err := part.list(to)
		if err != nil {
			return nil, err
		}
		for _, id := range newer {
			if old, ok := before[id]; ok {
				changes = append(changes, compare(part.subject, id, old, after[id])...)
			} else {
				changes = append(changes, change{Kind: "ADDED", Subject: part.subject, ID: id, After: whole(after[id])})
			}
		}
		for _, id := range order {
			if _, ok := after[id]; !ok {
				changes = append(changes, change{Kind: "REMOVED", Subject: part.subject, ID: id, Before: whole(before[id])})
			}
		}
	}
	return changes, nil
}

func compare(subject, id string, before, after fields) []change {
	names := make([]string, 0, len(before)+len(after))
	for name := range before {
		names = append(names, name)
	}
	for name := range after {
		names = append(names, name)
	}
	slices.Sort(names)
	var changes []change
	for _, name := range slices.Compact(names) {
		if old, now := before[name], after[name]; !bytes.Equal(old, now) {
			changes = append(changes, change{Kind: "CHANGED", Subject: subject, ID: id, Field: name, Before: old, After: now})
		}
	}
	return changes
}

func whole(f fields) json.RawMessage {
	raw, err := json.Marshal(f)
	if err != nil { // of raw messages that were read
		return nil
	}
	return raw
}

// parts are the lists of a document, in its order.
var parts = []struct {
	subject string
	list    func(*protocol.Graph) (map[string]fields, []string, error)
}{
	{"protocol", func(g *protocol.Graph) (map[string]fields, []string, error) {
		head := protocol.Graph{Name: g.Name, Description: g.Description, Reference: g.Reference}
		return listed([]protocol.Graph{head}, func(protocol.Graph) string { return "" })
	}},
	{"role", func(g *protocol.Graph) (map[string]fields, []string, error) {
		return listed(g.Roles, func(r protocol.Role) string { return r.Name })
	}},
	{"parameter", func(g *protocol.Graph) (map[string]fields, []string, error) {
		return listed(g.Parameters, func(p protocol.Parameter) string { return p.Name })
	}},
	{"variable", func(g *protocol.Graph) (map[string]fields, []string, error) {
		return listed(g.Variables, func(v protocol.Variable) string { return v.Name })
	}},
	{"node", func(g *protocol.Graph) (map[string]fields, []string, error) {
		return listed(g.Nodes, func(n protocol.Node) string { return n.ID })
	}},
	{"edge", func(g *protocol.Graph) (map[string]fields, []string, error) {
		return listed(g.Edges, func(e protocol.Edge) string { return e.ID })
	}},
}

// listed takes things apart by way of their JSON, which is what people see.
func listed[T any](things []T, id func(T) string) (map[string]fields, []string, error) {
	byID, order := map[string]fields{}, make([]string, 0, len(things))
	for _, thing := range things {
		raw, err := json.Marshal(thing)
		if err != nil {
			return nil, nil, err
		}
		f := fields{}
		if err := json.Unmarshal(raw, &f); err != nil {
			return nil, nil, err
		}
		if data, ok := f["data"]; ok {
			inner := fields{}
			if err := json.Unmarshal(data, &inner); err != nil {
				return nil, nil, err
			}
			for name, value := range inner {
				f["data."+name] = value
			}
		}
		for _, name := range []string{"data", "position", "id", "metadata", "kind", "format", "nodes", "edges"} {
			delete(f, name)
		}
		for name := range f {
			if f[name], err = ordered(f[name]); err != nil {
				return nil, nil, err
			}
		}
		byID[id(thing)] = f
		order = append(order, id(thing))
	}
	return byID, order, nil
}

// ordered writes JSON with sorted keys and without spaces, so that the same
// thing is the same bytes.
func ordered(raw json.RawMessage) (json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(out.Bytes()), nil
}
