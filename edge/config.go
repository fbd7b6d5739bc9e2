package edge

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/wire"
)

// Config says what a device is. Device, Broker, StateDir, Rig and Drivers are
// needed.
type Config struct {
	Device   string
	Broker   string // URL
	Username string
	Password string
	// StateDir keeps the journal, the outbox and the rig that the server sent.
	StateDir string
	// Rig is the YAML of the box, until the server sends another.
	Rig     []byte
	Drivers []driver.Driver
	// Lease is how long an output of the session level stays on without a
	// connection, and any output without a sign of life from the agent; 1 s
	// when 0.
	Lease time.Duration
	// Speed is how much faster than real time a simulated box lives; 1 when 0.
	Speed     float64
	Simulated bool
	// VitalsEvery is how often the agent tells how its machine is; 30 s when 0.
	VitalsEvery time.Duration
	// OutboxLimit is how many bytes of rows wait on disk before new tasks are
	// refused; 1 GiB when 0.
	OutboxLimit int64
	Version     string
	// Guard is the command line of a process that calls Guard. None when empty:
	// then nobody stands in for an agent that is killed.
	Guard []string
	Log   *slog.Logger
	// Ready is called when the device is announced for the first time.
	Ready func()
}

func (c *Config) complete() error {
	switch {
	case !wire.ValidDevice(c.Device):
		return fmt.Errorf("%q cannot name a device: letters, digits, '.', '_' and '-', at most 64, beginning with a letter or digit", c.Device)
	case c.StateDir == "":
		return errors.New("no state directory: the journal and the outbox need a place on disk")
	case c.Speed != 0 && c.Speed != 1 && !c.Simulated:
		return errors.New("only a simulated device can live faster than real time")
	}
	if c.Lease <= 0 {
		c.Lease = time.Second
	}
	if c.Speed <= 0 {
		c.Speed = 1
	}
	if c.VitalsEvery <= 0 {
		c.VitalsEvery = 30 * time.Second
	}
	if c.OutboxLimit <= 0 {
		c.OutboxLimit = 1 << 30
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Ready == nil {
		c.Ready = func() {}
	}
	return nil
}
