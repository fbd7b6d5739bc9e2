package plan

import (
	"fmt"

	"github.com/lics-lab/lics/expr"
)

// begin starts a loop: what bounds it is evaluated once.
func (r *Runner) begin(s *scope, n int) {
	node, l := &r.ix.plan.Nodes[n], &loop{Count: -1}
	switch {
	case node.Kind == KindSub:
		l.Count = 1
		if err := r.assignAll(node.ID, s.Visit, node.Sub.Enter); err != nil {
			r.fail(s, n, err.Error())
			return
		}
	case node.Kind == KindStaircase:
		if err := r.beginStaircase(node, l); err != nil {
			r.fail(s, n, err.Error())
			return
		}
	case node.Kind == KindTrials:
		if err := r.beginTrials(s, node, l); err != nil {
			r.fail(s, n, err.Error())
			return
		}
	case node.Kind == KindForEach:
		_, item, _ := r.ix.names.Lookup(node.ForEach.Item)
		values, err := r.evaluate([]source{{text: node.ForEach.List, want: expr.ListOf(item)}})
		if err != nil {
			r.fail(s, n, err.Error())
			return
		}
		l.List, l.Count = values[0], values[0].Len()
	case node.Repeat.Count != "":
		values, err := r.evaluate([]source{{text: node.Repeat.Count, want: expr.Int}})
		if err != nil {
			r.fail(s, n, err.Error())
			return
		}
		if l.Count = int(values[0].Int()); l.Count < 0 {
			r.fail(s, n, fmt.Sprintf("a loop cannot be repeated %d times", l.Count))
			return
		}
	}
	r.cell(s, n).Loop = l
	r.emit(Event{Kind: EventStarted, Node: node.ID, Visit: s.Visit})
	r.next(s, n)
}

// next begins an iteration, or ends the loop.
func (r *Runner) next(s *scope, n int) {
	node, l := &r.ix.plan.Nodes[n], r.cell(s, n).Loop
	if l.Count >= 0 && l.Index >= l.Count {
		r.finish(s, n)
		return
	}
	if r.instant++; r.instant > maxInstant {
		r.fail(s, n, fmt.Sprintf("more than %d iterations in a row take no time; does the loop miss a task or a wait?", maxInstant))
		return
	}
	l.Index++
	visit := s.inner(l.Index)
	e := Event{Kind: EventIteration, Node: node.ID, Visit: visit, Index: l.Index}
	var index string
	switch node.Kind {
	case KindForEach:
		index = node.ForEach.Index
		e.Value = l.List.At(l.Index - 1)
		slot, _, _ := r.ix.names.Lookup(node.ForEach.Item)
		r.vars[slot] = e.Value
	case KindTrials:
		index = node.Trials.Index
		e.Value = expr.IntValue(int64(l.Order[l.Index-1]))
	case KindSub:
	case KindStaircase:
		index = node.Staircase.Index
	default:
		index = node.Repeat.Index
	}
	if slot, t, ok := r.ix.names.Lookup(index); ok && index != "" {
		if v, err := expr.Convert(expr.IntValue(int64(l.Index)), t); err == nil {
			r.vars[slot] = v
		}
	}
	if node.Kind != KindSub {
		r.emit(e)
	}
	if node.Kind == KindStaircase {
		r.presentLevel(node, l, visit)
	}
	if node.Kind == KindTrials {
		if err := r.presentTrial(node, l, visit); err != nil {
			r.fail(s, n, err.Error())
			return
		}
	}
	r.serial++
	body := &scope{
		ID: node.ID + "/" + s.Visit, Loop: node.ID, Up: s.ID, Visit: visit,
		Cells: map[string]*cell{}, serial: r.serial,
	}
	r.scopes[body.ID] = body
	r.enter(body)
}

// iterated is called when an iteration holds no token any more.
func (r *Runner) iterated(s *scope, n int) {
	node := &r.ix.plan.Nodes[n]
	if node.Kind == KindRepeat && node.Repeat.Until != "" {
		values, err := r.evaluate([]source{{text: node.Repeat.Until, want: expr.Bool}})
		if err != nil {
			r.fail(s, n, err.Error())
			return
		}
		if values[0].Bool() {
			r.finish(s, n)
			return
		}
	}
	if node.Kind == KindStaircase {
		if err := r.climb(s, node, r.cell(s, n).Loop); err != nil {
			r.fail(s, n, err.Error())
			return
		}
	}
	if node.Kind == KindTrials {
		if err := r.repeatTrial(s, node, r.cell(s, n).Loop); err != nil {
			r.fail(s, n, err.Error())
			return
		}
	}
	r.next(s, n)
}

func (r *Runner) finish(s *scope, n int) {
	node, c := &r.ix.plan.Nodes[n], r.cell(s, n)
	r.emit(Event{Kind: EventDone, Node: node.ID, Visit: s.Visit, Name: PortDone, Index: c.Loop.Index})
	c.Loop = nil
	r.leave(s, n, PortDone)
}
