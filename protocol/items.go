package protocol

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/node"
	"github.com/lics-lab/lics/protocol/schema"
)

// item is a node with what the checker knows of it.
type item struct {
	*Node
	kind     *node.Kind     // nil when it is unknown
	data     map[string]any // nil when it cannot be read
	label    string
	parent   *item // the top item for a node without one; nil when it is unknown
	children []*item
	ports    []node.Port
	name     string // of a state or an exit
	in, out  []*wire
	busy     []string // the roles whose devices a protocol in it occupies
	// broken nodes have no usable data: they are not compiled, so that one
	// mistake is said once.
	broken bool
	// misplaced nodes are left out of everything that follows wires.
	misplaced bool
}

func (c *checker) at(n *item) place { return place{c: c, node: n.ID} }

// items reads the nodes: ids, kinds, data, parents, ports.
func (c *checker) items() {
	order := make([]int, len(c.g.Nodes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(c.g.Nodes[a].ID, c.g.Nodes[b].ID) })
	for _, i := range order {
		n := &item{Node: &c.g.Nodes[i]}
		p := c.at(n)
		if !idMatch(n.ID) || len(n.ID) > MaxID {
			p.Report(diagnostic.BadName, "id", fmt.Sprintf("%q cannot be an id", clip(n.ID)), "use letters, digits and _ . : -")
		}
		if c.byID[n.ID] != nil {
			p.Report(diagnostic.DuplicateID, "id", fmt.Sprintf("there are two nodes with the id %s", clip(n.ID)), "give one of them another id")
			continue
		}
		c.byID[n.ID] = n
		c.nodes = append(c.nodes, n)
		if n.kind = node.ByType(n.Type); n.kind == nil {
			p.Report(diagnostic.UnknownKind, "type", fmt.Sprintf("there is no kind of node called %q", clip(n.Type)), c.suggest(n.Type, node.Types))
		}
		c.readData(n)
	}
	for _, n := range c.nodes {
		c.findParent(n)
	}
	c.cyclicParents()
	for _, n := range c.nodes {
		if n.parent != nil && !n.misplaced {
			n.parent.children = append(n.parent.children, n)
		}
	}
	for _, n := range c.nodes {
		c.findPorts(n)
	}
}

func (c *checker) readData(n *item) {
	p := c.at(n)
	var err error
	if n.data, err = object(n.Data); err != nil {
		p.Report(diagnostic.BadData, "", "the data cannot be read: "+err.Error(), "")
		n.broken, n.data = true, map[string]any{}
	}
	if n.kind == nil {
		n.broken = true
		return
	}
	if p.schema(n.kind.Schema, n.data) {
		n.broken = true
	}
	n.label, _ = n.data["label"].(string)
	n.name, _ = n.data["name"].(string)
	n.name = cmp.Or(n.name, n.ID)
}

// schema reports what does not fit, and says whether there was anything.
func (p place) schema(s *schema.Schema, data map[string]any) bool {
	problems := s.Validate(data)
	for _, x := range problems {
		if x.Unknown == "to" {
			p.Report(diagnostic.TransitionInEntry, x.Path, "a transition cannot be an action or stand in the data of a state",
				"draw a wire to the other state; to move on at once, give this state the timer 0s and a wire for timeup")
			continue
		}
		p.Report(diagnostic.BadData, x.Path, x.Message, x.Hint)
	}
	return len(problems) > 0
}

func (c *checker) findParent(n *item) {
	p := c.at(n)
	if n.Parent == "" {
		n.parent = c.top
		if n.kind != nil && n.kind.Level == node.Task {
			p.Report(diagnostic.MixedLevels, "parent", an(n.Type)+" stands outside of any task", "move it into a task")
			n.misplaced = true
		}
		return
	}
	parent := c.byID[n.Parent]
	switch {
	case parent == nil:
		p.Report(diagnostic.BadParent, "parent", fmt.Sprintf("it stands in %s, which does not exist", clip(n.Parent)), "move it to the canvas, a loop or a task")
	case parent.kind == nil:
		n.parent, n.misplaced = parent, true // said of the parent
	case !parent.kind.Container:
		p.Report(diagnostic.BadParent, "parent", fmt.Sprintf("it stands in %s, but nothing can stand in %s", parent.ID, an(parent.Type)), "move it to the canvas, a loop or a task")
	case n.kind == nil:
		n.parent = parent
		return
	case n.kind.Level == node.Task && parent.Type != "task":
		p.Report(diagnostic.MixedLevels, "parent", an(n.Type)+" stands in "+an(parent.Type), "move it into a task")
	case n.kind.Level == node.Session && parent.Type == "task":
		p.Report(diagnostic.MixedLevels, "parent", fmt.Sprintf("%s stands in the task %s, which runs on the device", an(n.Type), parent.ID),
			"move it out of the task; inside are states, always and exits")
	case n.kind.Top:
		p.Report(diagnostic.BadParent, "parent", fmt.Sprintf("%s stands in %s", an(n.Type), parent.ID), "move it to the canvas; a path in a loop ends by itself where nothing is wired")
	default:
		n.parent = parent
		return
	}
	n.misplaced = true
}

// cyclicParents finds nodes that are inside themselves.
func (c *checker) cyclicParents() {
	state := map[*item]int{} // 1 on the way, 2 well, 3 cyclic
	for _, n := range c.nodes {
		var path []*item
		at := n
		for at != nil && at != c.top && state[at] == 0 {
			state[at] = 1
			path = append(path, at)
			at = at.parent
		}
		verdict := 2
		if at != nil && at != c.top && (state[at] == 1 || state[at] == 3) {
			verdict = 3
		} else if len(path) > MaxNesting {
			verdict = 3
		}
		for _, x := range path {
			state[x] = verdict
			if verdict == 3 {
				x.misplaced = true
				c.at(x).Report(diagnostic.CyclicParent, "parent", "the node stands inside itself, or too deep", "move it to the canvas")
			}
		}
	}
}

func (c *checker) findPorts(n *item) {
	if n.kind == nil {
		return
	}
	var exits []string
	for _, child := range n.children {
		if child.kind != nil && child.Type == "exit" {
			exits = append(exits, child.name)
		}
	}
	slices.Sort(exits)
	n.ports = n.kind.PortsOf(n.data, slices.Compact(exits))
	seen := map[string]bool{}
	kept := n.ports[:0]
	for _, port := range n.ports {
		key := string(port.Direction) + port.Name
		if seen[key] {
			c.at(n).report(Diagnostic{
				Code: diagnostic.DuplicateName, Port: clip(port.Name),
				Message: fmt.Sprintf("the node has two ports called %s", clip(port.Name)), Hint: "rename one of them",
			})
			continue
		}
		seen[key] = true
		kept = append(kept, port)
	}
	n.ports = kept
}

// port finds a port by name.
func (n *item) port(name string, d node.Direction) (node.Port, bool) {
	for _, p := range n.ports {
		if p.Name == name && p.Direction == d {
			return p, true
		}
	}
	return node.Port{}, false
}

func (n *item) portNames(d node.Direction) []string {
	var names []string
	for _, p := range n.ports {
		if p.Direction == d {
			names = append(names, p.Name)
		}
	}
	return names
}

// an puts the article before a kind.
func an(kind string) string {
	if kind != "" && strings.IndexByte("aeiou", kind[0]) >= 0 {
		return "an " + kind
	}
	return "a " + kind
}
