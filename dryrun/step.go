package dryrun

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

// do carries out what the runner asks for.
func (w *world) do(actions plan.Actions) {
	w.session()
	for _, id := range actions.Cancel {
		w.cancel(id)
	}
	for _, s := range actions.Start {
		w.start(s)
	}
}

func (w *world) cancel(id string) {
	i := slices.IndexFunc(w.active, func(a *activity) bool { return a.step.ID == id })
	if i < 0 {
		return
	}
	a := w.active[i]
	w.active = slices.Delete(w.active, i, i+1)
	if a.machine != nil && !a.machine.Done() {
		a.machine.Abort(w.now - a.began)
		w.result.Microlitres += a.machine.Result().Microlitres
	}
	if a.step.Kind == plan.KindPulse {
		w.set(w.boxes[a.step.Role], a.step.Node, a.step.Channel, 0)
	}
}

// start begins a step. What takes no time is due at once.
func (w *world) start(s plan.Step) {
	a := &activity{step: s, due: w.now, began: w.now}
	b := w.boxes[s.Role]
	until, silent := w.silent(s.Role)
	switch {
	case silent && onDevice(s.Kind):
		a.held, a.due = true, until
	case silent && s.Kind == plan.KindCheck:
		a.due, a.done.Port = until, plan.PortOK
		if late := w.now + s.Check.Within; late < until {
			a.due, a.done.Port = late, plan.PortProblem
			a.done.Values = map[string]expr.Value{plan.ValueRead: expr.StringValue("nothing is heard of " + s.Role)}
		}
	default:
		w.begin(a, b)
	}
	w.active = append(w.active, a)
}

// begin does what a step asks for.
func (w *world) begin(a *activity, b *box) {
	s := a.step
	switch s.Kind {
	case plan.KindTask:
		w.task(a, b)
	case plan.KindSet:
		w.set(b, s.Node, s.Channel, s.Level)
	case plan.KindPulse:
		d, err := w.pulseTime(s)
		if err != "" {
			a.done.Err = err
			break
		}
		w.set(b, s.Node, s.Channel, 1)
		a.due = w.now + d
	case plan.KindRead:
		v := expr.FloatValue(b.levels[s.Channel])
		if high, known := b.lines[s.Channel]; known {
			v = expr.BoolValue(high)
		}
		a.done.Values = map[string]expr.Value{plan.ValueRead: v}
	case plan.KindWait:
		a.due = w.now + s.Duration
	case plan.KindWaitUntil:
		w.waitUntil(a)
	case plan.KindNotify, plan.KindCall:
		w.outside(a)
	case plan.KindGate: // a subject without a history
		a.done.Port, _ = s.Gate.Judge(nil)
	case plan.KindCalibrate, plan.KindExport: // nothing is kept
	case plan.KindCheck: // a simulated device is always well
		a.done.Port = plan.PortOK
	case plan.KindWatch:
		w.watch(a)
	case plan.KindHuman:
		w.answer(a)
	default:
		a.done.Err = fmt.Sprintf("a dry-run does not know %s", s.Kind)
	}
}

func (w *world) task(a *activity, b *box) {
	program := &w.plan.Node(a.step.Node).Task.Program
	h := host{w: w, box: b, node: a.step.Node, name: program.Channels, from: w.now}
	m, err := task.New(program, task.Start{
		Seed:         plan.TaskSeed(w.options.Seed, a.step.Node, a.step.Visit),
		Parameters:   a.step.Parameters,
		Calibrations: w.options.Calibrations,
		Draws:        w.drawsOf(program),
	}, h)
	if err != nil {
		a.done.Err = err.Error()
		return
	}
	for i, c := range program.Channels {
		if c.Direction == task.In {
			m.SetLevel(i, b.lines[c.Name])
		}
	}
	a.machine, a.due = m, never
	m.Begin()
}

// drawsOf hands the given draws to the first task that has the stream.
func (w *world) drawsOf(p *task.Program) map[string][]json.RawMessage {
	out := map[string][]json.RawMessage{}
	for _, s := range p.Streams {
		if given, ok := w.options.Draws[s.Name]; ok && !w.streams[s.Name] {
			if w.streams == nil {
				w.streams = map[string]bool{}
			}
			w.streams[s.Name] = true
			out[s.Name] = given
		}
	}
	return out
}

func (w *world) pulseTime(s plan.Step) (time.Duration, string) {
	if s.Microlitres == 0 {
		return s.Duration, ""
	}
	d, ok := w.options.Calibrations[s.Channel].Open(s.Microlitres)
	if !ok {
		return 0, fmt.Sprintf("%g µl is outside the calibration of %s", s.Microlitres, s.Channel)
	}
	w.result.Microlitres += s.Microlitres
	return d, ""
}

// session records what the runner says of variables and draws; its other events are
// visible by the rows of the steps.
func (w *world) session() {
	for _, e := range w.runner.Events() {
		switch e.Kind {
		case plan.EventVariable:
			w.record(Row{Row: task.Row{At: w.now, Kind: task.KindVariable, Name: e.Name, Value: e.Value}, Node: e.Node})
		case plan.EventDraw:
			w.record(Row{Row: task.Row{At: w.now, Kind: task.KindDraw, Name: e.Name, Value: e.Value}, Node: e.Node})
		}
	}
}
