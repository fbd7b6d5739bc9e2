package bpod

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// Encode writes the machine as bpod-core does: without what has its default
// value, and with the states in their order.
func (m *Machine) Encode() ([]byte, error) {
	var states []member
	for _, s := range m.States {
		raw, err := s.encode()
		if err != nil {
			return nil, err
		}
		states = append(states, member{s.Name, raw})
	}
	out := []member{{"name", quoted(m.Name)}, {"states", join(states)}}
	for _, part := range []struct {
		name string
		of   func() ([]member, error)
	}{
		{"global_timers", func() ([]member, error) { return byIndex(m.GlobalTimers) }},
		{"global_counters", func() ([]member, error) { return byIndex(m.GlobalCounters) }},
		{"conditions", func() ([]member, error) { return byIndex(m.Conditions) }},
	} {
		ms, err := part.of()
		if err != nil {
			return nil, err
		}
		if len(ms) > 0 {
			out = append(out, member{part.name, join(ms)})
		}
	}
	var b bytes.Buffer
	if err := json.Indent(&b, join(out), "", "  "); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

func (s *State) encode() (json.RawMessage, error) {
	var out []member
	if s.Timer != 0 {
		raw, err := json.Marshal(s.Timer)
		if err != nil {
			return nil, err
		}
		out = append(out, member{"timer", raw})
	}
	var ms []member
	for _, t := range s.Transitions {
		ms = append(ms, member{t.Event, quoted(t.Target)})
	}
	if len(ms) > 0 {
		out = append(out, member{"transitions", join(ms)})
	}
	ms = nil
	for _, a := range s.Actions {
		ms = append(ms, member{a.Name, json.RawMessage(strconv.Itoa(a.Value))})
	}
	if len(ms) > 0 {
		out = append(out, member{"actions", join(ms)})
	}
	if s.Comment != "" {
		out = append(out, member{"comment", quoted(s.Comment)})
	}
	return join(out), nil
}

func byIndex[T any](m map[int]T) ([]member, error) {
	var out []member
	for _, i := range slices.Sorted(maps.Keys(m)) {
		raw, err := json.Marshal(m[i])
		if err != nil {
			return nil, err
		}
		out = append(out, member{strconv.Itoa(i), raw})
	}
	return out, nil
}

// join makes an object of members in their order.
func join(ms []member) json.RawMessage {
	b := []byte{'{'}
	for i, m := range ms {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, quoted(m.key)...), ':'), m.value...)
	}
	return append(b, '}')
}

func quoted(s string) json.RawMessage {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always has a JSON form
	return bytes.TrimSpace(b.Bytes())
}
