package jobs

import (
	"context"
	"sync"
	"time"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/plan"
)

// State is where a job is.
type State string

// The states of a job. Done, Failed and Cancelled are final.
const (
	Queued    State = "QUEUED"    // waits for a processor
	Running   State = "RUNNING"   //
	Done      State = "DONE"      // the dry-run ended; its result says how
	Failed    State = "FAILED"    // it could not begin, or took too long; Error says which
	Cancelled State = "CANCELLED" // by a person
)

// Final reports whether the job will not change any more.
func (s State) Final() bool { return s == Done || s == Failed || s == Cancelled }

// Request is what a job computes.
type Request struct {
	Plan    *plan.Plan
	Options dryrun.Options
	// Cohort, when set, makes it one of many animals; only Animals and Spread
	// count.
	Cohort *dryrun.Cohort
}

// Snapshot is a job at one moment. What it points to does not change any more.
type Snapshot struct {
	State State
	// Error says for a person why the job failed.
	Error string
	// Progress is that of a single animal. Of a cohort only Now is used: the
	// virtual time of all animals together.
	Progress    dryrun.Progress
	AnimalsDone int
	Begun       time.Time // of the computing; zero while it is queued
	Ended       time.Time // zero until the state is final
	Expires     time.Time // zero until the state is final
	// Session or Cohort is set when the state is final and there is something, be
	// it only the beginning.
	Session *dryrun.Result
	Cohort  *dryrun.CohortResult
}

// Computed is how long the job has computed.
func (s Snapshot) Computed(now time.Time) time.Duration {
	switch {
	case s.Begun.IsZero():
		return 0
	case s.Ended.IsZero():
		return now.Sub(s.Begun)
	}
	return s.Ended.Sub(s.Begun)
}

// TimesRealTime is how much faster than real time the job ran; 0 while that is
// not known.
func (s Snapshot) TimesRealTime(now time.Time) float64 {
	if d := s.Computed(now); d > 0 {
		return float64(s.Progress.Now) / float64(d)
	}
	return 0
}

// Job is a dry-run in the background, or its result.
type Job struct {
	ID      string
	Created time.Time
	Request Request
	owner   Owner
	cancel  context.CancelCauseFunc

	mu      sync.Mutex
	now     Snapshot
	told    time.Time
	changed chan struct{} // closed at the next change
}

// Snapshot is the job now; the channel is closed when that is no longer so.
// Changes of progress alone are told a few times a second.
func (j *Job) Snapshot() (Snapshot, <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.now, j.changed
}

// tellEvery is how often progress is told.
const tellEvery = 100 * time.Millisecond

// change changes the snapshot; at most tellEvery when it is only progress.
func (j *Job) change(only bool, f func(*Snapshot)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	f(&j.now)
	now := time.Now()
	if only && now.Sub(j.told) < tellEvery {
		return
	}
	j.told = now
	close(j.changed)
	j.changed = make(chan struct{})
}
