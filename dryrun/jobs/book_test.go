package jobs_test

import (
	"context"
	"encoding/json"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/dryrun/jobs"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/template"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	ada   = jobs.Owner{Organisation: "lab", User: "ada"}
	grace = jobs.Owner{Organisation: "lab", User: "grace"}
)

func compiled(t *testing.T, name string) *plan.Plan {
	t.Helper()
	tpl, err := template.Get(name)
	require.NoError(t, err)
	g, err := protocol.Parse(tpl.Document)
	require.NoError(t, err)
	p, _ := protocol.Compile(g)
	require.NotNil(t, p)
	return p
}

func book(t *testing.T, l jobs.Limits) *jobs.Book {
	t.Helper()
	b := jobs.NewBook(t.Context(), l)
	t.Cleanup(b.Close)
	return b
}

// endless is a cohort that computes for minutes.
func endless(t *testing.T) jobs.Request {
	t.Helper()
	return jobs.Request{Plan: compiled(t, "progressive-ratio"), Cohort: &dryrun.Cohort{Animals: dryrun.MaxAnimals}}
}

// until waits until a job is as wanted.
func until(t *testing.T, j *jobs.Job, wanted func(jobs.Snapshot) bool) jobs.Snapshot {
	t.Helper()
	for {
		s, changed := j.Snapshot()
		if wanted(s) {
			return s
		}
		select {
		case <-changed:
		case <-t.Context().Done():
			require.Fail(t, "the job never came so far", "%+v", s)
		}
	}
}

func final(s jobs.Snapshot) bool { return s.State.Final() }

func TestAJobGivesWhatADryRunGives(t *testing.T) {
	t.Parallel()
	p := compiled(t, "5csrtt")
	want, err := dryrun.Run(t.Context(), p, dryrun.Options{Seed: 4})
	require.NoError(t, err)
	b := book(t, jobs.Limits{})
	j, err := b.Start(ada, jobs.Request{Plan: p, Options: dryrun.Options{Seed: 4}})
	require.NoError(t, err)
	s := until(t, j, final)
	require.Equal(t, jobs.Done, s.State)
	require.Equal(t, &want, s.Session)
	require.Equal(t, want.Duration, s.Progress.Now)
	require.Equal(t, len(want.Rows), s.Progress.Rows)
	require.Greater(t, s.TimesRealTime(time.Now()), 1000.0)
	require.Equal(t, s.Ended.Add(15*time.Minute), s.Expires)
}

func TestACohortIsTheSameInTheBackground(t *testing.T) {
	t.Parallel()
	p := compiled(t, "light-2afc")
	want, err := dryrun.RunCohort(t.Context(), p, dryrun.Options{Seed: 4}, dryrun.Cohort{Animals: 10, Spread: 0.3})
	require.NoError(t, err)
	j, err := book(t, jobs.Limits{Processors: 3}).Start(ada, jobs.Request{
		Plan: p, Options: dryrun.Options{Seed: 4}, Cohort: &dryrun.Cohort{Animals: 10, Spread: 0.3},
	})
	require.NoError(t, err)
	s := until(t, j, final)
	require.Equal(t, &want, s.Cohort)
	require.Equal(t, 10, s.AnimalsDone)
}

func TestACancelledJobEndsAndKeepsWhatItHas(t *testing.T) {
	t.Parallel()
	b := book(t, jobs.Limits{})
	j, err := b.Start(ada, endless(t))
	require.NoError(t, err)
	until(t, j, func(s jobs.Snapshot) bool { return s.AnimalsDone > 0 })
	_, err = b.Cancel(t.Context(), grace, j.ID)
	require.Equal(t, lab.NotFound, lab.CodeOf(err), "nobody cancels what is another's")
	_, err = b.Cancel(t.Context(), ada, j.ID)
	require.NoError(t, err)
	s, _ := j.Snapshot()
	require.Equal(t, jobs.Cancelled, s.State)
	require.Len(t, s.Cohort.Subjects, s.AnimalsDone)
	_, err = b.Cancel(t.Context(), ada, j.ID)
	require.NoError(t, err, "once more is no error")
}

func TestAUserHasOnlySoManyJobsUnderWay(t *testing.T) {
	t.Parallel()
	b := book(t, jobs.Limits{PerUser: 1, Processors: 1})
	first, err := b.Start(ada, endless(t))
	require.NoError(t, err)
	_, err = b.Start(ada, endless(t))
	require.Equal(t, lab.State, lab.CodeOf(err))
	require.ErrorContains(t, err, "Wait for one of them, or cancel it.")
	other, err := b.Start(grace, jobs.Request{Plan: compiled(t, "5csrtt")})
	require.NoError(t, err, "others are not kept waiting by it")
	require.Equal(t, jobs.Done, until(t, other, final).State, "an animal at a time")
	_, err = b.Cancel(t.Context(), ada, first.ID)
	require.NoError(t, err)
	_, err = b.Start(ada, jobs.Request{Plan: compiled(t, "5csrtt")})
	require.NoError(t, err)
}

func TestAJobThatComputesForTooLongFailsWithWhatItHas(t *testing.T) {
	t.Parallel()
	b := book(t, jobs.Limits{Compute: 50 * time.Millisecond})
	j, err := b.Start(ada, jobs.Request{Plan: compiled(t, "progressive-ratio"), Options: dryrun.Options{
		MaxRows: 1_000_000_000,
		Parameters: map[string]json.RawMessage{
			"closed_economy": json.RawMessage("true"), "session": json.RawMessage(`"100000h"`),
		},
	}})
	require.NoError(t, err)
	s := until(t, j, final)
	require.Equal(t, jobs.Failed, s.State)
	require.Contains(t, s.Error, "more than 50ms")
	require.Equal(t, dryrun.EndedCancelled, s.Session.Ended)
}

func TestResultsAreKeptForATimeAndOnlySoMany(t *testing.T) {
	p := compiled(t, "fixed-ratio")
	synctest.Test(t, func(t *testing.T) {
		b := jobs.NewBook(t.Context(), jobs.Limits{Kept: 2, KeptFor: time.Minute})
		defer b.Close()
		var all []*jobs.Job
		for range 3 {
			j, err := b.Start(ada, jobs.Request{Plan: p})
			require.NoError(t, err)
			synctest.Wait()
			all = append(all, j)
		}
		_, err := b.Job(ada, all[0].ID)
		require.Equal(t, lab.NotFound, lab.CodeOf(err))
		kept := b.Jobs(ada)
		require.Equal(t, []*jobs.Job{all[2], all[1]}, kept, "the latest first")
		require.Empty(t, b.Jobs(grace))
		time.Sleep(59 * time.Second) //nolint:forbidigo // virtual
		require.Len(t, b.Jobs(ada), 2)
		time.Sleep(2 * time.Second) //nolint:forbidigo // virtual
		_, err = b.Job(ada, all[2].ID)
		require.ErrorContains(t, err, "kept for 1m0s")
	})
}

func TestTheRowsOfAllResultsTogetherAreBounded(t *testing.T) {
	t.Parallel()
	b := book(t, jobs.Limits{KeptRows: 3000})
	p := compiled(t, "fixed-ratio")
	for range 3 {
		j, err := b.Start(ada, jobs.Request{Plan: p})
		require.NoError(t, err)
		require.Len(t, until(t, j, final).Session.Rows, 2004)
	}
	require.Len(t, b.Jobs(ada), 1)
}

func TestAClosedBookEndsItsJobsAndTakesNoMore(t *testing.T) {
	t.Parallel()
	b := jobs.NewBook(t.Context(), jobs.Limits{Processors: 1})
	running, err := b.Start(ada, endless(t))
	require.NoError(t, err)
	waiting, err := b.Start(grace, endless(t))
	require.NoError(t, err)
	b.Close()
	for _, j := range []*jobs.Job{running, waiting} {
		s, _ := j.Snapshot()
		require.Equal(t, jobs.Cancelled, s.State)
	}
	_, err = b.Start(ada, endless(t))
	require.Equal(t, lab.Unavailable, lab.CodeOf(err))
}

func TestWhoStopsWaitingForACancelledJobIsLetGo(t *testing.T) {
	t.Parallel()
	b := book(t, jobs.Limits{})
	j, err := b.Start(ada, jobs.Request{Plan: compiled(t, "5csrtt")})
	require.NoError(t, err)
	until(t, j, final)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = b.Cancel(ctx, ada, j.ID)
	require.NoError(t, err, "it is over already")
}
