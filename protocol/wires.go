package protocol

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/node"
)

// wire is an edge between two nodes that exist.
type wire struct {
	*Edge
	from, to *item
	port     node.Port
	data     map[string]any
	broken   bool // its data cannot be used
}

func (c *checker) edge(e *Edge) place { return place{c: c, edge: e.ID} }

// wires joins the nodes and refuses edges that cannot be.
func (c *checker) wires() {
	order := make([]*Edge, len(c.g.Edges))
	for i := range c.g.Edges {
		order[i] = &c.g.Edges[i]
	}
	slices.SortStableFunc(order, func(a, b *Edge) int { return cmp.Compare(a.ID, b.ID) })
	seen := map[string]bool{}
	for _, e := range order {
		if seen[e.ID] || e.ID == "" {
			c.edge(e).Report(diagnostic.DuplicateID, "id", fmt.Sprintf("there are two edges with the id %s", clip(e.ID)), "give one of them another id")
			continue
		}
		seen[e.ID] = true
		if w := c.wire(e); w != nil {
			w.from.out = append(w.from.out, w)
			w.to.in = append(w.to.in, w)
		}
	}
}

func (c *checker) wire(e *Edge) *wire {
	p := c.edge(e)
	w := &wire{Edge: e, from: c.byID[e.Source], to: c.byID[e.Target]}
	c.readEdge(w)
	for _, end := range []struct {
		field, id string
		found     *item
	}{{"source", e.Source, w.from}, {"target", e.Target, w.to}} {
		if end.found == nil {
			p.Report(diagnostic.DanglingWire, end.field, fmt.Sprintf("the wire's %s is the node %s, which does not exist", end.field, clip(end.id)), "draw it again, or remove it")
			return nil
		}
		if end.found.kind == nil || end.found.misplaced {
			return nil // said of the node
		}
	}
	if !c.sameLevel(w) {
		return nil
	}
	target := cmp.Or(e.TargetHandle, "in")
	var ok bool
	if w.port, ok = w.from.port(e.Port(), node.Out); !ok {
		if !w.from.broken {
			c.noPort(p, "sourceHandle", w.from, e.Port(), node.Out)
		}
		return nil
	}
	if _, ok = w.to.port(target, node.In); !ok {
		c.noPort(p, "targetHandle", w.to, target, node.In)
		return nil
	}
	if w.port.Many {
		return w
	}
	for _, other := range w.from.out {
		if other.port.Name == w.port.Name {
			c.at(w.from).report(Diagnostic{
				Code: diagnostic.TwoWires, Port: w.port.Name,
				Message: fmt.Sprintf("two wires leave the port %s: %s and %s", w.port.Name, other.ID, e.ID),
				Hint:    "remove one; to do two things at once, use parallel",
			})
			break
		}
	}
	return w
}

// readEdge reads what a wire carries. Between steps that is at most a label:
// only a transition answers events.
func (c *checker) readEdge(w *wire) {
	p := c.edge(w.Edge)
	var err error
	if w.data, err = object(w.Data); err != nil {
		p.Report(diagnostic.BadData, "", "the data cannot be read: "+err.Error(), "")
		w.broken = true
		return
	}
	c.edgeData[w.ID] = w.data
	w.broken = p.schema(node.TransitionSchema, w.data)
	if w.from == nil || w.from.kind == nil || w.from.kind.Level == node.Task {
		return
	}
	for _, field := range []string{"event", "events", "guard", "actions", "order"} {
		if _, ok := w.data[field]; ok {
			p.Report(diagnostic.BadData, field, "a wire between steps answers no event", "use a branch for a condition; events are answered inside a task")
			return
		}
	}
}

func (c *checker) noPort(p place, field string, n *item, port string, d node.Direction) {
	hint := c.suggest(port, func() []string { return n.portNames(d) })
	if hint == "" {
		hint = "no wire can " + map[node.Direction]string{node.Out: "leave", node.In: "arrive at"}[d] + " " + an(n.Type)
	}
	p.Report(diagnostic.DanglingWire, field, fmt.Sprintf("%s has no port %s", n.ID, clip(port)), hint)
}

// sameLevel refuses wires into and out of containers.
func (c *checker) sameLevel(w *wire) bool {
	level := w.from.parent
	p := c.edge(w.Edge)
	if w.from.kind.Container && w.from.Type != "task" && w.Port() == "body" {
		if w.to.parent == w.from {
			return true
		}
		p.Report(diagnostic.MixedLevels, "target", fmt.Sprintf("the body of %s begins at %s, which does not stand in it", w.from.ID, w.to.ID), "wire it to a node inside the loop")
		return false
	}
	if w.to.parent == level {
		return true
	}
	hint := "a wire stays inside its container; leave a loop by its port done, a task by an exit"
	if w.to.parent == w.from {
		hint = "begin the inside of a loop at its port body; a task begins in its initial state"
	}
	p.Report(diagnostic.MixedLevels, "target", fmt.Sprintf("the wire goes from %s to %s, which stands somewhere else", w.from.ID, w.to.ID), hint)
	return false
}
