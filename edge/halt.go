package edge

import (
	"github.com/lics-lab/lics/wire"
)

// halt puts everything to its safe state now, and asks questions later. The
// runs that had the device may not switch anything on again.
func (a *agent) halt() {
	hw := a.box()
	hw.freeze(true)
	defer hw.freeze(false)
	if err := hw.makeSafe(); err != nil {
		a.log.Error("not everything could be made safe", "error", err)
	}
	runs := map[string]bool{}
	a.mu.Lock()
	for _, t := range a.running {
		runs[t.command.Run] = true
	}
	for _, p := range a.pulses {
		runs[p.command.Run] = true
	}
	for _, h := range a.session {
		runs[h.header.run] = true
	}
	a.mu.Unlock()
	a.log.Warn("halted", "runs", len(runs))
	for run := range runs {
		if run == "" {
			continue
		}
		if err := a.journal.halt(a.ctx, run); err != nil {
			a.log.Error("that the run is halted cannot be written", "run", run, "error", err)
		}
	}
	a.quiet(func(string) bool { return true }, refused(wire.ReasonHalted, "the device was halted"))
}

// quiet ends everything of the runs that match, and returns when their tasks
// have ended.
func (a *agent) quiet(match func(run string) bool, why *wire.Reason) {
	tasks := a.tasksOf(func(t *taskRun) bool { return match(t.command.Run) })
	for _, t := range tasks {
		t.end(why)
	}
	a.mu.Lock()
	for _, p := range a.pulses {
		if match(p.command.Run) {
			p.cut(why)
		}
	}
	a.mu.Unlock()
	a.letAll(func(h *hold) bool { return match(h.header.run) }, why.Code, why.Message)
	for _, t := range tasks {
		<-t.done
	}
}

// safe puts everything of a run to its safe state; a command without a run, by
// hand, means everything there is, unless it says that it is only about what
// was set by hand.
func (a *agent) safe(c wire.Command) {
	body, reason := decodeBody[wire.SafeBody](c)
	if reason != nil {
		body = wire.SafeBody{} // what cannot be read must not keep an output on
	}
	match := func(run string) bool { return run == c.Run }
	if c.Run == "" && !body.ByHand {
		match = func(string) bool { return true }
		hw := a.box()
		hw.freeze(true)
		defer hw.freeze(false)
		if err := hw.makeSafe(); err != nil {
			a.failed(c, err)
			return
		}
	}
	a.quiet(match, refused(wire.ReasonSafe, "the device was told to be safe"))
	a.answer(c, wire.Reply{State: wire.Done}, nil)
}
