package edge

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// hold is an output that a set command switched on.
type hold struct {
	*scope
	timer *time.Timer // the command's own limit
	// whileWatched ends it with the last watch.
	whileWatched bool
}

// output finds the line of an output that a command names.
func (h *hardware) output(channel string, level float64) (*line, *wire.Reason) {
	if channel == "" {
		return nil, refused(wire.ReasonMalformed, "the command names no channel")
	}
	if math.IsNaN(level) || math.IsInf(level, 0) {
		return nil, refused(wire.ReasonMalformed, "the level is not a number")
	}
	if _, reason := h.channel(channel, task.Out); reason != nil {
		return nil, reason
	}
	return h.lines[channel], nil
}

// set drives an output of the session level.
func (a *agent) set(c wire.Command) *wire.Reason {
	body, reason := decodeBody[wire.SetBody](c)
	if reason != nil {
		return reason
	}
	l, reason := a.box().output(body.Channel, body.Level)
	if reason != nil {
		return reason
	}
	limit := l.channel.MaxOn
	if body.MaxOn < 0 || limit > 0 && body.MaxOn > limit {
		return refused(wire.ReasonLimit, "%s may be on for %s at most, not %s", body.Channel, limit, body.MaxOn)
	}
	if body.WhileWatched && !a.levels.watched() {
		return refused(wire.ReasonLimit, "%s may be on only while somebody watches the device, and nobody does", body.Channel)
	}
	a.mu.Lock()
	if reason := a.busy(c.Run, l); reason != nil {
		a.mu.Unlock()
		return reason
	}
	a.unhold(l)
	h := &hold{scope: a.scope(c), whileWatched: body.WhileWatched}
	on := body.Level != l.channel.Safe
	if on {
		a.session[l] = h
		if body.MaxOn > 0 {
			h.timer = time.AfterFunc(time.Duration(float64(body.MaxOn)/a.Speed), func() { a.setOver(l, h, body.MaxOn) })
		}
	}
	a.mu.Unlock()
	if err := l.set(driver.Now(), body.Level, h.scope); err != nil {
		a.failed(c, err)
		return nil
	}
	h.recordLevel(body.Channel, body.Level)
	a.answer(c, wire.Reply{State: wire.Done}, nil)
	nudge(a.status.touched)
	if body.WhileWatched {
		nudge(a.levels.wake) // the last watch may have ended while it went on
	}
	return nil
}

// unhold forgets who held a line; it needs a.mu.
func (a *agent) unhold(l *line) {
	if h := a.session[l]; h != nil && h.timer != nil {
		h.timer.Stop()
	}
	delete(a.session, l)
}

// failed answers a command whose driver did not do it.
func (a *agent) failed(c wire.Command, err error) {
	a.log.Error("driver failed", "command", c.ID, "error", err)
	a.answer(c, wire.Reply{State: wire.Failed, Reason: refused(wire.ReasonDevice, "%v", err)}, nil)
}

func (a *agent) setOver(l *line, h *hold, after time.Duration) {
	a.mu.Lock()
	if a.session[l] != h {
		a.mu.Unlock()
		return
	}
	delete(a.session, l)
	a.mu.Unlock()
	a.let(l, h, "max_on", fmt.Sprintf("%s was on for %s, the command's limit", l.channel.Name, after))
}

// let puts a line that the session level held to its safe value.
func (a *agent) let(l *line, h *hold, code, text string) {
	h.warn(code, text)
	if err := l.hw.release(h.scope, l); err != nil {
		a.log.Error("an output cannot be switched off", "channel", l.channel.Name, "error", err)
	}
	nudge(a.status.touched)
	a.applyWanted()
}

// letAll ends the holds of the session level that match.
func (a *agent) letAll(match func(*hold) bool, code, text string) {
	a.mu.Lock()
	held := map[*line]*hold{}
	for l, h := range a.session {
		if match(h) {
			held[l] = h
			a.unhold(l)
		}
	}
	a.mu.Unlock()
	for l, h := range held {
		a.let(l, h, code, text)
	}
}

// task starts a program.
func (a *agent) task(c wire.Command) *wire.Reason {
	body, reason := decodeBody[wire.TaskBody](c)
	if reason != nil {
		return reason
	}
	if body.Program.Format > task.Format {
		return refused(wire.ReasonVersion, "the program is of format %d; this agent runs formats up to %d", body.Program.Format, task.Format)
	}
	if err := a.outbox.full(); err != nil {
		return refused(wire.ReasonFull, "%v", err)
	}
	a.mu.Lock()
	reason = a.busy(c.Run)
	a.mu.Unlock()
	if reason != nil {
		return reason
	}
	t, reason := a.prepare(c, &body)
	if reason != nil {
		return reason
	}
	a.mu.Lock()
	if reason := a.busy(c.Run, t.held...); reason != nil {
		a.mu.Unlock()
		return reason
	}
	for _, l := range t.held {
		a.unhold(l)
	}
	a.running[c.ID] = t
	a.mu.Unlock()
	a.say(c, wire.Reply{State: wire.Started}, nil)
	a.start(t)
	nudge(a.status.touched)
	return nil
}

func (t *taskRun) holds(l *line) bool { return slices.Contains(t.held, l) }

// release gives the device back.
func (a *agent) release(t *taskRun) {
	a.mu.Lock()
	delete(a.running, t.command.ID)
	a.mu.Unlock()
	a.log.Info("task over", "run", t.command.Run, "command", t.command.ID)
	nudge(a.status.touched)
	a.applyWanted()
}

// controls passes pause, resume, stop and abort on to the run's tasks.
func (a *agent) controls(c wire.Command) *wire.Reason {
	body, reason := decodeBody[wire.ControlBody](c)
	if reason != nil {
		return reason
	}
	tasks := a.tasksOf(func(t *taskRun) bool {
		return t.command.Run == c.Run && (body.Command == "" || body.Command == t.command.ID)
	})
	if len(tasks) == 0 {
		return refused(wire.ReasonNoTask, "no such task is running")
	}
	for _, t := range tasks {
		t.control(func(at time.Duration) {
			switch c.Verb {
			case wire.VerbPause:
				t.machine.Pause()
			case wire.VerbResume:
				t.machine.Resume(at)
			case wire.VerbStop:
				t.machine.Stop(at)
			default:
				t.machine.Abort(at)
			}
		})
	}
	a.answer(c, wire.Reply{State: wire.Done}, nil)
	return nil
}

func (a *agent) tasksOf(match func(*taskRun) bool) []*taskRun {
	a.mu.Lock()
	defer a.mu.Unlock()
	var all []*taskRun
	for _, t := range a.running {
		if match(t) {
			all = append(all, t)
		}
	}
	return all
}
