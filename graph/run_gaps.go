package graph

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
)

// The kinds of run events that begin or end a gap. The workflow writes them.
const (
	eventInterrupted = "interrupted"
	eventStatus      = "status"
)

// gaps finds the times in which something of a run was missing. What nobody
// ended lasts until the run does.
func (r *Resolver) gaps(ctx context.Context, run *lab.Run) ([]gen.RunGap, error) {
	events, err := r.Store.RunEventsOf(ctx, run.ID, activities.EventDeviceLost, activities.EventDeviceBack, eventInterrupted, eventStatus)
	if err != nil {
		return nil, err
	}
	out := []gen.RunGap{}
	open := map[string]int{}
	begin := func(key string, g gen.RunGap) {
		if _, already := open[key]; already {
			return
		}
		open[key] = len(out)
		out = append(out, g)
	}
	end := func(key string, at time.Time) {
		if i, ok := open[key]; ok {
			out[i].To = &at
			delete(open, key)
		}
	}
	for _, e := range events {
		link := "link/" + e.Name + "/" + e.Node
		switch e.Kind {
		case activities.EventDeviceLost:
			begin(link, gen.RunGap{
				Kind: gen.RunGapKindDeviceLost, From: e.At, DeviceID: &e.Name, Node: e.Node,
				Message: fmt.Sprintf("The server heard nothing of device %s. What it does meanwhile it keeps, and sends later.", e.Name),
			})
		case activities.EventDeviceBack:
			end(link, e.At)
		case eventStatus:
			if e.Name == string(lab.RunPaused) {
				begin(eventStatus, gen.RunGap{Kind: gen.RunGapKindPaused, From: e.At, Message: "The run was paused."})
			} else {
				end(eventStatus, e.At)
			}
		case eventInterrupted:
			g, err := r.interruption(ctx, run.ID, e)
			if err != nil {
				return nil, err
			}
			out = append(out, g)
		}
	}
	for i := range out {
		if out[i].To == nil {
			out[i].To = run.EndedAt
		}
	}
	slices.SortStableFunc(out, func(a, b gen.RunGap) int { return cmp.Compare(a.From.UnixNano(), b.From.UnixNano()) })
	return out, nil
}

// interruption reaches from the last row before a restart to the first one
// after it.
func (r *Resolver) interruption(ctx context.Context, run string, e lab.RunEvent) (gen.RunGap, error) {
	g := gen.RunGap{
		Kind: gen.RunGapKindInterrupted, From: e.At, DeviceID: &e.Name, Node: e.Node,
		Message: fmt.Sprintf("Device %s was restarted in the middle of the task.", e.Name),
	}
	var body struct {
		Trials *int `json:"trials"`
	}
	if len(e.Body) > 0 && json.Unmarshal(e.Body, &body) == nil && body.Trials != nil {
		g.Message = fmt.Sprintf("Device %s was restarted in the middle of the task; %d trials were done.", e.Name, *body.Trials)
	}
	before, after, err := r.Store.Silence(ctx, run, e.Name, e.At)
	if before != nil {
		g.From = *before
	}
	g.To = after
	return g, err
}
