package graph

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
)

// What no weight of an animal or a person is outside of, in grams: a newborn
// zebra finch, and a bull.
const (
	leastGrams = 0.1
	mostGrams  = 1e6
)

const (
	// surprise is how far a weight may be from the one before without being
	// confirmed, as a part of it.
	surprise = 0.2
	// memory is how old the one before may be: animals grow.
	memory = 30 * 24 * time.Hour
	// fast is how far the clock of a person's machine may be ahead.
	fast = 5 * time.Minute
	// maxWeights is how many weights one question gives; a year has 365.
	maxWeights = 1000
)

func (r *Resolver) recordWeight(ctx context.Context, u lab.User, in gen.RecordWeightInput) (lab.Weight, error) {
	s, err := r.Store.Subject(ctx, u.Organisation, in.Subject)
	if err != nil {
		return lab.Weight{}, err
	}
	w := lab.Weight{Subject: s.ID, Grams: in.Grams, At: value(in.At), By: u.Name, Note: value(in.Note)}
	if key := value(in.Key); key != "" {
		w.ID = "hand/" + s.ID + "/" + key
	}
	if w.At.IsZero() {
		w.At = time.Now()
	}
	if err := r.plausible(ctx, u, s, w, in.Confirm); err != nil {
		return lab.Weight{}, err
	}
	if w, err = r.Store.AddWeight(ctx, u.Organisation, w); err == nil {
		r.audit(ctx, u, "record_weight", w.ID, in)
	}
	return w, err
}

func (r *Resolver) correctWeight(ctx context.Context, u lab.User, in gen.CorrectWeightInput) (lab.Weight, error) {
	old, err := r.Store.Weight(ctx, u.Organisation, in.Weight)
	if err != nil {
		return lab.Weight{}, err
	}
	if !old.Current {
		return lab.Weight{}, lab.Errorf(lab.Conflict, "This weight does not count any more. Correct the one that took its place.")
	}
	if in.Note == "" {
		return lab.Weight{}, lab.FieldErrorf("note", "Say why it is corrected.")
	}
	w := lab.Weight{Subject: old.Subject, Grams: old.Grams, At: old.At, By: u.Name, Note: in.Note, Replaces: &old.ID, Withdrawn: in.Withdraw}
	if in.Grams != nil {
		w.Grams = *in.Grams
	}
	if in.At != nil {
		w.At = *in.At
	}
	if !w.Withdrawn {
		s, err := r.Store.Subject(ctx, u.Organisation, old.Subject)
		if err != nil {
			return lab.Weight{}, err
		}
		if err := r.plausible(ctx, u, s, w, in.Confirm); err != nil {
			return lab.Weight{}, err
		}
	}
	if w, err = r.Store.CorrectWeight(ctx, u.Organisation, w); err == nil {
		r.audit(ctx, u, "correct_weight", w.ID, in)
	}
	return w, err
}

// plausible refuses what no animal weighs, and what this one did not weigh a
// short time ago.
func (r *Resolver) plausible(ctx context.Context, u lab.User, s lab.Subject, w lab.Weight, confirmed bool) error {
	switch {
	case !(w.Grams >= leastGrams && w.Grams <= mostGrams):
		return lab.FieldErrorf("grams", "A weight is from %g to %g grams.", leastGrams, mostGrams)
	case w.At.After(time.Now().Add(fast)):
		return lab.FieldErrorf("at", "That is in the future.")
	case s.BornOn != nil && w.At.Before(*s.BornOn):
		return lab.FieldErrorf("at", "Subject %s was born on %s.", s.Name, s.BornOn.Format(time.DateOnly))
	case confirmed:
		return nil
	}
	before, _, err := r.Store.Weights(ctx, u.Organisation, s.ID, store.WeightFilter{Since: w.At.Add(-memory), Until: w.At}, store.Page{First: 2})
	if err != nil {
		return err
	}
	for _, b := range before {
		if w.Replaces != nil && b.ID == *w.Replaces {
			continue
		}
		if math.Abs(w.Grams-b.Grams) > surprise*b.Grams {
			return lab.FieldErrorf("grams", "%g g is %+.0f %% from the %g g that %s weighed %s. Look again; if it is right, confirm it.",
				w.Grams, 100*(w.Grams/b.Grams-1), b.Grams, s.Name, ago(w.At.Sub(b.At)))
		}
		return nil
	}
	if s.BaselineGrams != nil && math.Abs(w.Grams-*s.BaselineGrams) > 2*surprise**s.BaselineGrams {
		return lab.FieldErrorf("grams", "%g g is %.0f %% of the baseline of %s, %g g. Look again; if it is right, confirm it.",
			w.Grams, 100*w.Grams / *s.BaselineGrams, s.Name, *s.BaselineGrams)
	}
	return nil
}

func plausibleTarget(s lab.Subject) error {
	if b := s.BaselineGrams; b != nil && !(*b >= leastGrams && *b <= mostGrams) {
		return lab.FieldErrorf("baselineGrams", "A weight is from %g to %g grams.", leastGrams, mostGrams)
	}
	if f := s.TargetFraction; f != nil && !(*f > 0 && *f <= 1) {
		return lab.FieldErrorf("targetFraction", "A target is a part of the baseline: above 0, and 1 at most. Write 85 %% as 0.85.")
	}
	return nil
}

func (r *Resolver) weights(ctx context.Context, u lab.User, subject string, f store.WeightFilter, first int, after *string) (gen.WeightConnection, error) {
	edges, nodes, info, err := connect(first, after, maxWeights, func(p store.Page) ([]lab.Weight, bool, error) {
		return r.Store.Weights(ctx, u.Organisation, subject, f, p)
	}, store.WeightCursor, func(c string, n lab.Weight) gen.WeightEdge { return gen.WeightEdge{Cursor: c, Node: n} })
	return gen.WeightConnection{Edges: edges, Nodes: nodes, PageInfo: info}, err
}

// defaultWeightAge is how old the last weight may be at a start: animals under
// restriction are weighed every day.
const defaultWeightAge = 24 * time.Hour

// weightCheck compares the last weight with the baseline. ok is false for a
// subject that nobody weighs: a person, or an animal that may eat and drink.
func (r *Resolver) weightCheck(ctx context.Context, u lab.User, s lab.Subject) (c gen.StartCheck, ok bool, err error) {
	c = gen.StartCheck{Code: gen.StartCheckCodeWeight, Severity: gen.CheckSeverityOk, Field: "subject"}
	ws, _, err := r.Store.Weights(ctx, u.Organisation, s.ID, store.WeightFilter{}, store.Page{First: 1})
	if err != nil || len(ws) == 0 && s.BaselineGrams == nil {
		return c, false, err
	}
	if len(ws) == 0 {
		c.Severity, c.Hint = gen.CheckSeverityWarns, "Weigh it now."
		c.Message = fmt.Sprintf("Subject %s has a baseline of %g g, and was never weighed since.", s.Name, *s.BaselineGrams)
		return c, true, nil
	}
	limit := r.WeightAge
	or(&limit, defaultWeightAge)
	age := time.Since(ws[0].At)
	c.Message = fmt.Sprintf("Subject %s weighed %g g, %s.", s.Name, ws[0].Grams, ago(age))
	if s.BaselineGrams != nil {
		target := lab.DefaultTargetFraction
		if s.TargetFraction != nil {
			target = *s.TargetFraction
		}
		part := ws[0].Grams / *s.BaselineGrams
		c.Message = fmt.Sprintf("Subject %s weighed %g g, %s: %.0f %% of its baseline of %g g.", s.Name, ws[0].Grams, ago(age), 100*part, *s.BaselineGrams)
		if part < target {
			c.Severity, c.Hint = gen.CheckSeverityWarns, fmt.Sprintf("It is below %.0f %%: feed it, and ask who is responsible for it before you go on.", 100*target)
		}
	}
	if age > limit && c.Severity == gen.CheckSeverityOk {
		c.Severity, c.Hint = gen.CheckSeverityWarns, "Weigh it now."
	}
	return c, true, nil
}
