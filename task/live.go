package task

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/lics-lab/lics/expr"
)

// ParameterError says why live parameters cannot get the values that are
// wanted for them. Nothing was changed then.
type ParameterError struct {
	Name    string // of the parameter
	Message string
}

func (e *ParameterError) Error() string { return fmt.Sprintf("parameter %s: %s", e.Name, e.Message) }

// adopted is a parameter whose value has changed and was not recorded yet.
type adopted struct {
	variable int
	old      expr.Value
}

// SetParameters gives live parameters other values: all of them or, with a
// *ParameterError, none. The values hold from the moment the next trial begins,
// never in the middle of one; a task without outcomes has no trials, and there
// they hold from the next state on. Each change is then recorded as a row of
// KindParameter. What is set twice before that moment is changed once. The
// limits are evaluated again: a task may get more trials, or a longer session.
func (m *Machine) SetParameters(values map[string]json.RawMessage) error {
	wanted := slices.Clone(m.wanted)
	if wanted == nil {
		wanted = make([]expr.Value, len(m.program.Variables))
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		i := slices.IndexFunc(m.program.Variables, func(v Variable) bool { return v.Name == name && v.Parameter })
		switch {
		case i < 0:
			return &ParameterError{name, "the task has no such parameter"}
		case !m.program.Variables[i].Live:
			return &ParameterError{name, "it is not live: it is fixed while the task runs"}
		}
		value, err := expr.Decode(m.types[i], values[name])
		if err != nil {
			return &ParameterError{name, err.Error()}
		}
		wanted[i] = value
	}
	if m.result != nil {
		return nil // nothing begins any more
	}
	after := slices.Clone(m.vars)
	for i, v := range wanted {
		if !v.IsZero() {
			after[i] = v
		}
	}
	if _, err := m.limitsOf(after); err != nil {
		return &ParameterError{strings.Join(slices.Sorted(maps.Keys(values)), ", "), err.Error()}
	}
	m.wanted = wanted
	return nil
}

// hasTrials: a program without outcomes never begins a second trial.
func (m *Machine) hasTrials() bool { return len(m.compiled.outcomes) > 0 }

// adopt lets the wanted values hold. They are recorded by recordAdopted, after
// the row of the trial they hold for.
func (m *Machine) adopt() {
	if m.wanted == nil {
		return
	}
	for i, v := range m.wanted {
		if v.IsZero() || m.vars[i].Equal(v) {
			continue
		}
		m.adopted = append(m.adopted, adopted{i, m.vars[i]})
		m.vars[i] = v
	}
	m.wanted = nil
	if len(m.adopted) == 0 {
		return
	}
	most, err := m.limitsOf(m.vars)
	if err != nil { // a limit that looks at more than parameters
		m.record(KindWarning, "limit", expr.StringValue(err.Error()+"; the limits stay as they were"))
		return
	}
	m.most = most
	if left, ok := m.timeLeft(); ok {
		m.limit.due = left
	}
}

// recordAdopted keeps the row of each change.
func (m *Machine) recordAdopted() {
	for _, a := range m.adopted {
		old := a.old
		m.host.Record(Row{
			At: m.now, Kind: KindParameter, Name: m.program.Variables[a.variable].Name,
			Value: m.vars[a.variable], Old: &old, Trial: int32(m.trial),
		})
	}
	m.adopted = m.adopted[:0]
}
