package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/lics-lab/lics/edge"
	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/edge/driver/sim"
)

// agent starts a real agent on a simulated box, with its journal and its outbox
// on disk. Only its guard process is missing.
func (b *bench) agent(ctx context.Context, id string, speed float64) error {
	url, err := b.brokerURL(ctx)
	if err != nil {
		return err
	}
	dir, err := b.directory()
	if err != nil {
		return err
	}
	state := filepath.Join(dir, "devices", id)
	if err := os.MkdirAll(state, 0o700); err != nil {
		return err
	}
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	ready, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- edge.Run(own, edge.Config{
			Device: id, Broker: url, StateDir: state, Rig: []byte(sim.DefaultRig()), Drivers: []driver.Driver{sim.Driver{Seed: 1}},
			Speed: speed, Simulated: true, Version: "bench", Log: b.log(), Ready: func() { close(ready) },
		})
	}()
	select {
	case <-ready:
		b.onStop(func() error { cancel(); return <-ended })
		return nil
	case err := <-ended:
		cancel()
		return fmt.Errorf("agent %s: %w", id, err)
	case <-time.After(20 * time.Second):
		cancel()
		return fmt.Errorf("agent %s is not ready", id)
	}
}
