package main

import (
	"context"
	"log/slog"
	"os"

	"github.com/lics-lab/lics/edge"
	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/edge/driver/sim"
)

// simulateConfig is a simulated box of `lics up`.
type simulateConfig struct {
	Device   string  `json:"device"`
	Broker   string  `json:"broker"`
	Username string  `json:"username"`
	Password string  `json:"password"`
	StateDir string  `json:"state_dir"`
	Speed    float64 `json:"speed"`
}

// simulatedDrivers are the drivers of a simulated box.
func simulatedDrivers() []driver.Driver { return []driver.Driver{sim.Driver{}} }

// simulate runs the agent of a Raspberry Pi on a box that is not there.
func simulate(ctx context.Context, cfg simulateConfig, log *slog.Logger, ready func(partReady) error) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	return ended(edge.Run(ctx, edge.Config{
		Device: cfg.Device, Broker: cfg.Broker, Username: cfg.Username, Password: cfg.Password, StateDir: cfg.StateDir,
		Rig: []byte(sim.DefaultRig()), Drivers: simulatedDrivers(), Speed: cfg.Speed, Simulated: true, Version: version,
		Guard: []string{self, "part", "guard"}, Log: log,
		Ready: func() {
			if err := ready(partReady{}); err != nil {
				log.Error("nobody hears that the device is ready", "error", err)
			}
		},
	}))
}
