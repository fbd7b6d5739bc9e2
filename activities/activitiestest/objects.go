package activitiestest

import (
	"context"
	"io"
	"maps"
	"sync"
)

// Objects is an object store in memory.
type Objects struct {
	// Before and After, when set, are called around the storing of a file; their
	// error is that of the upload.
	Before, After func(key string) error

	mu   sync.Mutex
	kept map[string]string
	puts int
}

// Put implements activities.Objects.
func (o *Objects) Put(_ context.Context, key, _ string, _ int64, r io.ReadSeeker) error {
	if o.Before != nil {
		if err := o.Before(key); err != nil {
			return err
		}
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	o.mu.Lock()
	if o.kept == nil {
		o.kept = map[string]string{}
	}
	o.kept[key], o.puts = string(raw), o.puts+1
	o.mu.Unlock()
	if o.After != nil {
		return o.After(key)
	}
	return nil
}

// Kept are the files, by key.
func (o *Objects) Kept() map[string]string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return maps.Clone(o.kept)
}

// Puts is how often something was stored.
func (o *Objects) Puts() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.puts
}
