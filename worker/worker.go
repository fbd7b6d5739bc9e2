// Package worker runs the workflows and activities of LICS: it registers them,
// gives them the store and the devices, and completes the activity of a task
// when the device's last reply is heard. Any number of workers may run; each
// hears all replies, and it does not matter which is first.
package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/wire"
	"github.com/lics-lab/lics/workflows"
)

// Devices commands devices and hears what they answer, to whomever.
type Devices interface {
	activities.Devices
	// OnReply adds a listener to every reply. It must not block.
	OnReply(f func(device string, r wire.Reply))
}

// Publisher sends an MQTT message.
type Publisher interface {
	Publish(ctx context.Context, topic string, qos byte, retained bool, payload []byte) error
}

// Config is what a worker needs. Publisher and Log may be nil.
type Config struct {
	Temporal client.Client
	Store    activities.Store
	Devices  Devices
	// Publisher tells the servers' live feeds that events were stored.
	Publisher Publisher
	// Outside reaches web services and mail; nil reaches nothing.
	Outside activities.Outside
	// Objects keeps the files of runs; nil keeps none.
	Objects activities.Objects
	// Version of LICS.
	Version string
	Log     *slog.Logger
	// TaskQueue is workflows.TaskQueue when empty.
	TaskQueue string
}

// Worker runs runs.
type Worker struct {
	cfg     Config
	replies *replies
	acts    *activities.Activities
}

// New makes a worker; Run starts it.
func New(cfg Config) (*Worker, error) {
	if cfg.Temporal == nil || cfg.Store == nil || cfg.Devices == nil {
		return nil, errors.New("worker: Temporal, Store and Devices are needed")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.TaskQueue == "" {
		cfg.TaskQueue = workflows.TaskQueue
	}
	worker.SetStickyWorkflowCacheSize(cached) // of the process; before the first worker starts
	w := &Worker{cfg: cfg}
	w.replies = newReplies(cfg.Temporal, cfg.Store, cfg.Log)
	w.acts = &activities.Activities{
		Devices: asking{cfg.Devices, w.replies}, Store: cfg.Store, Watch: w.replies, Outside: cfg.Outside,
		Objects: cfg.Objects, Version: cfg.Version, Log: cfg.Log,
	}
	if cfg.Publisher != nil {
		w.acts.Nudger = nudger{cfg.Publisher}
	}
	w.replies.back, w.replies.lost = w.acts.Back, w.acts.Lost
	cfg.Devices.OnReply(w.replies.hear)
	return w, nil
}

// How much a worker does at once. A command to a device that is away holds a
// slot for as long as it is away, and costs a goroutine: there are so many slots
// that a whole lab without power does not keep other runs from being sealed.
const (
	slots      = 10_000
	localSlots = 2_000
	turns      = 1_000
	cached     = 2_000 // workflows kept in memory; another one is replayed
)

// stopWithin is how long a stopping worker lets activities end. They are tried
// again elsewhere, so it need not be long.
const stopWithin = 2 * time.Second

// Run works until ctx ends. A Temporal server that is not there yet is waited
// for.
func (w *Worker) Run(ctx context.Context) error {
	own, cancel := context.WithCancel(ctx)
	defer cancel()
	w.acts.Started = time.Now()
	w.replies.start(own)
	defer w.replies.wait()
	defer cancel()

	failed := make(chan error, 1)
	for pause := 200 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		tw := w.temporal(failed)
		err := tw.Start()
		if err == nil {
			defer tw.Stop()
			break
		}
		w.cfg.Log.Warn("Temporal does not take the worker yet", "error", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
	w.cfg.Log.Debug("worker started", "task_queue", w.cfg.TaskQueue)
	select {
	case <-ctx.Done():
		return nil
	case err := <-failed:
		return fmt.Errorf("worker: %w", err)
	}
}

func (w *Worker) temporal(failed chan error) worker.Worker {
	tw := worker.New(w.cfg.Temporal, w.cfg.TaskQueue, worker.Options{
		MaxConcurrentActivityExecutionSize:      slots,
		MaxConcurrentLocalActivityExecutionSize: localSlots,
		MaxConcurrentWorkflowTaskExecutionSize:  turns,
		MaxConcurrentWorkflowTaskPollers:        8,
		MaxConcurrentActivityTaskPollers:        4,
		// A busy Raspberry Pi is slow and not deadlocked.
		DeadlockDetectionTimeout: 5 * time.Second,
		WorkerStopTimeout:        stopWithin,
		OnFatalError: func(err error) {
			select {
			case failed <- err:
			default:
			}
		},
	})
	tw.RegisterWorkflow(workflows.Run)
	tw.RegisterWorkflow(workflows.Export)
	tw.RegisterActivity(w.acts)
	return tw
}

// nudger publishes stored events for the live feeds.
type nudger struct{ publisher Publisher }

func (n nudger) Nudge(ctx context.Context, run string, events []lab.RunEvent) error {
	if events == nil {
		events = []lab.RunEvent{} // the run itself changed
	}
	b, err := json.Marshal(events)
	if err != nil {
		return err
	}
	return n.publisher.Publish(ctx, wire.RunTopic(run), 0, false, b)
}

// asking notes the commands whose answers are waited for right here: nobody
// needs to look for them in the store.
type asking struct {
	Devices
	replies *replies
}

func (a asking) Do(ctx context.Context, device string, cmd wire.Command) (wire.Reply, error) {
	a.replies.ignore(cmd.ID)
	return a.Devices.Do(ctx, device, cmd)
}
