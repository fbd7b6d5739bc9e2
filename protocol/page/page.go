// Package page writes what a protocol is, for people who read and do not edit:
// a page of Markdown, and a picture of the session and of the states of each
// task. Both come from the document alone, so they are never older than it.
package page

import (
	"strings"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/node"
)

// section is one frame of the picture: the session, or what stands in a task
// or a loop.
type section struct {
	title string
	level node.Level
	about string // what is said beside the title
	cards []*card
	// enters is the card where it begins; nil when the drawing does not say.
	enters *card
}

// sections are the frames of a graph, the session first and containers in the
// order in which they are drawn. A container is a card in its parent's frame.
func sections(g *protocol.Graph) []*section {
	inside := map[string][]*protocol.Node{}
	known := map[string]bool{}
	for i := range g.Nodes {
		known[g.Nodes[i].ID] = true
	}
	for i := range g.Nodes {
		parent := g.Nodes[i].Parent
		if !known[parent] {
			parent = ""
		}
		inside[parent] = append(inside[parent], &g.Nodes[i])
	}
	from := map[string][]*protocol.Edge{}
	for i := range g.Edges {
		from[g.Edges[i].Source] = append(from[g.Edges[i].Source], &g.Edges[i])
	}
	var all []*section
	var frame func(s *section, container *protocol.Node)
	frame = func(s *section, container *protocol.Node) {
		all = append(all, s)
		id := ""
		if container != nil {
			id = container.ID
		}
		for _, n := range inside[id] {
			s.cards = append(s.cards, newCard(n, from[n.ID]))
		}
		if container != nil {
			s.enters = entrance(s.cards, container, from[id])
		}
		for _, n := range inside[id] {
			if k := node.ByType(n.Type); k != nil && k.Container {
				frame(containerSection(n, k), n)
			}
		}
	}
	frame(&section{title: "Session", level: node.Session}, nil)
	return all
}

func containerSection(n *protocol.Node, k *node.Kind) *section {
	s := &section{title: titleOf(n, k), level: node.Session}
	if k.Type != "task" {
		s.about = strings.Join(append([]string{strings.ToLower(k.Label)}, summary(n, k)...), " · ")
		return s
	}
	s.level = node.Task
	d := decoded[node.TaskData](n.Data)
	s.about = "task on the device"
	if d.Role != "" {
		s.about = "task on " + d.Role
	}
	var limits []string
	for _, l := range []struct{ what, at string }{{"duration", d.Limits.Duration}, {"trials", d.Limits.Trials}, {"volume in µl", d.Limits.Volume}} {
		if l.at != "" {
			limits = append(limits, l.what+" "+l.at)
		}
	}
	if len(limits) > 0 {
		s.about += " · limits: " + strings.Join(limits, ", ")
	}
	return s
}

// entrance is where a container begins: at the state it names, or where its
// wires lead inside.
func entrance(cards []*card, container *protocol.Node, wires []*protocol.Edge) *card {
	initial := decoded[node.TaskData](container.Data).Initial
	for _, c := range cards {
		if initial != "" && (c.id == initial || c.name == initial) {
			return c
		}
		for _, e := range wires {
			if e.Target == c.id {
				return c
			}
		}
	}
	return nil
}
