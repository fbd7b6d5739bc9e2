package worker

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/wire"
)

// replies brings what devices say about their tasks to the activities that wait
// for it. Each task has a mailbox and a goroutine, so that neither a slow store
// nor Temporal's absence holds up the replies of other devices.
type replies struct {
	temporal client.Client
	store    activities.Store
	log      *slog.Logger
	back     func(ctx context.Context, w activities.Watched) error
	lost     func(ctx context.Context, w *activities.Watched) error

	ctx  context.Context // of Run
	done sync.WaitGroup

	mu    sync.Mutex
	boxes map[string]*mailbox
	// ignored are commands of nobody's task, the older half is dropped when
	// there are too many.
	ignored, older map[string]struct{}
}

const maxIgnored = 20_000

// mailbox holds what a device said last about one command.
type mailbox struct {
	wake chan struct{} // holds one

	mu     sync.Mutex
	task   *activities.Watched // nil: not given by this worker
	device string
	reply  *wire.Reply
}

func newReplies(c client.Client, s activities.Store, log *slog.Logger) *replies {
	return &replies{
		temporal: c, store: s, log: log,
		boxes: map[string]*mailbox{}, ignored: map[string]struct{}{}, older: map[string]struct{}{},
	}
}

func (r *replies) start(ctx context.Context) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ctx = ctx
}

func (r *replies) wait() { r.done.Wait() }

// Task implements activities.Watch.
func (r *replies) Task(w activities.Watched) {
	r.post(w.Command, func(m *mailbox) {
		m.task, m.device = &w, w.Device
	})
}

func (r *replies) ignore(command string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ignoring(command)
}

func (r *replies) ignoring(command string) {
	if len(r.ignored) > maxIgnored {
		r.older, r.ignored = r.ignored, map[string]struct{}{}
	}
	r.ignored[command] = struct{}{}
}

// hear takes a reply; it does not block.
func (r *replies) hear(device string, reply wire.Reply) {
	if reply.Late() {
		// A sending that was held back somewhere; the task's next attempt sends
		// it again.
		r.log.Info("a command came too late", "device", device, "command", reply.Command)
		return
	}
	r.post(reply.Command, func(m *mailbox) {
		if m.reply != nil && m.reply.State.Final() {
			return
		}
		m.device, m.reply = device, &reply
	})
}

func (r *replies) post(command string, put func(*mailbox)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ctx == nil || r.ctx.Err() != nil {
		return
	}
	_, a := r.ignored[command]
	_, b := r.older[command]
	if a || b {
		return
	}
	m := r.boxes[command]
	if m == nil {
		m = &mailbox{wake: make(chan struct{}, 1)}
		r.boxes[command] = m
		r.done.Go(func() { r.serve(r.ctx, command, m) })
	}
	m.mu.Lock()
	put(m)
	m.mu.Unlock()
	select {
	case m.wake <- struct{}{}:
	default:
	}
}

// idle is after how long a silent task's mailbox is given up. A later reply
// opens another one.
const idle = 2 * time.Minute

func (r *replies) serve(ctx context.Context, command string, m *mailbox) {
	defer r.close(command, m, true)
	timer, doubt := time.NewTimer(idle), time.NewTimer(idle)
	doubt.Stop()
	defer timer.Stop()
	defer doubt.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-doubt.C:
			r.silent(ctx, m)
			continue
		case <-timer.C:
			if r.close(command, m, false) {
				return
			}
		case <-m.wake:
		}
		timer.Reset(idle)
		m.mu.Lock()
		task, device, reply := m.task, m.device, m.reply
		if reply != nil && !reply.State.Final() {
			m.reply = nil
		}
		m.mu.Unlock()
		if reply == nil {
			if task != nil && task.Doubt > 0 {
				doubt.Reset(task.Doubt)
			}
			continue
		}
		doubt.Stop()
		switch again, err := r.handle(ctx, task, m, device, *reply); {
		case lab.CodeOf(err) == lab.NotFound:
			r.ignore(command)
			return
		case err != nil && ctx.Err() == nil:
			r.log.Warn("reply not delivered yet", "command", command, "state", reply.State, "error", err)
		case !again:
			return
		}
	}
}

// silent records that a device was not heard although it was asked.
func (r *replies) silent(ctx context.Context, m *mailbox) {
	m.mu.Lock()
	task, mail := m.task, m.reply
	m.mu.Unlock()
	if task == nil || task.Pulse.Silent || mail != nil {
		return
	}
	err := r.lost(ctx, task)
	if err == nil {
		err = r.temporal.RecordActivityHeartbeat(ctx, task.Token, task.Pulse) // for the next attempt
	}
	if err != nil && ctx.Err() == nil {
		r.log.Warn("device_lost not recorded", "command", task.Command, "error", err)
	}
}

// close gives a mailbox up. Unless it must be, one with mail in it stays.
func (r *replies) close(command string, m *mailbox, must bool) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(m.wake) > 0 && !must {
		return false
	}
	if r.boxes[command] == m {
		delete(r.boxes, command)
	}
	return true
}

// handle delivers one reply; again is false when no more will come.
func (r *replies) handle(ctx context.Context, task *activities.Watched, m *mailbox, device string, reply wire.Reply) (again bool, err error) {
	if reply.State.Final() {
		if err := r.heard(ctx, task); err != nil {
			r.log.Warn("device_back not recorded", "command", reply.Command, "error", err)
		}
		return false, r.complete(ctx, device, reply)
	}
	if task == nil {
		saved, err := r.store.SaveReply(ctx, device, reply)
		if err != nil {
			return true, err
		}
		if len(saved.TaskToken) == 0 {
			return false, lab.Errorf(lab.NotFound, "Nobody waits for %s.", reply.Command)
		}
		task = &activities.Watched{Command: reply.Command, Device: device, Token: saved.TaskToken}
		m.mu.Lock()
		m.task = task
		m.mu.Unlock()
	}
	if err := r.heard(ctx, task); err != nil {
		return true, err
	}
	if reply.State == wire.Progress {
		var p wire.TaskProgress
		if json.Unmarshal(reply.Result, &p) == nil {
			task.Pulse.Progress = &p
		}
	}
	err = r.temporal.RecordActivityHeartbeat(ctx, task.Token, task.Pulse)
	if _, gone := errors.AsType[*serviceerror.NotFound](err); gone { // another attempt waits, or nobody
		m.mu.Lock()
		if m.task == task {
			m.task = nil
		}
		m.mu.Unlock()
		return true, nil
	}
	return true, err
}

// heard records that a silent device has said something.
func (r *replies) heard(ctx context.Context, task *activities.Watched) error {
	if task == nil || !task.Pulse.Silent {
		return nil
	}
	if err := r.back(ctx, *task); err != nil {
		return err
	}
	task.Pulse.Silent = false
	return nil
}

// complete keeps the final reply and completes the activity, for as long as it
// takes. Whatever fails in between, the activity's next attempt finds the reply
// in the store.
func (r *replies) complete(ctx context.Context, device string, reply wire.Reply) error {
	result, failed := activities.Outcome(reply)
	for pause := 100 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		saved, err := r.store.SaveReply(ctx, device, reply)
		if lab.CodeOf(err) == lab.NotFound && err != nil {
			return err
		}
		if err == nil && len(saved.TaskToken) == 0 {
			return nil
		}
		if err == nil {
			err = r.temporal.CompleteActivity(ctx, saved.TaskToken, value(result, failed), failed)
			if _, gone := errors.AsType[*serviceerror.NotFound](err); gone || err == nil {
				return nil
			}
		}
		r.log.Warn("task not completed yet", "command", reply.Command, "error", err)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// value is no result where there is an error: Temporal wants one of the two.
func value(result activities.RunTaskResult, failed error) any {
	if failed != nil {
		return nil
	}
	return result
}
