package ingest

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/wire"
)

// Messages is the connection to the broker. A handler gets one message at a
// time, in the order of their arrival, and may keep the payload.
type Messages interface {
	Subscribe(filter string, handler func(topic string, payload []byte)) error
	Publish(ctx context.Context, topic string, qos byte, retained bool, payload []byte) error
}

// Store is what ingest needs of the database.
type Store interface {
	StoreBatches(ctx context.Context, batches []wire.EventBatch) ([]store.Stored, error)
	SaveDeviceStatus(ctx context.Context, org string, st wire.Status, raw json.RawMessage) (lab.Device, error)
	StorePoints(ctx context.Context, org string, points []store.DevicePoint) error
	RunByID(ctx context.Context, id string) (lab.Run, error)
	RunHumanSteps(ctx context.Context, run string) ([]lab.HumanStep, error)
}

// Ingest takes the messages of all devices. Store, Messages and Organisation
// are needed; a feed that is missing is not told. It is used once.
type Ingest struct {
	Store        Store
	Messages     Messages
	Organisation string // that new devices belong to
	Feed         *Feed
	Devices      *DeviceFeed
	Runs         *RunFeed
	Questions    *QuestionFeed
	Levels       *LevelFeed
	Log          *slog.Logger

	// Workers is how many transactions run at a time: 3 when 0. More do not
	// help PostgreSQL, they only make groups smaller.
	Workers int
	// Retry is how soon a device's status that could not be saved is tried
	// again: 1 s when 0. Nobody would send it again.
	Retry time.Duration

	queue      queue
	unsaved    unsaved
	nudges     nudges
	complaints complaints
	counters   counters
}

const (
	defaultWorkers = 3
	defaultRetry   = time.Second
	// groupLimit bounds a transaction, and with it how long a database that
	// hangs holds up everything.
	groupLimit = 30 * time.Second
	ackLimit   = 5 * time.Second
	acksAtOnce = 8
)

// Run works until ctx ends. What has been taken in is finished.
func (i *Ingest) Run(ctx context.Context) error {
	if i.Log == nil {
		i.Log = slog.New(slog.DiscardHandler)
	}
	i.complaints.log = i.Log
	workers, retry := i.Workers, i.Retry
	if workers <= 0 {
		workers = defaultWorkers
	}
	if retry <= 0 {
		retry = defaultRetry
	}
	i.queue.start(workers)
	i.nudges.wake = make(chan struct{}, 1)
	defer i.queue.stop()

	var g errgroup.Group
	for range workers {
		g.Go(func() error { i.work(ctx); return nil })
	}
	g.Go(func() error { i.saveAgain(ctx, retry); return nil })
	g.Go(func() error { i.tellRuns(ctx, retry); return nil })
	g.Go(func() error {
		// One filter, because the metrics stand beside the reserved names.
		if err := i.Messages.Subscribe(wire.AnyDevice("+"), i.take); err != nil {
			return err
		}
		return i.Messages.Subscribe(wire.AnyRun, i.takeNudge)
	})
	return g.Wait()
}

// take sorts a message of a device into the device's queue. It does no work.
func (i *Ingest) take(topic string, payload []byte) {
	device, name, err := wire.ParseTopic(topic)
	switch {
	case err != nil:
		i.refuse("topic", "message refused: "+err.Error(), "topic", topic)
		return
	case name == wire.TopicCommand, name == wire.TopicReply, name == wire.TopicAck, name == wire.TopicConfig,
		name == wire.TopicFrames:
		return // not ours
	case len(payload) == 0:
		return // a retained message was cleared
	case len(payload) > wire.MaxBatchBytes:
		i.refuse("size", "message refused: too large", "topic", topic, "bytes", len(payload))
		return
	}
	if name == wire.TopicLevels {
		i.tellLevels(device, payload)
		return
	}
	m := message{name: name, payload: payload}
	if name == wire.TopicStatus {
		m.turn = i.unsaved.heard(device)
	}
	if !i.queue.push(device, m) {
		i.counters.dropped.Add(1)
		i.complaints.add("dropped", "message dropped: too many wait; the device will send its rows again", "device", device, "name", name)
	}
}

// tellLevels passes levels on without the queue: they are not stored, and late
// they are worth nothing.
func (i *Ingest) tellLevels(device string, payload []byte) {
	if i.Levels == nil || i.Levels.Readers() == 0 {
		return
	}
	l, err := wire.DecodeLevels(payload)
	switch {
	case err != nil:
		i.refuse("levels", "levels refused", "device", device, "error", err)
	case l.Device != device:
		i.refuse("levels", "levels refused: they name another device than their topic", "device", device, "named", l.Device)
	default:
		i.Levels.Publish(l)
	}
}

func (i *Ingest) work(ctx context.Context) {
	for {
		lines := i.queue.take()
		if len(lines) == 0 {
			select {
			case <-ctx.Done():
				return
			case <-i.queue.wake:
			}
			continue
		}
		// What was begun is finished, also at the end.
		group, cancel := context.WithTimeout(context.WithoutCancel(ctx), groupLimit)
		i.process(group, lines)
		cancel()
		i.queue.done(lines)
		if ctx.Err() != nil {
			return
		}
	}
}

// process does everything that the lines hold: one transaction for all rows,
// one for all points.
func (i *Ingest) process(ctx context.Context, lines []*line) {
	var batches []wire.EventBatch
	var points []store.DevicePoint
	for _, l := range lines {
		for _, m := range l.taken {
			switch m.name {
			case wire.TopicEvents:
				if b, ok := i.readBatch(l.device, m.payload); ok {
					batches = append(batches, b)
				}
			case wire.TopicStatus:
				i.saveStatus(ctx, l.device, m)
			default:
				points = append(points, i.readPoints(l.device, m)...)
			}
		}
	}
	i.storeBatches(ctx, batches)
	i.storePoints(ctx, points)
}

func (i *Ingest) refuse(kind, text string, attrs ...any) {
	i.counters.refused.Add(1)
	i.complaints.add(kind, text, attrs...)
}
