package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync/atomic"

	"github.com/lics-lab/lics/edge/driver/sim"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/template"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/wire"
)

const (
	trials = 1000
	// speed is how much faster than an animal the simulated one lives.
	speed = 1000
)

// measureTask is the whole way of the data: a run of a shipped protocol on a
// simulated device, from the animal's pokes to the rows in PostgreSQL.
func measureTask(ctx context.Context, b *bench) ([]figure, error) {
	s, err := b.system(ctx)
	if err != nil {
		return nil, err
	}
	const device = "task-1"
	if err := b.agent(ctx, device, speed); err != nil {
		return nil, err
	}
	t, err := template.Get("light-2afc")
	if err != nil {
		return nil, err
	}
	g, err := protocol.Parse(t.Document)
	if err != nil {
		return nil, err
	}
	ses, err := s.session(ctx, g)
	if err != nil {
		return nil, err
	}
	want := trials
	if b.quick {
		want = trials / 5
	}
	box := lab.Binding{Role: "box", Device: device, Calibrations: map[string]json.RawMessage{}}
	for channel, curve := range sim.DefaultCalibrations() {
		if box.Calibrations[channel], err = json.Marshal(curve); err != nil {
			return nil, err
		}
	}
	// The device says which row was its last, so that one missing at the end is
	// missed too.
	var last atomic.Int64
	s.commander.OnReply(func(from string, r wire.Reply) {
		var res wire.TaskResult
		if from == device && r.State == wire.Done && json.Unmarshal(r.Result, &res) == nil && res.LastSeq > 0 {
			last.Store(res.LastSeq)
		}
	})
	s.commits.watch(speed)
	id, took, err := ses.run(ctx, map[string]json.RawMessage{
		"max_trials": json.RawMessage(strconv.Itoa(want)), "session": json.RawMessage(`"48h"`),
	}, box)
	if err != nil {
		return nil, err
	}
	lags, fresh, stored := s.commits.seen()
	rows, lost, doubled, err := s.audit(ctx, id, last.Load())
	if err != nil {
		return nil, err
	}
	done, err := s.trials(ctx, id)
	if err != nil {
		return nil, err
	}
	whole := done == want && rows == fresh && lost == 0 && doubled == 0
	what := fmt.Sprintf("task of %d trials, %d× life", want, speed)
	return []figure{
		{what: what, ours: fmt.Sprintf("%.0f rows/s stored (%d in %.1f s)", float64(fresh)/stored.Seconds(), fresh, took.Seconds())},
		{what: "  recorded → committed", ours: fmt.Sprintf("p50 %s, p99 %s", ms(quantile(lags, 0.5)), ms(quantile(lags, 0.99)))},
		{
			what: "  rows lost, doubled", ours: fmt.Sprintf("%d, %d; %d trials of %d", lost, doubled, done, want),
			goal: "0, 0", met: judge(whole),
		},
	}, nil
}

// audit reads every row of a run back. A device numbers its rows without gaps,
// up to last.
func (s *system) audit(ctx context.Context, run string, last int64) (rows, lost, doubled int, err error) {
	seen := map[string]map[int64]bool{}
	for after := ""; ; {
		page, next, err := s.store.DeviceRows(ctx, run, after, 5000)
		if err != nil {
			return 0, 0, 0, err
		}
		for _, r := range page {
			if seen[r.Boot] == nil {
				seen[r.Boot] = map[int64]bool{}
			}
			if seen[r.Boot][r.Seq] {
				doubled++
			}
			seen[r.Boot][r.Seq] = true
			rows++
		}
		if after = next; after == "" {
			break
		}
	}
	if len(seen) != 1 {
		return 0, 0, 0, fmt.Errorf("the rows of run %s come from %d boots", run, len(seen))
	}
	for _, seqs := range seen {
		first := slices.Min(slices.Collect(maps.Keys(seqs)))
		lost = int(last-first) + 1 - len(seqs)
	}
	return rows, lost, doubled, nil
}

// trials counts the trials of a run that have ended.
func (s *system) trials(ctx context.Context, run string) (int, error) {
	n := 0
	for after := ""; ; {
		ts, more, err := s.store.Trials(ctx, run, store.Page{After: after, First: 500})
		if err != nil {
			return 0, err
		}
		for _, t := range ts {
			if t.Ended {
				n++
			}
		}
		if !more {
			return n, nil
		}
		after = store.TrialCursor(ts[len(ts)-1])
	}
}
