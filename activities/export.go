package activities

import (
	"context"
)

// MarkExportsInput says in which formats a run is wanted.
type MarkExportsInput struct {
	Run     string   `json:"run"`
	Node    string   `json:"node"`
	Formats []string `json:"formats"`
}

// MarkExportsResult is empty.
type MarkExportsResult struct{}

// MarkExports notes that a run is wanted in some formats. A repeat changes
// nothing. The rows of a run are complete only when it is over, so nothing is
// written here.
func (a *Activities) MarkExports(ctx context.Context, in MarkExportsInput) (MarkExportsResult, error) {
	return MarkExportsResult{}, never(a.Store.MarkExports(ctx, in.Run, in.Node, in.Formats))
}
