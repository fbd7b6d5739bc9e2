package edge

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/wire"
)

func refused(code, format string, args ...any) *wire.Reason {
	return &wire.Reason{Code: code, Message: fmt.Sprintf(format, args...)}
}

// command takes one message of the command topic.
func (a *agent) command(payload []byte) {
	c, err := wire.DecodeCommand(payload)
	late := a.late(c) // before it can vouch for itself
	if c.At != 0 {
		a.clock.heard(c.At)
	}
	if err != nil {
		a.log.Warn("command not understood", "bytes", len(payload), "error", err)
		var e *wire.Error
		if c.ID != "" && len(c.ID) <= wire.MaxIDBytes && errors.As(err, &e) {
			// Not in the journal: a newer agent may understand it.
			a.say(c, wire.Reply{State: wire.Refused, Reason: e.Reason()}, nil)
		}
		return
	}
	a.acting.Lock()
	defer a.acting.Unlock()
	if a.ended() {
		return
	}
	if c.Verb == wire.VerbPing || c.Verb == wire.VerbRead || c.Verb == wire.VerbWatch {
		a.look(c)
		return
	}
	if late != nil {
		a.lateCommand(c, late)
		return
	}
	reason := a.admit(c)
	fresh, err := a.journal.receive(a.ctx, a.boot, c)
	if !fresh { // also when it cannot be written: it may have been before
		before, unread := a.journal.find(a.ctx, c.ID)
		if before != nil {
			a.repeat(c, before)
			return
		}
		err = errors.Join(err, unread)
	}
	if err != nil {
		a.log.Error("the journal cannot be written", "error", err)
		// Switching off needs no journal; anything else could happen twice.
		if !quiets(c.Verb) {
			a.say(c, wire.Reply{State: wire.Refused, Reason: refused(wire.ReasonFull, "the journal cannot be written: %v", err)}, nil)
			return
		}
	}
	if reason == nil {
		reason = a.act(c)
	}
	if reason != nil {
		a.log.Info("command refused", "run", c.Run, "command", c.ID, "verb", c.Verb, "code", reason.Code, "reason", reason.Message)
		a.answer(c, wire.Reply{State: wire.Refused, Reason: reason}, nil)
	}
}

// repeat answers from the journal and does nothing.
func (a *agent) repeat(c wire.Command, before *entry) {
	if before.reply != nil {
		a.replies.send(reply{c.ID, true, before.reply})
		return
	}
	if before.boot != a.boot {
		if err := a.leave(*before); err != nil {
			a.log.Error("the journal cannot be read", "error", err)
		}
		return
	}
	a.mu.Lock()
	t := a.running[c.ID]
	a.mu.Unlock()
	a.say(c, wire.Reply{State: wire.Started}, nil)
	if t == nil {
		return
	}
	t.mu.Lock()
	latest := t.latest
	t.mu.Unlock()
	if latest != nil {
		a.news.tell(t, *latest)
	}
}

// admit says why a command may not be acted upon, whatever it asks for.
func (a *agent) admit(c wire.Command) *wire.Reason {
	if !known(c.Verb) {
		return refused(wire.ReasonUnknownVerb, "this agent does not know the verb %q", c.Verb)
	}
	if c.Run == "" {
		return nil
	}
	r, err := a.journal.run(a.ctx, c.Run)
	if err != nil {
		a.log.Error("the journal cannot be read", "error", err)
	}
	switch {
	case c.Epoch < r.epoch:
		return refused(wire.ReasonEpoch, "the command is of epoch %d, the run's master is of epoch %d", c.Epoch, r.epoch)
	case r.halted && !quiets(c.Verb):
		return refused(wire.ReasonHalted, "the run was halted on this device")
	}
	if c.Epoch > r.epoch {
		if err := a.journal.raise(a.ctx, c.Run, c.Epoch); err != nil {
			a.log.Error("the epoch cannot be written", "run", c.Run, "error", err)
		}
	}
	return nil
}

// lateCommand refuses a sending that came too late. That is not in the journal:
// whoever still wants the command sends it again with a later deadline.
func (a *agent) lateCommand(c wire.Command, late *wire.Reason) {
	before, err := a.journal.find(a.ctx, c.ID)
	if err != nil {
		a.log.Error("the journal cannot be read", "error", err)
	}
	if before != nil {
		a.repeat(c, before)
		return
	}
	a.log.Info("command refused", "run", c.Run, "command", c.ID, "verb", c.Verb, "code", late.Code, "reason", late.Message)
	a.say(c, wire.Reply{State: wire.Refused, Reason: late}, nil)
}

func (a *agent) late(c wire.Command) *wire.Reason {
	if c.Deadline == 0 {
		return nil
	}
	if by := time.Duration(a.clock.wall()) - time.Duration(c.Deadline)*time.Millisecond; by > 0 {
		return refused(wire.ReasonDeadline, "the command came %s after its deadline", by.Round(time.Millisecond))
	}
	return nil
}

// act does what a command asks for; a reason means that nothing was done. It
// answers by itself otherwise.
func (a *agent) act(c wire.Command) *wire.Reason {
	switch c.Verb {
	case wire.VerbTask:
		return a.task(c)
	case wire.VerbSet:
		return a.set(c)
	case wire.VerbPulse:
		return a.pulse(c)
	case wire.VerbPause, wire.VerbResume, wire.VerbStop, wire.VerbAbort:
		return a.controls(c)
	case wire.VerbParameters:
		return a.parameters(c)
	case wire.VerbSafe:
		a.safe(c)
		return nil
	case wire.VerbPing, wire.VerbRead, wire.VerbWatch:
	}
	return refused(wire.ReasonUnknownVerb, "this agent does not know the verb %q", c.Verb)
}

// look answers what changes nothing and needs no journal.
func (a *agent) look(c wire.Command) {
	if reason := a.late(c); reason != nil {
		a.say(c, wire.Reply{State: wire.Refused, Reason: reason}, nil)
		return
	}
	if c.Verb == wire.VerbPing {
		a.say(c, wire.Reply{State: wire.Done}, nil)
		return
	}
	if c.Verb == wire.VerbWatch {
		a.watch(c)
		return
	}
	body, reason := decodeBody[wire.ReadBody](c)
	if reason != nil {
		a.say(c, wire.Reply{State: wire.Refused, Reason: reason}, nil)
		return
	}
	value, err := a.box().read(body.Channel)
	if err != nil {
		a.say(c, wire.Reply{State: wire.Refused, Reason: refused(wire.ReasonChannel, "%v", err)}, nil)
		return
	}
	a.say(c, wire.Reply{State: wire.Done}, wire.ReadResult{Value: value, At: a.clock.wall()})
}

func (a *agent) watch(c wire.Command) {
	body, reason := decodeBody[wire.WatchBody](c)
	if reason == nil {
		reason = a.levels.watch(body)
	}
	if reason != nil {
		a.say(c, wire.Reply{State: wire.Refused, Reason: reason}, nil)
		return
	}
	a.say(c, wire.Reply{State: wire.Done}, nil)
}

func decodeBody[T any](c wire.Command) (body T, reason *wire.Reason) {
	if len(c.Body) == 0 {
		return body, nil
	}
	if err := json.Unmarshal(c.Body, &body); err != nil {
		return body, refused(wire.ReasonMalformed, "the body of %s cannot be read: %v", c.Verb, err)
	}
	return body, nil
}

// scope begins the record of a command.
func (a *agent) scope(c wire.Command) *scope {
	return &scope{
		header: &header{run: c.Run, command: c.ID, node: c.Node, start: a.clock.wall()},
		begin:  driver.Now(), speed: a.Speed, outbox: a.outbox,
	}
}

func (a *agent) ended() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.closing
}

// busy says whether somebody else has the device, or this very line. It needs
// a.mu.
func (a *agent) busy(run string, lines ...*line) *wire.Reason {
	other := func(holder string) *wire.Reason {
		if holder == run {
			return nil
		}
		if holder == "" {
			holder = "a command given by hand"
		} else {
			holder = "run " + holder
		}
		return refused(wire.ReasonBusy, "%s holds the device", holder)
	}
	for _, t := range a.running {
		if r := other(t.command.Run); r != nil {
			return r
		}
		for _, l := range lines {
			if t.holds(l) {
				return refused(wire.ReasonBusy, "the running task %s drives channel %s", t.command.ID, l.channel.Name)
			}
		}
	}
	for _, p := range a.pulses {
		if r := other(p.command.Run); r != nil {
			return r
		}
		for _, l := range lines {
			if p.line == l {
				return refused(wire.ReasonBusy, "channel %s is in the middle of a pulse", l.channel.Name)
			}
		}
	}
	for _, h := range a.session {
		if r := other(h.header.run); r != nil {
			return r
		}
	}
	return nil
}

func known(v wire.Verb) bool {
	switch v {
	case wire.VerbTask, wire.VerbSet, wire.VerbPulse, wire.VerbRead, wire.VerbPause, wire.VerbResume,
		wire.VerbStop, wire.VerbAbort, wire.VerbParameters, wire.VerbSafe, wire.VerbPing, wire.VerbWatch:
		return true
	}
	return false
}

// quiets says whether a verb only ever makes the box calmer.
func quiets(v wire.Verb) bool {
	switch v {
	case wire.VerbStop, wire.VerbAbort, wire.VerbSafe, wire.VerbPause:
		return true
	default:
		return false
	}
}
