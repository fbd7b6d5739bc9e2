package task

import (
	"fmt"
	"time"

	"github.com/lics-lab/lics/expr"
)

// Shape is how an output is driven.
type Shape struct {
	// Level is where it goes; 0 is off.
	Level float64
	// Ramp is how long it takes from where it is to Level, in a straight line;
	// 0 is at once.
	Ramp time.Duration
	// Frequency is that of a tone or a flicker, in Hz; 0 is what the part does
	// by itself. A Level of 0 has none: it falls with the one the output had.
	Frequency float64
}

// Plain reports whether the level says it all.
func (s Shape) Plain() bool { return s.Ramp == 0 && s.Frequency == 0 }

// Shaper is a Host whose outputs can have a ramp or a frequency. One that is
// none, like a simulation that only knows on and off, is told the level alone,
// at the beginning of the ramp.
type Shaper interface {
	Host
	// Shape drives a channel in a way that is not Plain. What is driven next,
	// by Output too, begins where the ramp is then.
	Shape(at time.Duration, channel int, s Shape)
}

// Shaped lists the channels of a program that are driven with a ramp or at a
// frequency, which not every part can do, in the order of Channels.
func Shaped(p *Program) []string {
	used := map[string]bool{}
	p.actions(func(a Action) {
		if a.Ramp != "" || a.Frequency != "" {
			used[a.Channel] = true
		}
	})
	for _, s := range p.States {
		for _, o := range s.Outputs {
			if o.Ramp != "" || o.Frequency != "" {
				used[o.Channel] = true
			}
		}
	}
	var out []string
	for _, c := range p.Channels {
		if used[c.Name] && c.Direction == Out {
			out = append(out, c.Name)
		}
	}
	return out
}

// cshape is a compiled Shape.
type cshape struct{ level, ramp, frequency *formula }

// shapeOf compiles the level, the ramp and the frequency of an output, which
// are fields of their own or those of an output a state holds.
func (c *compiler) shapeOf(output, level, ramp, frequency string) cshape {
	if output == "" {
		return cshape{c.levelFormula("level", level), c.formula("ramp", ramp, expr.Duration), c.formula("frequency", frequency, expr.Float)}
	}
	return cshape{
		c.levelFormula(output, level), c.formula(output+".ramp", ramp, expr.Duration),
		c.formula(output+".frequency", frequency, expr.Float),
	}
}

// shape evaluates one; false when the task has failed.
func (m *Machine) shape(c *cshape) (s Shape, ok bool) {
	s.Level = 1
	if c.level != nil {
		v, ok := m.eval(c.level)
		if !ok {
			return s, false
		}
		s.Level = asLevel(v)
	}
	if c.ramp != nil {
		if s.Ramp, ok = m.evalDuration(c.ramp); !ok {
			return s, false
		}
	}
	if c.frequency != nil {
		v, ok := m.eval(c.frequency)
		if !ok {
			return s, false
		}
		if v.Float() <= 0 {
			m.fail(fmt.Sprintf("%s: the frequency of %v Hz is not above 0 (`%s`)", c.frequency.place, v.Float(), c.frequency.Source()))
			return s, false
		}
		if s.Level != 0 {
			s.Frequency = v.Float()
		}
	}
	return s, true
}
