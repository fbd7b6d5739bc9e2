package edge

import (
	"fmt"
	"sync"
	"time"

	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/wire"
)

// pulse is an output that is on for a time.
type pulse struct {
	*scope
	command wire.Command
	line    *line

	once   sync.Once
	over   chan struct{} // closed when it shall end before its time
	reason *wire.Reason
}

// cut ends a pulse before its time.
func (p *pulse) cut(why *wire.Reason) {
	p.once.Do(func() {
		p.reason = why
		close(p.over)
	})
}

// pulse drives an output for a time and answers when that is over.
func (a *agent) pulse(c wire.Command) *wire.Reason {
	body, reason := decodeBody[wire.PulseBody](c)
	if reason != nil {
		return reason
	}
	if body.Level == 0 {
		body.Level = 1
	}
	l, reason := a.box().output(body.Channel, body.Level)
	if reason != nil {
		return reason
	}
	d, reason := length(body, l)
	if reason != nil {
		return reason
	}
	if body.Level == l.channel.Safe {
		return refused(wire.ReasonLimit, "%g is the safe value of %s; a pulse to it does nothing", body.Level, body.Channel)
	}
	p := &pulse{scope: a.scope(c), command: c, line: l, over: make(chan struct{})}
	a.mu.Lock()
	if reason := a.busy(c.Run, l); reason != nil {
		a.mu.Unlock()
		return reason
	}
	a.unhold(l)
	a.pulses[c.ID] = p
	a.mu.Unlock()
	p.begin = driver.Now()
	if err := l.set(p.begin, body.Level, p.scope); err != nil {
		a.mu.Lock()
		delete(a.pulses, c.ID)
		a.mu.Unlock()
		a.failed(c, err)
		return nil
	}
	p.recordLevel(body.Channel, body.Level)
	a.wg.Go(func() { a.finishPulse(p, d) })
	a.say(c, wire.Reply{State: wire.Started}, nil)
	return nil
}

// length is how long a pulse lasts.
func length(body wire.PulseBody, l *line) (time.Duration, *wire.Reason) {
	d := body.Duration
	if (d > 0) == (body.Microlitres > 0) || d < 0 || body.Microlitres < 0 {
		return 0, refused(wire.ReasonMalformed, "a pulse needs either a duration or a volume")
	}
	if d == 0 {
		curve := body.Calibration
		if curve == nil {
			curve = l.channel.curve()
		}
		if curve == nil {
			return 0, refused(wire.ReasonLimit, "channel %s has no calibration", body.Channel)
		}
		if err := curve.Validate(); err != nil {
			return 0, refused(wire.ReasonMalformed, "%v", err)
		}
		var ok bool
		if d, ok = curve.Open(body.Microlitres); !ok {
			return 0, refused(wire.ReasonLimit, "%g µl lie outside the calibration of %s", body.Microlitres, body.Channel)
		}
	}
	if limit := l.channel.MaxOn; limit > 0 && d > limit {
		return 0, refused(wire.ReasonLimit, "%s may be on for %s at most, not %s", body.Channel, limit, d)
	}
	return d, nil
}

func (a *agent) finishPulse(p *pulse, d time.Duration) {
	timer := time.NewTimer(p.real(d) - driver.Now())
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-p.over:
	}
	err := p.line.hw.release(p.scope, p.line)
	r := wire.Reply{State: wire.Done}
	result := wire.PulseResult{Duration: p.time(driver.Now())}
	p.cut(nil) // reason is not written any more
	switch {
	case err != nil:
		r.State, r.Reason = wire.Failed, refused(wire.ReasonDevice, "%v", err)
		_ = p.line.hw.makeSafe()
	case p.reason != nil:
		r.State, r.Reason = wire.Failed, p.reason
	}
	a.answer(p.command, r, result)
	a.mu.Lock()
	delete(a.pulses, p.command.ID)
	a.mu.Unlock()
	nudge(a.status.touched)
	a.applyWanted()
}

// recover answers what an earlier process left in the middle, but for quick
// commands, which wait until somebody asks. The box is safe
// by now; what exactly happened to it nobody saw.
func (a *agent) recover() error {
	left, err := a.journal.unfinished(a.ctx)
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	for _, e := range left {
		if err := a.leave(e); err != nil {
			return fmt.Errorf("journal: %w", err)
		}
	}
	return a.outbox.answered(a.ctx)
}

// leave answers a command that an earlier process left in the middle.
func (a *agent) leave(e entry) error {
	c := wire.Command{ID: e.id, Run: e.run, Node: e.node, Verb: e.verb}
	s := a.scope(c)
	switch e.verb {
	case wire.VerbTask:
		p, err := a.outbox.lastKnown(a.ctx, e)
		if err != nil {
			return err
		}
		s.warn("interrupted", fmt.Sprintf("the agent was restarted in the middle of the task, in trial %d", p.Trial))
		a.answer(c, wire.Reply{State: wire.Interrupted}, p)
	case wire.VerbPulse:
		s.warn("uncertain", "the agent was restarted in the middle of a pulse; how much was given is not known")
		a.answer(c, wire.Reply{State: wire.Done}, wire.PulseResult{Uncertain: true})
	default:
		a.answer(c, wire.Reply{State: wire.Interrupted}, nil)
	}
	a.log.Warn("command was interrupted", "run", e.run, "command", e.id, "verb", e.verb)
	return nil
}
