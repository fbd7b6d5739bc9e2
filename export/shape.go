package export

import (
	"strconv"
	"time"

	"github.com/lics-lab/lics/lab"
)

// rampText is how long an output takes to its level, in seconds with nine
// decimals; empty when it is there at once.
func rampText(r *lab.DeviceRow) string {
	if r.Ramp <= 0 {
		return ""
	}
	return seconds(r.Ramp, 9)
}

// frequencyText is the frequency of an output in Hz; empty when it has none.
func frequencyText(r *lab.DeviceRow) string {
	if r.Frequency <= 0 {
		return ""
	}
	return strconv.FormatFloat(r.Frequency, 'f', -1, 64)
}

// shapeOf is both as numbers, nil where there is none.
func shapeOf(r *lab.DeviceRow) (ramp, frequency *float64) {
	if r.Ramp > 0 {
		ramp = new(float64(r.Ramp) / float64(time.Second))
	}
	if r.Frequency > 0 {
		frequency = &r.Frequency
	}
	return ramp, frequency
}
