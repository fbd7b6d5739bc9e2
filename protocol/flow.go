package protocol

import (
	"fmt"

	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/node"
)

// flows checks how tokens move on the session level: on the canvas and in the
// body of each loop.
func (c *checker) flows() {
	var starts []*item
	for _, n := range c.top.children {
		if n.kind != nil && n.Type == "start" {
			starts = append(starts, n)
		}
	}
	switch {
	case len(starts) == 0:
		c.document("").Report(diagnostic.NoStart, "nodes", "the protocol has no start", "add a start and wire it to the first step")
	case len(starts) > 1:
		for _, extra := range starts[1:] {
			c.at(extra).Report(diagnostic.TwoStarts, "", "the protocol has more than one start", "keep one; to begin two things at once, use parallel")
		}
	}
	c.flow(c.top, starts)
	for _, n := range c.nodes {
		if n.kind == nil || !n.kind.Container || n.Type == "task" || n.misplaced {
			continue
		}
		var first []*item
		for _, w := range n.out {
			if w.port.Name == plan.PortBody {
				first = append(first, w.to)
			}
		}
		c.flow(n, first)
	}
	for _, n := range c.nodes {
		c.openPorts(n)
		c.lonelyJoin(n)
	}
}

// flow checks one level: no wire leads back, and everything can be reached.
func (c *checker) flow(level *item, first []*item) {
	const (
		open   = 1
		closed = 2
	)
	mark := map[*item]int{}
	var visit func(n *item)
	visit = func(n *item) {
		mark[n] = open
		for _, w := range n.out {
			if w.to.parent != level {
				continue // the body of a loop
			}
			switch mark[w.to] {
			case 0:
				visit(w.to)
			case open:
				c.edge(w.Edge).Report(diagnostic.BackwardWire, "target",
					fmt.Sprintf("the wire leads back from %s to %s", n.ID, w.to.ID),
					"put what is repeated into a repeat (a number of times, or until something holds) or a for each")
			}
		}
		mark[n] = closed
	}
	for _, n := range first {
		if mark[n] == 0 {
			visit(n)
		}
	}
	reached := len(first) > 0
	for _, n := range level.children {
		if mark[n] != 0 || n.kind == nil || n.kind.Level != node.Session {
			continue
		}
		if reached && n.Type != "start" {
			c.at(n).Report(diagnostic.NeverFires, "", fmt.Sprintf("nothing ever reaches the %s %s", n.Type, n.ID), "wire it, or remove it")
		}
	}
	for _, n := range level.children { // circles that nothing reaches
		if mark[n] == 0 && n.kind != nil && n.kind.Level == node.Session {
			visit(n)
		}
	}
}

// openPorts finds ports that must be wired and are not. Inside the body of a
// loop an open port ends the iteration, which is how bodies end.
func (c *checker) openPorts(n *item) {
	if n.kind == nil || n.misplaced || n.kind.Level != node.Session || n.broken {
		return
	}
	for _, p := range n.ports {
		inside := n.parent != c.top && p.Name != plan.PortBody
		if p.Direction != node.Out || p.Optional || inside {
			continue
		}
		wired := false
		for _, w := range n.out {
			wired = wired || w.port.Name == p.Name
		}
		if !wired {
			hint := "wire it, at least to an end"
			if p.Name == plan.PortBody {
				hint = "wire it to the first node inside the loop"
			}
			c.at(n).report(Diagnostic{
				Code: diagnostic.DanglingPort, Port: p.Name,
				Message: fmt.Sprintf("the port %s of %s leads nowhere", p.Name, n.ID), Hint: hint,
			})
		}
	}
}

func (c *checker) lonelyJoin(n *item) {
	if n.kind != nil && (n.Type == "join" || n.Type == "race") && len(n.in) == 1 {
		c.at(n).Report(diagnostic.LonelyJoin, "", fmt.Sprintf("only one wire leads to the %s %s", n.Type, n.ID), "wire the other branches to it, or remove it")
	}
}

// maxBusyWork bounds the search for busy devices in a hostile document; nobody
// draws a hundredth of it.
const maxBusyWork = 500_000

// busyRoles finds tasks of one device in two branches of a parallel: a device
// runs one task at a time, so the second would be refused in the night.
func (c *checker) busyRoles() {
	budget := maxBusyWork
	for _, n := range c.nodes {
		if n.kind == nil || n.Type != "parallel" || n.misplaced || budget < 0 {
			continue
		}
		type claim struct {
			task *item
			port string
		}
		count := map[*item]int{} // in how many branches a node is
		branches := make([][]*item, len(n.out))
		for i, w := range n.out {
			if budget < 0 {
				break
			}
			branches[i] = reachable(w.to)
			budget -= len(branches[i])
			for _, x := range branches[i] {
				count[x]++
			}
		}
		claims := map[string]claim{}
		said := map[string]bool{}
		for i, w := range n.out {
			for _, x := range branches[i] {
				if count[x] > 1 {
					continue // behind the join
				}
				for _, use := range c.usesIn(x) {
					t, r := use.task, use.role
					first, taken := claims[r]
					if !taken {
						claims[r] = claim{t, w.port.Name}
					}
					if taken && first.port != w.port.Name && r != "" && !said[r] {
						said[r] = true
						c.at(t).Report(diagnostic.BusyRole, "role", fmt.Sprintf("the device %s would have to run %s and %s at once, in two branches of %s", r, first.task.ID, t.ID, n.ID),
							"do them one after the other, or draw them as one task")
					}
				}
			}
		}
	}
}

// reachable are the nodes of a level from one on, in a fixed order.
func reachable(from *item) []*item {
	seen := map[*item]bool{from: true}
	all := []*item{from}
	for i := 0; i < len(all); i++ {
		for _, w := range all[i].out {
			if !seen[w.to] && w.to.parent == from.parent {
				seen[w.to] = true
				all = append(all, w.to)
			}
		}
	}
	return all
}

// use is a node that has a device run a program.
type use struct {
	task *item
	role string
}

// usesIn are the devices that a node, or what stands in it, occupies.
func (c *checker) usesIn(n *item) []use {
	var all []use
	for _, t := range tasksIn(n) {
		if len(t.busy) == 0 {
			all = append(all, use{t, c.taskRole(t)})
		}
		for _, r := range t.busy {
			all = append(all, use{t, r})
		}
	}
	return all
}

// tasksIn are the tasks that a node is or holds.
func tasksIn(n *item) []*item {
	if n.kind == nil {
		return nil
	}
	if n.kind.Occupies || len(n.busy) > 0 {
		return []*item{n}
	}
	var all []*item
	for _, child := range n.children {
		all = append(all, tasksIn(child)...)
	}
	return all
}

func (c *checker) taskRole(t *item) string {
	name, _ := t.data["role"].(string)
	if names := c.roleNames(); name == "" && len(names) == 1 {
		return names[0]
	}
	return name
}
