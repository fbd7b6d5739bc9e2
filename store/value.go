package store

import (
	"encoding/json"
	"strings"
	"time"
)

func timeOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// jsonOrNil is a JSON column: nothing and null are NULL.
func jsonOrNil(raw json.RawMessage) *string {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	return new(string(raw))
}

// jsonOr is a JSON column that has a form for nothing.
func jsonOr(raw json.RawMessage, nothing string) string {
	if s := jsonOrNil(raw); s != nil {
		return *s
	}
	return nothing
}

// clean makes a text from outside storable: PostgreSQL has no NUL and wants
// UTF-8. A device's words must not be able to stop its stream.
func clean(s string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", "\uFFFD"), "\uFFFD")
}

// pattern is a search for a part of a text, without the wildcards of LIKE.
func pattern(search string) string {
	if search == "" {
		return ""
	}
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(search) + "%"
}
