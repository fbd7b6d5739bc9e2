package dryrun_test

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/edge/driver/sim"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestACohortIsTheSameWhateverTheNumberOfWorkers(t *testing.T) {
	t.Parallel()
	p := compiled(t, "5csrtt")
	run := func(workers int) dryrun.CohortResult {
		r, err := dryrun.RunCohort(t.Context(), p, dryrun.Options{Seed: 7}, dryrun.Cohort{Animals: 24, Spread: 0.4, Workers: workers})
		require.NoError(t, err)
		return r
	}
	one := run(1)
	require.Len(t, one.Subjects, 24)
	require.Equal(t, one, run(2))
	require.Equal(t, one, run(7))
	require.NotEqual(t, one.Subjects[0].Animal, one.Subjects[1].Animal)
	require.Len(t, one.Trials.Sorted, 24)
	require.Positive(t, one.Microlitres.Mean)
	require.Positive(t, one.Accuracy.SD)
}

func TestAnAnimalOfACohortCanBeWatchedAloneByItsSeedAndCharacter(t *testing.T) {
	t.Parallel()
	p := compiled(t, "light-2afc")
	c, err := dryrun.RunCohort(t.Context(), p, dryrun.Options{Seed: 3}, dryrun.Cohort{Animals: 5, Spread: 0.5, Workers: 2})
	require.NoError(t, err)
	s := c.Subjects[3]
	alone, err := dryrun.Run(t.Context(), p, dryrun.Options{Seed: s.Seed, Animal: s.Animal})
	require.NoError(t, err)
	require.Equal(t, s.Session, alone.Duration)
	require.Equal(t, s.Outcomes, alone.Outcomes)
	require.Equal(t, s.Rewards, alone.Rewards)
	require.InDelta(t, s.Microlitres, alone.Microlitres, 0)
}

func TestACohortWithoutSpreadHasOneCharacter(t *testing.T) {
	t.Parallel()
	model := sim.DefaultAnimal()
	model.Accuracy, model.Laziness = 1, 0
	c, err := dryrun.RunCohort(t.Context(), compiled(t, "5csrtt"), dryrun.Options{Animal: model}, dryrun.Cohort{Animals: 3})
	require.NoError(t, err)
	for _, s := range c.Subjects {
		require.Equal(t, model, s.Animal)
	}
	require.NotEqual(t, c.Subjects[0].Session, c.Subjects[1].Session, "they still do different things")

	spread, err := dryrun.RunCohort(t.Context(), compiled(t, "5csrtt"), dryrun.Options{Animal: model}, dryrun.Cohort{Animals: 3, Spread: 1})
	require.NoError(t, err)
	for _, s := range spread.Subjects {
		require.InDelta(t, 1, s.Animal.Accuracy, 0, "who never errs has no odds to differ in")
		require.InDelta(t, 0, s.Animal.Laziness, 0)
		require.NotEqual(t, model.Reaction, s.Animal.Reaction)
	}
}

func TestACohortThatIsCancelledSaysWhatItHas(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	done := 0
	c, err := dryrun.RunCohort(ctx, compiled(t, "5csrtt"), dryrun.Options{}, dryrun.Cohort{
		Animals: dryrun.MaxAnimals, Workers: 2, Done: func(dryrun.Subject) {
			if done++; done == 5 {
				cancel()
			}
		},
	})
	require.ErrorIs(t, err, context.Canceled)
	require.GreaterOrEqual(t, len(c.Subjects), 5)
	require.Less(t, len(c.Subjects), 50)
	require.Len(t, c.Trials.Sorted, len(c.Subjects))
}

func TestACohortThatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	p := compiled(t, "5csrtt")
	for want, c := range map[string]dryrun.Cohort{
		"1 to 10000 animals, not 0": {},
		"not 10001":                 {Animals: 10_001},
		"between 0 and 2":           {Animals: 1, Spread: -1},
	} {
		_, err := dryrun.RunCohort(t.Context(), p, dryrun.Options{}, c)
		require.ErrorContains(t, err, want)
	}
	_, err := dryrun.RunCohort(t.Context(), p, dryrun.Options{Inputs: []dryrun.Input{}}, dryrun.Cohort{Animals: 1})
	require.ErrorContains(t, err, "give either")
	_, err = dryrun.RunCohort(t.Context(), p, dryrun.Options{Parameters: raw(`{"stage": "x"}`)}, dryrun.Cohort{Animals: 3, Workers: 3})
	require.ErrorContains(t, err, "stage")
}

func TestADistributionHasTheQuantilesAndSharesOfItsValues(t *testing.T) {
	t.Parallel()
	c, err := dryrun.RunCohort(t.Context(), compiled(t, "fixed-ratio"), dryrun.Options{}, dryrun.Cohort{Animals: 40, Spread: 0.3, Workers: 2})
	require.NoError(t, err)
	d := c.Session
	require.True(t, slices.IsSorted(d.Sorted))
	require.InDelta(t, d.Sorted[0], d.Quantile(0), 0)
	require.InDelta(t, d.Sorted[39], d.Quantile(1), 0)
	require.InDelta(t, (d.Sorted[19]+d.Sorted[20])/2, d.Quantile(0.5), 1e-9)
	require.InDelta(t, 0.5, d.Below(d.Quantile(0.5)), 0)
	require.InDelta(t, 0, d.Below(d.Sorted[0]), 0, "less, not at most")
	total := 0
	for i, b := range d.Bins {
		total += b.Count
		if i > 0 {
			require.InDelta(t, d.Bins[i-1].High, b.Low, 1e-9)
		}
	}
	require.Equal(t, 40, total)
	require.InDelta(t, 100, c.Trials.Mean, 0)
	require.Equal(t, []dryrun.Bin{{Low: 99.5, High: 100.5, Count: 40}}, c.Trials.Bins)
	require.True(t, math.IsNaN(c.Accuracy.Quantile(0.5)), "nothing in this task is right or wrong")
}

func TestACancelledDryRunKeepsWhatItHas(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	r, err := dryrun.Run(ctx, compiled(t, "light-2afc"), dryrun.Options{Progress: func(p dryrun.Progress) {
		if p.Rows > 2000 {
			cancel()
		}
	}})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, dryrun.EndedCancelled, r.Ended)
	require.Greater(t, len(r.Rows), 2000)
	require.NotEmpty(t, r.Trials)
	require.Less(t, r.Duration, 40*time.Minute)
}
