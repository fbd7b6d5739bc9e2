package graph

import (
	"context"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
)

// maxReplayed is how many rows a run may have to be replayed: they are held in
// memory, about 400 bytes each.
const maxReplayed = 500_000

// replay gives a run's inputs to a protocol again.
func (r *Resolver) replay(ctx context.Context, u lab.User, in gen.ReplayRunInput) (gen.RunReplay, error) {
	var none gen.RunReplay
	run, err := r.Store.Run(ctx, u.Organisation, in.Run)
	if err != nil {
		return none, err
	}
	if !run.Status.Final() {
		return none, lab.Errorf(lab.State, "Run %s is not over: it is %s. Replay it when it is.", run.ID, run.Status)
	}
	v, err := r.Store.Version(ctx, u.Organisation, run.Version)
	if err != nil {
		return none, err
	}
	rec := dryrun.Recording{Run: run}
	if rec.Plan, err = r.compiled(ctx, u, v.Document); err != nil {
		return none, err
	}
	with, err := r.replayedWith(ctx, u, in)
	if err != nil {
		return none, err
	}
	var out dryrun.Replayed
	err = r.dryRuns.open(ctx).Borrow(ctx, func() error {
		if err := r.recording(ctx, &rec); err != nil {
			return err
		}
		out, err = dryrun.Replay(ctx, rec, with)
		return err
	})
	if err != nil {
		return none, err
	}
	return runReplay(out), nil
}

// replayedWith is the plan of an edited version; nil when none is given.
func (r *Resolver) replayedWith(ctx context.Context, u lab.User, in gen.ReplayRunInput) (*plan.Plan, error) {
	if value(in.ProtocolVersion) == "" && value(in.Protocol) == "" && (len(in.Document) == 0 || string(in.Document) == "null") {
		return nil, nil //nolint:nilnil // the run's own
	}
	document, _, err := r.find(ctx, u, source{in.ProtocolVersion, in.Protocol, in.Document})
	if err != nil {
		return nil, err
	}
	return r.compiled(ctx, u, document)
}

// recording reads what a run recorded.
func (r *Resolver) recording(ctx context.Context, rec *dryrun.Recording) error {
	for after := ""; ; {
		rows, next, err := r.Store.DeviceRows(ctx, rec.Run.ID, after, 5000)
		if err != nil {
			return err
		}
		rec.Rows = append(rec.Rows, rows...)
		if len(rec.Rows) > maxReplayed {
			return lab.Errorf(lab.TooLarge, "The run has more than %d rows, which is too much to replay.", maxReplayed)
		}
		if after = next; after == "" {
			break
		}
	}
	return r.runsOwn(ctx, rec.Run.ID, func(e *lab.RunEvent) { rec.Events = append(rec.Events, *e) })
}

// runsOwn gives the events of the run itself, without those of its devices.
func (r *Resolver) runsOwn(ctx context.Context, run string, each func(*lab.RunEvent)) error {
	// From the end of the devices' rows, the stream holds only the run's own
	// events, and the rows that come meanwhile.
	at, err := r.Store.PositionsOfRun(ctx, run)
	if err != nil {
		return err
	}
	at.Events = 0
	for {
		page, err := r.Store.RunStream(ctx, run, at, streamPage)
		if err != nil {
			return err
		}
		for _, e := range page {
			if e.Event != nil {
				each(e.Event)
			}
			at = e.Position
		}
		if len(page) < streamPage {
			return nil
		}
	}
}

func runReplay(r dryrun.Replayed) gen.RunReplay {
	out := gen.RunReplay{
		Same: r.Difference == nil, Decisions: r.Decisions, Inputs: r.Inputs, Draws: r.Draws, Events: r.Events,
		Tasks: r.Tasks, Interrupted: r.Interrupted, DeviceRows: r.DeviceRows,
	}
	if d := r.Difference; d != nil {
		out.Difference = &gen.ReplayDifference{
			At: d.At, ElapsedNs: d.Elapsed.Nanoseconds(), Node: d.Node, Visit: d.Visit, Role: d.Role,
			Trial: d.Trial, Row: d.Row, Expected: replayFact(d.Expected), Got: replayFact(d.Got),
			Before: make([]gen.ReplayFact, len(d.Before)),
		}
		for i, f := range d.Before {
			out.Difference.Before[i] = *replayFact(f)
		}
	}
	return out
}

func replayFact(f dryrun.Fact) *gen.ReplayFact {
	if f.IsZero() {
		return nil
	}
	return &gen.ReplayFact{AtNs: f.At.Nanoseconds(), Kind: f.Kind, Text: f.Text, Node: f.Node}
}
