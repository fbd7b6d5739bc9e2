package task

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/lics-lab/lics/expr"
)

// prepare gives variables their first values and streams their seeds.
func (m *Machine) prepare(s Start) []Problem {
	var problems []Problem
	report := func(code Code, field, message, hint string) {
		problems = append(problems, Problem{Code: code, Place: "task " + m.program.Name, Field: field, Message: message, Hint: hint})
	}
	for i, v := range m.program.Variables {
		m.vars[i] = expr.Zero(m.types[i])
		if f := m.initial[i]; f != nil {
			value, err := f.Eval(nil)
			if err != nil {
				report(TypeError, v.Name, err.Error(), "")
				continue
			}
			m.vars[i], _ = expr.Convert(value, m.types[i])
		}
		if !v.Parameter {
			continue
		}
		raw, given := s.Parameters[v.Name]
		if !given {
			if m.initial[i] == nil {
				report(MissingParameter, v.Name, fmt.Sprintf("parameter %s has no value", v.Name), "give one")
			}
			continue
		}
		value, err := expr.Decode(m.types[i], raw)
		if err != nil {
			report(TypeError, v.Name, fmt.Sprintf("parameter %s: %v", v.Name, err), "")
			continue
		}
		m.vars[i] = value
	}
	for _, channel := range m.volumes() {
		cal, ok := s.Calibrations[channel]
		if !ok {
			report(MissingCalibration, channel, fmt.Sprintf("channel %s delivers a volume but has no calibration", channel), "calibrate it")
			continue
		}
		if err := cal.Validate(); err != nil {
			report(MissingCalibration, channel, fmt.Sprintf("channel %s: %v", channel, err), "")
		}
	}
	m.streams = make([]stream, len(m.compiled.streams))
	for i := range m.streams {
		c := &m.compiled.streams[i]
		draws, err := decodeDraws(c, s.Draws[c.name])
		if err != nil {
			report(BadDraws, c.name, err.Error(), "")
		}
		m.streams[i] = stream{cstream: c, source: newSource(s.Seed, m.program.Name, c.name), given: draws, last: none}
	}
	names := make([]string, 0, len(s.Draws))
	for name := range s.Draws {
		if !slices.ContainsFunc(m.compiled.streams, func(c cstream) bool { return c.name == name }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		report(UnknownStream, name, fmt.Sprintf("draws are given for %s, which is no stream of the task", name), "")
	}
	if len(problems) == 0 {
		var err error
		if m.most, err = m.limitsOf(m.vars); err != nil {
			field := ""
			if wrong, ok := errors.AsType[*limitError](err); ok {
				field = wrong.field
			}
			report(BadProgram, field, err.Error(), "")
		}
		m.carry(report)
	}
	return problems
}

// volumes are the channels that need a calibration.
func (m *Machine) volumes() []string { return Volumes(m.program) }

// Volumes lists the channels of a program that deliver volumes and so need a
// calibration, in the order of Channels.
func Volumes(p *Program) []string {
	used := map[string]bool{}
	p.actions(func(a Action) {
		if a.Do == DoPulse && a.Volume != "" {
			used[a.Channel] = true
		}
	})
	var out []string
	for _, c := range p.Channels {
		if used[c.Name] {
			out = append(out, c.Name)
		}
	}
	return out
}

func decodeDraws(c *cstream, raw []json.RawMessage) ([]expr.Value, error) {
	out := make([]expr.Value, 0, len(raw))
	for i, r := range raw {
		v, err := expr.Decode(c.typ, r)
		if err != nil {
			return nil, fmt.Errorf("draw %d of stream %s: %w", i+1, c.name, err)
		}
		out = append(out, v)
	}
	return out, nil
}
