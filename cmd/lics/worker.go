package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/alecthomas/kong"
	"go.temporal.io/sdk/client"
	tlog "go.temporal.io/sdk/log"
	"golang.org/x/sync/errgroup"

	"github.com/lics-lab/lics/mqtt"
	"github.com/lics-lab/lics/outgoing"
	"github.com/lics-lab/lics/worker"
)

// workerCmd is `lics worker`: it runs the runs, against parts that run
// elsewhere. Any number of workers may share a Temporal namespace.
type workerCmd struct {
	Config       kong.ConfigFlag `help:"YAML file with settings, by the names of the flags." placeholder:"FILE"`
	workerConfig `embed:""`
}

// Run works until it is told to stop.
func (c *workerCmd) Run(a *app) error {
	if err := c.validate(); err != nil {
		return usagef("%v", err)
	}
	return work(a.ctx, c.workerConfig, logTo(a.stderr, slog.LevelInfo), func(partReady) error {
		a.note("worker takes runs of namespace %s at %s", c.TemporalNamespace, c.Temporal)
		return nil
	})
}

// reach is what runs may reach outside, by a file of settings.
func reach(file string) (*outgoing.Client, error) {
	s, err := outgoing.Read(file)
	if err != nil {
		return nil, err
	}
	return outgoing.New(s)
}

// work runs a worker, and tells when it is ready.
func work(ctx context.Context, cfg workerConfig, log *slog.Logger, ready func(partReady) error) error {
	st, _, _, err := openStore(ctx, cfg.backends, log)
	if err != nil {
		return err
	}
	defer st.Close()
	broker, err := connectBroker(cfg.backends, "worker", log)
	if err != nil {
		return err
	}
	defer broker.Close()
	temporal, err := client.NewLazyClient(client.Options{HostPort: cfg.Temporal, Namespace: cfg.TemporalNamespace, Logger: tlog.NewStructuredLogger(log)})
	if err != nil {
		return fmt.Errorf("temporal: %w", err)
	}
	defer temporal.Close()
	outside, err := reach(cfg.Outside)
	if err != nil {
		return err
	}
	files, err := cfg.open()
	if err != nil {
		return err
	}
	wcfg := worker.Config{
		Temporal: temporal, Store: st, Devices: mqtt.NewCommander(broker, log), Publisher: broker, Outside: outside, Version: version, Log: log,
	}
	if files != nil {
		wcfg.Objects = files
	}
	w, err := worker.New(wcfg)
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return w.Run(ctx) })
	g.Go(func() error { return ready(partReady{}) })
	return ended(g.Wait())
}
