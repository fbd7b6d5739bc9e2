package plan

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/lics-lab/lics/expr"
)

// Watch guards what happens beside it: it takes PortAlarm when something is
// not as it should be for some time. It keeps neither a run nor an iteration
// alive: when nothing but guardians is left beside it, it is dismissed.
type Watch struct {
	What WatchFor `json:"what"`
	Role string   `json:"role"`
	// Event is one of the task on the role's device.
	Event string `json:"event,omitempty"`
	// Metric is one of the device; Minimum and Maximum are float expressions.
	Metric  string `json:"metric,omitempty"`
	Minimum string `json:"minimum,omitempty"`
	Maximum string `json:"maximum,omitempty"`
	// For is a duration expression: how long it may be so.
	For string `json:"for"`
	// Variable, when set, receives what was wrong (string).
	Variable string `json:"variable,omitempty"`
}

// WatchFor is what a Watch looks out for.
type WatchFor string

// What can be watched for.
const (
	WatchNoEvent WatchFor = "no_event" // Event does not come
	WatchMetric  WatchFor = "metric"   // Metric is out of its range
	WatchSilent  WatchFor = "silent"   // nothing is heard of the device
)

// PortAlarm is the port of a Watch.
const PortAlarm = "alarm"

// Watched is a Watch with everything computed.
type Watched struct {
	What    WatchFor      `json:"what"`
	Event   string        `json:"event,omitempty"`
	Metric  string        `json:"metric,omitempty"`
	Minimum *float64      `json:"minimum,omitempty"`
	Maximum *float64      `json:"maximum,omitempty"`
	For     time.Duration `json:"for_ns"`
}

func (w *Watch) resolve(step *Step) ([]source, func([]expr.Value) error) {
	step.Role = w.Role
	step.Watch = &Watched{What: w.What, Event: w.Event, Metric: w.Metric}
	sources := []source{{text: w.For, want: expr.Duration}}
	var limits []**float64
	for _, l := range []struct {
		text string
		into **float64
	}{{w.Minimum, &step.Watch.Minimum}, {w.Maximum, &step.Watch.Maximum}} {
		if l.text != "" {
			sources = append(sources, source{text: l.text, want: expr.Float})
			limits = append(limits, l.into)
		}
	}
	return sources, func(values []expr.Value) (err error) {
		step.Watch.For, err = positive(values[0])
		step.Watch.For = max(step.Watch.For, ShortestWait)
		for i, into := range limits {
			n := values[i+1].Float()
			*into = &n
		}
		return err
	}
}

func (w *Watch) check() error {
	switch {
	case w.What == WatchNoEvent && w.Event == "":
		return errors.New("a watch for an event without its name")
	case w.What == WatchMetric && (w.Metric == "" || w.Minimum == "" && w.Maximum == ""):
		return errors.New("a watch for a metric without its name or range")
	case !slices.Contains([]WatchFor{WatchNoEvent, WatchMetric, WatchSilent}, w.What):
		return fmt.Errorf("this version cannot watch for %q", w.What)
	}
	return nil
}

// dismiss ends the guardians of a scope in which nothing else happens, and says
// whether there were any. What they could have done is skipped.
func (r *Runner) dismiss() bool {
	if !r.ix.watched {
		return false
	}
	for _, id := range sorted(r.scopes) {
		s := r.scopes[id]
		guards := r.guards(s)
		if len(guards) == 0 || !slices.ContainsFunc(guards, func(n int) bool { return r.ix.beside[n] }) {
			continue
		}
		for _, n := range guards {
			r.cancelNode(s, n)
		}
		for _, n := range guards {
			r.mark(s, n, func(Wire) bool { return false })
		}
		r.settle(s)
		return true
	}
	return false
}

// guards are the nodes of a scope that hold a token, when all of them guard.
func (r *Runner) guards(s *scope) []int {
	parent := top
	if s.Loop != "" {
		parent = r.ix.pos[s.Loop]
	}
	var found []int
	for _, n := range r.ix.kids[parent] {
		node := &r.ix.plan.Nodes[n]
		c := s.Cells[node.ID]
		if c == nil || c.State != cellQueued && c.State != cellRunning {
			continue
		}
		body := r.scopes[node.ID+"/"+s.Visit]
		switch {
		case c.State == cellRunning && node.Kind == KindWatch:
		case c.State == cellRunning && node.loop() && body != nil && len(r.guards(body)) > 0:
		default:
			return nil
		}
		found = append(found, n)
	}
	return found
}
