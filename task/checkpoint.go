package task

import (
	"time"

	"github.com/lics-lab/lics/expr"
)

// Checkpoint is what a task that is resumed after an interruption needs, beside
// its parameters, to go on where it was: Start takes it.
type Checkpoint struct {
	// Variables are all but the parameters, the silent ones too.
	Variables map[string]expr.Value `json:"variables,omitempty"`
	// Microlitres delivered and Elapsed time since this Begin. A volume that is
	// delivered in the middle of a trial counts at once: the animal drank it,
	// also when the trial is done again.
	Microlitres float64       `json:"microlitres,omitempty"`
	Elapsed     time.Duration `json:"elapsed_ns,omitempty"`
}

// Checkpointer is a Host that keeps checkpoints. One is taken just before a
// trial begins, one after each state that is entered when the trial has its
// outcome already, and one when a volume is delivered: a trial without an
// outcome is done again from its beginning, one with an outcome counts, and so
// does what it has changed. The rows recorded before it belong to it.
type Checkpointer interface {
	Host
	Checkpoint(c Checkpoint)
}

func (m *Machine) checkpoint() {
	if m.keeper == nil || m.result != nil {
		return
	}
	c := Checkpoint{Microlitres: m.microlitres, Elapsed: m.now, Variables: map[string]expr.Value{}}
	for i, v := range m.program.Variables {
		if !v.Parameter {
			c.Variables[v.Name] = m.vars[i]
		}
	}
	m.last = c
	m.keeper.Checkpoint(c)
}

// delivered counts a volume.
func (m *Machine) delivered(microlitres float64) {
	m.microlitres += microlitres
	if m.keeper != nil {
		m.last.Microlitres = m.microlitres
		m.keeper.Checkpoint(m.last)
	}
}

// carry gives a resumed task the values its variables had. A variable that this
// version of the program does not know is left out.
func (m *Machine) carry(report func(code Code, field, message, hint string)) {
	for i, v := range m.program.Variables {
		value, carried := m.start.Variables[v.Name]
		if !carried || v.Parameter {
			continue
		}
		value, err := expr.Convert(value, m.types[i])
		if err != nil {
			report(TypeError, v.Name, "variable "+v.Name+" of the interrupted task: "+err.Error(), "")
			continue
		}
		if !value.Equal(m.vars[i]) {
			m.vars[i] = value
			m.carried = append(m.carried, i)
		}
	}
}

// recordCarried says what the variables begin with, where it is not what the
// program says.
func (m *Machine) recordCarried() {
	for _, i := range m.carried {
		if !m.program.Variables[i].Silent {
			m.record(KindVariable, m.program.Variables[i].Name, m.vars[i])
		}
	}
	m.carried = nil
}
