package graph

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/edge/driver/sim"
	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
)

// Limits of a dry-run. It computes in the server: the time is what keeps a
// hostile protocol from taking a core with it.
const (
	dryRunFor      = 10 * time.Second
	dryRunUntil    = 24 * time.Hour
	dryRunRows     = 10_000
	dryRunRowsMost = 100_000
	dryRunsAtOnce  = 2
)

// dryRuns bounds how many compute at once.
var dryRuns = make(chan struct{}, dryRunsAtOnce)

func (r *Resolver) dryRun(ctx context.Context, u lab.User, in gen.DryRunInput) (gen.DryRun, error) {
	document, _, err := r.find(ctx, u, source{in.ProtocolVersion, in.Protocol, in.Document})
	if err != nil {
		return gen.DryRun{}, err
	}
	options, err := dryRunOptions(in)
	if err != nil {
		return gen.DryRun{}, err
	}
	found, _, p := check(document)
	out := gen.DryRun{
		Diagnostics: found.Diagnostics, Rows: []gen.DryRunRow{}, Trials: []gen.DryRunTrial{},
		Outcomes: []gen.OutcomeCount{}, Warnings: []string{},
	}
	if p == nil {
		return out, nil
	}
	if err := parametersOf(p, options.Parameters); err != nil {
		return gen.DryRun{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, dryRunFor)
	defer cancel()
	select {
	case dryRuns <- struct{}{}:
		defer func() { <-dryRuns }()
	case <-ctx.Done():
		return gen.DryRun{}, lab.Errorf(lab.Unavailable, "Other dry-runs take all the time. Try again in a moment.")
	}
	result, err := dryrun.Run(ctx, p, options)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return gen.DryRun{}, lab.Errorf(lab.TooLarge, "The dry-run takes more than %s to compute. Let it end earlier with untilMs or maxRows.", dryRunFor)
	case ctx.Err() != nil:
		return gen.DryRun{}, err
	case err != nil: // of the parameters, inputs or draws
		return gen.DryRun{}, lab.FieldErrorf("input", "%s", sentence(err.Error()))
	}
	fillDryRun(&out, result)
	return out, nil
}

func dryRunOptions(in gen.DryRunInput) (dryrun.Options, error) {
	o := dryrun.Options{Seed: 1, Until: dryRunUntil, MaxRows: dryRunRows}
	var err error
	if o.Parameters, err = object(in.Parameters, "parameters"); err != nil {
		return o, err
	}
	if len(in.Draws) > 0 && string(in.Draws) != "null" {
		if err := json.Unmarshal(in.Draws, &o.Draws); err != nil {
			return o, lab.FieldErrorf("draws", "Give an object: a list of values for each stream.")
		}
	}
	if in.Seed != nil {
		o.Seed = *in.Seed
	}
	if ms := in.UntilMs; ms != nil {
		if *ms <= 0 || *ms > milliseconds(dryrun.MaxTime) {
			return o, lab.FieldErrorf("untilMs", "A dry-run lasts at most %s of virtual time.", dryrun.MaxTime)
		}
		o.Until = nanoseconds(*ms)
	}
	if n := in.MaxRows; n != nil {
		if *n < 1 || *n > dryRunRowsMost {
			return o, lab.FieldErrorf("maxRows", "A dry-run gives 1 to %d rows.", dryRunRowsMost)
		}
		o.MaxRows = *n
	}
	if in.Inputs != nil {
		o.Inputs = make([]dryrun.Input, len(in.Inputs))
		for i, e := range in.Inputs {
			o.Inputs[i] = dryrun.Input{At: nanoseconds(e.AtMs), Event: e.Event}
		}
	}
	if a := in.Animal; a != nil {
		o.Animal = animal(*a)
	}
	return o, nil
}

func animal(in gen.AnimalInput) sim.AnimalConfig {
	c := sim.DefaultAnimal()
	for field, given := range map[*float64]*float64{
		&c.Accuracy: in.Accuracy, &c.Laziness: in.Laziness,
		&c.Impulsivity: in.Impulsivity, &c.Initiation: in.Initiation,
	} {
		if given != nil {
			*field = *given
		}
	}
	if in.ReactionMs != nil {
		c.Reaction = nanoseconds(*in.ReactionMs)
	}
	return c
}

func fillDryRun(out *gen.DryRun, result dryrun.Result) {
	for _, row := range result.Rows {
		out.Rows = append(out.Rows, gen.DryRunRow{
			AtNs: row.At.Nanoseconds(), Kind: string(row.Kind), Name: row.Name, Value: row.Value.String(),
			Node: row.Node, Role: row.Role, Trial: int(row.Trial),
		})
	}
	for _, t := range result.Trials {
		out.Trials = append(out.Trials, gen.DryRunTrial{
			Node: t.Node, Number: t.Number, StartNs: t.Start.Nanoseconds(),
			DurationNs: t.Duration.Nanoseconds(), Outcome: t.Outcome,
		})
	}
	for _, name := range slices.Sorted(maps.Keys(result.Outcomes)) {
		out.Outcomes = append(out.Outcomes, gen.OutcomeCount{Outcome: name, Count: result.Outcomes[name]})
	}
	out.DurationNs, out.Microlitres = result.Duration.Nanoseconds(), result.Microlitres
	out.Outcome, out.Error = result.Outcome, result.Error
	out.Warnings = append(out.Warnings, result.Warnings...)
	ended := gen.DryRunEnd(strings.ToUpper(result.Ended))
	if ended.IsValid() {
		out.Ended = &ended
	}
}

// sentence makes an error's text one for people.
func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + strings.TrimSuffix(s[1:], ".") + "."
}
