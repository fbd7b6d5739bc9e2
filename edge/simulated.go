package edge

import (
	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/edge/driver/sim"
)

// Simulated turns a configuration into that of a simulated device: a box with
// everything the shipped protocols use, unless it has a rig of its own, and an
// animal in it.
func Simulated(c Config) Config {
	c.Simulated = true
	c.Drivers = []driver.Driver{sim.Driver{}}
	if len(c.Rig) == 0 {
		c.Rig = []byte(sim.DefaultRig())
	}
	return c
}

// SimulatedDrivers are what the guard of a simulated device is started with.
func SimulatedDrivers() []driver.Driver { return []driver.Driver{sim.Driver{}} }
