package dryrun

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// guide drives the interpreter along the recorded rows of one task. It gives
// what came from outside at its place among them, and compares everything else
// with what the interpreter records.
type guide struct {
	take    *take
	program *task.Program
	own     bool // the program that made the rows
	inputs  map[string]edge
	machine *task.Machine

	next    int // the row that is expected
	given   int // rows that were given to the interpreter
	draws   int
	forced  []int // rows that the device added, found on the way
	pauses  []int // rows that say paused, whose pause was not asked for yet
	changed int   // parameter rows before it were handed in
	early   []int // pauses before which the parameters after them had changed

	parted bool   // there is a difference
	echo   string // the event of an input that was given after it
	got    *task.Row
	refuse string // why the program does not even begin, or take a parameter

	kept   task.Checkpoint
	keptAt int // row
	hasIt  bool
}

// edge is what an event says of an input.
type edge struct {
	channel int
	high    bool
}

// Output does nothing: there is no box.
func (*guide) Output(time.Duration, int, float64) {}

// Checkpoint keeps what a resumed task goes on from.
func (g *guide) Checkpoint(c task.Checkpoint) {
	if g.next <= len(g.take.rows) && !g.parted {
		g.kept, g.keptAt, g.hasIt = c, g.next, true
	}
}

// Record compares a row of the interpreter with the one expected.
func (g *guide) Record(r task.Row) {
	switch {
	case g.parted:
		if g.got == nil && (r.Kind != task.KindEvent || r.Name != g.echo) {
			g.got = &r
		}
		return
	case g.next == len(g.take.rows) && !g.take.ended:
		return // what it did afterwards was never recorded
	case g.next < len(g.take.rows) && g.matches(r):
		if r.Kind == task.KindDraw {
			g.draws++
		}
		g.next++
		return
	}
	g.parted, g.got = true, &r
}

// matches reports whether a row is the one expected, after the outputs that the
// device has forced.
func (g *guide) matches(r task.Row) bool {
	rows := g.take.rows[g.next:]
	for i := range rows {
		if same(rows[i], r) {
			for n := range i {
				g.forced = append(g.forced, g.next+n)
			}
			g.next += i
			return true
		}
		// Whatever made everything safe wrote it at no instant of the program.
		if !g.own || rows[i].Kind != task.KindOutput || rows[i].At == r.At || i == len(g.program.Channels) {
			return false
		}
	}
	return false
}

func same(a, b task.Row) bool {
	return a.At == b.At && a.Kind == b.Kind && a.Name == b.Name && a.Trial == b.Trial && a.Value.Equal(b.Value) &&
		a.Ramp == b.Ramp && a.Frequency == b.Frequency
}

// ambiguous says why the rows do not tell what came from outside.
func ambiguous(p *task.Program) string {
	edges := edgesOf(p)
	for raised := range raises(p) {
		if _, is := edges[raised]; is {
			return fmt.Sprintf("task %s raises the event %s, which is also the edge of an input: the rows do not tell which it was", p.Name, raised)
		}
	}
	return ""
}

// raises are the events that actions raise.
func raises(p *task.Program) map[string]bool {
	events := map[string]bool{}
	note := func(actions []task.Action) {
		for _, a := range actions {
			for _, event := range []string{a.Event, a.Done} {
				if event != "" {
					events[event] = true
				}
			}
		}
	}
	handlers := func(hs []task.Handler) {
		for _, h := range hs {
			note(h.Actions)
		}
	}
	handlers(p.Always)
	for i := range p.States {
		s := &p.States[i]
		note(s.Entry)
		note(s.Exit)
		handlers(s.On)
	}
	return events
}

func edgesOf(p *task.Program) map[string]edge {
	edges := map[string]edge{}
	for i, c := range p.Channels {
		if c.Direction == task.In {
			edges[c.RisingEvent()] = edge{i, true}
			edges[c.FallingEvent()] = edge{i, false}
		}
	}
	return edges
}

// follow replays a task. It returns when the rows are used up, or at the first
// difference.
func follow(k *take, p *task.Program, own bool, s task.Start, early []int) *guide {
	g := &guide{take: k, program: p, own: own, early: early, inputs: edgesOf(p)}
	for i, r := range k.rows {
		if r.Kind == task.KindControl && r.Name == "paused" {
			g.pauses = append(g.pauses, i)
		}
	}
	m, err := task.New(p, s, g)
	if err != nil {
		g.parted, g.refuse = true, err.Error()
		return g
	}
	g.machine = m
	for channel, high := range g.levels() {
		m.SetLevel(channel, high)
	}
	if len(k.rows) > 0 && !g.parameters(k.rows[0].At) {
		return g
	}
	m.Begin()
	for !g.parted && g.next < len(k.rows) {
		before := g.next
		if !g.pause() || !g.parameters(k.rows[before].At) {
			return g
		}
		if g.advance() || g.parted || g.next > before {
			continue
		}
		if own && k.rows[before].Kind == task.KindOutput { // forced, at the end of what is known
			g.forced = append(g.forced, before)
			g.next++
			continue
		}
		g.parted = true
		g.onward()
	}
	return g
}

// levels are what the inputs were when the task began: the opposite of their
// first edge. One without edges is taken to be low; a program that looks at it
// may then part from the record.
func (g *guide) levels() map[int]bool {
	levels := map[int]bool{}
	for _, r := range g.take.rows {
		if e, is := g.inputs[r.Name]; is && r.Kind == task.KindEvent {
			if _, known := levels[e.channel]; !known {
				levels[e.channel] = !e.high
			}
		}
	}
	return levels
}

// advance takes the interpreter to the next expected row; false when nothing is
// left for it to do by then.
func (g *guide) advance() bool {
	m, r := g.machine, &g.take.rows[g.next]
	if e, is := g.inputs[r.Name]; is && r.Kind == task.KindEvent {
		before := g.next
		m.Input(r.At, e.channel, e.high)
		if g.next > before {
			g.given++
		}
		return g.next > before
	}
	if r.Kind == task.KindControl && r.Name != "paused" {
		before := g.next
		switch r.Name {
		case "resumed":
			m.Resume(r.At)
		case "stop":
			m.Stop(r.At)
		case "abort":
			m.Abort(r.At)
		}
		if g.next > before {
			g.given++
		}
		return g.next > before
	}
	due, ok := m.Next()
	if !ok || due > r.At {
		return false
	}
	m.Advance(due)
	return true
}

// pause asks for the next pause as soon as the trial in which it was asked for
// has begun: when exactly does not matter, for it holds at the trial's end.
func (g *guide) pause() bool {
	if len(g.pauses) == 0 {
		return true
	}
	trial := -1
	for i := g.pauses[0]; i >= 0; i-- {
		if g.take.rows[i].Kind == task.KindTrial {
			trial = i
			break
		}
	}
	if g.next <= trial {
		return true
	}
	pause := g.pauses[0]
	g.pauses = g.pauses[1:]
	g.machine.Pause()
	if !slices.Contains(g.early, pause) {
		return true
	}
	resumed := pause + 1
	for resumed < len(g.take.rows)-1 && !g.take.resumes(resumed) {
		resumed++
	}
	return g.parameters(g.take.rows[resumed].At)
}

// resumes reports whether a row says that a paused task goes on.
func (k *take) resumes(row int) bool {
	return k.rows[row].Kind == task.KindControl && k.rows[row].Name == "resumed"
}

// doubtful is a pause at which it matters, and the rows do not say, whether the
// parameters that are recorded after it had changed before it or while it
// lasted: the limits are looked at before a pause and after it. -1 when there is
// none, or both were tried.
func (g *guide) doubtful() int {
	for i := min(g.next, len(g.take.rows)-1); i >= 0; i-- {
		if r := &g.take.rows[i]; r.Kind != task.KindControl || r.Name != "paused" {
			continue
		}
		if slices.Contains(g.early, i) {
			return -1
		}
		return i
	}
	return -1
}

// parameters hands in the live parameters that hold from an instant on.
func (g *guide) parameters(at time.Duration) bool {
	values := map[string]json.RawMessage{}
	for i := max(g.next, g.changed); i < len(g.take.rows) && g.take.rows[i].At <= at; i++ {
		r := &g.take.rows[i]
		if r.Kind != task.KindParameter {
			continue
		}
		values[r.Name], g.changed = given(r.Value), i+1
	}
	if len(values) == 0 {
		return true
	}
	if err := g.machine.SetParameters(values); err != nil {
		g.parted, g.refuse = true, err.Error()
		return false
	}
	return true
}

// onward lets the interpreter go on until it records something, to say what it
// does instead.
func (g *guide) onward() {
	rows := g.take.rows[g.next+1:]
	for range 1000 {
		if g.got != nil || g.machine.Done() {
			return
		}
		i := slices.IndexFunc(rows, func(r task.Row) bool {
			_, is := g.inputs[r.Name]
			return is && r.Kind == task.KindEvent
		})
		due, ok := g.machine.Next()
		switch {
		case i >= 0 && (!ok || rows[i].At <= due):
			e := g.inputs[rows[i].Name]
			g.echo = rows[i].Name
			g.machine.Input(rows[i].At, e.channel, e.high)
			rows = rows[i+1:]
		case ok:
			g.machine.Advance(due)
		default:
			return
		}
	}
}

// given is a value as package expr's Decode reads it: a duration is a string.
func given(v expr.Value) json.RawMessage {
	var raw []byte
	var err error
	switch {
	case v.Type() == expr.Duration:
		raw, err = json.Marshal(expr.FormatDuration(v.Duration()))
	case v.Type().IsList():
		parts := make([]json.RawMessage, v.Len())
		for i := range parts {
			parts[i] = given(v.At(i))
		}
		raw, err = json.Marshal(parts)
	default:
		raw, err = v.MarshalJSON()
	}
	if err != nil { // NaN, which no row holds
		return json.RawMessage("null")
	}
	return raw
}
