package dryrun

import (
	"errors"
	"math"
	"slices"
	"time"

	"github.com/lics-lab/lics/edge/driver/sim"
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

const never = time.Duration(math.MaxInt64)

// world is the virtual lab: a clock, the steps that are awaited, and a box and
// an animal for each role.
type world struct {
	plan    *plan.Plan
	runner  *plan.Runner
	options Options
	now     time.Duration
	until   time.Duration
	active  []*activity // in the order they were started
	boxes   map[string]*box
	roles   []*box
	inputs  []Input
	named   map[string][]target // what names of inputs mean
	result  Result
	rows    int
	bytes   int            // of the texts and lists in the rows that are kept
	trial   map[string]int // node → index of its open trial in result.Trials
	streams map[string]bool
	changes []Change
	outages map[string][]span // by role
	marks   []mark            // of the outages, in order
	metrics []Metric          // in order
	meter   *meter
}

// activity is a step that is awaited.
type activity struct {
	step    plan.Step
	due     time.Duration // of a wait, a pulse or a person
	done    plan.Completion
	machine *task.Machine
	began   time.Duration
	held    bool     // it begins when its device is heard again
	owed    []string // live parameters that its device has not heard of yet
}

// box is the simulated box of a role.
type box struct {
	role   string
	animal *sim.Animal
	lines  map[string]bool
	levels map[string]float64
}

func newWorld(p *plan.Plan, r *plan.Runner, o Options) (*world, error) {
	w := &world{
		meter: newMeter(p), plan: p, runner: r, options: o, until: o.Until, inputs: slices.Clone(o.Inputs),
		named: map[string][]target{}, boxes: map[string]*box{}, trial: map[string]int{}, result: Result{Outcomes: map[string]int{}},
	}
	if w.until <= 0 {
		w.until = MaxTime
	}
	if w.options.Began.IsZero() {
		w.options.Began = DefaultBegan
	}
	if w.options.MaxRows <= 0 {
		w.options.MaxRows = maxRows
	}
	if w.options.Calibrations == nil {
		w.options.Calibrations = nominal(p)
	}
	slices.SortStableFunc(w.inputs, func(a, b Input) int { return int(min(max(a.At-b.At, -1), 1)) })
	for _, role := range p.Roles {
		b := &box{role: role.Name, lines: map[string]bool{}, levels: map[string]float64{}}
		if o.Inputs == nil {
			var in, out []string
			for _, c := range role.Channels {
				if c.Direction == task.In {
					in = append(in, c.Name)
				} else {
					out = append(out, c.Name)
				}
			}
			b.animal = sim.NewAnimal(o.Animal, plan.TaskSeed(o.Seed, "animal", role.Name), in, out)
		}
		w.boxes[role.Name] = b
		w.roles = append(w.roles, b)
	}
	if err := w.checkInputs(); err != nil {
		return nil, err
	}
	w.changes = inOrder(o.Changes)
	return w, errors.Join(checkDraws(p, o), checkChanges(p, o.Changes), w.surroundings(p, o))
}

// step moves to the next thing that happens.
func (w *world) step() {
	if outcome, failed, over := w.runner.Over(); over && len(w.active) == 0 {
		w.result.Outcome, w.result.Ended = outcome, EndedEnd
		if failed != "" {
			w.result.Ended, w.result.Error = EndedFailed, failed
		}
		return
	}
	at := w.next()
	switch {
	case w.rows >= w.options.MaxRows || w.bytes > maxBytes:
		w.end(EndedRows)
		return
	case at == never && len(w.active) == 0:
		w.result.Ended, w.result.Error = EndedFailed, "the run is stalled: nothing is awaited and it has not ended"
		return
	case at > w.until || at == never:
		w.now = w.until
		w.end(EndedUntil)
		return
	}
	w.now = at
	w.falls()
	w.edges()
	for _, a := range slices.Clone(w.active) {
		if a.machine != nil && a.due == never {
			a.machine.Advance(w.now - a.began)
			if a.machine.Done() {
				a.done, a.due = plan.TaskCompletion(a.machine.Result()), w.now
				w.result.Microlitres += a.machine.Result().Microlitres
			}
		}
	}
	w.change()
	w.complete()
}

// next is when anything happens.
func (w *world) next() time.Duration {
	at := never
	for _, a := range w.active {
		at = min(at, a.due)
		if a.machine != nil {
			if due, ok := a.machine.Next(); ok {
				at = min(at, a.began+due)
			}
		}
	}
	if len(w.inputs) > 0 {
		at = min(at, max(w.inputs[0].At, w.now))
	}
	if len(w.changes) > 0 {
		at = min(at, max(w.changes[0].At, w.now))
	}
	if len(w.marks) > 0 {
		at = min(at, max(w.marks[0].at, w.now))
	}
	for _, b := range w.roles {
		if b.animal == nil {
			continue
		}
		if due, _, _, ok := b.animal.Next(); ok {
			at = min(at, max(due, w.now))
		}
	}
	return at
}

// edges gives the input edges of this instant.
func (w *world) edges() {
	for len(w.inputs) > 0 && w.inputs[0].At <= w.now {
		w.input(w.inputs[0])
		w.inputs = w.inputs[1:]
	}
	for _, b := range w.roles {
		for b.animal != nil {
			at, channel, high, ok := b.animal.Next()
			if !ok || at > w.now {
				break
			}
			b.animal.Pop()
			w.edge(b, channel, high)
		}
	}
}

func (w *world) edge(b *box, channel string, high bool) {
	b.lines[channel] = high
	for _, a := range w.active {
		if a.machine == nil || a.step.Role != b.role {
			continue
		}
		for i, c := range w.plan.Node(a.step.Node).Task.Program.Channels {
			if c.Name == channel && c.Direction == task.In {
				a.machine.Input(w.now-a.began, i, high)
			}
		}
	}
}

// complete tells the runner of every step that is done by now, and does what it
// asks for, until nothing more happens in this instant.
func (w *world) complete() {
	for {
		i := slices.IndexFunc(w.active, func(a *activity) bool { return a.due <= w.now })
		if i < 0 {
			return
		}
		a := w.active[i]
		if until, silent := w.silent(a.step.Role); silent && onDevice(a.step.Kind) {
			a.due = until
			continue
		}
		w.active = slices.Delete(w.active, i, i+1)
		if a.held {
			w.start(a.step)
			continue
		}
		actions, err := w.runner.Complete(a.step.ID, a.done)
		if err != nil {
			w.result.Ended, w.result.Error = EndedFailed, err.Error()
			return
		}
		w.do(actions)
	}
}

// end stops what is still running, keeping its rows.
func (w *world) end(why string) {
	for _, a := range w.active {
		if a.machine != nil && !a.machine.Done() {
			w.result.Microlitres += a.machine.Position().Microlitres
		}
	}
	w.result.Ended = why
}

func (w *world) close() {
	w.result.Duration = w.now
	for i := range w.result.Trials {
		if t := &w.result.Trials[i]; t.Duration == 0 && w.trial[t.Node] == i {
			t.Duration = w.now - t.Start
		}
	}
	w.result.Rewards, w.result.States = w.meter.rewards, w.meter.states()
	w.result.Warnings = w.meter.warnings()
	if w.result.Ended == EndedEnd {
		w.result.Warnings = append(w.result.Warnings, w.unused()...)
	}
	if w.result.Ended == EndedRows || w.result.Ended == EndedUntil && w.options.Until <= 0 {
		w.result.Warnings = append(w.result.Warnings, neverEnded(w.now, w.rows))
	}
}

func (w *world) tell() {
	if w.options.Progress != nil {
		w.options.Progress(Progress{Now: w.now, Rows: w.rows, Trials: len(w.result.Trials), Rewards: w.meter.rewards})
	}
}

// record keeps a row and what follows from it.
func (w *world) record(r Row) {
	w.heard(r)
	w.rows++
	w.meter.observe(&r)
	switch r.Kind {
	case task.KindTrial:
		w.endTrial(r.Node, r.At)
		w.trial[r.Node] = len(w.result.Trials)
		w.result.Trials = append(w.result.Trials, Trial{Node: r.Node, Number: int(r.Trial), Start: r.At})
	case task.KindOutcome:
		w.result.Outcomes[r.Name]++
		if i, ok := w.trial[r.Node]; ok {
			w.result.Trials[i].Outcome = r.Name
		}
	case task.KindEnd:
		w.endTrial(r.Node, r.At)
		delete(w.trial, r.Node)
	}
	if w.options.Row != nil {
		w.options.Row(r)
		return
	}
	w.bytes += len(r.Value.Str()) + 16*r.Value.Len()
	w.result.Rows = append(w.result.Rows, r)
}

// nominal are the simulator's calibrations, and one of them for every other
// channel that delivers a volume.
func nominal(p *plan.Plan) map[string]task.Calibration {
	all := sim.DefaultCalibrations()
	for _, role := range p.Roles {
		for _, channel := range role.Volumes {
			if _, known := all[channel]; !known {
				all[channel] = sim.NominalCalibration(channel)
			}
		}
	}
	return all
}

func (w *world) endTrial(node string, at time.Duration) {
	if i, ok := w.trial[node]; ok {
		w.result.Trials[i].Duration = at - w.result.Trials[i].Start
	}
}

// host connects a machine to the box of its role.
type host struct {
	w    *world
	box  *box
	node string
	name []task.Channel
	from time.Duration
}

func (h host) Output(at time.Duration, channel int, level float64) {
	h.w.drive(h.box, h.from+at, h.name[channel].Name, level)
}

func (h host) Record(r task.Row) {
	r.At += h.from
	h.w.record(Row{Row: r, Node: h.node, Role: h.box.role})
}

func (w *world) drive(b *box, at time.Duration, channel string, level float64) {
	b.levels[channel] = level
	if b.animal != nil {
		b.animal.Output(at, channel, level)
	}
}

// set drives an output for the session level and records it.
func (w *world) set(b *box, node, channel string, level float64) {
	if b.levels[channel] == level {
		return
	}
	w.drive(b, w.now, channel, level)
	v := expr.FloatValue(level)
	if level == math.Trunc(level) {
		v = expr.IntValue(int64(level))
	}
	w.record(Row{Row: task.Row{At: w.now, Kind: task.KindOutput, Name: channel, Value: v}, Node: node, Role: b.role})
}
