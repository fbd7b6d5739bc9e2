package graph

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"time"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/dryrun/jobs"
	"github.com/lics-lab/lics/edge/driver/sim"
	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
)

// Limits of a dry-run, beside those of the book that computes it.
const (
	dryRunRows     = 100_000
	dryRunRowsMost = 200_000
	dryRunSpread   = 0.3
)

// startDryRun begins a dry-run in the background. What is wrong with the
// document is data; what is wrong with the rest of the input is an error now.
func (r *Resolver) startDryRun(ctx context.Context, u lab.User, in gen.StartDryRunInput) (gen.StartDryRunPayload, error) {
	var none gen.StartDryRunPayload
	document, _, err := r.find(ctx, u, source{in.ProtocolVersion, in.Protocol, in.Document})
	if err != nil {
		return none, err
	}
	request, err := dryRunRequest(in)
	if err != nil {
		return none, err
	}
	found, _, p := r.check(ctx, u, document)
	out := gen.StartDryRunPayload{Diagnostics: found.Diagnostics}
	if p == nil {
		return out, nil
	}
	if err := parametersOf(p, request.Options.Parameters); err != nil {
		return none, err
	}
	if err := checkDryRunChanges(p, request.Options.Changes); err != nil {
		return none, err
	}
	if err := dryrun.Check(p, request.Options); err != nil {
		return none, lab.FieldErrorf("input", "%s", sentence(err.Error()))
	}
	request.Plan = p
	job, err := r.dryRuns.open(ctx).Start(dryRunOwner(u), request)
	if err != nil {
		return none, err
	}
	shown := dryRun(job)
	out.DryRun = &shown
	return out, nil
}

func dryRunRequest(in gen.StartDryRunInput) (jobs.Request, error) {
	o := dryrun.Options{Seed: 1, MaxRows: dryRunRows}
	r := jobs.Request{}
	var err error
	if o.Parameters, err = object(in.Parameters, "parameters"); err != nil {
		return r, err
	}
	if len(in.Draws) > 0 && string(in.Draws) != "null" {
		if err := json.Unmarshal(in.Draws, &o.Draws); err != nil {
			return r, lab.FieldErrorf("draws", "Give an object: a list of values for each stream.")
		}
	}
	if in.Seed != nil {
		o.Seed = *in.Seed
	}
	if ms := in.UntilMs; ms != nil {
		if *ms <= 0 || *ms > milliseconds(dryrun.MaxTime) {
			return r, lab.FieldErrorf("untilMs", "A dry-run lasts at most %s of virtual time.", dryrun.MaxTime)
		}
		o.Until = nanoseconds(*ms)
	}
	if n := in.MaxRows; n != nil {
		if *n < 1 || *n > dryRunRowsMost {
			return r, lab.FieldErrorf("maxRows", "A dry-run gives 1 to %d rows.", dryRunRowsMost)
		}
		o.MaxRows = *n
	}
	if in.Inputs != nil {
		o.Inputs = make([]dryrun.Input, len(in.Inputs))
		for i, e := range in.Inputs {
			o.Inputs[i] = dryrun.Input{At: nanoseconds(e.AtMs), Event: e.Event}
		}
	}
	if in.Animal != nil {
		if o.Animal, err = animal(*in.Animal); err != nil {
			return r, err
		}
	}
	if err := dryRunWorld(in, &o); err != nil {
		return r, err
	}
	r.Options = o
	if in.Animals == nil {
		return r, nil
	}
	r.Cohort = &dryrun.Cohort{Animals: *in.Animals, Spread: dryRunSpread}
	if in.Spread != nil {
		r.Cohort.Spread = *in.Spread
	}
	switch {
	case *in.Animals < 1 || *in.Animals > dryrun.MaxAnimals:
		return r, lab.FieldErrorf("animals", "A dry-run has 1 to %d animals.", dryrun.MaxAnimals)
	case !(r.Cohort.Spread >= 0 && r.Cohort.Spread <= dryrun.MaxSpread):
		return r, lab.FieldErrorf("spread", "The spread lies between 0 and %d.", dryrun.MaxSpread)
	case in.Inputs != nil:
		return r, lab.FieldErrorf("inputs", "Given inputs leave nothing to the animals. Give either inputs or animals.")
	}
	return r, nil
}

// animal reads a character; what is not given is the default's.
func animal(in gen.AnimalInput) (sim.AnimalConfig, error) {
	c := sim.DefaultAnimal()
	for _, f := range []struct {
		name  string
		given *float64
		most  float64
		set   func(float64)
	}{
		{"accuracy", in.Accuracy, 1, func(v float64) { c.Accuracy = v }},
		{"laziness", in.Laziness, 1, func(v float64) { c.Laziness = v }},
		{"impulsivity", in.Impulsivity, 6000, func(v float64) { c.Impulsivity = v }},
		{"initiation", in.Initiation, 6000, func(v float64) { c.Initiation = v }},
		{"reactionSigma", in.ReactionSigma, 5, func(v float64) { c.ReactionSigma = v }},
		{"reactionMs", in.ReactionMs, 3_600_000, func(v float64) { c.Reaction = exactly(v) }},
		{"pokeMs", in.PokeMs, 3_600_000, func(v float64) { c.Poke = exactly(v) }},
		{"holdMs", in.HoldMs, 3_600_000, func(v float64) { c.Hold = exactly(v) }},
	} {
		switch v := value(f.given); {
		case f.given == nil:
		case math.IsNaN(v) || v < 0 || v > f.most:
			return c, lab.FieldErrorf("animal."+f.name, "Give a number from 0 to %g.", f.most)
		default:
			f.set(v)
		}
	}
	return c, nil
}

// sentence makes an error's text one for people.
func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + strings.TrimSuffix(s[1:], ".") + "."
}

// exactly is a duration in milliseconds to the nearest nanosecond: what
// milliseconds made of one gives it again.
func exactly(ms float64) time.Duration {
	return time.Duration(math.Round(ms * float64(time.Millisecond)))
}
