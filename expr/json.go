package expr

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"
)

// MarshalJSON writes a form that says its own type and loses nothing, for
// programs, plans and histories: true, 3, 3.0 (a float always has a point or an
// exponent), "left", {"duration_ns":250000000}, [1,2], and for a list without
// elements {"list":"int","values":[]}. The zero Value is null.
func (v Value) MarshalJSON() ([]byte, error) {
	if v.t.IsList() && v.list.len() == 0 {
		return fmt.Appendf(nil, `{"list":%q,"values":[]}`, v.t.Elem()), nil
	}
	return v.appendJSON(make([]byte, 0, 16))
}

func (v Value) appendJSON(b []byte) ([]byte, error) {
	var err error
	switch v.t {
	case Invalid:
		return append(b, "null"...), nil
	case String:
		return appendQuoted(b, v.str), nil
	case Duration:
		b = append(b, `{"duration_ns":`...)
		return append(strconv.AppendInt(b, int64(v.num), 10), '}'), nil
	case Bool, Int:
		return v.AppendText(b), nil
	case Float:
		f := math.Float64frombits(v.num)
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, fmt.Errorf("%v has no JSON form", f)
		}
		start := len(b)
		b = appendFloat(b, f)
		if !bytes.ContainsAny(b[start:], ".e") {
			b = append(b, ".0"...)
		}
		return b, nil
	}
	b = append(b, '[')
	for i := range v.list.len() {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = v.list.at(i).appendJSON(b); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}

// UnmarshalJSON is the exact inverse of MarshalJSON.
func (v *Value) UnmarshalJSON(raw []byte) error {
	raw = bytes.TrimSpace(raw)
	var err error
	switch {
	case len(raw) == 0:
		err = errors.New("no JSON")
	case bytes.Equal(raw, []byte("null")):
		*v = Value{}
	case raw[0] == '[':
		*v, err = unmarshalList(raw)
	case raw[0] == '{':
		*v, err = unmarshalObject(raw)
	default:
		*v, err = unmarshalScalar(raw)
	}
	return err
}

func unmarshalScalar(raw []byte) (Value, error) {
	switch {
	case raw[0] == '"':
		return Decode(String, raw)
	case raw[0] == 't' || raw[0] == 'f':
		return Decode(Bool, raw)
	case bytes.ContainsAny(raw, ".eE"):
		return Decode(Float, raw)
	}
	return Decode(Int, raw)
}

func unmarshalObject(raw []byte) (Value, error) {
	var o struct {
		DurationNS *int64             `json:"duration_ns"`
		List       *Type              `json:"list"`
		Values     *[]json.RawMessage `json:"values"`
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&o); err != nil {
		return Value{}, err
	}
	switch {
	case o.DurationNS != nil && o.List == nil && o.Values == nil:
		return DurationValue(time.Duration(*o.DurationNS)), nil
	case o.DurationNS == nil && o.List != nil && o.Values != nil && len(*o.Values) == 0 && ListOf(*o.List) != Invalid:
		return Zero(ListOf(*o.List)), nil
	}
	return Value{}, fmt.Errorf("%s is not a value", abbreviate(string(raw), 60))
}

func unmarshalList(raw []byte) (Value, error) {
	var parts []json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return Value{}, err
	}
	if len(parts) == 0 {
		return Value{}, errors.New(`an empty list needs a type: {"list":"int","values":[]}`)
	}
	if len(parts) > MaxList {
		return Value{}, fmt.Errorf("a list has more than %d elements", MaxList)
	}
	var l *list
	for i, part := range parts {
		var v Value
		if part[0] == '[' { // before reading it: thousands of brackets cost nothing
			return Value{}, fmt.Errorf("element %d is a list, and lists hold scalars", i+1)
		}
		if err := v.UnmarshalJSON(part); err != nil {
			return Value{}, fmt.Errorf("element %d: %w", i+1, err)
		}
		if l == nil && ListOf(v.t) != Invalid {
			l = newList(v.t, len(parts))
		}
		if l == nil || v.t != l.elem {
			return Value{}, fmt.Errorf("element %d is %s, which does not fit this list", i+1, v.t)
		}
		l.add(v)
	}
	return Value{t: ListOf(l.elem), list: l}, nil
}

// Decode reads JSON as a person or a form writes it for a declared type: 3 is
// fine for a float, [] for any list, and a duration is a string like "250ms".
func Decode(t Type, raw json.RawMessage) (Value, error) {
	switch t {
	case Bool:
		return decode(raw, "a bool: write true or false", BoolValue)
	case Int:
		return decode(raw, "an int", IntValue)
	case Float:
		return decode(raw, "a number", FloatValue)
	case String:
		v, err := decode(raw, "a string", StringValue)
		if err != nil {
			return v, err
		}
		return checkedString(v.str)
	case Duration:
		v, err := decode(raw, `a duration: write a string like "250ms"`, StringValue)
		if err != nil {
			return v, err
		}
		d, err := ParseDuration(v.str)
		if err != nil {
			return Value{}, err
		}
		return DurationValue(d), nil
	case Invalid:
		return Value{}, errors.New("a value without a type cannot be read")
	}
	return decodeList(t, raw)
}

// decode refuses null, which encoding/json would read as "leave it alone".
func decode[T any](raw json.RawMessage, what string, value func(T) Value) (Value, error) {
	var x T
	if bytes.Equal(bytes.TrimSpace(raw), []byte("null")) || json.Unmarshal(raw, &x) != nil {
		return Value{}, fmt.Errorf("%s is not %s", abbreviate(string(raw), 40), what)
	}
	return value(x), nil
}

func decodeList(t Type, raw json.RawMessage) (Value, error) {
	var parts []json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil || parts == nil {
		return Value{}, fmt.Errorf("%s is not a list", abbreviate(string(raw), 40))
	}
	if len(parts) > MaxList {
		return Value{}, fmt.Errorf("a list has more than %d elements", MaxList)
	}
	l := newList(t.Elem(), len(parts))
	for i, part := range parts {
		v, err := Decode(t.Elem(), part)
		if err != nil {
			return Value{}, fmt.Errorf("element %d: %w", i+1, err)
		}
		l.add(v)
	}
	return Value{t: t, list: l}, nil
}

// Convert gives v as a t where AssignableTo allows it.
func Convert(v Value, t Type) (Value, error) {
	switch {
	case v.t == t && t != Invalid:
		return v, nil
	case v.t == Int && t == Float:
		return FloatValue(v.Float()), nil
	case v.t == Invalid:
		return Value{}, fmt.Errorf("there is no value where a %s is needed", t)
	}
	return Value{}, fmt.Errorf("%s is %s, not %s", abbreviate(v.String(), 40), v.t, t)
}
