package activitiestest

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// Devices is a lab of devices that keep a journal, as real agents do.
type Devices struct {
	// Play says what a task does; nil is one that ends by "done" at once.
	Play func(device string, cmd wire.Command) Script
	// Act answers a set, a pulse or a read; nil does whatever is asked.
	Act func(device string, cmd wire.Command) wire.Reply
	// After calls f after a time: virtual in a workflow's test, real otherwise.
	After func(d time.Duration, f func())
	// Now is the time by the same clock; only Move needs it.
	Now func() time.Time
	// Reply hears what tasks reply.
	Reply func(device string, r wire.Reply)

	mu       sync.Mutex
	away     map[string]chan struct{} // closed when it is back
	journal  map[string]wire.Reply
	running  map[string]*playing
	started  []string
	asked    []string
	commands []wire.Command
	listen   []func(device string, r wire.Reply)
}

// Script is how a task goes.
type Script struct {
	Takes time.Duration
	// Reply is the final reply; the zero Reply is Done with Exit "done".
	Reply wire.Reply
	// Exit of a task that is done.
	Exit string
	// Variables of a task that is done.
	Variables map[string]expr.Value
	// Silent tasks tell no progress.
	Silent bool
}

type playing struct {
	device string
	cmd    wire.Command
	script Script
	begun  time.Time // by Now; zero without it
	over   bool
}

// Move goes on with another clock, which stands where the last one did.
func (d *Devices) Move(now func() time.Time, after func(time.Duration, func()), reply func(device string, r wire.Reply)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Now, d.After, d.Reply = now, after, reply
	for _, p := range d.running {
		if !p.over {
			d.After(p.script.Takes-d.Now().Sub(p.begun), func() { d.play(p) })
		}
	}
}

const beat = 2 * time.Second

// Do implements activities.Devices.
func (d *Devices) Do(ctx context.Context, device string, cmd wire.Command) (wire.Reply, error) {
	for {
		d.mu.Lock()
		back := d.away[device]
		if back == nil {
			break
		}
		d.mu.Unlock()
		select {
		case <-back:
		case <-ctx.Done():
			return wire.Reply{}, ctx.Err()
		}
	}
	defer d.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return wire.Reply{}, err
	}
	d.asked = append(d.asked, string(cmd.Verb)+" "+cmd.ID)
	if r, ok := d.journal[cmd.ID]; ok {
		return r, nil
	}
	d.started = append(d.started, cmd.ID)
	d.commands = append(d.commands, cmd)
	r := d.act(device, cmd)
	r.Command, r.Device = cmd.ID, device
	d.keep(r)
	return r, nil
}

func (d *Devices) act(device string, cmd wire.Command) wire.Reply {
	switch cmd.Verb {
	case wire.VerbStop, wire.VerbAbort:
		reason := task.ReasonStop
		if cmd.Verb == wire.VerbAbort {
			reason = task.ReasonAbort
		}
		return d.end(device, cmd, wire.TaskResult{Result: task.Result{Reason: reason, Trials: 3}, Boot: "b1", LastSeq: 7})
	case wire.VerbPause, wire.VerbResume, wire.VerbSafe:
		return wire.Reply{State: wire.Done}
	}
	if d.Act != nil {
		return d.Act(device, cmd)
	}
	return wire.Reply{State: wire.Done, Result: json.RawMessage(`{"value":1}`)}
}

// end ends a task by a control.
func (d *Devices) end(device string, cmd wire.Command, res wire.TaskResult) wire.Reply {
	var body wire.ControlBody
	if json.Unmarshal(cmd.Body, &body) != nil || d.running[body.Command] == nil || d.running[body.Command].over {
		return wire.Reply{State: wire.Refused, Reason: &wire.Reason{Code: wire.ReasonNoTask, Message: "no such task"}}
	}
	p := d.running[body.Command]
	p.over = true
	raw, _ := json.Marshal(res)
	d.After(0, func() { d.reply(device, wire.Reply{Command: p.cmd.ID, State: wire.Done, Result: raw}) })
	return wire.Reply{State: wire.Done}
}

func (d *Devices) keep(r wire.Reply) {
	if d.journal == nil {
		d.journal = map[string]wire.Reply{}
	}
	d.journal[r.Command] = r
}

// Send implements activities.Devices.
func (d *Devices) Send(_ context.Context, device string, cmd wire.Command) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, string(cmd.Verb)+" "+cmd.ID)
	if d.away[device] != nil {
		return nil // published, and lost
	}
	if r, ok := d.journal[cmd.ID]; ok {
		d.After(0, func() { d.reply(device, r) })
		return nil
	}
	if d.running[cmd.ID] != nil {
		return nil
	}
	d.started = append(d.started, cmd.ID)
	d.commands = append(d.commands, cmd)
	if d.running == nil {
		d.running = map[string]*playing{}
	}
	p := &playing{device: device, cmd: cmd, script: Script{Exit: "done"}}
	if d.Play != nil {
		p.script = d.Play(device, cmd)
	}
	if d.Now != nil {
		p.begun = d.Now()
	}
	d.running[cmd.ID] = p
	d.After(p.script.Takes, func() { d.play(p) })
	if !p.script.Silent && p.script.Takes > beat {
		d.After(beat, func() { d.progress(p) })
	}
	return nil
}

func (d *Devices) progress(p *playing) {
	d.mu.Lock()
	over, away := p.over, d.away[p.device] != nil
	d.mu.Unlock()
	if over {
		return
	}
	if !away {
		d.reply(p.device, wire.Reply{Command: p.cmd.ID, State: wire.Progress, Result: json.RawMessage(`{"trial":1}`)})
	}
	d.After(beat, func() { d.progress(p) })
}

// play ends a task in its own time.
func (d *Devices) play(p *playing) {
	d.mu.Lock()
	if p.over {
		d.mu.Unlock()
		return
	}
	p.over = true
	r := p.script.Reply
	if r.State == "" {
		exit := p.script.Exit
		if exit == "" {
			exit = "done"
		}
		raw, _ := json.Marshal(wire.TaskResult{
			Result: task.Result{Exit: exit, Reason: task.ReasonEnd, Trials: 10, Outcomes: map[string]int{"correct": 8}, Variables: p.script.Variables},
			Boot:   "b1", LastSeq: 9,
		})
		r.State, r.Result = wire.Done, raw
	}
	r.Command = p.cmd.ID
	d.mu.Unlock()
	d.reply(p.device, r)
}

// reply tells everybody, unless the device is away; it says it again when it is
// asked again.
func (d *Devices) reply(device string, r wire.Reply) {
	r.V, r.Device = wire.Major, device
	d.mu.Lock()
	switch {
	case r.Late(): // only that sending
		delete(d.running, r.Command)
	case r.State.Final():
		d.keep(r)
	}
	listen := slices.Clone(d.listen)
	away := d.away[device] != nil
	d.mu.Unlock()
	if away {
		return
	}
	if d.Reply != nil {
		d.Reply(device, r)
	}
	for _, f := range listen {
		f(device, r)
	}
}

// OnReply implements worker.Devices.
func (d *Devices) OnReply(f func(device string, r wire.Reply)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.listen = append(d.listen, f)
}

// Take takes a device away, or gives it back.
func (d *Devices) Take(device string, away bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.away == nil {
		d.away = map[string]chan struct{}{}
	}
	switch {
	case away && d.away[device] == nil:
		d.away[device] = make(chan struct{})
	case !away && d.away[device] != nil:
		close(d.away[device])
		delete(d.away, device)
	}
}

// Started are the ids of the commands that devices began, each as often as it
// was begun.
func (d *Devices) Started() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.started)
}

// Did are the commands that devices began as "verb node/visit".
func (d *Devices) Did() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var did []string
	for _, c := range d.commands {
		did = append(did, string(c.Verb)+" "+strings.TrimPrefix(c.ID, c.Run+"/"))
	}
	return did
}

// Commands are those that devices began.
func (d *Devices) Commands() []wire.Command {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.commands)
}
