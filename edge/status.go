package edge

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/lics-lab/lics/wire"
)

const (
	statusEvery = 10 * time.Second
	// statusLeast is between two that only tell a change; a task a second
	// should not be ten messages a second.
	statusLeast = 250 * time.Millisecond
	clockJump   = 500 * time.Millisecond
)

// announcer tells the device's status, and watches over the link while outputs
// of the session level depend on it.
type announcer struct {
	agent   *agent
	touched chan struct{} // something in the status changed
	first   sync.Once
}

func newAnnouncer(a *agent) *announcer {
	return &announcer{agent: a, touched: make(chan struct{}, 1)}
}

func (s *announcer) run(ctx context.Context) {
	a := s.agent
	tick := time.NewTicker(max(a.Lease/2, 50*time.Millisecond))
	defer tick.Stop()
	var last time.Time
	var soon <-chan time.Time // when a change is told that came too early
	wall := newJump()
	for {
		var due bool
		select {
		case <-s.touched:
			wait := statusLeast - time.Since(last)
			if due = wait <= 0 || last.IsZero(); !due && soon == nil {
				soon = time.After(wait)
			}
		case <-soon:
			soon, due = nil, true
		case <-tick.C:
			if by := wall.by(); by.Abs() > clockJump {
				s.stepped(by)
			}
			due = time.Since(last) > statusEvery || a.dependent()
		case <-ctx.Done():
			return
		}
		if due {
			s.tell(ctx, &last)
		}
	}
}

// tell publishes the status. While the session level holds outputs this is also
// how the link is tested: a cable that was pulled closes no connection.
func (s *announcer) tell(ctx context.Context, last *time.Time) {
	a := s.agent
	once, cancel := context.WithTimeout(ctx, a.Lease)
	err := s.publish(once, true)
	cancel()
	if err == nil {
		*last = time.Now()
		return
	}
	if a.dependent() {
		a.leaseOver()
	}
}

func (s *announcer) publish(ctx context.Context, online bool) error {
	a := s.agent
	b, err := wire.EncodeStatus(a.describe(online))
	if err != nil {
		return err
	}
	if err := a.client.Publish(ctx, wire.Topic(a.Device, wire.TopicStatus), 1, true, b); err != nil {
		return err
	}
	if online {
		s.first.Do(a.Ready)
	}
	return nil
}

// describe is the status at this moment.
func (a *agent) describe(online bool) wire.Status {
	a.mu.Lock()
	defer a.mu.Unlock()
	s := wire.Status{
		Device: a.Device, Online: online, Version: a.Version, Boot: a.boot, Started: a.started.UnixNano(),
		At: a.clock.wall(), Rig: a.hw.describe(), ClockOffset: a.clock.offset(), Outbox: a.outbox.depth(),
		Simulated: a.Simulated, RigRefused: a.rigRefused,
	}
	for _, t := range a.running {
		s.Run = t.command.Run
	}
	for _, p := range a.pulses {
		s.Run = p.command.Run
	}
	for _, h := range a.session {
		s.Run = h.header.run
	}
	return s
}

// dependent says whether outputs depend on the link.
func (a *agent) dependent() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.session) > 0
}

// up is called when the connection stands, also again.
func (a *agent) up() {
	a.mu.Lock()
	if a.lease != nil {
		a.lease.Stop()
		a.lease = nil
	}
	a.mu.Unlock()
	a.log.Info("connected", "boot", a.boot)
	// Before the rows and the replies, so that the server knows whose they are.
	ctx, cancel := context.WithTimeout(a.ctx, 5*time.Second)
	defer cancel()
	if err := a.status.publish(ctx, true); err != nil {
		nudge(a.status.touched)
	}
	a.sender.up()
	a.replies.up()
}

// down begins the lease of what the session level holds. A running task is its
// own master and goes on.
func (a *agent) down(err error) {
	a.log.Info("connection lost", "error", err)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.lease == nil {
		a.lease = time.AfterFunc(a.Lease, a.leaseOver)
	}
}

func (a *agent) leaseOver() {
	a.letAll(func(*hold) bool { return true }, "link_lost",
		fmt.Sprintf("the link was lost for %s", a.Lease))
}

// stepped records that somebody set the wall clock.
func (s *announcer) stepped(by time.Duration) {
	a := s.agent
	a.clock.step()
	text := fmt.Sprintf("the device's clock was set by %s; times within a task are not affected", by.Round(time.Millisecond))
	a.log.Warn("clock set", "by", by)
	for _, t := range a.tasksOf(func(*taskRun) bool { return true }) {
		t.warn("clock_step", text)
	}
	own := a.scope(wire.Command{})
	own.warn("clock_step", text)
}

// jump notices when the wall clock moves against the monotonic one.
type jump struct{ last time.Time }

func newJump() *jump { return &jump{time.Now()} }

func (j *jump) by() time.Duration {
	now := time.Now()
	by := now.Round(0).Sub(j.last.Round(0)) - now.Sub(j.last) // Round drops the monotonic reading
	j.last = now
	return by
}

// describe is the rig as the status tells it.
func (h *hardware) describe() *wire.Rig {
	r := &wire.Rig{Name: h.rig.Name, Hash: h.rig.Hash()}
	for _, c := range h.rig.Channels {
		l := h.lines[c.Name]
		r.Channels = append(r.Channels, wire.RigChannel{
			Name: c.Name, Direction: c.Direction, Unavailable: h.missing[c.Name], Safe: c.Safe, MaxOn: c.MaxOn,
			Shaped: l != nil && l.shaped != nil, Calibration: c.curve(),
		})
	}
	return r
}
