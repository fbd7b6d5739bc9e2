package edge

import (
	"fmt"
	"slices"

	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// prepare makes a task of a command, or says why not.
func (a *agent) prepare(c wire.Command, body *wire.TaskBody) (*taskRun, *wire.Reason) {
	hw := a.box()
	t := &taskRun{
		agent: a, command: c, hw: hw, channels: map[string]int{}, lines: make([]*line, len(body.Program.Channels)),
		wake: make(chan struct{}, 1), done: make(chan struct{}),
		scope: a.scope(c),
	}
	if body.Start.Calibrations == nil {
		body.Start.Calibrations = map[string]task.Calibration{}
	}
	for i, pc := range body.Program.Channels {
		name := pc.Name
		if other := body.Channels[name]; other != "" {
			name = other
		}
		rc, reason := hw.channel(name, pc.Direction)
		if reason != nil {
			return nil, reason
		}
		if pc.Direction == task.In {
			if hw.inputs[name] == nil {
				return nil, &wire.Reason{Code: wire.ReasonChannel, Message: fmt.Sprintf("channel %s has no edges to wait for", name)}
			}
			if _, twice := t.channels[name]; twice {
				return nil, &wire.Reason{Code: wire.ReasonChannel, Message: fmt.Sprintf("two channels of the task are bound to %s", name)}
			}
			t.channels[name] = i
			continue
		}
		l := hw.lines[name]
		if slices.Contains(t.held, l) {
			return nil, &wire.Reason{Code: wire.ReasonChannel, Message: fmt.Sprintf("two channels of the task are bound to %s", name)}
		}
		t.lines[i] = l
		t.held = append(t.held, l)
		if _, given := body.Start.Calibrations[pc.Name]; !given {
			if curve := rc.curve(); curve != nil {
				body.Start.Calibrations[pc.Name] = *curve
			}
		}
	}
	if reason := t.unshaped(&body.Program); reason != nil {
		return nil, reason
	}
	m, err := task.New(&body.Program, body.Start, t)
	if err != nil {
		return nil, &wire.Reason{Code: wire.ReasonProgram, Message: err.Error()}
	}
	t.machine = m
	return t, nil
}

// unshaped finds an output that cannot have the ramp or the frequency that the
// program wants.
func (t *taskRun) unshaped(p *task.Program) *wire.Reason {
	shaped := task.Shaped(p)
	for i, c := range p.Channels {
		if l := t.lines[i]; l != nil && l.shaped == nil && slices.Contains(shaped, c.Name) {
			return refused(wire.ReasonChannel, "channel %s of the rig %s has no ramp and no frequency: its part can only be switched. "+
				"If its pin and its part can do more, say `pwm: true` in the rig; else bind %s to another channel, or take the ramp and the frequency out of the protocol",
				l.channel.Name, t.hw.rig.Name, c.Name)
		}
	}
	return nil
}

// channel finds a channel that can be used in a direction.
func (h *hardware) channel(name string, d task.Direction) (RigChannel, *wire.Reason) {
	for _, c := range h.rig.Channels {
		if c.Name != name {
			continue
		}
		if c.Direction != d {
			return c, &wire.Reason{Code: wire.ReasonChannel, Message: fmt.Sprintf("channel %s of the rig %s is %s, not %s", name, h.rig.Name, c.Direction, d)}
		}
		if why := h.missing[name]; why != "" {
			return c, &wire.Reason{Code: wire.ReasonChannel, Message: fmt.Sprintf("channel %s is unavailable: %s", name, why)}
		}
		return c, nil
	}
	return RigChannel{}, &wire.Reason{Code: wire.ReasonChannel, Message: fmt.Sprintf("there is no channel %s in the rig %s", name, h.rig.Name)}
}

// start acquires what the task needs and lets it run.
func (a *agent) start(t *taskRun) {
	var ins, outs []string
	for name := range t.channels {
		ins = append(ins, name)
	}
	for _, l := range t.held {
		outs = append(outs, l.channel.Name)
	}
	slices.Sort(ins)
	slices.Sort(outs)
	t.hw.attend(ins, outs)
	if err := t.hw.calm(t.held); err != nil {
		t.broken = err
	}
	a.log.Info("task begins", "run", t.command.Run, "command", t.command.ID)
	stop := t.hw.listen(t, ins)
	a.wg.Go(func() {
		t.run()
		t.finish(stop)
	})
}

// calm puts lines to their safe value before a task takes them over, whoever
// left them on.
func (h *hardware) calm(lines []*line) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, l := range lines {
		holder, idle := l.holder, l.idle()
		if err := l.drive(driver.Now(), l.off(), nil); err != nil {
			return err
		}
		if holder != nil && !idle {
			holder.record(task.KindOutput, l.channel.Name, levelValue(l.channel.Safe))
		}
	}
	return nil
}
