package graph

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/edge/driver/sim"
	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/store"
)

func dryRunCohort(r *dryrun.CohortResult) gen.DryRunCohort {
	out := gen.DryRunCohort{Result: r}
	for _, d := range []struct {
		quantity gen.DryRunQuantity
		unit     string
		values   dryrun.Distribution
	}{
		{gen.DryRunQuantitySessionLength, "s", r.Session},
		{gen.DryRunQuantityTrials, "", r.Trials},
		{gen.DryRunQuantityRewards, "", r.Rewards},
		{gen.DryRunQuantityVolume, "µl", r.Microlitres},
		{gen.DryRunQuantityAccuracy, "", r.Accuracy},
	} {
		out.Distributions = append(out.Distributions, distribution(d.quantity, d.unit, d.values))
	}
	endings, warnings := map[string]int{}, map[string]int{}
	for _, s := range r.Subjects {
		end := s.Outcome
		if s.Ended != dryrun.EndedEnd || end == "" {
			end = s.Ended
		}
		endings[end]++
		seen := map[dryrun.WarningCode]bool{}
		for _, w := range s.Warnings {
			if !seen[w] {
				warnings[string(w)]++
			}
			seen[w] = true
		}
	}
	out.Endings, out.Warnings = outcomeCounts(endings), outcomeCounts(warnings)
	return out
}

func distribution(q gen.DryRunQuantity, unit string, d dryrun.Distribution) gen.DryRunDistribution {
	out := gen.DryRunDistribution{Quantity: q, Unit: unit, Animals: len(d.Sorted), Bins: []gen.DryRunBin{}, Values: d}
	for _, b := range d.Bins {
		out.Bins = append(out.Bins, gen.DryRunBin{Low: b.Low, High: b.High, Count: b.Count})
	}
	if n := len(d.Sorted); n > 0 {
		out.Mean, out.Minimum, out.Maximum = &d.Mean, &d.Sorted[0], &d.Sorted[n-1]
		if n > 1 {
			out.Sd = &d.SD
		}
	}
	return out
}

// number is a float that may not exist.
func number(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

func dryRunSubjectPage(c *gen.DryRunCohort, first int, after *string) (gen.DryRunSubjectConnection, error) {
	all := c.Result.Subjects
	edges, nodes, info, err := connect(first, after, maxRecordPage, func(p store.Page) ([]gen.DryRunSubject, bool, error) {
		at, err := place(p.After, dryrun.MaxAnimals)
		if err != nil {
			return nil, false, err
		}
		out := []gen.DryRunSubject{}
		for _, s := range all {
			if s.Number <= at {
				continue
			}
			if len(out) == p.First {
				return out, true, nil
			}
			subject, err := dryRunSubject(s)
			if err != nil {
				return nil, false, err
			}
			out = append(out, subject)
		}
		return out, false, nil
	}, func(s gen.DryRunSubject) string { return strconv.Itoa(s.Number) },
		func(c string, n gen.DryRunSubject) gen.DryRunSubjectEdge {
			return gen.DryRunSubjectEdge{Cursor: c, Node: n}
		})
	return gen.DryRunSubjectConnection{Edges: edges, Nodes: nodes, PageInfo: info}, err
}

func dryRunSubject(s dryrun.Subject) (gen.DryRunSubject, error) {
	character, err := json.Marshal(characterOf(s.Animal))
	return gen.DryRunSubject{
		Number: s.Number, Seed: s.Seed, Animal: character, DurationNs: s.Session.Nanoseconds(),
		Trials: s.Trials, Rewards: s.Rewards, Microlitres: s.Microlitres, Accuracy: number(s.Accuracy),
		Ended: dryRunEnd(s.Ended), Outcome: s.Outcome, Error: s.Error,
	}, err
}

// characterOf is an animal in the fields of AnimalInput.
func characterOf(a sim.AnimalConfig) map[string]float64 {
	return map[string]float64{
		"accuracy": a.Accuracy, "laziness": a.Laziness, "impulsivity": a.Impulsivity, "initiation": a.Initiation,
		"reactionSigma": a.ReactionSigma, "reactionMs": milliseconds(a.Reaction),
		"pokeMs": milliseconds(a.Poke), "holdMs": milliseconds(a.Hold),
	}
}
