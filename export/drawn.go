package export

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// valueKind is what all values of a column are. A greater kind can also hold
// the values of the lesser ones.
type valueKind int

const (
	kindNone valueKind = iota // there is none
	kindBool
	kindInt
	kindFloat
	kindText
)

// kindOfValue says what a recorded value is; a duration counts as a number of
// seconds.
func kindOfValue(raw json.RawMessage) valueKind {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		return kindNone
	}
	switch {
	case raw[0] == 't' || raw[0] == 'f':
		return kindBool
	case raw[0] == '{':
		if _, ok := duration(raw); ok {
			return kindFloat
		}
	case raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9':
		if _, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
			return kindInt
		}
		return kindFloat
	}
	return kindText
}

// both is a kind that holds the values of both.
func both(a, b valueKind) valueKind {
	a, b = min(a, b), max(a, b)
	if a == kindBool && b > kindBool {
		return kindText
	}
	return b
}

// duration reads the form in which package expr writes one.
func duration(raw json.RawMessage) (seconds float64, ok bool) {
	var d struct {
		NS *int64 `json:"duration_ns"`
	}
	if json.Unmarshal(raw, &d) != nil || d.NS == nil {
		return 0, false
	}
	return float64(*d.NS) / 1e9, true
}

// number is a value as a number: truth is 1, a duration is in seconds.
func number(raw json.RawMessage) (float64, bool) {
	switch kindOfValue(raw) {
	case kindBool:
		if raw[0] == 't' {
			return 1, true
		}
		return 0, true
	case kindInt, kindFloat:
		if s, ok := duration(raw); ok {
			return s, true
		}
		f, err := strconv.ParseFloat(string(bytes.TrimSpace(raw)), 64)
		return f, err == nil
	case kindNone, kindText:
	}
	return 0, false
}

// drawText is a drawn value in a table of texts: a duration in seconds.
func drawText(raw json.RawMessage) string {
	if s, ok := duration(raw); ok {
		return strconv.FormatFloat(s, 'f', -1, 64)
	}
	return text(raw)
}
