// Package scalar writes and reads the API's own scalars: moments, days and JSON
// values. The generated code calls it.
package scalar

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/lics-lab/lics/lab"
)

// MarshalInt64 writes a number.
func MarshalInt64(n int64) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, strconv.FormatInt(n, 10))
	})
}

// UnmarshalInt64 reads a number, or its text from clients whose numbers are
// floats.
func UnmarshalInt64(v any) (int64, error) {
	n, err := strconv.ParseInt(fmt.Sprint(v), 10, 64)
	if err != nil {
		return 0, lab.Errorf(lab.Invalid, "%.40q is not a whole number of 64 bits.", fmt.Sprint(v))
	}
	return n, nil
}

// MarshalTime writes a moment in UTC, so that clients can compare texts.
func MarshalTime(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, strconv.Quote(t.UTC().Format(time.RFC3339Nano)))
	})
}

// UnmarshalTime reads a moment.
func UnmarshalTime(v any) (time.Time, error) {
	s, ok := v.(string)
	if !ok {
		return time.Time{}, invalidTime()
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, invalidTime()
	}
	return t, nil
}

// MarshalDate writes a day.
func MarshalDate(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, strconv.Quote(t.Format(time.DateOnly)))
	})
}

// UnmarshalDate reads a day.
func UnmarshalDate(v any) (time.Time, error) {
	s, ok := v.(string)
	if !ok {
		return time.Time{}, invalidDate()
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}, invalidDate()
	}
	return t, nil
}

// MarshalJSON writes a value as it is; no value is null.
func MarshalJSON(raw json.RawMessage) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		if len(raw) == 0 {
			_, _ = io.WriteString(w, "null")
			return
		}
		_, _ = w.Write(raw)
	})
}

// UnmarshalJSON reads a value. Numbers keep their text.
func UnmarshalJSON(v any) (json.RawMessage, error) {
	return json.Marshal(v)
}

func invalidTime() error {
	return lab.Errorf(lab.Invalid, "A time is written as 2026-03-01T09:30:00Z.")
}

func invalidDate() error { return lab.Errorf(lab.Invalid, "A date is written as 2026-03-01.") }
