package graph

import (
	"slices"
	"time"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

// maxBars is how many bars a timeline has at most.
const maxBars = 20_000

// timeline draws bars from the rows of a session.
type timeline struct {
	from, to  time.Duration
	plan      *plan.Plan
	drawn     map[stateKey]string
	inputs    map[edgeKey]edgeOf // events that are edges of inputs
	lanes     []*lane
	byKey     map[laneKey]*lane
	bars      int
	truncated bool
}

type (
	edgeKey struct{ node, event string }
	edgeOf  struct {
		channel string
		high    bool
	}
	laneKey struct {
		kind       gen.DryRunLaneKind
		node, role string
		name       string
	}
)

// lane is a gen.DryRunLane with its open bar.
type lane struct {
	gen.DryRunLane
	open  bool
	start time.Duration
	high  float64
	in    string
}

func dryRunTimeline(s *gen.DryRunSession, from, to time.Duration) gen.DryRunTimeline {
	t := timeline{
		from: from, to: to, plan: s.Plan, drawn: drawnStates(s.Plan),
		inputs: inputEdges(s.Plan), byKey: map[laneKey]*lane{},
	}
	for i := range s.Result.Rows {
		r := &s.Result.Rows[i]
		if r.At > to {
			break
		}
		t.add(r)
	}
	end := min(s.Result.Duration, to)
	out := gen.DryRunTimeline{Lanes: []gen.DryRunLane{}}
	for _, l := range t.lanes {
		t.close(l, end)
		out.Lanes = append(out.Lanes, l.DryRunLane)
	}
	out.Truncated = t.truncated
	return out
}

// inputEdges finds what the events of input lines are called in each task.
func inputEdges(p *plan.Plan) map[edgeKey]edgeOf {
	edges := map[edgeKey]edgeOf{}
	for i := range p.Nodes {
		n := &p.Nodes[i]
		if n.Task == nil {
			continue
		}
		for _, c := range n.Task.Program.Channels {
			if c.Direction == task.In {
				edges[edgeKey{n.ID, c.RisingEvent()}] = edgeOf{c.Name, true}
				edges[edgeKey{n.ID, c.FallingEvent()}] = edgeOf{c.Name, false}
			}
		}
	}
	return edges
}

func (t *timeline) add(r *dryrun.Row) {
	switch r.Kind {
	case task.KindState:
		name := r.Node
		if n := t.plan.Node(r.Node); n != nil && n.Task != nil && n.Task.Program.Name != "" {
			name = n.Task.Program.Name
		}
		l := t.lane(gen.DryRunLaneKindState, r.Node, r.Role, name)
		t.close(l, r.At)
		if _, is := t.drawn[stateKey{r.Node, r.Name}]; is { // an end is no state
			l.open, l.start, l.high, l.in = true, r.At, 1, r.Name
		}
	case task.KindControl, task.KindEnd:
		for _, l := range t.lanes {
			if l.Kind == gen.DryRunLaneKindState && l.Node == r.Node {
				t.close(l, r.At)
			}
		}
	case task.KindEvent:
		if e, is := t.inputs[edgeKey{r.Node, r.Name}]; is {
			l := t.lane(gen.DryRunLaneKindInput, r.Node, r.Role, e.channel)
			t.close(l, r.At)
			l.open, l.start, l.high, l.in = e.high, r.At, 1, ""
		}
	case task.KindOutput:
		l := t.lane(gen.DryRunLaneKindOutput, r.Node, r.Role, r.Name)
		t.close(l, r.At)
		level := r.Value.Float()
		l.open, l.start, l.high, l.in = level != 0, r.At, level, ""
	}
}

func (t *timeline) lane(kind gen.DryRunLaneKind, node, role, name string) *lane {
	key := laneKey{kind, node, role, name}
	l := t.byKey[key]
	if l == nil {
		l = &lane{DryRunLane: gen.DryRunLane{
			Kind: kind, Name: name, Node: node, Role: role,
			StartNs: []int64{}, EndNs: []int64{}, Level: []float64{}, State: []string{}, DrawnAs: []string{},
		}}
		t.byKey[key] = l
		t.lanes = append(t.lanes, l)
	}
	return l
}

// close ends the open bar of a lane; it is kept when it reaches into the window.
func (t *timeline) close(l *lane, at time.Duration) {
	if !l.open {
		return
	}
	l.open = false
	if at < t.from {
		return
	}
	if t.bars == maxBars {
		t.truncated = true
		return
	}
	t.bars++
	l.StartNs, l.EndNs = append(l.StartNs, l.start.Nanoseconds()), append(l.EndNs, at.Nanoseconds())
	l.Level, l.State = append(l.Level, l.high), append(l.State, l.in)
	l.DrawnAs = append(l.DrawnAs, t.drawn[stateKey{l.Node, l.in}])
}

// window reads the bounds of a timeline.
func window(fromNs, toNs *int64, end time.Duration) (from, to time.Duration) {
	to = end
	if toNs != nil {
		to = time.Duration(*toNs)
	}
	return time.Duration(value(fromNs)), slices.Max([]time.Duration{to, 0})
}
