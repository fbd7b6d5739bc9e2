package bpod

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

// Parse reads a state machine, as far as bpod-core's schema goes. The machine
// is nil when there are errors.
func Parse(data []byte) (*Machine, []diagnostic.Diagnostic) {
	p := &parser{m: &Machine{
		Name: "State Machine", GlobalTimers: map[int]GlobalTimer{}, GlobalCounters: map[int]GlobalCounter{}, Conditions: map[int]Condition{},
	}}
	if len(data) > protocol.MaxBytes {
		p.add(Invalid, "", "", "", "the file has %d bytes, at most %d are possible", len(data), protocol.MaxBytes)
		return nil, p.all
	}
	p.machine(data)
	if diagnostic.HasErrors(p.all) {
		return nil, p.all
	}
	return p.m, p.all
}

type parser struct {
	problems
	m *Machine
}

// member is one of an object's, in their order.
type member struct {
	key   string
	value json.RawMessage
}

// members reads an object and keeps the order, which says where a machine
// begins.
func members(raw []byte) ([]member, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	open, err := d.Token()
	if err != nil {
		return nil, tidy(err)
	}
	if open != json.Delim('{') {
		return nil, errors.New("it is no object { … }")
	}
	var out []member
	seen := map[string]bool{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, tidy(err)
		}
		var m member
		m.key, _ = key.(string) // the decoder lets nothing else stand there
		if seen[m.key] {
			return nil, fmt.Errorf("%q is there twice", clip(m.key))
		}
		seen[m.key] = true
		if err := d.Decode(&m.value); err != nil {
			return nil, tidy(err)
		}
		out = append(out, m)
	}
	if _, err := d.Token(); err != nil {
		return nil, tidy(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows after its end")
	}
	return out, nil
}

func tidy(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("it ends too early")
	}
	return err
}

// object reads an object of an object and says where it is wrong.
func (p *parser) object(state, field string, raw []byte) []member {
	ms, err := members(raw)
	if err != nil {
		p.add(Invalid, state, field, "save the state machine with bpod-core's to_file", "%s cannot be read: %v", orWord(field, "the file"), err)
	}
	return ms
}

func orWord(s, word string) string {
	if s == "" {
		return word
	}
	return s
}

func (p *parser) machine(data []byte) {
	for _, m := range p.object("", "", data) {
		switch m.key {
		case "name":
			p.read("", m.key, m.value, &p.m.Name, true)
			if p.m.Name == "" {
				p.add(Invalid, "", m.key, "", "the name is empty")
			}
		case "states":
			for _, s := range p.object("", m.key, m.value) {
				p.state(s)
			}
		case "global_timers":
			p.indexed(m, func(i int, field string, raw []byte) {
				var t GlobalTimer
				if p.strict("", field, raw, &t, "duration") {
					p.timer(field, t)
					p.m.GlobalTimers[i] = t
				}
			})
		case "global_counters":
			p.indexed(m, func(i int, field string, raw []byte) {
				var c GlobalCounter
				if p.strict("", field, raw, &c, "event", "threshold") {
					if c.Threshold < 0 || c.Threshold > 1<<32-1 {
						p.add(Invalid, "", field+".threshold", "", "a threshold is from 0 to 4294967295, not %d", c.Threshold)
					}
					p.m.GlobalCounters[i] = c
				}
			})
		case "conditions":
			p.indexed(m, func(i int, field string, raw []byte) {
				var c Condition
				if p.strict("", field, raw, &c, "channel", "value") {
					p.m.Conditions[i] = c
				}
			})
		case "$schema": // where an editor finds the schema
		default:
			p.unknown("", m.key)
		}
	}
	switch {
	case len(p.m.States) == 0 && len(p.all) == 0:
		p.add(Invalid, "", "states", "", "the state machine has no states")
	case len(p.m.States) > maxStates:
		p.add(Invalid, "", "states", "", "there are %d states; a Bpod has at most %d", len(p.m.States), maxStates)
	}
}

func (p *parser) unknown(state, field string) {
	p.add(Invalid, state, field, "look whether it is mistyped, or of another version of bpod-core", "bpod-core knows no field %q here", clip(field))
}

func (p *parser) state(in member) {
	s := State{Name: in.key}
	if s.Name == "" || strings.HasPrefix(s.Name, ">") || s.Name == "exit" || s.Name == "back" {
		p.add(Invalid, s.Name, "", "rename the state", "%q cannot name a state: it is empty or means an operator", clip(s.Name))
	}
	for _, m := range p.object(s.Name, "states."+s.Name, in.value) {
		switch m.key {
		case "timer":
			if p.read(s.Name, m.key, m.value, &s.Timer, true) {
				p.seconds(s.Name, m.key, s.Timer)
			}
		case "comment":
			var text *string
			if p.read(s.Name, m.key, m.value, &text, true) && text != nil {
				s.Comment = *text
			}
		case "transitions":
			for _, t := range p.object(s.Name, m.key, m.value) {
				var target string
				if p.read(s.Name, "transitions."+t.key, t.value, &target, t.key != "") {
					s.Transitions = append(s.Transitions, Transition{t.key, target})
				}
			}
		case "actions":
			for _, a := range p.object(s.Name, m.key, m.value) {
				var v int
				if p.read(s.Name, "actions."+a.key, a.value, &v, a.key != "") {
					p.byte(s.Name, "actions."+a.key, v)
					s.Actions = append(s.Actions, Action{a.key, v})
				}
			}
		default:
			p.unknown(s.Name, m.key)
		}
	}
	p.m.States = append(p.m.States, s)
}

// read decodes a value and reports whether that went well.
func (p *parser) read(state, field string, raw []byte, to any, named bool) bool {
	if !named {
		p.add(Invalid, state, field, "", "a name is empty")
		return false
	}
	if err := json.Unmarshal(raw, to); err != nil {
		p.add(Invalid, state, field, "", "%s has the wrong type: %s", clip(field), typeError(err))
		return false
	}
	return true
}

func typeError(err error) string {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Sprintf("it is a %s and should be a %s", clip(wrong.Value), wrong.Type)
	}
	return err.Error()
}

// strict decodes an object that has these fields and no unknown ones.
func (p *parser) strict(state, field string, raw []byte, to any, needed ...string) bool {
	have := map[string]bool{}
	for _, m := range p.object(state, field, raw) {
		have[m.key] = string(m.value) != "null"
	}
	if len(have) == 0 {
		if len(p.all) == 0 {
			p.add(Invalid, state, field, "", "%s is empty", field)
		}
		return false
	}
	for _, n := range needed {
		if !have[n] {
			p.add(Invalid, state, field+"."+n, "", "%s needs a %s", field, n)
			return false
		}
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		p.add(Invalid, state, field, "", "%s cannot be read: %s", field, typeError(err))
		return false
	}
	return true
}

// indexed reads an object whose keys are numbers from 0.
func (p *parser) indexed(in member, each func(i int, field string, raw []byte)) {
	for _, m := range p.object("", in.key, in.value) {
		i, err := strconv.Atoi(m.key)
		field := in.key + "." + clip(m.key)
		if err != nil || i < 0 || i > maxIndex || strconv.Itoa(i) != m.key {
			p.add(Invalid, "", field, "", "the keys of %s are numbers from 0 to %d, not %q", in.key, maxIndex, clip(m.key))
			continue
		}
		each(i, field, m.value)
	}
}

func (p *parser) timer(field string, t GlobalTimer) {
	p.seconds("", field+".duration", t.Duration)
	p.seconds("", field+".onset_delay", t.OnsetDelay)
	p.seconds("", field+".loop_interval", t.LoopInterval)
	p.byte("", field+".value_on", t.ValueOn)
	p.byte("", field+".value_off", t.ValueOff)
	p.byte("", field+".loop", t.Loop)
}

func (p *parser) seconds(state, field string, v float64) {
	if v < 0 || v > maxSeconds {
		p.add(Invalid, state, field, "", "a time is from 0 to %.0f seconds, not %v", maxSeconds, v)
	}
}

func (p *parser) byte(state, field string, v int) {
	if v < 0 || v > fullLevel {
		p.add(Invalid, state, field, "", "a value is from 0 to 255, not %d", v)
	}
}
