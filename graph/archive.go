package graph

import (
	"time"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/store"
)

// archived is what a list has.
func archived(a *gen.Archived) store.Archived {
	switch value(a) {
	case gen.ArchivedOnly:
		return store.OnlyArchived
	case gen.ArchivedWith:
		return store.WithArchived
	}
	return store.WithoutArchived
}

// archive sets or clears the time at which something was archived. What is
// archived already keeps its time.
func archive(at **time.Time, want *bool) {
	switch {
	case want == nil:
	case !*want:
		*at = nil
	case *at == nil:
		*at = new(time.Now())
	}
}
