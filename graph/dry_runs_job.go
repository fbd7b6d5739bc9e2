package graph

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/dryrun/jobs"
	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
)

// dryRunBook is the book of this server's dry-runs, made when it is first
// needed.
type dryRunBook struct {
	mu   sync.Mutex
	book *jobs.Book
}

func (b *dryRunBook) open(ctx context.Context) *jobs.Book {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.book == nil {
		b.book = jobs.NewBook(ctx, jobs.Limits{})
	}
	return b.book
}

// close ends all dry-runs.
func (b *dryRunBook) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.book != nil {
		b.book.Close()
	}
}

func dryRunOwner(u lab.User) jobs.Owner {
	return jobs.Owner{Organisation: u.Organisation, User: u.ID}
}

// dryRun shows a job as it is now.
func dryRun(j *jobs.Job) gen.DryRun {
	s, _ := j.Snapshot()
	return shownDryRun(j, s)
}

func shownDryRun(j *jobs.Job, s jobs.Snapshot) gen.DryRun {
	now := time.Now()
	out := gen.DryRun{
		ID: j.ID, State: gen.DryRunState(s.State), Error: sentence(s.Error), CreatedAt: j.Created,
		Seed: j.Request.Options.Seed, Animals: 1, AnimalsDone: s.AnimalsDone,
		VirtualNs: s.Progress.Now.Nanoseconds(), ComputeMs: milliseconds(s.Computed(now)), TimesRealTime: s.TimesRealTime(now),
		RowCount: s.Progress.Rows, TrialCount: s.Progress.Trials, RewardCount: s.Progress.Rewards,
	}
	if out.Began = j.Request.Options.Began; out.Began.IsZero() {
		out.Began = dryrun.DefaultBegan
	}
	if j.Request.Cohort != nil {
		out.Animals = j.Request.Cohort.Animals
	}
	if s.State.Final() {
		out.ExpiresAt = &s.Expires
	}
	if s.Session != nil {
		session := dryRunSession(j.Request.Plan, s.Session)
		out.Session = &session
	}
	if s.Cohort != nil {
		cohort := dryRunCohort(s.Cohort)
		out.Cohort = &cohort
	}
	return out
}

// watchDryRun sends a job now and whenever it has changed, until it is final.
func watchDryRun(ctx context.Context, j *jobs.Job) <-chan gen.DryRun {
	out := make(chan gen.DryRun)
	go func() {
		defer close(out)
		for {
			s, changed := j.Snapshot()
			select {
			case out <- shownDryRun(j, s):
			case <-ctx.Done():
				return
			}
			if s.State.Final() {
				return
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func dryRunSession(p *plan.Plan, r *dryrun.Result) gen.DryRunSession {
	drawn := drawnStates(p)
	out := gen.DryRunSession{
		Ended: dryRunEnd(r.Ended), Outcome: r.Outcome, Error: r.Error, DurationNs: r.Duration.Nanoseconds(),
		Outcomes: outcomeCounts(r.Outcomes), Accuracy: number(dryrun.AccuracyOf(r.Outcomes)),
		Rewards: r.Rewards, Microlitres: r.Microlitres, RowCount: len(r.Rows),
		States: []gen.DryRunStateUse{}, Warnings: []gen.DryRunWarning{}, Result: r, Plan: p,
	}
	for _, s := range r.States {
		use := gen.DryRunStateUse{
			Node: s.Node, State: s.State, DrawnAs: drawn[stateKey{s.Node, s.State}], Visits: s.Visits, TotalNs: s.Total.Nanoseconds(),
		}
		if s.Shortest > 0 {
			ns := s.Shortest.Nanoseconds()
			use.ShortestNs = &ns
		}
		out.States = append(out.States, use)
	}
	for _, w := range r.Warnings {
		out.Warnings = append(out.Warnings, gen.DryRunWarning{
			Code: string(w.Code), Message: sentence(w.Message), Node: w.Node, AtNs: w.At.Nanoseconds(), Count: w.Count,
		})
	}
	return out
}

func dryRunEnd(ended string) gen.DryRunEnd { return gen.DryRunEnd(strings.ToUpper(ended)) }

func outcomeCounts(counts map[string]int) []gen.OutcomeCount {
	out := []gen.OutcomeCount{}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, gen.OutcomeCount{Outcome: name, Count: counts[name]})
	}
	return out
}

// stateKey is a state of a task.
type stateKey struct{ node, state string }

// drawnStates are the graph nodes that states are drawn as.
func drawnStates(p *plan.Plan) map[stateKey]string {
	drawn := map[stateKey]string{}
	for i := range p.Nodes {
		n := &p.Nodes[i]
		if n.Task != nil {
			for _, s := range n.Task.Program.States {
				drawn[stateKey{n.ID, s.Name}] = s.Node
			}
		}
	}
	return drawn
}
