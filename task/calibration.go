package task

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Open is the opening time that delivers a volume, to the microsecond; false
// when the volume lies outside the measured points.
func (c Calibration) Open(microlitres float64) (time.Duration, bool) {
	for i, p := range c.Points {
		if p.Microlitres == microlitres {
			return p.Open, true
		}
		if i == 0 {
			continue
		}
		q := c.Points[i-1]
		if q.Microlitres < microlitres && microlitres < p.Microlitres {
			share := (microlitres - q.Microlitres) / (p.Microlitres - q.Microlitres)
			open := float64(q.Open) + float64(share*float64(p.Open-q.Open))
			return time.Duration(math.Round(open/1e3)) * time.Microsecond, true
		}
	}
	return 0, false
}

// Validate reports why a curve cannot be used: it needs at least two points
// (one point can only deliver its own volume) of growing volume and time.
func (c Calibration) Validate() error {
	if len(c.Points) == 0 {
		return errors.New("the calibration has no points; measure at least two")
	}
	for i, p := range c.Points {
		if !(p.Microlitres > 0) || math.IsInf(p.Microlitres, 0) || p.Open <= 0 {
			return fmt.Errorf("point %d of the calibration is not positive", i+1)
		}
		if i > 0 && (p.Microlitres <= c.Points[i-1].Microlitres || p.Open <= c.Points[i-1].Open) {
			return fmt.Errorf("point %d of the calibration does not lie above point %d; sort the points by volume", i+1, i)
		}
	}
	return nil
}

func (c Calibration) span() string {
	if len(c.Points) == 0 {
		return "it has none"
	}
	return fmt.Sprintf("%g to %g µl", c.Points[0].Microlitres, c.Points[len(c.Points)-1].Microlitres)
}
