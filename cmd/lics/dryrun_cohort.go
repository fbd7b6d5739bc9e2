package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/edge/driver/sim"
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
)

// character reads `--animal name=value`; what is not given is the default's.
func character(given []string) (sim.AnimalConfig, error) {
	c := sim.DefaultAnimal()
	numbers := map[string]*float64{
		"accuracy": &c.Accuracy, "laziness": &c.Laziness, "impulsivity": &c.Impulsivity,
		"initiation": &c.Initiation, "reaction_sigma": &c.ReactionSigma,
	}
	times := map[string]*time.Duration{"reaction": &c.Reaction, "poke": &c.Poke, "hold": &c.Hold}
	for _, pair := range given {
		name, text, _ := strings.Cut(pair, "=")
		if d := times[name]; d != nil {
			v, err := expr.ParseDuration(text)
			if err != nil {
				return c, usagef("--animal %s: %v", pair, err)
			}
			*d = v
			continue
		}
		n := numbers[name]
		if n == nil {
			names := slices.Sorted(maps.Keys(numbers))
			names = append(names, slices.Sorted(maps.Keys(times))...)
			return c, usagef("--animal %s: write name=value; the names are %s", pair, strings.Join(names, ", "))
		}
		v, err := strconv.ParseFloat(text, 64)
		share := name == "accuracy" || name == "laziness"
		if err != nil || math.IsNaN(v) || v < 0 || v > 1e6 || share && v > 1 {
			return c, usagef("--animal %s: %q is not a number that it can be", name, text)
		}
		*n = v
	}
	return c, nil
}

// simulatedCohort is the JSON of `lics protocol dry-run --animals N -o json`.
type simulatedCohort struct {
	Seed          int64              `json:"seed"`
	Animals       int                `json:"animals"`
	Spread        float64            `json:"spread"`
	Distributions []distribution     `json:"distributions"`
	Endings       map[string]int     `json:"endings"`
	Warnings      map[string]int     `json:"warnings"`
	Subjects      []simulatedSubject `json:"subjects"`
}

// distribution has nulls where no animal has the quantity.
type distribution struct {
	Quantity  string              `json:"quantity"`
	Unit      string              `json:"unit"`
	Animals   int                 `json:"animals"`
	Mean      *float64            `json:"mean"`
	SD        *float64            `json:"sd"`
	Quantiles map[string]*float64 `json:"quantiles"`
	Bins      []bin               `json:"bins"`

	of dryrun.Distribution
}

type bin struct {
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Count int     `json:"count"`
}

// simulatedSubject is one line of -o jsonl.
type simulatedSubject struct {
	Number      int            `json:"number"`
	Seed        int64          `json:"seed"`
	Animal      map[string]any `json:"animal"` // as --animal takes it
	DurationMS  json.Number    `json:"durationMs"`
	Trials      int            `json:"trials"`
	Rewards     int            `json:"rewards"`
	Microlitres float64        `json:"microlitres"`
	Accuracy    *float64       `json:"accuracy"`
	Outcomes    map[string]int `json:"outcomes"`
	Ended       string         `json:"ended"`
	Outcome     string         `json:"outcome"`
	Error       string         `json:"error"`
}

// shares are the quantiles that are printed.
var shares = []float64{0, 0.05, 0.25, 0.5, 0.75, 0.95, 1}

func (c *protocolDryRunCmd) cohort(a *app, p *plan.Plan, o dryrun.Options) error {
	begun := time.Now()
	r, err := dryrun.RunCohort(a.ctx, p, o, dryrun.Cohort{Animals: c.Animals, Spread: c.Spread, Workers: runtime.GOMAXPROCS(0)})
	switch {
	case err != nil && a.ctx.Err() != nil:
		return a.ctx.Err()
	case err != nil:
		return &usageError{err.Error()}
	}
	shown := c.shown(r)
	switch cmpOr(c.Output, asTable) {
	case asJSON:
		err = a.json(shown)
	case asJSONL:
		for _, s := range shown.Subjects {
			err = errors.Join(err, a.jsonLine(s))
		}
	case "tsv":
		err = subjectsTSV(a, shown.Subjects)
	default:
		err = cohortTable(a, shown)
	}
	if err != nil {
		return err
	}
	virtual := time.Duration(0)
	failed := 0
	for _, s := range r.Subjects {
		virtual += s.Session
		if s.Ended == dryrun.EndedFailed {
			failed++
		}
	}
	for _, code := range slices.Sorted(maps.Keys(shown.Warnings)) {
		a.note("warning: %d of %s: %s", shown.Warnings[code], plural(c.Animals, "animal"), code)
	}
	a.note("seed %d, %s, spread %g: %s of virtual time in %s", c.Seed, plural(c.Animals, "animal"), c.Spread, lasted(virtual), lasted(time.Since(begun)))
	if failed > 0 {
		a.note("failed for %s; one of them: %s", plural(failed, "animal"), oneLine(firstError(r.Subjects)))
		return errSaid
	}
	return nil
}

func firstError(subjects []dryrun.Subject) string {
	for _, s := range subjects {
		if s.Error != "" {
			return fmt.Sprintf("animal %d (seed %d): %s", s.Number, s.Seed, s.Error)
		}
	}
	return ""
}

func (c *protocolDryRunCmd) shown(r dryrun.CohortResult) simulatedCohort {
	out := simulatedCohort{
		Seed: c.Seed, Animals: len(r.Subjects), Spread: c.Spread, Endings: map[string]int{}, Warnings: map[string]int{},
		Distributions: []distribution{
			distributed("session_length", "s", r.Session), distributed("trials", "", r.Trials), distributed("rewards", "", r.Rewards),
			distributed("volume", "µl", r.Microlitres), distributed("accuracy", "", r.Accuracy),
		},
	}
	for _, s := range r.Subjects {
		end := s.Ended
		if end == dryrun.EndedEnd && s.Outcome != "" {
			end = s.Outcome
		}
		out.Endings[end]++
		codes := slices.Clone(s.Warnings)
		slices.Sort(codes)
		for _, w := range slices.Compact(codes) {
			out.Warnings[string(w)]++
		}
		out.Subjects = append(out.Subjects, simulatedSubject{
			Number: s.Number, Seed: s.Seed, Animal: written(s.Animal), DurationMS: json.Number(formatMS(s.Session)),
			Trials: s.Trials, Rewards: s.Rewards, Microlitres: s.Microlitres, Accuracy: number(s.Accuracy),
			Outcomes: s.Outcomes, Ended: s.Ended, Outcome: s.Outcome, Error: s.Error,
		})
	}
	return out
}

// written is a character as --animal takes it, to the last digit.
func written(c sim.AnimalConfig) map[string]any {
	return map[string]any{
		"accuracy": c.Accuracy, "laziness": c.Laziness, "impulsivity": c.Impulsivity, "initiation": c.Initiation,
		"reaction_sigma": c.ReactionSigma, "reaction": expr.FormatDuration(c.Reaction),
		"poke": expr.FormatDuration(c.Poke), "hold": expr.FormatDuration(c.Hold),
	}
}

func distributed(quantity, unit string, d dryrun.Distribution) distribution {
	out := distribution{Quantity: quantity, Unit: unit, Animals: len(d.Sorted), Quantiles: map[string]*float64{}, Bins: []bin{}, of: d}
	if len(d.Sorted) > 0 {
		out.Mean = &d.Mean
	}
	if len(d.Sorted) > 1 {
		out.SD = &d.SD
	}
	for _, p := range shares {
		out.Quantiles[strconv.FormatFloat(p, 'g', -1, 64)] = number(d.Quantile(p))
	}
	for _, b := range d.Bins {
		out.Bins = append(out.Bins, bin{b.Low, b.High, b.Count})
	}
	return out
}

// number is null when it is none.
func number(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

func cohortTable(a *app, c simulatedCohort) error {
	rows := [][]string{{"", "animals", "mean", "sd", "least", "5 %", "25 %", "median", "75 %", "95 %", "most"}}
	for _, d := range c.Distributions {
		if d.Animals == 0 {
			continue
		}
		row := []string{strings.ReplaceAll(d.Quantity, "_", " "), itoa(d.Animals), amount(d, d.of.Mean), amount(d, d.of.SD)}
		for _, p := range shares {
			row = append(row, amount(d, d.of.Quantile(p)))
		}
		rows = append(rows, row)
	}
	if err := a.table(rows, true); err != nil {
		return err
	}
	var ends []string
	for _, end := range slices.Sorted(maps.Keys(c.Endings)) {
		ends = append(ends, fmt.Sprintf("%s %d", end, c.Endings[end]))
	}
	_, err := fmt.Fprintf(a.stdout, "\nended: %s\n", strings.Join(ends, ", "))
	if v := c.Distributions[3].of; err == nil && len(v.Sorted) > 0 && v.Sorted[len(v.Sorted)-1] > 0 {
		_, err = fmt.Fprintf(a.stdout, "5 %% of the animals get %s or less; 5 %% are in the box for %s or more.\n",
			amount(c.Distributions[3], v.Quantile(0.05)), amount(c.Distributions[0], c.Distributions[0].of.Quantile(0.95)))
	}
	return err
}

// amount is a value with its unit, in as many digits as a person reads.
func amount(d distribution, v float64) string {
	switch {
	case d.Quantity == "session_length":
		return lasted(time.Duration(v * float64(time.Second)).Round(time.Second))
	case d.Unit != "":
		return fmt.Sprintf("%.4g %s", v, d.Unit)
	}
	return fmt.Sprintf("%.4g", v)
}

func subjectsTSV(a *app, subjects []simulatedSubject) error {
	_, err := fmt.Fprintln(a.stdout, "number\tseed\tduration_ms\ttrials\trewards\tmicrolitres\taccuracy\tended\toutcome")
	for _, s := range subjects {
		accuracy := ""
		if s.Accuracy != nil {
			accuracy = strconv.FormatFloat(*s.Accuracy, 'g', -1, 64)
		}
		if err == nil {
			_, err = fmt.Fprintf(a.stdout, "%d\t%d\t%s\t%d\t%d\t%s\t%s\t%s\t%s\n", s.Number, s.Seed, s.DurationMS, s.Trials, s.Rewards,
				strconv.FormatFloat(s.Microlitres, 'g', -1, 64), accuracy, s.Ended, oneLine(s.Outcome))
		}
	}
	return err
}
