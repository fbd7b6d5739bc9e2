package store

import (
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"github.com/lics-lab/lics/lab"
)

// Page asks for the First items after an opaque cursor, which the …Cursor
// function of the noun makes from an item.
type Page struct {
	First int    // 0 means DefaultPage; never more than MaxPage
	After string // empty: from the beginning
}

// The sizes of a page.
const (
	DefaultPage = 50
	MaxPage     = 1000
)

// limit asks for one row more than the page holds, which tells whether there
// are more.
func (p Page) limit() int {
	switch {
	case p.First <= 0:
		return DefaultPage + 1
	case p.First > MaxPage:
		return MaxPage + 1
	}
	return p.First + 1
}

// cut removes that row again.
func cut[T any](p Page, vs []T) ([]T, bool) {
	if n := p.limit() - 1; len(vs) > n {
		return vs[:n], true
	}
	return vs, false
}

// cursor is opaque to clients and names the keys it was made from, so that
// one of another list is refused.
func cursor(list string, keys ...string) string {
	b, err := json.Marshal(append([]string{list}, keys...))
	if err != nil {
		panic(err) // strings always have a JSON form
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func badCursor() error {
	return lab.FieldErrorf("after", "The cursor cannot be read. Ask again without one.")
}

// keys takes a cursor of a list apart; nils when the page is the first one.
func (p Page) keys(list string, n int) ([]*string, error) {
	out := make([]*string, n)
	if p.After == "" {
		return out, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(p.After)
	if err != nil {
		return nil, badCursor()
	}
	var ks []string
	if json.Unmarshal(b, &ks) != nil || len(ks) != n+1 || ks[0] != list {
		return nil, badCursor()
	}
	for i := range out {
		out[i] = &ks[i+1]
	}
	return out, nil
}

// nameKey reads a cursor of (name, id).
func (p Page) nameKey(list string) (name, id *string, err error) {
	ks, err := p.keys(list, 2)
	if err != nil {
		return nil, nil, err
	}
	return ks[0], ks[1], nil
}

// idKey reads a cursor of a UUID.
func (p Page) idKey(list string) (*string, error) {
	ks, err := p.keys(list, 1)
	if err == nil && ks[0] != nil && !isUUID(*ks[0]) {
		err = badCursor()
	}
	if err != nil {
		return nil, err
	}
	return ks[0], nil
}

// timeKey reads a cursor of (time, id).
func (p Page) timeKey(list string) (at *time.Time, id *string, err error) {
	ks, err := p.keys(list, 2)
	if err != nil || ks[0] == nil {
		return nil, nil, err
	}
	t, err := time.Parse(time.RFC3339Nano, *ks[0])
	if err != nil {
		return nil, nil, badCursor()
	}
	return &t, ks[1], nil
}

func timeText(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// isUUID reports whether an id from outside can be one of ours. Asking the
// database would be an error instead of "not found".
func isUUID(id string) bool { return len(id) == 36 && uuid.Validate(id) == nil }

// uuidOrNil is an optional filter or reference.
func uuidOrNil(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}
