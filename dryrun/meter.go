package dryrun

import (
	"cmp"
	"slices"
	"time"

	"github.com/lics-lab/lics/edge/driver/sim"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

// StateUse says how a state of a task was used.
type StateUse struct {
	Node   string // the task's
	State  string
	Visits int
	// Total is the virtual time spent in it.
	Total time.Duration
	// Shortest is the shortest visit that took any time and that a timer, not an
	// input, ended; 0 when there was none.
	Shortest time.Duration
}

// meter adds up what the rows of a dry-run say.
type meter struct {
	plan    *plan.Plan
	tasks   map[string]*taskMeter
	last    *taskMeter // rows of one task follow each other
	outputs map[outputKey]*outputMeter
	rewards int
}

type outputKey struct{ role, channel string }

type outputMeter struct {
	delivers bool
	on       bool
	since    time.Duration
}

// taskMeter is what the meter knows of one task node, over all its visits.
type taskMeter struct {
	node  string
	uses  map[string]*use
	state *use // the present one
	since time.Duration

	instant time.Duration // the latest
	steps   int           // events and states in it
	input   bool          // an event came in it
	most    int           // steps in any instant
	mostAt  time.Duration

	pulses map[string]*brief // outputs that were on for too short, by channel
	ends   map[task.Reason]time.Duration
}

// use is a StateUse under way.
type use struct {
	StateUse
	brief brief
}

// brief counts what was shorter than a device can keep.
type brief struct {
	count int
	first time.Duration
	least time.Duration
}

func (b *brief) add(at, d time.Duration) {
	if b.count == 0 {
		b.first, b.least = at, d
	}
	b.count++
	b.least = min(b.least, d)
}

func newMeter(p *plan.Plan) *meter {
	m := &meter{plan: p, tasks: map[string]*taskMeter{}, outputs: map[outputKey]*outputMeter{}}
	for i := range p.Nodes {
		if n := &p.Nodes[i]; n.Task != nil {
			t := &taskMeter{node: n.ID, uses: map[string]*use{}, pulses: map[string]*brief{}, ends: map[task.Reason]time.Duration{}, instant: -1}
			for _, s := range n.Task.Program.States {
				t.uses[s.Name] = &use{StateUse: StateUse{Node: n.ID, State: s.Name}}
			}
			m.tasks[n.ID] = t
		}
	}
	for _, role := range p.Roles {
		for _, c := range role.Channels {
			if c.Direction == task.Out {
				delivers := slices.Contains(role.Volumes, c.Name) || sim.Delivers(c.Name)
				m.outputs[outputKey{role.Name, c.Name}] = &outputMeter{delivers: delivers}
			}
		}
	}
	return m
}

// observe takes a row; they come in the order of their times.
func (m *meter) observe(r *Row) {
	t := m.last
	if t == nil || t.node != r.Node {
		t = m.tasks[r.Node] // nil for rows of the session level
		m.last = t
	}
	if t != nil && r.At != t.instant {
		t.instant, t.steps, t.input = r.At, 0, false
	}
	switch r.Kind {
	case task.KindOutput:
		m.output(t, r)
	case task.KindEvent:
		if t != nil {
			t.input = true
			t.step()
		}
	case task.KindState:
		if t != nil {
			t.step()
			t.leave()
			if t.state = t.uses[r.Name]; t.state != nil { // an end is no state
				t.state.Visits++
				t.since = r.At
			}
		}
	case task.KindControl, task.KindEnd:
		if t != nil {
			t.leave()
			if r.Kind == task.KindEnd {
				t.ends[task.Reason(r.Value.Str())] = r.At
			}
		}
	}
}

func (t *taskMeter) step() {
	t.steps++
	if t.steps > t.most {
		t.most, t.mostAt = t.steps, t.instant
	}
}

// leave ends the present state in this instant.
func (t *taskMeter) leave() {
	s := t.state
	if s == nil {
		return
	}
	t.state = nil
	d := t.instant - t.since
	s.Total += d
	if d <= 0 || t.input {
		return // no time is meant to pass, or the animal was quick
	}
	if s.Shortest == 0 || d < s.Shortest {
		s.Shortest = d
	}
	if d < Resolution {
		s.brief.add(t.since, d)
	}
}

func (m *meter) output(t *taskMeter, r *Row) {
	o := m.outputs[outputKey{r.Role, r.Name}]
	if o == nil {
		return
	}
	on := r.Value.Float() > 0
	if on == o.on {
		return
	}
	if o.on = on; on {
		o.since = r.At
		if o.delivers {
			m.rewards++
		}
		return
	}
	if d := r.At - o.since; t != nil && d > 0 && d < Resolution && !t.input {
		if t.pulses[r.Name] == nil {
			t.pulses[r.Name] = &brief{}
		}
		t.pulses[r.Name].add(o.since, d)
	}
}

// states are the uses by task node, then in the order of the program.
func (m *meter) states() []StateUse {
	var out []StateUse
	for i := range m.plan.Nodes {
		if n := &m.plan.Nodes[i]; n.Task != nil {
			for _, s := range n.Task.Program.States {
				out = append(out, m.tasks[n.ID].uses[s.Name].StateUse)
			}
		}
	}
	return out
}

// warnings are in the order of the nodes, then of their times.
func (m *meter) warnings() []Warning {
	var out []Warning
	for i := range m.plan.Nodes {
		n := &m.plan.Nodes[i]
		if n.Task == nil {
			continue
		}
		ws := m.tasks[n.ID].warnings(n.Task.Program.States)
		slices.SortStableFunc(ws, func(a, b Warning) int { return cmp.Compare(a.At, b.At) })
		out = append(out, ws...)
	}
	return out
}
