package expr

import "fmt"

// Type is the type of a value. Lists have one kind of scalar in them; there
// are no lists of lists.
type Type uint8

// The types. The numbers are part of recorded histories: append, never reorder.
const (
	Invalid Type = iota
	Bool
	Int
	Float
	String
	Duration
	BoolList
	IntList
	FloatList
	StringList
	DurationList
)

var typeNames = [...]string{
	Invalid:      "invalid",
	Bool:         "bool",
	Int:          "int",
	Float:        "float",
	String:       "string",
	Duration:     "duration",
	BoolList:     "list<bool>",
	IntList:      "list<int>",
	FloatList:    "list<float>",
	StringList:   "list<string>",
	DurationList: "list<duration>",
}

// ParseType reads what Type.String writes.
func ParseType(s string) (Type, error) {
	for t := Bool; t <= DurationList; t++ {
		if typeNames[t] == s {
			return t, nil
		}
	}
	return Invalid, fmt.Errorf("unknown type %q: use bool, int, float, string, duration or list<…> of one of these", s)
}

// String is the name people write in a declaration.
func (t Type) String() string {
	if int(t) < len(typeNames) {
		return typeNames[t]
	}
	return "invalid"
}

// MarshalText writes the name, so that types in JSON are readable and survive
// a reordering of the constants.
func (t Type) MarshalText() ([]byte, error) {
	if t == Invalid || t > DurationList {
		return nil, fmt.Errorf("type %d has no name", uint8(t))
	}
	return []byte(t.String()), nil
}

// UnmarshalText is the inverse of MarshalText.
func (t *Type) UnmarshalText(b []byte) error {
	parsed, err := ParseType(string(b))
	if err != nil {
		return err
	}
	*t = parsed
	return nil
}

// IsList says whether t is one of the list types.
func (t Type) IsList() bool { return t >= BoolList && t <= DurationList }

// Elem is the type of a list's elements, Invalid for a scalar.
func (t Type) Elem() Type {
	if !t.IsList() {
		return Invalid
	}
	return t - BoolList + Bool
}

// ListOf is the list type with elements of t, Invalid when there is none.
func ListOf(t Type) Type {
	if t < Bool || t > Duration {
		return Invalid
	}
	return t - Bool + BoolList
}

// Numeric says whether t is int or float. A duration is not a number: adding
// 3 to it has no meaning that two people would agree on.
func (t Type) Numeric() bool { return t == Int || t == Float }

// AssignableTo says whether a value of t may stand where to is wanted: the
// same type, or an int for a float. Nothing else converts by itself.
func (t Type) AssignableTo(to Type) bool {
	return t != Invalid && (t == to || t == Int && to == Float)
}
