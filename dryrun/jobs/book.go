// Package jobs runs dry-runs in the background of a server: within limits, with
// progress, and with results that are kept in memory for a while. What another
// process started is not known here.
package jobs

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/lab"
)

// Limits bound what dry-runs may take of a server. Zero fields have defaults.
type Limits struct {
	// Processors is how many sessions are computed at once; as many as there are.
	Processors int
	// PerUser is how many jobs of one user may be unfinished; 3.
	PerUser int
	// Kept is how many finished jobs of one user are kept; 8.
	Kept int
	// KeptFor is how long a finished job is kept; 15 minutes.
	KeptFor time.Duration
	// KeptRows is how many rows are kept of all finished jobs together; two
	// million, which take about 300 MB. The latest result is always kept.
	KeptRows int
	// Compute is how long a job may compute; one minute.
	Compute time.Duration
}

func (l Limits) withDefaults() Limits {
	or := func(n *int, otherwise int) {
		if *n <= 0 {
			*n = otherwise
		}
	}
	or(&l.Processors, runtime.GOMAXPROCS(0))
	or(&l.PerUser, 3)
	or(&l.Kept, 8)
	or(&l.KeptRows, 2_000_000)
	if l.KeptFor <= 0 {
		l.KeptFor = 15 * time.Minute
	}
	if l.Compute <= 0 {
		l.Compute = time.Minute
	}
	return l
}

// Owner is whose jobs they are. Nobody sees those of others.
type Owner struct{ Organisation, User string }

// Book holds the jobs of a server.
type Book struct {
	limits     Limits
	processors chan struct{}
	ctx        context.Context //nolint:containedctx // jobs outlive the requests that start them
	stop       context.CancelCauseFunc
	wg         sync.WaitGroup

	mu     sync.Mutex
	jobs   []*Job // by the time they were started
	timer  *time.Timer
	closed bool
}

// Why a job ends before its dry-run does.
var (
	errCancelled = errors.New("cancelled")
	errTooLong   = errors.New("too long")
	errClosed    = errors.New("the server ends")
)

// NewBook makes an empty book. Close it.
func NewBook(ctx context.Context, l Limits) *Book {
	l = l.withDefaults()
	b := &Book{limits: l, processors: make(chan struct{}, l.Processors)}
	b.ctx, b.stop = context.WithCancelCause(context.WithoutCancel(ctx))
	return b
}

// Close cancels all jobs, waits for them and forgets them.
func (b *Book) Close() {
	b.mu.Lock()
	b.closed = true
	b.jobs = nil
	if b.timer != nil {
		b.timer.Stop()
	}
	b.mu.Unlock()
	b.stop(errClosed)
	b.wg.Wait()
}

// Start begins a job.
func (b *Book) Start(o Owner, r Request) (*Job, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return nil, lab.Errorf(lab.Unavailable, "The server is about to end.")
	}
	b.sweep(time.Now())
	open := 0
	for _, j := range b.jobs {
		if s, _ := j.Snapshot(); j.owner == o && !s.State.Final() {
			open++
		}
	}
	if open >= b.limits.PerUser {
		return nil, lab.Errorf(lab.State, "%d of your dry-runs are under way. Wait for one of them, or cancel it.", open)
	}
	id, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(b.ctx)
	j := &Job{
		ID: id.String(), Created: time.Now(), Request: r, owner: o, cancel: cancel,
		now: Snapshot{State: Queued}, changed: make(chan struct{}),
	}
	b.jobs = append(b.jobs, j)
	b.wg.Go(func() {
		defer cancel(nil)
		b.run(ctx, j)
		b.mu.Lock()
		defer b.mu.Unlock()
		if !b.closed {
			b.sweep(time.Now())
		}
	})
	return j, nil
}

// Job finds a job of an owner. One that expired is not found.
func (b *Book) Job(o Owner, id string) (*Job, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sweep(time.Now())
	for _, j := range b.jobs {
		if j.ID == id && j.owner == o {
			return j, nil
		}
	}
	return nil, lab.Errorf(lab.NotFound, "There is no dry-run %s. Results are kept for %s, in the server that computed them.", id, b.limits.KeptFor)
}

// Jobs are those of an owner, latest first.
func (b *Book) Jobs(o Owner) []*Job {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sweep(time.Now())
	var out []*Job
	for _, j := range slices.Backward(b.jobs) {
		if j.owner == o {
			out = append(out, j)
		}
	}
	return out
}

// Cancel ends a job. It returns when the job has ended; one that is over stays
// as it is.
func (b *Book) Cancel(ctx context.Context, o Owner, id string) (*Job, error) {
	j, err := b.Job(o, id)
	if err != nil {
		return nil, err
	}
	j.cancel(errCancelled)
	for {
		s, changed := j.Snapshot()
		if s.State.Final() {
			return j, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Borrow computes something else on one of the processors, as soon as one is
// free.
func (b *Book) Borrow(ctx context.Context, f func() error) error {
	if err := b.acquire(ctx); err != nil {
		return err
	}
	defer b.release()
	return f()
}

// sweep forgets what has expired and what is too much, and sets the timer for
// the next. It needs the lock.
func (b *Book) sweep(now time.Time) {
	kept := map[Owner]int{}
	rows := 0
	var next time.Time
	left := make([]*Job, 0, len(b.jobs))
	for _, j := range slices.Backward(b.jobs) {
		s, _ := j.Snapshot()
		if s.State.Final() {
			kept[j.owner]++
			if s.Session != nil {
				rows += len(s.Session.Rows)
			}
			if !now.Before(s.Expires) || kept[j.owner] > b.limits.Kept || rows > b.limits.KeptRows && len(left) > 0 {
				continue
			}
			if next.IsZero() || s.Expires.Before(next) {
				next = s.Expires
			}
		}
		left = append(left, j)
	}
	slices.Reverse(left)
	b.jobs = left
	if b.timer != nil {
		b.timer.Stop()
	}
	if !next.IsZero() {
		b.timer = time.AfterFunc(next.Sub(now), func() {
			b.mu.Lock()
			defer b.mu.Unlock()
			if !b.closed {
				b.sweep(time.Now())
			}
		})
	}
}

// acquire waits for a processor.
func (b *Book) acquire(ctx context.Context) error {
	select {
	case b.processors <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (b *Book) release() { <-b.processors }

// run computes a job.
func (b *Book) run(ctx context.Context, j *Job) {
	if err := b.acquire(ctx); err != nil {
		b.end(ctx, j, err, func(*Snapshot) {})
		return
	}
	begun := time.Now()
	j.change(false, func(s *Snapshot) { s.State, s.Begun = Running, begun })
	ctx, cancel := context.WithTimeoutCause(ctx, b.limits.Compute, errTooLong)
	defer cancel()
	o := j.Request.Options
	if j.Request.Cohort == nil {
		defer b.release()
		o.Progress = func(p dryrun.Progress) { j.change(true, func(s *Snapshot) { s.Progress = p }) }
		r, err := dryrun.Run(ctx, j.Request.Plan, o)
		b.end(ctx, j, err, func(s *Snapshot) {
			s.AnimalsDone = 1
			if err == nil || r.Ended == dryrun.EndedCancelled {
				s.Session = &r
			}
		})
		return
	}
	b.release() // each animal takes its own
	c := dryrun.Cohort{
		Animals: j.Request.Cohort.Animals, Spread: j.Request.Cohort.Spread,
		Workers: b.limits.Processors, Acquire: b.acquire, Release: b.release,
		Done: func(a dryrun.Subject) {
			j.change(true, func(s *Snapshot) { s.AnimalsDone, s.Progress.Now = s.AnimalsDone+1, s.Progress.Now+a.Session })
		},
	}
	r, err := dryrun.RunCohort(ctx, j.Request.Plan, o, c)
	b.end(ctx, j, err, func(s *Snapshot) {
		if err == nil || len(r.Subjects) > 0 {
			s.Cohort = &r
		}
	})
}

// end makes a job final. err is the dry-run's; why it was ended from outside is
// the cause of ctx.
func (b *Book) end(ctx context.Context, j *Job, err error, result func(*Snapshot)) {
	j.change(false, func(s *Snapshot) {
		result(s)
		s.Ended = time.Now()
		s.Expires = s.Ended.Add(b.limits.KeptFor)
		cause := context.Cause(ctx)
		switch {
		case err == nil:
			s.State = Done
		case errors.Is(cause, errTooLong):
			s.State, s.Error = Failed, "It took more than "+b.limits.Compute.String()+" to compute. Let it end earlier, or take fewer animals."
		case errors.Is(cause, errCancelled), errors.Is(cause, errClosed):
			s.State = Cancelled
		default:
			s.State, s.Error = Failed, err.Error()
		}
	})
}
