package activities

import (
	"context"
	"time"

	"github.com/lics-lab/lics/lab"
)

// RecordEventsInput holds events in the order of their numbers.
type RecordEventsInput struct {
	Events []lab.RunEvent `json:"events"`
}

// RecordEventsResult is empty: what a marker in a history does not need to
// hold is not there.
type RecordEventsResult struct{}

// RecordEvents stores events of a run and tells those who watch it. An event
// that is stored already is left alone.
func (a *Activities) RecordEvents(ctx context.Context, in RecordEventsInput) (RecordEventsResult, error) {
	if len(in.Events) == 0 {
		return RecordEventsResult{}, nil
	}
	if err := a.Store.AppendRunEvents(ctx, in.Events); err != nil {
		return RecordEventsResult{}, never(err)
	}
	a.nudge(ctx, in.Events[0].Run, in.Events)
	return RecordEventsResult{}, nil
}

// nudge never fails anything: whoever watches reads the store sooner or later.
func (a *Activities) nudge(ctx context.Context, run string, events []lab.RunEvent) {
	if a.Nudger == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := a.Nudger.Nudge(ctx, run, events); err != nil {
		a.log().Debug("live feed not told", "run", run, "error", err)
	}
}
