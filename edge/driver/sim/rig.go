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
		all[channel] = curve("simulated-"+channel, 1, 2, 5, 10, 20)
	}
	return all
}

// NominalCalibration is for a channel of a box that nobody has measured: 10 ms a
// microlitre, from a hundredth of one to 10 ml.
func NominalCalibration(channel string) task.Calibration {
	return curve("nominal-"+channel, 0.01, 10_000)
}

func curve(id string, microlitres ...float64) task.Calibration {
	c := task.Calibration{ID: id}
	for _, ul := range microlitres {
		c.Points = append(c.Points, task.CalibrationPoint{Microlitres: ul, Open: time.Duration(ul * float64(10*time.Millisecond))})
	}
	return c
}
