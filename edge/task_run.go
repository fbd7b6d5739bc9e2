package edge

import (
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

const (
	progressEvery = 2 * time.Second
	progressLeast = 200 * time.Millisecond // between two, at trial boundaries
)

// taskRun is one task on its way: a machine, driven by the clock and by the
// edges of its inputs, in a goroutine of its own that touches neither the disk
// nor the network.
type taskRun struct {
	*scope
	agent    *agent
	command  wire.Command
	machine  *task.Machine
	hw       *hardware
	lines    []*line        // by channel of the program; nil for inputs
	channels map[string]int // rig's name → channel of the program, inputs
	held     []*line        // the outputs

	wake chan struct{}
	done chan struct{} // closed when the final reply is in the journal

	mu       sync.Mutex
	edges    []driver.Edge
	controls []func(at time.Duration)
	latest   *wire.TaskProgress
	reason   *wire.Reason // why it was ended from outside

	// The rest belongs to the goroutine.
	now      time.Duration // the machine's; never goes back
	boundary bool          // a trial began since the last progress
	told     time.Duration // driver.Now of the last progress
	broken   error         // an output that cannot be driven
	number   int64         // of the latest values of live parameters
	spare    []driver.Edge
	over     bool // nothing follows the final reply; under news.mu
	quit     bool // the agent ends; leave the task as it is
}

// Output drives a channel for the machine.
func (t *taskRun) Output(at time.Duration, channel int, level float64) {
	t.driven(t.lines[channel].set(t.real(at), level, t.scope))
}

// Shape drives a channel for the machine.
func (t *taskRun) Shape(at time.Duration, channel int, s task.Shape) {
	s.Ramp = t.real(s.Ramp) - t.real(0) // a simulator may live faster
	t.driven(t.lines[channel].shape(t.real(at), driver.Shape(s), t.scope))
}

// driven keeps the first error of an output. What goes on while everything is
// told to be off is about to be ended.
func (t *taskRun) driven(err error) {
	if err != nil && t.broken == nil && !errors.Is(err, errFrozen) {
		t.broken = err
	}
}

// Record keeps a row of the machine.
func (t *taskRun) Record(r task.Row) {
	t.outbox.record(t.header, r)
	if r.Kind == task.KindTrial {
		t.boundary = true
		t.trial.Store(r.Trial)
	}
}

// push takes an edge from a driver.
func (t *taskRun) push(e driver.Edge) {
	t.mu.Lock()
	t.edges = append(t.edges, e)
	t.mu.Unlock()
	nudge(t.wake)
}

// control has f called by the task's goroutine, with the time.
func (t *taskRun) control(f func(at time.Duration)) {
	t.mu.Lock()
	t.controls = append(t.controls, f)
	t.mu.Unlock()
	nudge(t.wake)
}

// end aborts the task for a reason that goes into its reply.
func (t *taskRun) end(r *wire.Reason) {
	t.mu.Lock()
	if t.reason == nil {
		t.reason = r
	}
	t.mu.Unlock()
	t.control(func(at time.Duration) {
		if r != nil {
			t.warn(r.Code, r.Message)
		}
		t.machine.Abort(at)
	})
}

// run drives the machine to its end, or until the agent ends.
func (t *taskRun) run() {
	t.begin = driver.Now()
	t.told = t.begin
	for name, channel := range t.channels {
		if high, err := t.hw.inputs[name].Level(name); err == nil && high {
			t.machine.SetLevel(channel, true)
		}
	}
	t.machine.Begin()
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for !t.machine.Done() && !t.quit {
		t.progress()
		timer.Reset(t.wait())
		select {
		case <-t.wake:
		case <-timer.C:
		}
		t.turn()
	}
}

// wait is how long nothing is due.
func (t *taskRun) wait() time.Duration {
	due := t.told + progressEvery
	if t.boundary {
		due = t.told + progressLeast
	}
	if next, ok := t.machine.Next(); ok {
		due = min(due, t.real(next))
	}
	return max(due-driver.Now(), 0)
}

// turn takes everything that has happened and is due.
func (t *taskRun) turn() {
	t.mu.Lock()
	edges, controls := t.edges, t.controls
	t.edges, t.controls = t.spare[:0], nil
	t.mu.Unlock()
	// Drivers report in order, but two drivers do not wait for each other.
	slices.SortStableFunc(edges, func(a, b driver.Edge) int { return int(a.At - b.At) })
	for _, e := range edges {
		if channel, ok := t.channels[e.Channel]; ok {
			t.now = max(t.now, t.time(e.At))
			t.machine.Input(t.now, channel, e.High)
		}
	}
	t.spare = edges
	t.now = max(t.now, t.time(driver.Now()))
	for _, f := range controls {
		f(t.now)
	}
	if !t.quit {
		t.machine.Advance(t.now)
	}
	if t.broken != nil && !t.machine.Done() {
		t.warn(wire.ReasonDevice, t.broken.Error())
		t.machine.Abort(t.now)
	}
}

// progress tells how far the task is, when it is time to.
func (t *taskRun) progress() {
	now := driver.Now()
	since := now - t.told
	if since < progressLeast || !t.boundary && since < progressEvery {
		return
	}
	t.told, t.boundary = now, false
	p := t.position()
	t.mu.Lock()
	t.latest = &p
	t.mu.Unlock()
	t.agent.news.tell(t, p)
}

func (t *taskRun) position() wire.TaskProgress {
	p := t.machine.Position()
	return wire.TaskProgress{
		State: p.State, Trial: p.Trial, Paused: p.Paused, Elapsed: t.now, Outcomes: p.Outcomes,
		Microlitres: p.Microlitres, Boot: t.outbox.boot, LastSeq: t.outbox.last(),
	}
}

// finish makes everything safe, brings the rows to the disk and answers.
func (t *taskRun) finish(stop func()) {
	stop()
	defer close(t.done)
	err := t.hw.release(t.scope, t.held...)
	if err != nil {
		t.warn(wire.ReasonDevice, err.Error())
		_ = t.hw.makeSafe()
	}
	if t.quit {
		t.warn("interrupted", "the agent was ended in the middle of the task")
		t.agent.news.keep(t, t.position())
		t.agent.release(t)
		return // the next start answers
	}
	r := wire.Reply{State: wire.Done}
	result := wire.TaskResult{Result: t.machine.Result(), Boot: t.outbox.boot}
	switch t.mu.Lock(); {
	case t.broken != nil:
		r.State, r.Reason = wire.Failed, &wire.Reason{Code: wire.ReasonDevice, Message: t.broken.Error()}
	case result.Reason == task.ReasonFailed:
		r.State, r.Reason = wire.Failed, &wire.Reason{Code: wire.ReasonProgram, Message: result.Error}
	case result.Reason == task.ReasonAbort:
		r.Reason = t.reason
	}
	t.mu.Unlock()
	last, err := t.outbox.flush(t.agent.ctx, onDisk)
	for err != nil && !t.agent.ended() { // the disk is full; the result waits with the rows
		t.agent.log.Error("the task's rows cannot be written", "command", t.command.ID, "error", err)
		time.Sleep(time.Second) //nolint:forbidigo // there is nothing to wait for
		last, err = t.outbox.flush(t.agent.ctx, onDisk)
	}
	result.LastSeq = last
	t.agent.news.end(t)
	t.agent.answer(t.command, r, result)
	t.agent.release(t)
}

// interrupt leaves the task where it is; the next start of the agent says so.
func (t *taskRun) interrupt() {
	t.control(func(time.Duration) { t.quit = true })
}

var _ task.Shaper = (*taskRun)(nil)
