package activities

import (
	"context"
	"fmt"
	"time"

	"github.com/lics-lab/lics/plan"
)

// WatchInput says what is watched, and since when.
type WatchInput struct {
	Run          string       `json:"run"`
	Organisation string       `json:"organisation"`
	Device       string       `json:"device"`
	Watch        plan.Watched `json:"watch"`
	Since        time.Time    `json:"since"`
}

// WatchResult is what was wrong.
type WatchResult struct {
	Text string `json:"text"` // for a person
}

// Between looks at the store. A metric is looked at often enough for its time;
// what is known not to happen earlier is not looked for.
const (
	lookMost  = 30 * time.Second
	lookLeast = time.Second
)

// WatchFor looks until something is not as it should be. It ends no earlier:
// whoever does not need it any more cancels it.
func (a *Activities) WatchFor(ctx context.Context, in WatchInput) (WatchResult, error) {
	stop := heartbeats(ctx)
	defer stop()
	for {
		text, again, err := a.look(ctx, in, time.Now())
		if err != nil {
			return WatchResult{}, never(err)
		}
		if text != "" {
			return WatchResult{Text: text}, nil
		}
		timer := time.NewTimer(again)
		select {
		case <-ctx.Done():
			timer.Stop()
			return WatchResult{}, ctx.Err()
		case <-timer.C:
		}
	}
}

// look says what is wrong, or when it is worth while to look again.
func (a *Activities) look(ctx context.Context, in WatchInput, now time.Time) (text string, again time.Duration, err error) {
	w := in.Watch
	switch w.What {
	case plan.WatchNoEvent:
		last, ok, err := a.Store.LastEvent(ctx, in.Run, in.Device, w.Event, maxTime(in.Since, now.Add(-w.For)))
		if err != nil {
			return "", 0, err
		}
		if !ok {
			last = in.Since
		}
		if left := last.Add(w.For).Sub(now); left > 0 {
			return "", within(left), nil
		}
		return fmt.Sprintf("no %s of %s was recorded for %s%s", w.Event, in.Device, w.For, a.lastHeard(ctx, in)), 0, nil
	case plan.WatchSilent:
		d, err := a.Store.Device(ctx, in.Organisation, in.Device)
		if err != nil {
			return "", 0, err
		}
		last := in.Since
		if d.LastSeen != nil {
			last = maxTime(last, *d.LastSeen)
		}
		if left := last.Add(w.For).Sub(now); left > 0 {
			return "", within(left), nil
		}
		return fmt.Sprintf("nothing was heard of %s since %s", in.Device, last.UTC().Format(time.RFC3339)), 0, nil
	case plan.WatchMetric:
		return a.lookAtMetric(ctx, in, now)
	}
	return "", 0, fmt.Errorf("this version cannot watch for %q", w.What)
}

// maxPoints bounds what one look at a metric reads.
const maxPoints = 10_000

// lookAtMetric: a metric is out of its range when every value of the time is,
// and the time is covered. One good value makes it good.
func (a *Activities) lookAtMetric(ctx context.Context, in WatchInput, now time.Time) (string, time.Duration, error) {
	w, from := in.Watch, now.Add(-in.Watch.For)
	if left := in.Since.Sub(from); left > 0 {
		return "", within(left), nil
	}
	points, err := a.Store.Telemetry(ctx, in.Organisation, in.Device, w.Metric, from, now, maxPoints)
	if err != nil {
		return "", 0, err
	}
	last := time.Time{}
	value := 0.0
	for _, p := range points {
		if (w.Minimum == nil || p.Value >= *w.Minimum) && (w.Maximum == nil || p.Value <= *w.Maximum) {
			if p.At.After(last) {
				last = p.At
			}
			continue
		}
		value = p.Value
	}
	switch {
	case !last.IsZero():
		return "", within(last.Add(w.For).Sub(now)), nil
	case len(points) == 0:
		return fmt.Sprintf("no %s of %s was recorded for %s%s", w.Metric, in.Device, w.For, a.lastHeard(ctx, in)), 0, nil
	}
	return fmt.Sprintf("%s of %s is out of its range for %s; it is %g", w.Metric, in.Device, w.For, value), 0, nil
}

// lastHeard helps to tell a quiet animal from a quiet network.
func (a *Activities) lastHeard(ctx context.Context, in WatchInput) string {
	d, err := a.Store.Device(ctx, in.Organisation, in.Device)
	if err != nil || d.LastSeen == nil {
		return ""
	}
	if d.Online {
		return "; the device is online"
	}
	return "; the device is away since " + d.LastSeen.UTC().Format(time.RFC3339)
}

func within(d time.Duration) time.Duration { return min(max(d, lookLeast), lookMost) }

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
