package protocol

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Encode writes the canonical document: fields in their order, the keys inside
// data sorted, two spaces of indentation, so that equal graphs are equal files
// and a version control system shows what changed. Nodes and edges keep their
// order, which is the author's.
func (g *Graph) Encode() ([]byte, error) {
	c := g.clone()
	c.Kind, c.Format = DocumentKind, Format
	compact, err := c.marshal()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, compact, "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// Hash is the sha256, in hex, of everything that a run could depend on or a
// reader be told: the canonical document without positions, notes, groups and
// metadata, nodes and edges sorted by id. So a version that was only tidied up on the canvas
// has the hash of the one before, and data recorded with both belongs
// together, while a changed label counts as a change: it is what people read
// when they decide whether two protocols are the same.
func Hash(g *Graph) string {
	return hash(g, func(i int) (map[string]any, bool) { return nil, false }, func(i int) (map[string]any, bool) { return nil, false })
}

// hash is Hash with the data that the checker has decoded already, by the
// index of a node or an edge.
func hash(g *Graph, nodeData, edgeData func(i int) (map[string]any, bool)) string {
	c := g.clone()
	c.Kind, c.Format, c.Notes, c.Groups, c.Metadata = DocumentKind, Format, nil, nil, nil
	var failed error
	fill := func(raw *json.RawMessage, data map[string]any, decoded bool) {
		var err error
		if decoded {
			*raw, err = plainJSON(data)
		} else {
			*raw, err = canonical(*raw)
		}
		failed = errors.Join(failed, err)
	}
	for i := range c.Nodes {
		c.Nodes[i].Position = Position{}
		data, decoded := nodeData(i)
		fill(&c.Nodes[i].Data, data, decoded)
	}
	for i := range c.Edges {
		if len(c.Edges[i].Data) > 0 {
			data, decoded := edgeData(i)
			fill(&c.Edges[i].Data, data, decoded)
			c.Edges[i].dropEmptyData()
		}
	}
	slices.SortStableFunc(c.Nodes, func(a, b Node) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(c.Edges, func(a, b Edge) int { return cmp.Compare(a.ID, b.ID) })
	compact, err := plainJSON(c)
	if err != nil || failed != nil {
		// Only a graph made by hand with broken JSON in it comes here; it has
		// no canonical form, but two different ones still must not collide.
		compact = fmt.Appendf(nil, "%#v", c)
	}
	sum := sha256.Sum256(compact)
	return hex.EncodeToString(sum[:])
}

// clone copies what Encode and Hash change; it gives absent handles their
// names and absent data an empty object, so that both ways to write the same
// thing are the same.
func (g *Graph) clone() *Graph {
	c := *g
	c.Nodes, c.Edges = slices.Clone(g.Nodes), slices.Clone(g.Edges)
	if c.Nodes == nil {
		c.Nodes = []Node{}
	}
	if c.Edges == nil {
		c.Edges = []Edge{}
	}
	for i := range c.Nodes {
		if len(c.Nodes[i].Data) == 0 {
			c.Nodes[i].Data = json.RawMessage("{}")
		}
	}
	for i := range c.Edges {
		e := &c.Edges[i]
		e.SourceHandle = e.Port()
		e.TargetHandle = cmp.Or(e.TargetHandle, "in")
	}
	return &c
}

// marshal is compact JSON with sorted keys inside raw messages and no escaping
// for HTML, which would make guards like a < b unreadable in files.
func (g *Graph) marshal() ([]byte, error) {
	for i := range g.Nodes {
		raw, err := canonical(g.Nodes[i].Data)
		if err != nil {
			return nil, fmt.Errorf("node %s: %w", g.Nodes[i].ID, err)
		}
		g.Nodes[i].Data = raw
	}
	for i := range g.Edges {
		raw, err := canonical(g.Edges[i].Data)
		if err != nil {
			return nil, fmt.Errorf("edge %s: %w", g.Edges[i].ID, err)
		}
		g.Edges[i].Data = raw
		g.Edges[i].dropEmptyData()
	}
	return plainJSON(g)
}

// dropEmptyData makes no data and empty data the same.
func (e *Edge) dropEmptyData() {
	if string(e.Data) == "{}" {
		e.Data = nil
	}
}

func canonical(raw json.RawMessage) (json.RawMessage, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	v, err := decodeData(raw)
	if err != nil {
		return nil, err
	}
	return plainJSON(v) // encoding/json sorts the keys of maps
}

func plainJSON(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}
