package plan

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/lics-lab/lics/expr"
)

// topVisit is the visit of the nodes outside all loops.
const topVisit = "1"

// maxInstant bounds what happens between two steps. A loop whose body passes no
// time would otherwise never let go; and each firing may leave a mark in a
// history that has an end.
const maxInstant = 2000

// scope is the top level, or one iteration of a loop's body.
type scope struct {
	ID    string           `json:"id,omitempty"`   // the loop's step id; empty at the top
	Loop  string           `json:"loop,omitempty"` // its node
	Up    string           `json:"up,omitempty"`   // the scope the loop is in
	Visit string           `json:"visit"`
	Live  int              `json:"live"` // nodes that hold a token
	Cells map[string]*cell `json:"cells"`
	// Outcome is the word of the last end in it.
	Outcome string `json:"outcome,omitempty"`

	serial int // tells a queued firing that its scope is gone
}

// cell is the state of one node in one scope.
type cell struct {
	State cellState   `json:"s"`
	Wires []wireState `json:"w,omitempty"` // by place in Node.Out
	Loop  *loop       `json:"loop,omitempty"`
}

// loop is how far a loop has come.
type loop struct {
	Index int        `json:"index"`
	Count int        `json:"count"` // -1: without end
	List  expr.Value `json:"list,omitzero"`
	// Of trials: the conditions in their order, counted from 1; the columns that
	// were computed; how many trials may still be repeated.
	Order   []int        `json:"order,omitempty"`
	Columns []expr.Value `json:"columns,omitempty"`
	Repeats int          `json:"repeats,omitempty"`
	Stair   *stair       `json:"stair,omitempty"`
}

type cellState int

const (
	cellWaiting cellState = iota
	cellQueued            // holds a token and is about to fire
	cellRunning
	cellDone
	cellSkipped
	cellCancelled
)

type wireState int

const (
	wirePending wireState = iota
	wireTaken
	wireSkipped
)

// firing is a node that is ready.
type firing struct {
	scope  string
	serial int
	node   int
}

func (r *Runner) cell(s *scope, n int) *cell {
	node := &r.ix.plan.Nodes[n]
	c := s.Cells[node.ID]
	if c == nil {
		c = &cell{Wires: make([]wireState, len(node.Out))}
		s.Cells[node.ID] = c
	}
	return c
}

// enter begins a scope: it decides every node that can be decided.
func (r *Runner) enter(s *scope) {
	parent := top
	if s.Loop != "" {
		parent = r.ix.pos[s.Loop]
	}
	for _, n := range r.ix.kids[parent] {
		if r.ix.plan.Nodes[n].Kind == KindStart {
			r.enqueue(s, n)
		}
	}
	for _, n := range r.ix.kids[parent] {
		r.decide(s, n)
	}
	r.settle(s)
}

func (r *Runner) enqueue(s *scope, n int) {
	r.cell(s, n).State = cellQueued
	s.Live++
	r.queue = append(r.queue, firing{s.ID, s.serial, n})
}

// decide fires or skips a node as soon as that is known.
func (r *Runner) decide(s *scope, n int) {
	c := r.cell(s, n)
	if c.State != cellWaiting {
		return
	}
	node := &r.ix.plan.Nodes[n]
	pending, taken := false, false
	for _, ref := range r.ix.in[n] {
		from := &r.ix.plan.Nodes[ref.from]
		state := wireTaken // the way into the body of the loop
		if from.ID != s.Loop {
			state = r.cell(s, ref.from).Wires[ref.wire]
		}
		pending = pending || state == wirePending
		taken = taken || state == wireTaken
	}
	switch {
	case taken && (!pending || node.Kind == KindRace):
		r.enqueue(s, n)
		if node.Kind == KindRace {
			r.won(s, n)
		}
	case !pending && !taken:
		c.State = cellSkipped
		r.mark(s, n, func(Wire) bool { return false })
	}
}

// won cancels everything that could still reach a race.
func (r *Runner) won(s *scope, race int) {
	var lost []int
	for _, n := range r.ix.upstream[race] {
		switch r.cell(s, n).State {
		case cellWaiting, cellQueued, cellRunning:
			r.cancelNode(s, n)
			lost = append(lost, n)
		}
	}
	for _, n := range lost {
		r.mark(s, n, func(Wire) bool { return false })
	}
}

// mark decides the wires that leave a node, then the nodes they lead to.
func (r *Runner) mark(s *scope, n int, taken func(Wire) bool) {
	node, c := &r.ix.plan.Nodes[n], r.cell(s, n)
	for i, w := range node.Out {
		if c.Wires[i] != wirePending || node.loop() && w.Port == PortBody {
			continue
		}
		c.Wires[i] = wireSkipped
		if taken(w) {
			c.Wires[i] = wireTaken
		}
	}
	for _, w := range node.Out {
		if !node.loop() || w.Port != PortBody {
			r.decide(s, r.ix.pos[w.To])
		}
	}
}

// leave moves the token of a node on along its ports.
func (r *Runner) leave(s *scope, n int, ports ...string) {
	node := &r.ix.plan.Nodes[n]
	for _, port := range ports {
		if s.ID == "" && !node.wired(port) {
			r.abandon(fmt.Sprintf("stalled: nothing is wired to port %s of node %s", port, node.name()))
			return
		}
	}
	r.cell(s, n).State = cellDone
	r.mark(s, n, func(w Wire) bool { return slices.Contains(ports, w.Port) })
	s.Live--
	r.settle(s)
}

// settle ends a scope that holds no token any more.
func (r *Runner) settle(s *scope) {
	if s.Live > 0 || r.over || r.scopes[s.ID] != s {
		return
	}
	if s.ID == "" {
		r.over = true
		return
	}
	delete(r.scopes, s.ID)
	if l := r.ix.pos[s.Loop]; r.ix.plan.Nodes[l].Kind == KindSub {
		r.leaveSub(r.scopes[s.Up], l, s.Outcome)
		return
	}
	r.iterated(r.scopes[s.Up], r.ix.pos[s.Loop])
}

// fail takes the node's port for failures. Without one the failure is the
// enclosing loop's, and at the top the run's.
func (r *Runner) fail(s *scope, n int, reason string) {
	node := &r.ix.plan.Nodes[n]
	r.emit(Event{Kind: EventFailed, Node: node.ID, Visit: s.Visit, Error: reason})
	if node.wired(PortFailed) {
		r.leave(s, n, PortFailed)
		return
	}
	r.cell(s, n).State = cellDone
	if s.ID != "" {
		up, l := r.scopes[s.Up], r.ix.pos[s.Loop]
		r.cancelScope(s)
		r.fail(up, l, reason)
		return
	}
	r.abandon(fmt.Sprintf("%s: %s", node.name(), reason))
}

// abandon ends the run as failed.
func (r *Runner) abandon(reason string) {
	r.failed = reason
	r.cancelAll()
	r.over = true
}

// cancelNode takes the token of a node away. Its wires are left to the caller.
func (r *Runner) cancelNode(s *scope, n int) {
	node, c := &r.ix.plan.Nodes[n], r.cell(s, n)
	was := c.State
	c.State = cellCancelled
	if was != cellQueued && was != cellRunning {
		return
	}
	s.Live--
	if was == cellQueued {
		return
	}
	id := node.ID + "/" + s.Visit
	if body := r.scopes[id]; body != nil && node.loop() {
		r.cancelScope(body)
		r.emit(Event{Kind: EventCancelled, Node: node.ID, Visit: s.Visit})
		return
	}
	for _, step := range r.steps {
		if step.ID == id {
			r.cancelStep(step)
			return
		}
	}
}

func (r *Runner) cancelScope(s *scope) {
	delete(r.scopes, s.ID)
	for _, n := range r.ix.kids[r.ix.pos[s.Loop]] {
		if c := s.Cells[r.ix.plan.Nodes[n].ID]; c != nil && (c.State == cellQueued || c.State == cellRunning) {
			r.cancelNode(s, n)
		}
	}
}

func (r *Runner) cancelAll() {
	for _, step := range slices.Clone(r.steps) {
		r.cancelStep(step)
	}
	r.queue = nil
}

func (r *Runner) cancelStep(step Step) {
	r.take(step.ID)
	r.emit(Event{Kind: EventCancelled, Node: step.Node, Visit: step.Visit})
	for i, s := range r.actions.Start { // begun in this very call: nobody has to know
		if s.ID == step.ID {
			r.actions.Start = slices.Delete(r.actions.Start, i, i+1)
			return
		}
	}
	r.actions.Cancel = append(r.actions.Cancel, step.ID)
}

// inner is the visit of an iteration's nodes.
func (s *scope) inner(index int) string {
	if s.ID == "" {
		return strconv.Itoa(index)
	}
	return s.Visit + "." + strconv.Itoa(index)
}

// name is what people call a node.
func (n *Node) name() string {
	if n.Label != "" {
		return n.Label
	}
	return n.ID
}
