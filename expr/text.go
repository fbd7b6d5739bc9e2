package expr

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// String is the canonical text of a value, the one in recorded rows and
// printed texts: 3, 0.5, true, left, 1.5s, [1, 2].
func (v Value) String() string { return string(v.AppendText(nil)) }

// AppendText appends what String returns. ParseText reads it back.
func (v Value) AppendText(b []byte) []byte {
	switch v.t {
	case Bool:
		return strconv.AppendBool(b, v.num != 0)
	case Int:
		return strconv.AppendInt(b, int64(v.num), 10)
	case Float:
		return appendFloat(b, math.Float64frombits(v.num))
	case String:
		return append(b, v.str...)
	case Duration:
		return appendDuration(b, time.Duration(v.num))
	case Invalid:
		return b
	}
	b = append(b, '[')
	for i := range v.list.len() {
		if i > 0 {
			b = append(b, ", "...)
		}
		if e := v.list.at(i); e.t == String && !plain(e.str) {
			b = appendQuoted(b, e.str)
		} else {
			b = e.AppendText(b)
		}
	}
	return append(b, ']')
}

// appendFloat writes the shortest decimals that read back to the same float,
// with an exponent only where a person would lose count of the zeros.
func appendFloat(b []byte, f float64) []byte {
	format := byte('f')
	if a := math.Abs(f); a != 0 && (a < 1e-6 || a >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(b, f, format, -1, 64)
}

// plain says whether a string inside a list can stand without quotes.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isLetter(c) && !isDigit(c) && c != '-' && c != '.' {
			return false
		}
	}
	return s != ""
}

// appendQuoted is a JSON string. Control signs and what is not UTF-8 are the
// only bytes that do not stand for themselves.
func appendQuoted(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < 0x20 || r == 0x7f:
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

// ParseText reads a value of a declared type from a command line or a table
// cell: 3, true, left, 250ms; lists as [1, 2, 3] or 1,2,3.
func ParseText(t Type, s string) (Value, error) {
	if t.IsList() {
		return parseList(t, s)
	}
	return parseScalar(t, s)
}

func parseScalar(t Type, s string) (Value, error) {
	if t == String {
		return checkedString(s)
	}
	s = strings.TrimSpace(s)
	switch t {
	case Bool:
		if s == "true" || s == "false" {
			return BoolValue(s == "true"), nil
		}
		return Value{}, fmt.Errorf("%q is not a bool: write true or false", abbreviate(s, 40))
	case Int:
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return Value{}, fmt.Errorf("%q is not an int", abbreviate(s, 40))
		}
		return IntValue(n), nil
	case Float:
		f, err := strconv.ParseFloat(s, 64)
		if err != nil || strings.Trim(s, "0123456789.eE+-") != "" { // no inf, no nan, no hex
			return Value{}, fmt.Errorf("%q is not a number", abbreviate(s, 40))
		}
		return FloatValue(f), nil
	case Duration:
		// A computed duration may be negative and must be readable in a recorded row.
		digits, negative := strings.CutPrefix(s, "-")
		d, err := ParseDuration(digits)
		if err != nil {
			return Value{}, err
		}
		if negative {
			d = -d
		}
		return DurationValue(d), nil
	}
	return Value{}, fmt.Errorf("a value of type %s cannot be read", t)
}

func checkedString(s string) (Value, error) {
	if len(s) > MaxString {
		return Value{}, fmt.Errorf("a string of %d bytes is longer than %d", len(s), MaxString)
	}
	if !utf8.ValidString(s) {
		return Value{}, fmt.Errorf("%q is not UTF-8 text", abbreviate(s, 40))
	}
	if strings.IndexByte(s, 0) >= 0 { // which PostgreSQL cannot store
		return Value{}, fmt.Errorf("%q has a zero byte in it", abbreviate(s, 40))
	}
	return StringValue(s), nil
}

func parseList(t Type, s string) (Value, error) {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "[") != strings.HasSuffix(s, "]") {
		return Value{}, fmt.Errorf("%q: a [ or ] is missing", abbreviate(s, 40))
	}
	if strings.HasPrefix(s, "[") && len(s) > 1 {
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	l := newList(t.Elem(), 0)
	for more := s != ""; more; {
		var part string
		var err error
		if part, s, more, err = cutElement(s); err != nil {
			return Value{}, err
		}
		v, err := parseElement(t.Elem(), part)
		if err != nil {
			return Value{}, fmt.Errorf("element %d: %w", l.len()+1, err)
		}
		if l.len() == MaxList {
			return Value{}, fmt.Errorf("a list has more than %d elements", MaxList)
		}
		l.add(v)
	}
	return Value{t: t, list: l}, nil
}

// cutElement splits at the first comma that is not inside quotes.
func cutElement(s string) (part, rest string, more bool, err error) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"' && (quoted || strings.TrimSpace(s[:i]) == ""):
			quoted = !quoted
		case s[i] == '\\' && quoted:
			i++
		case s[i] == ',' && !quoted:
			return strings.TrimSpace(s[:i]), s[i+1:], true, nil
		}
	}
	if quoted {
		return "", "", false, fmt.Errorf("%q: a \" is missing", abbreviate(s, 40))
	}
	return strings.TrimSpace(s), "", false, nil
}

func parseElement(t Type, s string) (Value, error) {
	if t == String && strings.HasPrefix(s, `"`) {
		var text string
		if err := json.Unmarshal([]byte(s), &text); err != nil {
			return Value{}, fmt.Errorf("%s is not a quoted string", abbreviate(s, 40))
		}
		return checkedString(text)
	}
	if t == String && s == "" {
		return Value{}, errors.New(`it is empty: write "" for an empty string`)
	}
	return parseScalar(t, s)
}
