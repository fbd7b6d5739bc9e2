package expr

import (
	"math"
	"time"
)

// Value is one typed value. It is small, copied freely and never changes; the
// zero Value has type Invalid and means "no value". It cannot be compared with
// ==, because two equal lists may be two lists: use Equal.
type Value struct {
	_    [0]func()
	t    Type
	num  uint64 // bool as 0 or 1, int and duration as int64, float as its bits
	str  string
	list *list // nil is the empty list
}

// BoolValue is a bool.
func BoolValue(v bool) Value { return Value{t: Bool, num: bit(v)} }

// IntValue is an int.
func IntValue(v int64) Value { return Value{t: Int, num: uint64(v)} }

// FloatValue is a float. Negative zero becomes zero, so that equal numbers
// have equal texts.
func FloatValue(v float64) Value {
	if v == 0 {
		v = 0
	}
	return Value{t: Float, num: math.Float64bits(v)}
}

// StringValue is a string.
func StringValue(v string) Value { return Value{t: String, str: v} }

// DurationValue is a duration.
func DurationValue(v time.Duration) Value { return Value{t: Duration, num: uint64(v)} }

// ListValue is a list of scalars of type elem; ints are accepted for floats.
// It is the zero Value when elem is no scalar type, an element has another
// type, or there are more than MaxList.
func ListValue(elem Type, vs ...Value) Value {
	t := ListOf(elem)
	if t == Invalid || len(vs) > MaxList {
		return Value{}
	}
	l := newList(elem, len(vs))
	for _, v := range vs {
		c, err := Convert(v, elem)
		if err != nil {
			return Value{}
		}
		l.add(c)
	}
	return Value{t: t, list: l}
}

// Zero is what a variable of type t holds before anything was assigned: false,
// 0, "", 0s or an empty list.
func Zero(t Type) Value {
	if t > DurationList {
		t = Invalid
	}
	return Value{t: t}
}

// Type is the type of the value, Invalid for the zero Value.
func (v Value) Type() Type { return v.t }

// IsZero says whether there is no value at all. The int 0 is a value.
func (v Value) IsZero() bool { return v.t == Invalid }

// Bool is the value of a bool, false for any other type.
func (v Value) Bool() bool { return v.t == Bool && v.num != 0 }

// Int is the value of an int, 0 for any other type.
func (v Value) Int() int64 {
	if v.t != Int {
		return 0
	}
	return int64(v.num)
}

// Float is the value of a float or an int, 0 for any other type.
func (v Value) Float() float64 {
	switch v.t {
	case Float:
		return math.Float64frombits(v.num)
	case Int:
		return float64(int64(v.num))
	}
	return 0
}

// Str is the value of a string, "" for any other type. String, which gives the
// text of any value, is another method.
func (v Value) Str() string { return v.str }

// Duration is the value of a duration, 0 for any other type.
func (v Value) Duration() time.Duration {
	if v.t != Duration {
		return 0
	}
	return time.Duration(v.num)
}

// Len is the number of elements of a list, 0 for any other type.
func (v Value) Len() int { return v.list.len() }

// At is the element at i of a list; i must be within Len.
func (v Value) At(i int) Value { return v.list.at(i) }

// List is a copy of the elements of a list, nil for any other type.
func (v Value) List() []Value {
	if v.list.len() == 0 {
		return nil
	}
	vs := make([]Value, v.list.len())
	for i := range vs {
		vs[i] = v.list.at(i)
	}
	return vs
}

// Equal says whether two values have the same type and the same content. The
// int 3 and the float 3.0 are not Equal, though the language's == says they are.
func (v Value) Equal(o Value) bool {
	switch {
	case v.t != o.t:
		return false
	case v.t == String:
		return v.str == o.str
	case v.t.IsList():
		return v.list.equal(o.list)
	}
	return v.num == o.num
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
