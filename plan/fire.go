package plan

import (
	"fmt"
	"strings"
	"time"

	"github.com/lics-lab/lics/expr"
)

// ShortestWait is what a durable timer can keep. A computed wait that is
// shorter (but not zero) is lengthened to it, and an event says so.
const ShortestWait = 2 * time.Second

// shortestReminder keeps reminders from filling a history.
const shortestReminder = time.Minute

// fire does what a node does. Steps are handed out; all else happens at once.
func (r *Runner) fire(s *scope, n int) {
	node, c := &r.ix.plan.Nodes[n], r.cell(s, n)
	if c.State != cellQueued {
		return // a race has cancelled it
	}
	c.State = cellRunning
	if r.instant++; r.instant > maxInstant {
		r.fail(s, n, fmt.Sprintf("more than %d nodes in a row take no time; does a loop miss a task or a wait?", maxInstant))
		return
	}
	switch node.Kind {
	case KindStart, KindJoin, KindRace:
		r.pass(s, n, PortOut)
	case KindParallel:
		r.pass(s, n, node.Parallel.Branches...)
	case KindEnd:
		r.end(s, n)
	case KindBranch:
		r.branch(s, n)
	case KindAssign:
		r.assign(s, n)
	case KindRepeat, KindForEach, KindTrials, KindStaircase, KindSub:
		r.begin(s, n)
	default:
		r.step(s, n)
	}
}

// pass records a node that takes no time and moves its token on.
func (r *Runner) pass(s *scope, n int, ports ...string) {
	e := Event{Kind: EventDone, Node: r.ix.plan.Nodes[n].ID, Visit: s.Visit}
	if len(ports) == 1 {
		e.Name = ports[0]
	}
	r.emit(e)
	r.leave(s, n, ports...)
}

func (r *Runner) end(s *scope, n int) {
	node := &r.ix.plan.Nodes[n]
	if node.End != nil && node.End.Outcome != "" {
		if s.ID == "" {
			r.outcome = node.End.Outcome
		} else {
			s.Outcome = node.End.Outcome // of a sub-protocol
		}
	}
	r.emit(Event{Kind: EventDone, Node: node.ID, Visit: s.Visit})
	r.leave(s, n)
}

func (r *Runner) branch(s *scope, n int) {
	node := &r.ix.plan.Nodes[n]
	var sources []source
	for _, c := range node.Branch.Cases {
		sources = append(sources, source{text: c.When, want: expr.Bool, stop: true})
	}
	values, err := r.evaluate(sources)
	if err != nil {
		r.fail(s, n, err.Error())
		return
	}
	port := PortElse
	if last := len(values) - 1; last >= 0 && values[last].Bool() {
		port = node.Branch.Cases[last].Port
	}
	r.emit(Event{Kind: EventBranch, Node: node.ID, Visit: s.Visit, Name: port})
	r.leave(s, n, port)
}

func (r *Runner) assign(s *scope, n int) {
	node := &r.ix.plan.Nodes[n]
	sources := make([]source, len(node.Assign.Set))
	for i, a := range node.Assign.Set {
		slot, t, _ := r.ix.names.Lookup(a.Variable)
		sources[i] = source{text: a.Value, want: t, into: slot + 1}
	}
	values, err := r.evaluate(sources)
	if err != nil {
		r.fail(s, n, err.Error())
		return
	}
	for i, v := range values {
		r.set(node.ID, s.Visit, node.Assign.Set[i].Variable, v)
	}
	r.pass(s, n, PortOut)
}

// set gives a variable a value of its type and records it.
func (r *Runner) set(node, visit, variable string, v expr.Value) {
	slot, _, _ := r.ix.names.Lookup(variable)
	r.vars[slot] = v
	r.emit(Event{Kind: EventVariable, Node: node, Visit: visit, Name: variable, Value: v})
}

// step hands a node out to the caller.
func (r *Runner) step(s *scope, n int) {
	node := &r.ix.plan.Nodes[n]
	step := Step{
		ID: node.ID + "/" + s.Visit, Node: node.ID, Visit: s.Visit, Kind: node.Kind, Scope: s.ID,
	}
	if err := r.resolve(node, &step); err != nil {
		r.fail(s, n, err.Error())
		return
	}
	if step.Kind == KindWait && step.Duration > 0 && step.Duration < ShortestWait {
		r.emit(Event{
			Kind: EventNote, Node: node.ID, Visit: s.Visit, Name: "short_wait",
			Error: fmt.Sprintf("a wait of %s is lengthened to %s; shorter ones belong into a task", step.Duration, ShortestWait),
		})
		step.Duration = ShortestWait
	}
	r.emit(Event{Kind: EventStarted, Node: node.ID, Visit: s.Visit})
	r.steps = append(r.steps, step)
	r.actions.Start = append(r.actions.Start, step)
}

// outcomePrefix begins the names of a task's results that count outcomes.
const outcomePrefix = "outcome."

// results takes a step's values into the run's variables. The text says what
// does not fit.
func (r *Runner) results(n int, visit string, c Completion) string {
	node := &r.ix.plan.Nodes[n]
	take := func(variable string, v expr.Value) string {
		_, t, _ := r.ix.names.Lookup(variable)
		if t == expr.Bool && v.Type() == expr.Float {
			v = expr.BoolValue(v.Float() != 0) // a line that was read
		}
		if f := v.Float(); t == expr.Int && v.Type() == expr.Float && f == float64(int64(f)) {
			v = expr.IntValue(int64(f))
		}
		fitting, err := expr.Convert(v, t)
		if err != nil {
			return fmt.Sprintf("%s: %v", variable, err)
		}
		r.set(node.ID, visit, variable, fitting)
		return ""
	}
	switch node.Kind {
	case KindTask:
		for _, name := range sorted(node.Task.Results) {
			v, ok := c.Values[name]
			if !ok && strings.HasPrefix(name, outcomePrefix) && c.Err == "" {
				v, ok = expr.IntValue(0), true // it did not happen
			}
			if !ok || node.Task.Results[name] == "" {
				continue
			}
			if text := take(node.Task.Results[name], v); text != "" {
				return text
			}
		}
	case KindCheck:
		if v, ok := c.Values[ValueRead]; ok && node.Check.Variable != "" {
			return take(node.Check.Variable, v)
		}
	case KindCall:
		if v, ok := c.Values[ValueStatus]; ok && node.Call.Status != "" {
			if text := take(node.Call.Status, v); text != "" {
				return text
			}
		}
		if v, ok := c.Values[ValueRead]; ok && node.Call.Variable != "" {
			return take(node.Call.Variable, v)
		}
	case KindWatch:
		if v, ok := c.Values[ValueRead]; ok && node.Watch.Variable != "" {
			return take(node.Watch.Variable, v)
		}
	case KindRead:
		if v, ok := c.Values[ValueRead]; ok && node.Read.Variable != "" {
			return take(node.Read.Variable, v)
		}
	case KindHuman:
		if node.Human.Variable != "" && c.Err == "" {
			v, ok := c.Values[ValueRead] // a text, where there was nothing to choose from
			if !ok || len(node.Human.Choices) > 0 {
				v = expr.StringValue(c.Port)
			}
			if text := take(node.Human.Variable, v); text != "" {
				return text
			}
		}
		for _, f := range node.Human.Form {
			v, ok := c.Values[f.Variable]
			if !ok || c.Err != "" {
				continue
			}
			if text := take(f.Variable, v); text != "" {
				return text
			}
		}
	}
	return ""
}
