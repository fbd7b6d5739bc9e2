package dryrun

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// maxCommands bounds how often a task was given again.
const maxCommands = 1000

// play replays all commands of a task step.
func (w *walk) play(s plan.Step) {
	t := w.plan.Node(s.Node).Task
	p := &played{forced: map[string][]int{}, early: map[string][]int{}, carry: carry{outcomes: map[string]int{}}}
	w.tasks[s.ID] = p
	if w.own == nil {
		if why := ambiguous(&t.Program); why != "" {
			w.err = cannot("%s", why)
			return
		}
	}
	for again := range maxCommands {
		visit := s.Visit
		if again > 0 {
			visit = fmt.Sprintf("%s~r%d", s.Visit, again)
		}
		k := w.take(s.Node, visit)
		if k == nil || len(k.rows) == 0 {
			return // the device never began
		}
		if again > 0 && first(k) == 1 && w.restarted(s, t, again) {
			p.carry = carry{outcomes: map[string]int{}}
		}
		start, err := w.start(s, t, visit, k, p.carry)
		if err != nil {
			w.err = err
			return
		}
		if w.own != nil { // without what the device added
			k = k.without(w.own.tasks[s.ID].forced[visit])
		}
		var early []int
		if w.own != nil {
			early = w.own.tasks[s.ID].early[visit]
		}
		g := follow(k, &t.Program, w.own == nil, start, early)
		for g.parted && w.own == nil {
			pause := g.doubtful()
			if pause < 0 {
				break
			}
			early = append(early, pause)
			other := follow(k, &t.Program, true, start, early)
			if other.parted && other.next <= g.next {
				break
			}
			g, p.early[visit] = other, early
		}
		p.forced[visit] = g.forced
		w.tally(g)
		if g.parted {
			p.parted = w.difference(s, t, g)
			if w.task == nil || p.parted.At.Before(w.task.At) {
				w.task = p.parted
			}
			return
		}
		if k.ended {
			p.result, p.ended = g.machine.Result(), true
			return
		}
		w.result.Interrupted++
		p.interrupted = true
		p.carry.add(k, g)
	}
}

func (w *walk) tally(g *guide) {
	w.result.Tasks++
	w.result.Inputs += g.given
	w.result.Draws += g.draws
	w.result.Decisions += g.next - g.given - len(g.forced)
	w.result.DeviceRows += g.take.extra + len(g.forced)
}

// start is what a command began with.
func (w *walk) start(s plan.Step, t *plan.Task, visit string, k *take, c carry) (task.Start, error) {
	curves, err := w.calibrations(t.Role, &t.Program)
	start := task.Start{
		Seed:       plan.TaskSeed(w.rec.Run.Seed, s.Node, visit),
		Parameters: w.given(s, t, visit, k), Calibrations: curves,
		Trial: c.trials, Variables: c.Variables, Microlitres: c.Microlitres, Elapsed: c.Elapsed,
	}
	if w.own != nil {
		start.Draws = drawn(w.rec.Plan.Node(s.Node), &t.Program, k)
	}
	return start, err
}

// drawn are the recorded values of the streams that are declared as they were.
func drawn(was *plan.Node, p *task.Program, k *take) map[string][]json.RawMessage {
	draws := map[string][]json.RawMessage{}
	if was == nil || was.Task == nil {
		return draws
	}
	kept := map[string]bool{}
	for _, s := range p.Streams {
		kept[s.Name] = slices.ContainsFunc(was.Task.Program.Streams, func(o task.Stream) bool { return reflect.DeepEqual(o, s) })
	}
	for _, r := range k.rows {
		if r.Kind == task.KindDraw && kept[r.Name] {
			draws[r.Name] = append(draws[r.Name], given(r.Value))
		}
	}
	return draws
}

// first is the number of a command's first trial.
func first(k *take) int {
	for _, r := range k.rows {
		if r.Kind == task.KindTrial {
			return int(r.Trial)
		}
	}
	return 0
}

// restarted reports whether an interrupted task began anew, because its node
// says so or a person did.
func (w *walk) restarted(s plan.Step, t *plan.Task, again int) bool {
	switch t.OnInterrupt {
	case wire.InterruptRestart:
		return true
	case wire.InterruptAsk:
		for _, e := range w.events {
			if e.Kind == kindHuman && e.Node == s.Node && e.Name == "answered" {
				if again--; again == 0 {
					return string(e.body["choice"]) == `"restart"`
				}
			}
		}
	}
	return false
}

// add is what an interrupted command did, as its device said afterwards: its
// finished trials and outcomes, and where it stood at its last checkpoint.
func (c *carry) add(k *take, g *guide) {
	ended := 0
	for _, r := range k.rows {
		if r.Kind == task.KindOutcome {
			c.outcomes[r.Name]++
			ended++
		}
	}
	c.trials += ended
	if g.hasIt {
		c.Variables = g.kept.Variables
		c.Microlitres += g.kept.Microlitres
		c.Elapsed += g.kept.Elapsed
	}
}

// without is a take without some of its rows.
func (k *take) without(rows []int) *take {
	if len(rows) == 0 {
		return k
	}
	out := &take{ended: k.ended, extra: k.extra}
	for i := range k.rows {
		if !slices.Contains(rows, i) {
			out.rows, out.at = append(out.rows, k.rows[i]), append(out.at, k.at[i])
		}
	}
	return out
}

// difference says where a task has parted from its record.
func (w *walk) difference(s plan.Step, t *plan.Task, g *guide) *Difference {
	d := &Difference{Node: s.Node, Visit: s.Visit, Role: t.Role}
	at := time.Duration(-1)
	in := ""
	program := &w.rec.Plan.Node(s.Node).Task.Program
	for i := range g.take.rows[:g.next] {
		r := &g.take.rows[i]
		if i >= g.next-shownBefore {
			d.Before = append(d.Before, fact(program, r, in))
		}
		if r.Kind == task.KindState {
			in = r.Name
		}
	}
	if g.next < len(g.take.rows) {
		r := &g.take.rows[g.next]
		d.Expected, d.Row, d.Trial, at = fact(program, r, in), g.next+1, int(r.Trial), r.At
	}
	switch {
	case g.refuse != "":
		d.Got = Fact{Kind: "error", Text: g.refuse, Node: s.Node}
	case g.got != nil:
		d.Got = fact(g.program, g.got, in)
		if at < 0 || g.got.At < at {
			at, d.Trial = g.got.At, int(g.got.Trial)
		}
	}
	d.At = g.take.calendar(g.next, max(at, 0))
	d.Elapsed = d.At.Sub(w.began)
	return d
}
