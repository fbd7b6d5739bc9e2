package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"go.temporal.io/sdk/client"
	tlog "go.temporal.io/sdk/log"

	"github.com/lics-lab/lics/ingest"
	"github.com/lics-lab/lics/local"
	"github.com/lics-lab/lics/mqtt"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/worker"
)

// bench holds what the measures share. The parts start when a measure first
// needs them, and stay.
type bench struct {
	quick, verbose bool

	dir    string
	parts  []func() error // to stop, in the order of their start
	broker string         // URL
	sys    *system
}

// system is LICS in this process, with its parts in processes of their own.
type system struct {
	temporal  client.Client // with the settings of `lics up`
	stock     client.Client // with Temporal's own
	store     *store.Store
	org       string
	commander *mqtt.Commander
	commits   *commits
}

// rounds is how often a measurement is repeated, peers in turn.
func (b *bench) rounds() int {
	if b.quick {
		return 2
	}
	return 5
}

func (b *bench) log() *slog.Logger {
	if !b.verbose {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
}

func (b *bench) onStop(stop func() error) { b.parts = append(b.parts, stop) }

// stop ends everything, the latest first.
func (b *bench) stop() error {
	var errs []error
	for _, stop := range slices.Backward(b.parts) {
		errs = append(errs, stop())
	}
	b.parts = nil
	return errors.Join(errs...)
}

// directory is one that PostgreSQL, running as somebody else, may enter.
func (b *bench) directory() (string, error) {
	if b.dir != "" {
		return b.dir, nil
	}
	dir, err := os.MkdirTemp("", "lics-bench-")
	if err != nil {
		return "", err
	}
	b.dir = dir
	b.onStop(func() error { return os.RemoveAll(dir) })
	return dir, os.Chmod(dir, 0o711) //nolint:gosec // to pass through, not to look
}

// brokerURL starts the broker, in a process of its own as in `lics up`.
func (b *bench) brokerURL(ctx context.Context) (string, error) {
	if b.broker != "" {
		return b.broker, nil
	}
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	p, err := local.StartBrokerProcess(ctx, local.BrokerConfig{Addr: "127.0.0.1:0", Open: true, Log: b.log()}, self, brokerArg)
	if err != nil {
		return "", err
	}
	b.onStop(p.Stop)
	b.broker = "mqtt://" + p.Addr()
	return b.broker, nil
}

// system starts LICS. The stock server has a PostgreSQL of its own, with the
// same settings: both servers insist on the same names of databases.
func (b *bench) system(ctx context.Context) (*system, error) {
	if b.sys != nil {
		return b.sys, nil
	}
	dir, err := b.directory()
	if err != nil {
		return nil, err
	}
	standalone, err := local.FindStandalone(ctx, local.StandaloneConfig{Progress: func(line string) { fmt.Fprintln(os.Stderr, line) }})
	if err != nil {
		return nil, err
	}
	s := &system{}
	pg, ours, err := b.temporal(ctx, standalone, filepath.Join(dir, "ours"), false)
	if err != nil {
		return nil, err
	}
	if _, s.stock, err = b.temporal(ctx, standalone, filepath.Join(dir, "stock"), true); err != nil {
		return nil, err
	}
	s.temporal = ours
	if err := b.openStore(ctx, s, pg); err != nil {
		return nil, err
	}
	if err := b.serve(ctx, s); err != nil {
		return nil, err
	}
	b.sys = s
	return s, nil
}

func (b *bench) temporal(ctx context.Context, standalone, dir string, stock bool) (*local.Postgres, client.Client, error) {
	pg, err := local.StartPostgres(ctx, local.PostgresConfig{Dir: dir, Log: b.log()})
	if err != nil {
		return nil, nil, err
	}
	b.onStop(pg.Stop)
	t, err := local.StartTemporal(ctx, local.TemporalConfig{
		Standalone: standalone, Postgres: pg, NoUI: true, StockSettings: stock, Log: b.log(),
	})
	if err != nil {
		return nil, nil, err
	}
	b.onStop(t.Stop)
	c, err := client.DialContext(ctx, client.Options{HostPort: t.Frontend(), Namespace: t.Namespace(), Logger: tlog.NewStructuredLogger(b.log())})
	if err != nil {
		return nil, nil, err
	}
	b.onStop(func() error { c.Close(); return nil })
	return pg, c, nil
}

func (b *bench) openStore(ctx context.Context, s *system, pg *local.Postgres) error {
	if err := pg.EnsureDatabase(ctx, "lics"); err != nil {
		return err
	}
	if err := store.Migrate(ctx, pg.DSN("lics")); err != nil {
		return err
	}
	st, err := store.Open(ctx, pg.DSN("lics"))
	if err != nil {
		return err
	}
	b.onStop(func() error { st.Close(); return nil })
	org, _, err := st.EnsureOrganisation(ctx)
	s.store, s.org, s.commits = st, org.ID, &commits{Store: st}
	return err
}

// serve runs the worker and ingest, each with a connection of its own as in
// their own processes.
func (b *bench) serve(ctx context.Context, s *system) error {
	url, err := b.brokerURL(ctx)
	if err != nil {
		return err
	}
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var all sync.WaitGroup
	b.onStop(func() error { cancel(); all.Wait(); return nil })
	toIngest, err := b.connect(ctx, url)
	if err != nil {
		return err
	}
	in := &ingest.Ingest{Store: s.commits, Messages: toIngest, Organisation: s.org, Log: b.log()}
	all.Go(func() { _ = in.Run(own) })
	toWorker, err := b.connect(ctx, url)
	if err != nil {
		return err
	}
	s.commander = mqtt.NewCommander(toWorker, b.log())
	w, err := worker.New(worker.Config{Temporal: s.temporal, Store: s.store, Devices: s.commander, Publisher: toWorker, Log: b.log()})
	if err != nil {
		return err
	}
	all.Go(func() { _ = w.Run(own) })
	return nil
}

func (b *bench) connect(ctx context.Context, url string) (*mqtt.Client, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	c, err := mqtt.Connect(ctx, mqtt.Config{URL: url, Log: b.log()})
	if err == nil {
		b.onStop(func() error { c.Close(); return nil })
	}
	return c, err
}
