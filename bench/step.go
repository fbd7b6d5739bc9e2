package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/protocol"
)

// repeatSet is the protocol "repeat steps × set output".
func repeatSet(steps int) *protocol.Graph {
	return &protocol.Graph{
		Kind: protocol.DocumentKind, Format: protocol.Format, Name: fmt.Sprintf("repeat %d set", steps),
		Roles: []protocol.Role{{Name: "box", Channels: []protocol.Channel{{Name: "led_1", Direction: "out"}}}},
		Nodes: []protocol.Node{
			{ID: "start", Type: "start"},
			{ID: "loop", Type: "repeat", Data: json.RawMessage(`{"count":"` + strconv.Itoa(steps) + `"}`)},
			{ID: "set", Type: "set", Parent: "loop", Data: json.RawMessage(`{"role":"box","channel":"led_1"}`)},
			{ID: "end", Type: "end"},
		},
		Edges: []protocol.Edge{
			{ID: "1", Source: "start", Target: "loop"},
			{ID: "2", Source: "loop", SourceHandle: "body", Target: "set"},
			{ID: "3", Source: "loop", SourceHandle: "done", Target: "end"},
		},
	}
}

// peers are the plain sequences on both servers.
type peers struct {
	stock, tuned client.Client
	stop         func()
}

func (s *system) peers() (*peers, error) {
	stopStock, err := plain(s.stock)
	if err != nil {
		return nil, err
	}
	stopTuned, err := plain(s.temporal)
	if err != nil {
		stopStock()
		return nil, err
	}
	return &peers{s.stock, s.temporal, func() { stopStock(); stopTuned() }}, nil
}

// measureStep is one run alone: start to end, divided by its steps.
func measureStep(ctx context.Context, b *bench) ([]figure, error) {
	s, err := b.system(ctx)
	if err != nil {
		return nil, err
	}
	if err := b.agent(ctx, "step-1", 1); err != nil {
		return nil, err
	}
	if err := b.answering(ctx, "step-2"); err != nil {
		return nil, err
	}
	steps := 200 // of both, so that starting and ending weigh the same
	if b.quick {
		steps = 50
	}
	ses, err := s.session(ctx, repeatSet(steps))
	if err != nil {
		return nil, err
	}
	p, err := s.peers()
	if err != nil {
		return nil, err
	}
	defer p.stop()
	device := func(id string) lab.Binding { return lab.Binding{Role: "box", Device: id} }
	each := func(d time.Duration) time.Duration { return d / time.Duration(steps) }
	var ours, bare, stock, tuned []time.Duration
	for round := range b.rounds() + 1 {
		_, a, err := ses.run(ctx, nil, device("step-1"))
		if err != nil {
			return nil, err
		}
		_, n, err := ses.run(ctx, nil, device("step-2"))
		if err != nil {
			return nil, err
		}
		o, err := sequence(ctx, p.stock, steps)
		if err != nil {
			return nil, err
		}
		t, err := sequence(ctx, p.tuned, steps)
		if err != nil {
			return nil, err
		}
		if round > 0 { // the first warms up
			ours, bare = append(ours, each(a)), append(bare, each(n))
			stock, tuned = append(stock, each(o)), append(tuned, each(t))
		}
	}
	a, n, o, t := median(ours), median(bare), median(stock), median(tuned)
	return []figure{
		{
			what: "durable session step", ours: ms(a), peer: ms(o) + " plain Temporal, stock settings",
			ratio: times(ratio(o, a)) + " faster", goal: "≥ 6× faster, ≤ 8 ms", met: judge(ratio(o, a) >= 6 && a <= 8*time.Millisecond),
		},
		{what: "  beside our settings", ours: ms(a), peer: ms(t) + " plain Temporal, our settings", ratio: times(ratio(t, a)) + " faster"},
		{what: "  a device without a disk", ours: ms(n), peer: ms(o) + " plain Temporal, stock settings", ratio: times(ratio(o, n)) + " faster"},
	}, nil
}

// measureSteps is a hundred runs at once on a hundred devices.
func measureSteps(ctx context.Context, b *bench) ([]figure, error) {
	s, err := b.system(ctx)
	if err != nil {
		return nil, err
	}
	// To begin and to end a run costs as much as many steps: both are shown.
	const steps, longer = 20, 100
	runs, rounds := 100, 2
	if b.quick {
		runs, rounds = 20, 1
	}
	for i := range runs {
		if err := b.answering(ctx, fmt.Sprintf("many-%d", i+1)); err != nil {
			return nil, err
		}
	}
	ses, err := s.session(ctx, repeatSet(steps))
	if err != nil {
		return nil, err
	}
	long, err := s.session(ctx, repeatSet(longer))
	if err != nil {
		return nil, err
	}
	p, err := s.peers()
	if err != nil {
		return nil, err
	}
	defer p.stop()
	all := func(one func(i int) error) (time.Duration, error) {
		var g errgroup.Group
		start := time.Now()
		for i := range runs {
			g.Go(func() error { return one(i) })
		}
		err := g.Wait()
		return time.Since(start), err
	}
	runsOf := func(ses *session) (time.Duration, error) {
		return all(func(i int) error {
			_, _, err := ses.run(ctx, nil, lab.Binding{Role: "box", Device: fmt.Sprintf("many-%d", i+1)})
			return err
		})
	}
	var ours, more, stock, tuned []time.Duration
	for range rounds {
		a, err := runsOf(ses)
		if err != nil {
			return nil, err
		}
		l, err := runsOf(long)
		if err != nil {
			return nil, err
		}
		o, err := all(func(int) error { _, err := sequence(ctx, p.stock, steps); return err })
		if err != nil {
			return nil, err
		}
		t, err := all(func(int) error { _, err := sequence(ctx, p.tuned, steps); return err })
		if err != nil {
			return nil, err
		}
		ours, more, stock, tuned = append(ours, a), append(more, l), append(stock, o), append(tuned, t)
	}
	rate := func(n int, d []time.Duration) float64 { return float64(n*runs) / median(d).Seconds() }
	a, l, o, t := rate(steps, ours), rate(longer, more), rate(steps, stock), rate(steps, tuned)
	what := fmt.Sprintf("%d runs of %d steps at once", runs, steps)
	return []figure{
		{what: what, ours: fmt.Sprintf("%.0f steps/s", a), peer: fmt.Sprintf("%.0f steps/s plain Temporal, stock settings", o), ratio: times(a/o) + " faster"},
		{what: "  beside our settings", ours: fmt.Sprintf("%.0f steps/s", a), peer: fmt.Sprintf("%.0f steps/s plain Temporal, our settings", t), ratio: times(a/t) + " faster"},
		{what: fmt.Sprintf("  runs of %d steps", longer), ours: fmt.Sprintf("%.0f steps/s", l)},
	}, nil
}
