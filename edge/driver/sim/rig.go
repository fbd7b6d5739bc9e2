package sim

import (
	_ "embed"
	"time"

	"github.com/lics-lab/lics/task"
)

//go:embed rig.yaml
var defaultRig string

// DefaultRig is the rig, as YAML, of a box that has everything the shipped
// protocols use.
func DefaultRig() string { return defaultRig }

// DefaultCalibrations are the curves of the default rig's valves and pump:
// 10 ms a microlitre, from 1 µl to 20 µl.
func DefaultCalibrations() map[string]task.Calibration {
	all := map[string]task.Calibration{}
	for _, channel := range []string{"pump", "valve", "valve_1", "valve_2", "valve_3"} {
		c := task.Calibration{ID: "simulated-" + channel}
		for _, ul := range []float64{1, 2, 5, 10, 20} {
			c.Points = append(c.Points, task.CalibrationPoint{
				Microlitres: ul, Open: time.Duration(ul * float64(10*time.Millisecond)),
			})
		}
		all[channel] = c
	}
	return all
}
