package plan

import (
	"errors"
	"fmt"
	"slices"

	"github.com/lics-lab/lics/expr"
)

// index is what is known of a plan before it runs.
type index struct {
	plan *Plan
	pos  map[string]int
	in   [][]wireRef   // wires that lead to a node
	kids map[int][]int // nodes of a loop's body, in plan order; -1 is the top
	// upstream are the nodes from which a race can be reached, in plan order.
	upstream map[int][]int
	// watched is set when there are guardians; beside are the nodes that a
	// parallel leads to.
	watched bool
	beside  map[int]bool
	names   *expr.DeclScope
	types   []expr.Type // of parameters and variables, by slot
}

// wireRef is a wire by the node it leaves and its place in Out.
type wireRef struct {
	from, wire int
}

const top = -1

// newIndex checks what the runner relies on. The compiler's diagnostics say the
// same to people earlier and better; a plan that was damaged since must not
// hang a run.
func newIndex(p *Plan) (*index, error) {
	if p.Format > Format {
		return nil, fmt.Errorf("the plan has format %d; this version knows %d", p.Format, Format)
	}
	ix := &index{
		plan: p, pos: make(map[string]int, len(p.Nodes)), in: make([][]wireRef, len(p.Nodes)),
		kids: map[int][]int{}, upstream: map[int][]int{}, names: expr.NewScope(),
	}
	if err := ix.declare(); err != nil {
		return nil, err
	}
	for i, n := range p.Nodes {
		if _, ok := ix.pos[n.ID]; ok || n.ID == "" {
			return nil, fmt.Errorf("node id %q is empty or used twice", n.ID)
		}
		ix.pos[n.ID] = i
	}
	starts := 0
	for i := range p.Nodes {
		if err := ix.add(i); err != nil {
			return nil, fmt.Errorf("node %s: %w", p.Nodes[i].ID, err)
		}
		if p.Nodes[i].Kind == KindStart {
			starts++
		}
	}
	if starts != 1 {
		return nil, fmt.Errorf("the plan has %d start nodes; it needs one", starts)
	}
	if id, ok := ix.cycle(); ok {
		return nil, fmt.Errorf("node %s is on a circle of wires; use a loop node", id)
	}
	for i, n := range p.Nodes {
		if n.Kind == KindRace {
			ix.upstream[i] = ix.reaching(i)
		}
		ix.watched = ix.watched || n.Kind == KindWatch
	}
	if ix.watched {
		ix.findBeside()
	}
	return ix, nil
}

func (ix *index) declare() error {
	add := func(name, typ string) error {
		t, err := expr.ParseType(typ)
		if err == nil {
			_, err = ix.names.Declare(name, t)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		ix.types = append(ix.types, t)
		return nil
	}
	for _, p := range ix.plan.Parameters {
		if err := add(p.Name, p.Type); err != nil {
			return fmt.Errorf("parameter %w", err)
		}
	}
	for _, v := range ix.plan.Variables {
		if err := add(v.Name, v.Type); err != nil {
			return fmt.Errorf("variable %w", err)
		}
	}
	return nil
}

// add checks one node and its wires.
func (ix *index) add(i int) error {
	n := &ix.plan.Nodes[i]
	parent := top
	if n.Parent != "" {
		p, ok := ix.pos[n.Parent]
		if !ok || !ix.plan.Nodes[p].loop() {
			return fmt.Errorf("its parent %q is no loop", n.Parent)
		}
		parent = p
	}
	for at, depth := n.Parent, 0; at != ""; depth++ {
		p := ix.plan.Node(at)
		if p == nil || depth > len(ix.plan.Nodes) {
			return errors.New("it is inside itself")
		}
		at = p.Parent
	}
	ix.kids[parent] = append(ix.kids[parent], i)
	if err := n.check(ix); err != nil {
		return err
	}
	for w, wire := range n.Out {
		to, ok := ix.pos[wire.To]
		if !ok {
			return fmt.Errorf("a wire leads to %q, which does not exist", wire.To)
		}
		level := n.Parent
		if n.loop() && wire.Port == PortBody {
			level = n.ID
		}
		if ix.plan.Nodes[to].Parent != level {
			return fmt.Errorf("a wire leads to %s, in another loop", wire.To)
		}
		ix.in[to] = append(ix.in[to], wireRef{i, w})
	}
	return nil
}

func (n *Node) loop() bool {
	switch n.Kind {
	case KindRepeat, KindForEach, KindTrials, KindStaircase, KindSub:
		return true
	}
	return false
}

// wired reports whether a port of the node leads anywhere.
func (n *Node) wired(port string) bool {
	return slices.ContainsFunc(n.Out, func(w Wire) bool { return w.Port == port })
}

// check is about the field of the node's kind.
func (n *Node) check(ix *index) error {
	variables := func(names ...string) error {
		for _, name := range names {
			slot, _, ok := ix.names.Lookup(name)
			if name != "" && (!ok || slot < len(ix.plan.Parameters)) {
				return fmt.Errorf("there is no variable %q", name)
			}
		}
		return nil
	}
	missing := func(absent bool) error {
		if absent {
			return fmt.Errorf("a %s without its settings", n.Kind)
		}
		return nil
	}
	switch n.Kind {
	case KindStart:
		if n.Parent != "" {
			return errors.New("a start inside a loop")
		}
		return nil
	case KindEnd, KindJoin, KindRace:
		return nil
	case KindTask:
		if n.Task == nil {
			return missing(true)
		}
		for _, name := range sorted(n.Task.Results) {
			if err := variables(n.Task.Results[name]); err != nil {
				return err
			}
		}
		return nil
	case KindSet:
		return missing(n.Set == nil)
	case KindPulse:
		return missing(n.Pulse == nil || (n.Pulse.Duration == "") == (n.Pulse.Volume == ""))
	case KindRead:
		if n.Read == nil {
			return missing(true)
		}
		return variables(n.Read.Variable)
	case KindWait:
		return missing(n.Wait == nil)
	case KindWaitUntil:
		return missing(n.WaitUntil == nil)
	case KindGate:
		if n.Gate == nil {
			return missing(true)
		}
		return n.Gate.check()
	case KindCalibrate:
		if n.Calibrate == nil {
			return missing(true)
		}
		return n.Calibrate.check()
	case KindCheck:
		if n.Check == nil {
			return missing(true)
		}
		return n.Check.check(variables)
	case KindExport:
		return missing(n.Export == nil || len(n.Export.Formats) == 0)
	case KindNotify:
		return missing(n.Notify == nil)
	case KindCall:
		if n.Call == nil {
			return missing(true)
		}
		return n.Call.check(variables)
	case KindWatch:
		if n.Watch == nil {
			return missing(true)
		}
		return errors.Join(n.Watch.check(), variables(n.Watch.Variable))
	case KindBranch:
		return missing(n.Branch == nil)
	case KindParallel:
		return missing(n.Parallel == nil || len(n.Parallel.Branches) == 0)
	case KindHuman:
		if n.Human == nil {
			return missing(true)
		}
		return n.Human.check(variables)
	case KindAssign:
		if n.Assign == nil {
			return missing(true)
		}
		for _, a := range n.Assign.Set {
			if err := variables(a.Variable); err != nil || a.Variable == "" {
				return errors.Join(err, missing(a.Variable == ""))
			}
		}
		return nil
	case KindRepeat:
		if n.Repeat == nil || n.Repeat.Count == "" && n.Repeat.Until == "" || !n.wired(PortBody) {
			return errors.New("a loop needs a body and something that ends it")
		}
		return variables(n.Repeat.Index)
	case KindForEach:
		if n.ForEach == nil || !n.wired(PortBody) || n.ForEach.Item == "" {
			return errors.New("a loop needs a body, a list and a variable for its element")
		}
		return variables(n.ForEach.Item, n.ForEach.Index)
	case KindTrials:
		if n.Trials == nil || !n.wired(PortBody) {
			return errors.New("a loop needs a body and a table of conditions")
		}
		return n.Trials.check(variables)
	case KindSub:
		if n.Sub == nil || !n.wired(PortBody) {
			return errors.New("a sub-protocol without what it does")
		}
		return n.Sub.check(variables)
	case KindStaircase:
		if n.Staircase == nil || !n.wired(PortBody) {
			return errors.New("a loop needs a body and how its level changes")
		}
		return n.Staircase.check(variables)
	}
	return fmt.Errorf("this version knows no node kind %q", n.Kind)
}

// cycle finds a node that can be reached from itself.
func (ix *index) cycle() (string, bool) {
	const (
		fresh = iota
		open
		closed
	)
	mark := make([]int, len(ix.plan.Nodes))
	var visit func(i int) bool
	visit = func(i int) bool {
		mark[i] = open
		for _, w := range ix.plan.Nodes[i].Out {
			to := ix.pos[w.To]
			if mark[to] == open || mark[to] == fresh && visit(to) {
				return true
			}
		}
		mark[i] = closed
		return false
	}
	for i := range mark {
		if mark[i] == fresh && visit(i) {
			return ix.plan.Nodes[i].ID, true
		}
	}
	return "", false
}

// findBeside notes the nodes that stand on a branch of a parallel.
func (ix *index) findBeside() {
	ix.beside = map[int]bool{}
	for i, n := range ix.plan.Nodes {
		if n.Kind != KindWatch && !n.loop() {
			continue
		}
		ix.beside[i] = slices.ContainsFunc(ix.reaching(i), func(from int) bool { return ix.plan.Nodes[from].Kind == KindParallel })
	}
}

// reaching are the nodes of the same level with a way to node i.
func (ix *index) reaching(i int) []int {
	seen := map[int]bool{}
	level := ix.plan.Nodes[i].Parent
	for todo := []int{i}; len(todo) > 0; todo = todo[1:] {
		for _, ref := range ix.in[todo[0]] {
			if !seen[ref.from] && ix.plan.Nodes[ref.from].Parent == level {
				seen[ref.from] = true
				todo = append(todo, ref.from)
			}
		}
	}
	found := make([]int, 0, len(seen))
	for n := range ix.plan.Nodes {
		if seen[n] {
			found = append(found, n)
		}
	}
	return found
}
