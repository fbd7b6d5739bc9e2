package plan

import "errors"

// Sub runs the nodes whose parent it is once, as a protocol inside a protocol.
// It takes the port that the outcome of the last end in it names, or PortDone.
// Its parameters and variables are variables of the plan, of their own.
type Sub struct {
	Hash string `json:"hash,omitempty"` // of the protocol that stands here
	// Enter gives its parameters and variables their values each time it
	// begins; Leave its results to variables of the plan.
	Enter []Assignment `json:"enter,omitempty"`
	Leave []Assignment `json:"leave,omitempty"`

	// Inner and Own are the nodes and variables of a step that is drawn as one
	// and done as several. They are on their way into the plan and never in it.
	Inner []Node     `json:"-"`
	Own   []Variable `json:"-"`
}

func (s *Sub) check(variables func(...string) error) error {
	for _, as := range [][]Assignment{s.Enter, s.Leave} {
		for _, a := range as {
			if err := variables(a.Variable); err != nil || a.Variable == "" {
				return errors.Join(errors.New("a sub-protocol with an unknown variable"), err)
			}
		}
	}
	return nil
}

// assignAll evaluates assignments in order, each seeing those before it.
func (r *Runner) assignAll(node, visit string, as []Assignment) error {
	if len(as) == 0 {
		return nil
	}
	sources := make([]source, len(as))
	for i, a := range as {
		slot, t, _ := r.ix.names.Lookup(a.Variable)
		sources[i] = source{text: a.Value, want: t, into: slot + 1}
		if a.Value == "" {
			return errors.New("an assignment without a value")
		}
	}
	values, err := r.evaluate(sources)
	if err != nil {
		return err
	}
	for i, v := range values {
		r.set(node, visit, as[i].Variable, v)
	}
	return nil
}

// leaveSub ends a sub-protocol by the port of its outcome.
func (r *Runner) leaveSub(s *scope, n int, outcome string) {
	node, c := &r.ix.plan.Nodes[n], r.cell(s, n)
	if err := r.assignAll(node.ID, s.Visit, node.Sub.Leave); err != nil {
		r.fail(s, n, err.Error())
		return
	}
	port := outcome
	if port == "" {
		port = PortDone
	}
	r.emit(Event{Kind: EventDone, Node: node.ID, Visit: s.Visit, Name: port})
	c.Loop = nil
	r.leave(s, n, port)
}

// Rewrite gives a node other names: expressions by e, templates by t, variables
// by v. It is how a protocol is put into another one.
func (n *Node) Rewrite(e, t, v func(string) string) {
	assignments := func(as []Assignment) {
		for i := range as {
			as[i].Variable, as[i].Value = v(as[i].Variable), e(as[i].Value)
		}
	}
	all := func(f func(string) string, fields ...*string) {
		for _, x := range fields {
			if *x != "" {
				*x = f(*x)
			}
		}
	}
	switch {
	case n.Task != nil:
		for name, x := range n.Task.Parameters {
			n.Task.Parameters[name] = e(x)
		}
		for name, x := range n.Task.Results {
			n.Task.Results[name] = v(x)
		}
	case n.Set != nil:
		all(e, &n.Set.Level)
	case n.Pulse != nil:
		all(e, &n.Pulse.Duration, &n.Pulse.Volume)
	case n.Read != nil:
		all(v, &n.Read.Variable)
	case n.Wait != nil:
		all(e, &n.Wait.Duration)
	case n.WaitUntil != nil:
		all(t, &n.WaitUntil.At, &n.WaitUntil.Zone)
		all(e, &n.WaitUntil.Zeitgeber)
	case n.Watch != nil:
		all(e, &n.Watch.Minimum, &n.Watch.Maximum, &n.Watch.For)
		all(v, &n.Watch.Variable)
	case n.Branch != nil:
		for i := range n.Branch.Cases {
			all(e, &n.Branch.Cases[i].When)
		}
	case n.Repeat != nil:
		all(e, &n.Repeat.Count, &n.Repeat.Until)
		all(v, &n.Repeat.Index)
	case n.ForEach != nil:
		all(e, &n.ForEach.List)
		all(v, &n.ForEach.Item, &n.ForEach.Index)
	case n.Trials != nil:
		x := n.Trials
		for i := range x.Columns {
			all(e, &x.Columns[i].List)
			all(v, &x.Columns[i].Variable)
		}
		all(e, &x.Repetitions, &x.Count, &x.MaxRun, &x.Weights, &x.Row, &x.RepeatIf, &x.MaxRepeats)
		all(v, &x.By, &x.Index, &x.Condition)
	case n.Staircase != nil:
		x := n.Staircase
		all(e, &x.Correct, &x.Start, &x.Minimum, &x.Maximum, &x.Up, &x.Down, &x.Reversals, &x.Window, &x.High, &x.Low, &x.SD, &x.UntilSD,
			&x.PThreshold, &x.Beta, &x.Delta, &x.Gamma, &x.Trials, &x.Steps)
		all(v, &x.Level, &x.Threshold, &x.ReversalsInto, &x.Index)
	case n.Assign != nil:
		assignments(n.Assign.Set)
	case n.Notify != nil:
		all(t, &n.Notify.Title, &n.Notify.Text)
	case n.Call != nil:
		all(t, &n.Call.URL, &n.Call.Body)
		all(e, &n.Call.Timeout)
		all(v, &n.Call.Variable, &n.Call.Status)
	case n.Gate != nil:
		x := n.Gate
		all(t, &x.Stage)
		all(e, &x.Value, &x.Window, &x.Threshold, &x.Sessions, &x.Back, &x.BackSessions, &x.Most)
	case n.Calibrate != nil:
		for i := range n.Calibrate.Grams {
			all(e, &n.Calibrate.Grams[i])
		}
	case n.Check != nil:
		all(e, &n.Check.Within)
		all(v, &n.Check.Variable)
		for i := range n.Check.Inputs {
			all(e, &n.Check.Inputs[i].Minimum, &n.Check.Inputs[i].Maximum)
		}
	case n.Sub != nil:
		assignments(n.Sub.Enter)
		assignments(n.Sub.Leave)
	case n.Human != nil:
		x := n.Human
		all(t, &x.Text)
		all(e, &x.Timeout, &x.Remind, &x.Escalate)
		all(v, &x.Variable)
		for i := range x.Form {
			f := &x.Form[i]
			if f.Label == "" {
				f.Label = f.Variable
			}
			all(v, &f.Variable)
			all(e, &f.Minimum, &f.Maximum, &f.PlausibleMinimum, &f.PlausibleMaximum)
		}
	}
}

// role is the field of the node that names a device; nil when it has none.
func (n *Node) role() *string {
	switch {
	case n.Task != nil:
		return &n.Task.Role
	case n.Set != nil:
		return &n.Set.Role
	case n.Pulse != nil:
		return &n.Pulse.Role
	case n.Read != nil:
		return &n.Read.Role
	case n.Watch != nil:
		return &n.Watch.Role
	case n.Calibrate != nil:
		return &n.Calibrate.Role
	case n.Check != nil:
		return &n.Check.Role
	}
	return nil
}

// Rebind gives the node's device another role.
func (n *Node) Rebind(to func(role string) string) {
	if r := n.role(); r != nil {
		*r = to(*r)
	}
}
