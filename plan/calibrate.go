package plan

import (
	"errors"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// Calibrate keeps a calibration from what a person has measured.
type Calibrate struct {
	Role    string `json:"role"`
	Channel string `json:"channel"`
	// Open are the opening times, and Grams float expressions: what as many
	// pulses of each have delivered together.
	Open    []time.Duration `json:"open_ns"`
	Grams   []string        `json:"grams"`
	Pulses  int             `json:"pulses"`
	Density float64         `json:"density"` // grams in a millilitre
}

func (c *Calibrate) check() error {
	if len(c.Open) == 0 || len(c.Open) != len(c.Grams) || c.Pulses < 1 || c.Density <= 0 {
		return errors.New("a calibration without its measurements")
	}
	return nil
}

func (c *Calibrate) resolve(step *Step) ([]source, func([]expr.Value) error) {
	step.Role, step.Channel = c.Role, c.Channel
	sources := make([]source, len(c.Grams))
	for i, g := range c.Grams {
		sources[i] = source{text: g, want: expr.Float}
	}
	return sources, func(values []expr.Value) error {
		curve := task.Calibration{}
		for i, v := range values {
			curve.Points = append(curve.Points, task.CalibrationPoint{
				Microlitres: v.Float() * 1000 / c.Density / float64(c.Pulses), Open: c.Open[i],
			})
		}
		step.Curve = &curve
		return nil
	}
}
