package dryrun

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lics-lab/lics/edge/driver/sim"
	"github.com/lics-lab/lics/plan"
)

// Cohort says how many animals do the protocol, and how they differ.
type Cohort struct {
	// Animals is how many there are, 1 to MaxAnimals.
	Animals int
	// Spread is how much they differ around Options.Animal: the standard
	// deviation of the logarithm of times and rates, and of the logarithm of the
	// odds of probabilities. With 0 they all have the same character, and still
	// do different things.
	Spread float64
	// Acquire and Release, when set, are called around each animal's session:
	// they let several cohorts share the processor. An error of Acquire ends the
	// cohort.
	Acquire func(context.Context) error
	Release func()
	// Workers is how many sessions are computed at once; at least one. What comes
	// out does not depend on it.
	Workers int
	// Done, when set, is called after each animal, in no order, from one goroutine
	// at a time.
	Done func(Subject)
}

// MaxAnimals and MaxSpread bound a cohort.
const (
	MaxAnimals = 10_000
	MaxSpread  = 2
)

// Subject is what one animal of a cohort did. With its seed and its character a
// dry-run of its own gives the same session, row by row.
type Subject struct {
	Number int // from 1
	Seed   int64
	Animal sim.AnimalConfig

	Session     time.Duration
	Trials      int // that have an outcome
	Rewards     int
	Microlitres float64
	// Accuracy is the share of correct answers; NaN when it gave none. See
	// AccuracyOf.
	Accuracy float64
	Outcomes map[string]int
	Ended    string // as Result.Ended
	Outcome  string
	Error    string
	Warnings []WarningCode
}

// CohortResult is what a cohort did.
type CohortResult struct {
	// Subjects are the animals in the order of their numbers; less than asked for
	// when the cohort was ended early.
	Subjects []Subject
	// The distributions over them. Session is in seconds.
	Session     Distribution
	Trials      Distribution
	Rewards     Distribution
	Microlitres Distribution
	Accuracy    Distribution
}

// RunCohort lets many animals do a protocol. The error is one of the plan, the
// parameters or the cohort, or that of ctx, which comes with what there is.
func RunCohort(ctx context.Context, p *plan.Plan, o Options, c Cohort) (CohortResult, error) {
	if err := c.check(o); err != nil {
		return CohortResult{}, err
	}
	subjects := make([]Subject, c.Animals)
	done := make([]bool, c.Animals)
	var next atomic.Int64
	var mu sync.Mutex
	var failed error
	var wg sync.WaitGroup
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for range min(max(c.Workers, 1), c.Animals) {
		wg.Go(func() {
			for {
				i := int(next.Add(1) - 1)
				if i >= c.Animals {
					return
				}
				s, err := c.one(ctx, p, o, i+1)
				mu.Lock()
				if err != nil {
					if failed == nil {
						failed = err
					}
					mu.Unlock()
					stop()
					return
				}
				subjects[i], done[i] = s, true
				if c.Done != nil {
					c.Done(s)
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	var out []Subject
	for i, s := range subjects {
		if done[i] {
			out = append(out, s)
		}
	}
	return summarise(out), failed
}

func (c Cohort) check(o Options) error {
	switch {
	case c.Animals < 1 || c.Animals > MaxAnimals:
		return fmt.Errorf("a cohort has 1 to %d animals, not %d", MaxAnimals, c.Animals)
	case c.Spread < 0 || c.Spread > MaxSpread || math.IsNaN(c.Spread):
		return fmt.Errorf("the spread of a cohort lies between 0 and %d, not at %v", MaxSpread, c.Spread)
	case o.Inputs != nil:
		return errors.New("given inputs leave nothing to the animals of a cohort: give either")
	}
	return nil
}

// one lets one animal do the protocol.
func (c Cohort) one(ctx context.Context, p *plan.Plan, o Options, number int) (Subject, error) {
	if c.Acquire != nil {
		if err := c.Acquire(ctx); err != nil {
			return Subject{}, err
		}
		defer c.Release()
	}
	s := Subject{Number: number, Seed: SubjectSeed(o.Seed, number), Animal: c.character(o, number)}
	o.Seed, o.Animal, o.Progress = s.Seed, s.Animal, nil
	o.Row = func(Row) {}
	r, err := Run(ctx, p, o)
	if err != nil {
		return s, err
	}
	for _, n := range r.Outcomes {
		s.Trials += n
	}
	s.Session, s.Rewards, s.Microlitres, s.Accuracy = r.Duration, r.Rewards, r.Microlitres, AccuracyOf(r.Outcomes)
	s.Outcomes, s.Ended, s.Outcome, s.Error = r.Outcomes, r.Ended, r.Outcome, r.Error
	for _, w := range r.Warnings {
		s.Warnings = append(s.Warnings, w.Code)
	}
	return s, nil
}

// SubjectSeed is the seed of an animal of a cohort. It is one that JavaScript
// keeps exactly, so that every client can ask for the session again.
func SubjectSeed(cohort int64, number int) int64 {
	return int64(plan.TaskSeed(cohort, "cohort", strconv.Itoa(number)) >> 11)
}

// character draws an animal around the model.
func (c Cohort) character(o Options, number int) sim.AnimalConfig {
	a := o.Animal.WithDefaults()
	if c.Spread == 0 {
		return a
	}
	rng := rand.New(rand.NewPCG(plan.TaskSeed(o.Seed, "character", strconv.Itoa(number)), 0)) //nolint:gosec // not a secret
	for _, p := range []*float64{&a.Accuracy, &a.Laziness} {
		z := rng.NormFloat64()
		if *p > 0 && *p < 1 { // who never errs has no odds
			*p = 1 / (1 + math.Exp(-math.Log(*p/(1-*p))-c.Spread*z))
		}
	}
	for _, rate := range []*float64{&a.Impulsivity, &a.Initiation} {
		*rate *= math.Exp(c.Spread * rng.NormFloat64())
	}
	for _, d := range []*time.Duration{&a.Reaction, &a.Poke, &a.Hold} {
		*d = time.Duration(float64(*d) * math.Exp(c.Spread*rng.NormFloat64()))
	}
	return a
}

// AccuracyOf is the share of correct answers among the answers, by the names
// that outcomes commonly have: correct, hit and correct_rejection against
// incorrect, error, miss and false_alarm. An omission and a premature response
// are no answers. NaN when there is none.
func AccuracyOf(outcomes map[string]int) float64 {
	right := outcomes["correct"] + outcomes["hit"] + outcomes["correct_rejection"]
	wrong := outcomes["incorrect"] + outcomes["error"] + outcomes["miss"] + outcomes["false_alarm"]
	if right+wrong == 0 {
		return math.NaN()
	}
	return float64(right) / float64(right+wrong)
}

func summarise(subjects []Subject) CohortResult {
	r := CohortResult{Subjects: subjects}
	spread := func(whole bool, of func(Subject) float64) Distribution {
		var values []float64
		for _, s := range subjects {
			if v := of(s); !math.IsNaN(v) {
				values = append(values, v)
			}
		}
		return distribute(values, whole)
	}
	r.Session = spread(false, func(s Subject) float64 { return s.Session.Seconds() })
	r.Trials = spread(true, func(s Subject) float64 { return float64(s.Trials) })
	r.Rewards = spread(true, func(s Subject) float64 { return float64(s.Rewards) })
	r.Microlitres = spread(false, func(s Subject) float64 { return s.Microlitres })
	r.Accuracy = spread(false, func(s Subject) float64 { return s.Accuracy })
	return r
}
