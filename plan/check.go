package plan

import (
	"errors"
	"fmt"
	"time"

	"github.com/lics-lab/lics/expr"
)

// Check looks whether a device answers and its inputs are as they should be
// before an animal is in. It takes PortOK or PortProblem.
type Check struct {
	Role   string       `json:"role"`
	Inputs []CheckInput `json:"inputs,omitempty"`
	// Within is a duration expression: how long the device may take for each.
	Within string `json:"within"`
	// Variable, when set, receives what is wrong (string), empty when nothing is.
	Variable string `json:"variable,omitempty"`
}

// CheckInput is an input and what it may be; limits are float expressions.
type CheckInput struct {
	Channel string `json:"channel"`
	Minimum string `json:"minimum,omitempty"`
	Maximum string `json:"maximum,omitempty"`
}

// The ports of a Check.
const (
	PortOK      = "ok"
	PortProblem = "problem"
)

// Checking is a Check with everything computed.
type Checking struct {
	Inputs []CheckedInput `json:"inputs,omitempty"`
	Within time.Duration  `json:"within_ns"`
}

// CheckedInput is an input and what it may be.
type CheckedInput struct {
	Channel string   `json:"channel"`
	Minimum *float64 `json:"minimum,omitempty"`
	Maximum *float64 `json:"maximum,omitempty"`
}

// Problem says what is wrong with a reading, or nothing.
func (c CheckedInput) Problem(value float64) string {
	switch {
	case c.Minimum != nil && value < *c.Minimum:
		return fmt.Sprintf("%s is %g, at least %g is expected", c.Channel, value, *c.Minimum)
	case c.Maximum != nil && value > *c.Maximum:
		return fmt.Sprintf("%s is %g, at most %g is expected", c.Channel, value, *c.Maximum)
	}
	return ""
}

func (c *Check) resolve(step *Step) ([]source, func([]expr.Value) error) {
	step.Role = c.Role
	x := &Checking{Inputs: make([]CheckedInput, len(c.Inputs))}
	step.Check = x
	sources := []source{{text: c.Within, want: expr.Duration}}
	var limits []**float64
	for i, in := range c.Inputs {
		x.Inputs[i].Channel = in.Channel
		for _, l := range []struct {
			text string
			into **float64
		}{{in.Minimum, &x.Inputs[i].Minimum}, {in.Maximum, &x.Inputs[i].Maximum}} {
			if l.text != "" {
				sources = append(sources, source{text: l.text, want: expr.Float})
				limits = append(limits, l.into)
			}
		}
	}
	return sources, func(values []expr.Value) (err error) {
		x.Within, err = positive(values[0])
		x.Within = max(x.Within, ShortestWait)
		for i, into := range limits {
			n := values[i+1].Float()
			*into = &n
		}
		return err
	}
}

func (c *Check) check(variables func(...string) error) error {
	if c.Within == "" {
		return errors.New("a hardware check without a time")
	}
	return variables(c.Variable)
}
