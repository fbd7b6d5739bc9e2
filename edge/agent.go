// Package edge is the agent on a device: it keeps a connection to the broker,
// writes every command down before it acts, runs programs on the box, keeps
// rows until the server has stored them, and leaves the box safe whatever
// happens. It links mqtt, wire, task and expr, and nothing else of the project.
package edge

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/mqtt"
	"github.com/lics-lab/lics/wire"
)

// agent is a running agent.
type agent struct {
	Config
	log     *slog.Logger
	journal *journal
	outbox  *outbox
	sender  *sender
	client  *mqtt.Client
	replies *replies
	status  *announcer
	news    *news
	levels  *levels
	guard   atomic.Pointer[guard]
	clock   clock
	boot    string
	started time.Time
	ctx     context.Context // of everything that writes; outlives Run's
	wg      sync.WaitGroup  // tasks and pulses

	// acting is held while a command or a new rig is taken, so that one does
	// not see half of the other.
	acting sync.Mutex

	mu         sync.Mutex
	hw         *hardware
	running    map[string]*taskRun // by command
	pulses     map[string]*pulse   // by command
	session    map[*line]*hold     // outputs of the session level
	wanted     *Rig                // to be used when nothing runs
	wantedText string
	rigRefused string
	rigText    string      // of hw
	lease      *time.Timer // of the session level, while the link is down
	closing    bool
}

// Run is the agent, until ctx ends. It returns with every output safe. It does
// not need the broker: a device without one goes on with what it has.
func Run(ctx context.Context, cfg Config) error {
	if err := cfg.complete(); err != nil {
		return err
	}
	a := &agent{
		Config: cfg, log: cfg.Log.With("device", cfg.Device), boot: uuid.Must(uuid.NewV7()).String(), started: time.Now(),
		running: map[string]*taskRun{}, pulses: map[string]*pulse{}, session: map[*line]*hold{},
		ctx: context.WithoutCancel(ctx),
	}
	if err := a.open(); err != nil {
		return err
	}
	g, err := a.startGuard()
	if err != nil {
		return errors.Join(err, a.close())
	}
	// What an earlier process left in the middle is answered before anybody can
	// ask about it.
	err = a.recover()
	if err == nil {
		err = a.serve(ctx, g)
	}
	err = errors.Join(err, a.close())
	g.dismiss() // only now, with everything safe
	return err
}

// serve lasts until ctx ends; then the tasks end, and then what they told goes
// out.
func (a *agent) serve(ctx context.Context, g *guard) error {
	work, stop := context.WithCancel(a.ctx)
	defer stop()
	if err := a.connect(); err != nil {
		return err
	}
	var background sync.WaitGroup
	for _, run := range []func(context.Context){a.outbox.run, a.replies.run, a.sender.run, a.news.run, a.status.run, a.levels.run, a.vitals, g.run, a.journal.tidy} {
		background.Go(func() { run(work) })
	}
	<-ctx.Done()
	a.end()
	a.goodbye()
	stop()
	background.Wait()
	return nil
}

// open takes hold of the disk and of the box, which is safe from here on.
func (a *agent) open() (err error) {
	rows, err := a.openDisk()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = errors.Join(a.journal.close(), rows.close())
		}
	}()
	if err := a.journal.forget(a.ctx); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	if a.outbox, err = newOutbox(a.ctx, rows, a.Device, a.boot, a.OutboxLimit, a.log); err != nil {
		return fmt.Errorf("outbox: %w", err)
	}
	a.sender = newSender(a.outbox, a.log, func(ctx context.Context, payload []byte) error {
		return a.client.Publish(ctx, wire.Topic(a.Device, wire.TopicEvents), 1, false, payload)
	})
	a.replies = newReplies(func(ctx context.Context, payload []byte) error {
		return a.client.Publish(ctx, wire.Topic(a.Device, wire.TopicReply), 1, false, payload)
	})
	a.status = newAnnouncer(a)
	a.news, a.levels = newNews(a), newLevels(a)
	rig, err := a.firstRig()
	if err != nil {
		return err
	}
	a.hw = a.openRig(rig)
	if err := a.hw.makeSafe(); err != nil {
		a.log.Error("not everything could be made safe", "error", err)
	}
	return a.hw.watch()
}

// openDisk opens the journal and the file of the outbox.
func (a *agent) openDisk() (rows *database, err error) {
	if err := os.MkdirAll(a.StateDir, 0o750); err != nil {
		return nil, fmt.Errorf("state directory: %w", err)
	}
	if a.journal, err = openJournal(a.ctx, a.StateDir, a.log); err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	rows, err = openOutbox(a.ctx, a.StateDir)
	if err != nil {
		return nil, fmt.Errorf("outbox: %w", errors.Join(err, a.journal.close()))
	}
	if err := takeFormer(a.ctx, a.StateDir, a.journal.database, rows); err != nil {
		return nil, errors.Join(err, rows.close(), a.journal.close())
	}
	return rows, nil
}

// firstRig is what the server sent last, or else the configured one.
func (a *agent) firstRig() (*Rig, error) {
	a.rigText = string(a.Rig)
	text, err := a.journal.setting(a.ctx, settingRig)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	if text != "" {
		if rig, err := ParseRig([]byte(text)); err == nil {
			a.log.Info("using the rig the server sent", "rig", rig.Name)
			a.rigText = text
			return rig, nil
		}
	}
	return ParseRig(a.Rig)
}

func (a *agent) openRig(r *Rig) *hardware {
	h := openHardware(r, a.Drivers, driver.Box{StateDir: a.StateDir, Speed: a.Speed, By: "agent", Log: a.log})
	h.lights = a.lights
	return h
}

// box is the hardware in use.
func (a *agent) box() *hardware {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.hw
}

// connect begins to look for the broker.
func (a *agent) connect() error {
	will, err := wire.EncodeStatus(wire.Status{Device: a.Device, Boot: a.boot, Version: a.Version, Simulated: a.Simulated})
	if err != nil {
		return err
	}
	ready := make(chan struct{})
	client, err := mqtt.Start(mqtt.Config{
		// One id for one device: when a killed agent comes back, the broker
		// drops the dead connection and its last will comes before our status.
		URL: a.Broker, ClientID: "lics-edge-" + a.Device, Username: a.Username, Password: a.Password,
		KeepAlive: keepAlive, Log: a.log,
		Will: &mqtt.Message{Topic: wire.Topic(a.Device, wire.TopicStatus), QoS: 1, Retained: true, Payload: will},
		OnUp: func() { <-ready; a.up() }, OnDown: a.down,
	})
	if err != nil {
		return err
	}
	a.client = client
	close(ready)
	topic := func(name string) string { return wire.Topic(a.Device, name) }
	return errors.Join(
		client.Subscribe(topic(wire.TopicCommand), func(_ string, b []byte) { a.command(b) }),
		client.Subscribe(topic(wire.TopicAck), func(_ string, b []byte) { a.ack(b) }),
		client.Subscribe(topic(wire.TopicConfig), func(_ string, b []byte) { a.config(b) }),
		client.Subscribe(wire.HaltAll, func(string, []byte) { a.halt() }),
	)
}

const keepAlive = 5 * time.Second

func (a *agent) ack(payload []byte) {
	k, err := wire.DecodeAck(payload)
	if err != nil {
		a.log.Warn("acknowledgement not understood", "error", err)
		return
	}
	if k.At != 0 {
		a.clock.heard(k.At)
	}
	a.sender.ack(a.ctx, k)
}

// end leaves every task where it is, with the box safe first.
func (a *agent) end() {
	a.acting.Lock() // no command after this
	a.mu.Lock()
	a.closing = true
	hw := a.hw
	a.mu.Unlock()
	a.acting.Unlock()
	hw.freeze(true)
	if err := hw.makeSafe(); err != nil {
		a.log.Error("an output cannot be switched off", "error", err)
	}
	a.mu.Lock()
	for _, t := range a.running {
		t.interrupt()
	}
	for _, p := range a.pulses {
		p.cut(&wire.Reason{Code: wire.ReasonDevice, Message: "the agent was ended"})
	}
	a.mu.Unlock()
	a.wg.Wait()
}

// goodbye says that we are gone on purpose, which the last will would not, and
// lets the last rows and replies out.
func (a *agent) goodbye() {
	ctx, cancel := context.WithTimeout(a.ctx, 2*time.Second)
	defer cancel()
	if _, err := a.outbox.flush(ctx, onDisk); err != nil {
		a.log.Error("the last rows cannot be written", "error", err)
	}
	if a.client.Connected() {
		a.replies.drain(ctx)
		_ = a.status.publish(ctx, false)
	}
	a.client.Close()
}

func (a *agent) close() error {
	if err := errors.Join(a.box().close(), a.journal.close(), a.outbox.disk.close()); err != nil {
		return fmt.Errorf("device %s: %w", a.Device, err)
	}
	return nil
}
