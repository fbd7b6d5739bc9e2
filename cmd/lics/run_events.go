package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/workflows"
)

// runEvent is one recorded fact of a run; one line of `lics run watch -o jsonl`.
type runEvent struct {
	Cursor     string          `json:"cursor"`
	Source     string          `json:"source"` // RUN or DEVICE
	At         time.Time       `json:"at"`
	Kind       string          `json:"kind"`
	Name       string          `json:"name"`
	Node       string          `json:"node"`
	Value      json.RawMessage `json:"value"`
	DeviceID   *string         `json:"deviceId"`
	TaskTimeNS *int64          `json:"taskTimeNs"`
	Trial      *int            `json:"trial"`
}

const runEventsSubscription = `subscription Events($runId: ID!, $after: Cursor) {
  runEvents(runId: $runId, after: $after) { cursor source at kind name node value deviceId taskTimeNs trial }
}`

// text is what an event says, without its kind.
func (e runEvent) text() string {
	value := valueText(e.Value)
	switch task.Kind(e.Kind) {
	case task.KindOutput, task.KindDraw, task.KindVariable:
		return e.Name + "=" + value
	case task.KindPrint:
		return value
	case task.KindParameter, workflows.EventSetParameter:
		return e.change()
	}
	return strings.TrimSpace(e.Name + " " + value)
}

// change is what a live parameter was and is, and who wanted it.
func (e runEvent) change() string {
	var c struct{ Old, New, By, Why json.RawMessage }
	if json.Unmarshal(e.Value, &c) != nil {
		return e.Name + " " + string(e.Value)
	}
	text := e.Name + ": " + valueText(c.Old) + " → " + valueText(c.New)
	if by := valueText(c.By); by != "" {
		text += ", by " + by
	}
	if why := valueText(c.Why); why != "" {
		text += ": " + why
	}
	return text
}

// valueText is a recorded value for people.
func valueText(raw json.RawMessage) string {
	if len(raw) == 0 || string(raw) == "null" || string(raw) == "{}" {
		return ""
	}
	var v expr.Value
	if err := v.UnmarshalJSON(raw); err == nil {
		return v.String()
	}
	return string(raw)
}

// follow hands on what happens in a run, each event once, until the run is over
// and everything was sent. It outlives restarts of the server: it comes back
// with the cursor of the last event.
func (a *app) follow(id string, after string, each func(runEvent) error) (runInfo, error) {
	cursor := after
	pause := minPause
	said := false
	for {
		var refused error // by each: not the server's
		err := a.subscribe(runEventsSubscription, variablesOf(id, cursor), func(raw json.RawMessage) error {
			var got struct {
				RunEvents runEvent `json:"runEvents"`
			}
			if err := json.Unmarshal(raw, &got); err != nil {
				return fmt.Errorf("an event: %w", err)
			}
			if said {
				a.note("the server is back")
			}
			cursor, pause, said = got.RunEvents.Cursor, minPause, false
			refused = each(got.RunEvents)
			return refused
		})
		switch {
		case refused != nil:
			return runInfo{}, refused
		case err == nil:
			// A server that stops may say that the stream is complete; only the
			// run's own status counts.
			r, err := insist(a, math.MaxInt64, func() (runInfo, error) { return a.run(id) })
			if err != nil || r.Status.Final() {
				return r, err
			}
		case !passing(err) && lab.CodeOf(err) != lab.Internal || a.ctx.Err() != nil || isUsage(err):
			return runInfo{}, err
		case !said:
			said = true
			a.note("%s\nWaiting for it to come back; the run goes on.", firstLine(err))
		}
		select {
		case <-a.ctx.Done():
			return runInfo{}, a.ctx.Err()
		case <-time.After(pause):
		}
		pause = min(2*pause, 5*time.Second)
	}
}

const minPause = 200 * time.Millisecond

func variablesOf(id, cursor string) map[string]any {
	v := map[string]any{"runId": id}
	if cursor != "" {
		v["after"] = cursor
	}
	return v
}

func isUsage(err error) bool {
	var usage *usageError
	return errors.As(err, &usage)
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
