package main

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/edge/driver/sim"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/template"
	"github.com/lics-lab/lics/task"
)

// dryRunGoal is how much faster than real time a dry-run has to be.
const dryRunGoal = 1000

// tick is the step of the peer: the time that a device keeps well.
const tick = time.Millisecond

// measureDryRun is a session of a shipped protocol with its animal in virtual
// time, and a cohort of them. The peer does the same session by asking every
// millisecond what is due.
func measureDryRun(ctx context.Context, b *bench) ([]figure, error) {
	p, err := planOf("light-2afc")
	if err != nil {
		return nil, err
	}
	rounds, animals := 40, 200
	if b.quick {
		rounds, animals = 8, 40
	}
	var ours, theirs []time.Duration
	var virtual time.Duration
	rows := 0
	for i := range rounds {
		rows = 0
		begun := time.Now()
		r, err := dryrun.Run(ctx, p, dryrun.Options{Seed: 1, Row: func(dryrun.Row) { rows++ }})
		if err != nil {
			return nil, err
		}
		ours, virtual = append(ours, time.Since(begun)), r.Duration
		if i%4 == 0 {
			took, err := stepped(p, r.Duration)
			if err != nil {
				return nil, err
			}
			theirs = append(theirs, took)
		}
	}
	mine, other := median(ours), median(theirs)
	faster := ratio(virtual, mine)

	cohort := func(workers int) (time.Duration, time.Duration, error) {
		begun := time.Now()
		c, err := dryrun.RunCohort(ctx, p, dryrun.Options{Seed: 1}, dryrun.Cohort{Animals: animals, Spread: 0.3, Workers: workers})
		all := time.Duration(0)
		for _, s := range c.Subjects {
			all += s.Session
		}
		return time.Since(begun), all, err
	}
	one, _, err := cohort(1)
	if err != nil {
		return nil, err
	}
	all, together, err := cohort(runtime.GOMAXPROCS(0))
	if err != nil {
		return nil, err
	}
	return []figure{
		{
			what: "dry-run of a session", ours: fmt.Sprintf("%.0f× real time", faster),
			peer: fmt.Sprintf("%.0f× asking every %s", ratio(virtual, other), tick), ratio: times(ratio(other, mine)) + " faster",
			goal: fmt.Sprintf("≥ %d×", dryRunGoal), met: judge(faster >= dryRunGoal),
		},
		{what: "… per row", ours: fmt.Sprintf("%.2f µs", float64(mine)/1e3/float64(max(rows, 1)))},
		{
			what: fmt.Sprintf("… %d animals", animals), ours: fmt.Sprintf("%.2g s, %.0f× real time", all.Seconds(), ratio(together, all)),
			peer: fmt.Sprintf("%.2g s on one processor", one.Seconds()), ratio: times(ratio(one, all)) + " faster",
		},
	}, nil
}

func planOf(name string) (*plan.Plan, error) {
	t, err := template.Get(name)
	if err != nil {
		return nil, err
	}
	g, err := protocol.Parse(t.Document)
	if err != nil {
		return nil, err
	}
	p, found := protocol.Compile(g)
	if p == nil {
		return nil, fmt.Errorf("%s does not compile: %v", name, found)
	}
	return p, nil
}

// animated is the host of the peer.
type animated struct {
	sink
	animal  *sim.Animal
	program *task.Program
}

func (a *animated) Output(at time.Duration, channel int, level float64) {
	a.animal.Output(at, a.program.Channels[channel].Name, level)
}

// stepped runs a plan's task for a time, tick by tick.
func stepped(p *plan.Plan, lasts time.Duration) (time.Duration, error) {
	runner, err := plan.NewRunner(p, nil, nil)
	if err != nil {
		return 0, err
	}
	actions, err := runner.Start()
	if err != nil {
		return 0, err
	}
	var step plan.Step
	for _, s := range actions.Start {
		if s.Kind == plan.KindTask {
			step = s
		}
	}
	if step.Node == "" {
		return 0, fmt.Errorf("%s does not begin with a task", p.Name)
	}
	h := &animated{program: &p.Node(step.Node).Task.Program}
	line := map[string]int{}
	var in, out []string
	for i, c := range h.program.Channels {
		line[c.Name] = i
		if c.Direction == task.In {
			in = append(in, c.Name)
		} else {
			out = append(out, c.Name)
		}
	}
	h.animal = sim.NewAnimal(sim.AnimalConfig{}, 1, in, out)
	m, err := task.New(h.program, task.Start{Seed: 1, Parameters: step.Parameters, Calibrations: sim.DefaultCalibrations()}, h)
	if err != nil {
		return 0, err
	}
	begun := time.Now()
	m.Begin()
	for now := time.Duration(0); now < lasts && !m.Done(); now += tick {
		for {
			at, channel, high, ok := h.animal.Next()
			if !ok || at > now {
				break
			}
			h.animal.Pop()
			m.Input(now, line[channel], high)
		}
		m.Advance(now)
	}
	if h.rows == 0 {
		return 0, fmt.Errorf("%s did nothing", p.Name)
	}
	return time.Since(begun), nil
}
