package dryrun

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

// walk replays the session level of a run: it completes the steps as they were
// completed, and compares what the plan decides with what is recorded.
type walk struct {
	*tape
	ctx    context.Context //nolint:containedctx // of one call
	plan   *plan.Plan
	own    *walk // of the run's own version; nil when this is it
	runner *plan.Runner
	next   int // the event that is expected
	steps  map[string]plan.Step
	owed   []plan.Event // started, but recorded later: the run was paused
	tasks  map[string]*played
	ending lab.RunStatus // what a person wanted
	result Replayed
	task   *Difference // the earliest in a task that was begun
	err    error
}

// resultVolume is the built-in result of a task that says what it delivered.
const resultVolume = "microlitres"

// played is a task step, with all its commands.
type played struct {
	interrupted bool
	result      task.Result
	ended       bool
	carry       carry
	parted      *Difference
	forced      map[string][]int // rows of the device, by visit
	early       map[string][]int // pauses before which parameters had changed, by visit
}

// carry is what an interrupted task hands on to its next command.
type carry struct {
	trials   int
	outcomes map[string]int
	task.Checkpoint
}

func (t *tape) replay(ctx context.Context, p *plan.Plan, own *walk) (*walk, error) {
	w := &walk{tape: t, ctx: ctx, plan: p, own: own, steps: map[string]plan.Step{}, tasks: map[string]*played{}}
	var refused error
	if w.runner, refused = plan.NewRunner(p, t.parameters, nil); refused != nil {
		w.part(0, Fact{Kind: "error", Text: refused.Error()})
		w.result.Difference.Expected = Fact{}
		return w, nil //nolint:nilerr // that it refuses the run's parameters is what was found
	}
	w.runner.Seed(t.rec.Run.Seed)
	actions, err := w.runner.Start()
	if err != nil {
		return w, err
	}
	w.emitted(actions)
	for w.going() {
		w.turn()
	}
	w.finish()
	if w.err == nil {
		w.err = ctx.Err()
	}
	return w, w.err
}

func (w *walk) going() bool {
	return w.err == nil && w.ctx.Err() == nil && w.result.Difference == nil && w.next < len(w.events)
}

// turn gives the plan the next thing that came from outside.
func (w *walk) turn() {
	e := &w.events[w.next]
	switch e.Kind {
	case kindHuman:
		w.next++ // the step's end says what was answered
	case kindControl:
		w.control(e)
	case kindSetParameter:
		w.setParameter(e)
	case plan.EventStarted:
		i := slices.IndexFunc(w.owed, func(o plan.Event) bool { return sameEvent(o, e.Event) })
		if i < 0 {
			w.part(w.next, Fact{})
			return
		}
		w.owed = slices.Delete(w.owed, i, i+1)
		w.count()
	default:
		w.complete()
	}
}

func (w *walk) control(e *sessionEvent) {
	w.next++
	switch e.Name {
	case "stop":
		w.ending = lab.RunStopped
		w.emitted(w.runner.Stop(w.cancelled()...))
	case "abort", "halt":
		w.ending = lab.RunAborted
		w.emitted(w.runner.Abort())
	}
}

// cancelled are the steps in flight that a stop cancelled: those that had not
// reached their devices.
func (w *walk) cancelled() []string {
	var held []string
	for _, s := range w.runner.InFlight() {
		if w.later(w.next, plan.EventCancelled, s.Node, s.Visit) >= 0 {
			held = append(held, s.ID)
		}
	}
	return held
}

func (w *walk) later(from int, kind, node, visit string) int {
	i := slices.IndexFunc(w.events[min(from, len(w.events)):], func(e sessionEvent) bool {
		return e.Kind == kind && e.Node == node && e.Visit == visit
	})
	if i < 0 {
		return -1
	}
	return from + i
}

// complete ends the step whose end is recorded next.
func (w *walk) complete() {
	flying := w.runner.InFlight()
	for i := w.next; i < len(w.events); i++ {
		e := &w.events[i]
		if e.Kind != plan.EventDone && e.Kind != plan.EventFailed {
			continue
		}
		j := slices.IndexFunc(flying, func(s plan.Step) bool { return s.Node == e.Node && s.Visit == e.Visit })
		if j < 0 {
			break // nothing that is awaited ended
		}
		c, known := w.completion(flying[j], i)
		if !known || w.err != nil {
			return
		}
		actions, err := w.runner.Complete(flying[j].ID, c)
		if err != nil {
			w.err = err
			return
		}
		w.emitted(actions)
		return
	}
	w.part(w.next, Fact{})
}

// completion is how a step ended: a task as its replay says, everything else as
// it is recorded at i. False when a task has parted from the record before.
func (w *walk) completion(s plan.Step, i int) (plan.Completion, bool) {
	e := &w.events[i]
	c := plan.Completion{Port: e.Name, Values: map[string]expr.Value{}}
	if e.Kind == plan.EventFailed {
		c.Err = e.Error
	}
	for k := w.next; k < i; k++ {
		v := &w.events[k]
		if v.Kind != plan.EventVariable || v.Node != s.Node || v.Visit != s.Visit {
			continue
		}
		c.Values[v.Name] = v.Value // of a form
		if n := w.rec.Plan.Node(s.Node); n != nil &&
			(n.Read != nil && n.Read.Variable == v.Name || n.Human != nil && n.Human.Variable == v.Name) {
			c.Values[plan.ValueRead] = v.Value
		}
	}
	if s.Kind == plan.KindTask {
		return w.taskEnd(s, c)
	}
	return c, true
}

// taskEnd is how a task ended. What it could not know, such as a device that was
// lost, is recorded.
func (w *walk) taskEnd(s plan.Step, recorded plan.Completion) (plan.Completion, bool) {
	p := w.tasks[s.ID]
	if p == nil {
		p = &played{} // of another kind in this version
	}
	if p.parted != nil {
		w.settle()
		return recorded, false
	}
	r := p.result
	if !p.ended { // stopped while the device was away, or failed
		r = task.Result{Trials: p.carry.trials}
		if recorded.Err == "" && w.ending == "" {
			w.err = cannot("the rows of the task %s, visit %s, are not complete", s.Node, s.Visit)
			return recorded, false
		}
	}
	r.Microlitres += p.carry.Microlitres
	r.Outcomes = sum(r.Outcomes, p.carry.outcomes)
	c := plan.TaskCompletion(r)
	if c.Err != "" {
		c.Err = "the task failed: " + c.Err
	}
	if c.Err == "" && recorded.Err != "" {
		c.Err = recorded.Err
	}
	// How much a cut command had given is what its device said, at best a moment
	// before it was cut.
	if variable := w.plan.Node(s.Node).Task.Results[resultVolume]; p.interrupted && !recorded.Values[variable].IsZero() {
		c.Values[resultVolume] = recorded.Values[variable]
	}
	return c, true
}

func sum(a, b map[string]int) map[string]int {
	out := map[string]int{}
	for _, m := range []map[string]int{a, b} {
		for name, n := range m {
			out[name] += n
		}
	}
	return out
}

// emitted compares what the plan has decided with what is recorded, and plays
// the tasks that it has started.
func (w *walk) emitted(actions plan.Actions) {
	for _, s := range actions.Start {
		w.steps[s.ID] = s
	}
	for _, e := range w.runner.Events() {
		if w.result.Difference != nil || w.err != nil {
			return
		}
		if !replayable[e.Kind] {
			continue
		}
		at := w.next
		switch {
		case w.skipHuman() && sameEvent(e, w.events[w.next].Event):
			at = w.next
			w.count()
		case e.Kind == plan.EventStarted && w.later(w.next, e.Kind, e.Node, e.Visit) >= 0:
			w.owed = append(w.owed, e) // it was held back
		case e.Kind == plan.EventStarted && w.later(w.next, plan.EventCancelled, e.Node, e.Visit) >= 0:
			continue // it was held back until the run ended
		case w.next == len(w.events) && w.cut():
			return // the record ends earlier
		default:
			w.part(w.next, w.fact(e))
			return
		}
		if s, is := w.steps[e.Node+"/"+e.Visit]; is && e.Kind == plan.EventStarted {
			w.started(s, at)
		}
	}
}

// skipHuman passes what people were asked and answered; false at the end.
func (w *walk) skipHuman() bool {
	for w.next < len(w.events) && w.events[w.next].Kind == kindHuman {
		w.next++
	}
	return w.next < len(w.events)
}

// cut reports whether the record of the session level may end before the plan.
func (w *walk) cut() bool {
	return w.rec.Run.Status != lab.RunCompleted && w.rec.Run.Status != lab.RunStopped
}

func (w *walk) count() {
	w.next++
	w.result.Events++
}

func sameEvent(a, b plan.Event) bool {
	return a.Kind == b.Kind && a.Node == b.Node && a.Visit == b.Visit && a.Name == b.Name &&
		a.Value.Equal(b.Value) && a.Index == b.Index && a.Error == b.Error
}

// started compares a step with that of the run's own version, and plays a task.
func (w *walk) started(s plan.Step, at int) {
	if w.own != nil {
		was, known := w.own.steps[s.ID]
		if known && (was.Kind != s.Kind || s.Kind != plan.KindTask && asked(was) != asked(s)) {
			w.part(at, Fact{Kind: string(s.Kind), Text: asked(s), Node: s.Node})
			w.result.Difference.Expected = Fact{Kind: string(was.Kind), Text: asked(was), Node: s.Node}
			return
		}
	}
	if s.Kind == plan.KindTask {
		w.play(s)
	}
}

// asked is what a step asks for, as text.
func asked(s plan.Step) string {
	s.ID, s.Scope, s.Visit, s.Parameters = "", "", "", nil
	raw, err := json.Marshal(s)
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

// part notes a difference at an event of the record.
func (w *walk) part(at int, got Fact) {
	d := &Difference{Got: got, Node: got.Node}
	if at < len(w.events) {
		e := &w.events[at]
		d.Expected = w.fact(e.Event)
		d.Node, d.Visit, d.At = e.Node, e.Visit, e.at
	} else if n := len(w.events); n > 0 {
		d.At = w.events[n-1].at
	}
	end := min(at, len(w.events))
	for i := max(0, end-shownBefore); i < end; i++ {
		d.Before = append(d.Before, w.fact(w.events[i].Event))
	}
	w.result.Difference = d
	w.settle()
}

// settle makes the earlier of the differences the first: tasks run beside each
// other and beside the session level.
func (w *walk) settle() {
	if d := w.result.Difference; d == nil || w.task != nil && !w.task.At.After(d.At) {
		w.result.Difference = w.task
	}
	if d := w.result.Difference; d != nil {
		d.Elapsed = d.At.Sub(w.began)
	}
}

func (w *walk) fact(e plan.Event) Fact {
	more := e.Error
	if !e.Value.IsZero() {
		more = e.Value.String()
	}
	f := Fact{Kind: e.Kind, Text: e.Name, Node: e.Node}
	if f.Text == "" {
		f.Text = e.Node
	}
	if more != "" {
		f.Text += " = " + more
	}
	return f
}

// finish looks at what is left when the record is used up.
func (w *walk) finish() {
	if w.err != nil || w.ctx.Err() != nil {
		return
	}
	if w.result.Difference == nil && w.task != nil {
		w.settle()
	}
	if w.result.Difference != nil || w.cut() {
		return
	}
	outcome, failed, over := w.runner.Over()
	switch {
	case !over && len(w.runner.InFlight()) > 0:
		s := w.runner.InFlight()[0]
		w.part(len(w.events), Fact{Kind: string(s.Kind), Text: asked(s), Node: s.Node})
	case outcome != w.rec.Run.Outcome || failed != "" && w.rec.Run.Error == "":
		w.part(len(w.events), Fact{Kind: "outcome", Text: outcome + failed})
		w.result.Difference.Expected = Fact{Kind: "outcome", Text: w.rec.Run.Outcome}
	}
}

// calendar is when a row was recorded.
func (k *take) calendar(row int, at time.Duration) time.Time {
	if row < len(k.rows) {
		return k.at[row].Add(at - k.rows[row].At)
	}
	if n := len(k.rows) - 1; n >= 0 {
		return k.at[n].Add(at - k.rows[n].At)
	}
	return time.Time{}
}
