package plan

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/lics-lab/lics/expr"
)

// ParameterProblem is what is wrong with a value for a parameter.
type ParameterProblem string

// The problems with a value for a parameter.
const (
	ParameterUnknown ParameterProblem = "unknown"  // there is no such parameter
	ParameterMissing ParameterProblem = "missing"  // it has no default and needs a value
	ParameterType    ParameterProblem = "type"     // the value is of another type
	ParameterLimits  ParameterProblem = "limits"   // outside the limits, or not one of the options
	ParameterNotLive ParameterProblem = "not_live" // it cannot be changed while the run goes on
)

// ParameterError says what is wrong with a parameter of a run.
type ParameterError struct {
	Problem ParameterProblem
	Name    string // of the parameter
	Message string
}

func (e *ParameterError) Error() string { return fmt.Sprintf("parameter %s: %s", e.Name, e.Message) }

// DecodeParameters gives the values of a plan's parameters, in their order:
// those given, else the defaults. It refuses what is not declared, missing, of
// another type or outside the limits with a *ParameterError. The limits of a
// duration are in seconds.
//
//workflowcheck:ignore
func DecodeParameters(p *Plan, given map[string]json.RawMessage) ([]expr.Value, error) {
	for _, name := range sorted(given) {
		if !slices.ContainsFunc(p.Parameters, func(q Parameter) bool { return q.Name == name }) {
			return nil, &ParameterError{ParameterUnknown, name, "the protocol has no such parameter"}
		}
	}
	values := make([]expr.Value, 0, len(p.Parameters)+len(p.Variables))
	for _, q := range p.Parameters {
		raw, ok := given[q.Name]
		if !ok {
			raw = q.Default
		}
		if len(raw) == 0 {
			return nil, &ParameterError{ParameterMissing, q.Name, "a value is needed"}
		}
		v, err := q.decode(raw)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	return values, nil
}

// decode reads a value of the parameter's type, within its limits.
//
//workflowcheck:ignore
func (q Parameter) decode(raw json.RawMessage) (expr.Value, error) {
	t, err := expr.ParseType(q.Type)
	if err != nil {
		return expr.Value{}, &ParameterError{ParameterType, q.Name, err.Error()}
	}
	v, err := expr.Decode(t, raw)
	if err != nil {
		return v, &ParameterError{ParameterType, q.Name, err.Error()}
	}
	return v, q.allows(v)
}

//workflowcheck:ignore
func (q Parameter) allows(v expr.Value) error {
	each := []expr.Value{v}
	if v.Type().IsList() {
		each = v.List()
	}
	for _, x := range each {
		n := x.Float()
		switch x.Type() {
		case expr.Duration:
			n = x.Duration().Seconds()
		case expr.Int, expr.Float:
		default:
			continue
		}
		if q.Minimum != nil && n < *q.Minimum {
			return &ParameterError{ParameterLimits, q.Name, fmt.Sprintf("%s is less than %v", x, *q.Minimum)}
		}
		if q.Maximum != nil && n > *q.Maximum {
			return &ParameterError{ParameterLimits, q.Name, fmt.Sprintf("%s is more than %v", x, *q.Maximum)}
		}
	}
	if len(q.Options) == 0 || string(q.Options) == "null" {
		return nil
	}
	var options []json.RawMessage
	if err := json.Unmarshal(q.Options, &options); err != nil {
		return &ParameterError{ParameterLimits, q.Name, "its options are no list"}
	}
	for _, raw := range options {
		if o, err := expr.Decode(v.Type(), raw); err == nil && o.Equal(v) {
			return nil
		}
	}
	if len(options) == 0 {
		return nil
	}
	return &ParameterError{ParameterLimits, q.Name, fmt.Sprintf("%s is not one of %s", v, q.Options)}
}

// encode writes a value as expr.Decode reads it for its declared type.
//
//workflowcheck:ignore
func encode(v expr.Value) json.RawMessage {
	var x any
	switch {
	case v.Type() == expr.Duration:
		x = expr.FormatDuration(v.Duration())
	case v.Type().IsList():
		parts := make([]json.RawMessage, v.Len())
		for i := range parts {
			parts[i] = encode(v.At(i))
		}
		x = parts
	default:
		x = v
	}
	b, err := json.Marshal(x)
	if err != nil { // not with a value that package expr made
		return json.RawMessage("null")
	}
	return b
}

// sorted are the keys of a map, in the only order that is the same every time.
//
//workflowcheck:ignore
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
