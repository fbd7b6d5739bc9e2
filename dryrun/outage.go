package dryrun

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

// Silence is a time in which nothing is heard of a device, as when its network
// fails. A task that runs goes on and records; the run hears of it, and the
// device of the run, when the silence is over.
type Silence struct {
	// Role is the device's; it may be empty when the protocol has only one.
	Role string
	// At is when it begins, since the start of the run, For how long it lasts.
	At, For time.Duration
}

// Metric is what a device measures beside its task, such as its temperature. A
// metric that is not given is always as it should be.
type Metric struct {
	// Role is the device's; it may be empty when the protocol has only one.
	Role string
	Name string
	// At is since when it has the value, since the start of the run.
	At time.Duration
	// Value is nil when it is not measured any more.
	Value *float64
}

// span is a time from an instant to another, which does not belong to it.
type span struct{ from, to time.Duration }

// outages are the silences of a role in their order, those that touch as one.
func outages(all []Silence, role string) []span {
	var spans []span
	for _, s := range all {
		if s.Role == role {
			spans = append(spans, span{s.At, s.At + s.For})
		}
	}
	return union(spans)
}

// union puts spans in order and makes one of those that touch.
func union(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return int(min(max(a.from-b.from, -1), 1)) })
	var out []span
	for _, s := range spans {
		if n := len(out) - 1; n >= 0 && s.from <= out[n].to {
			out[n].to = max(out[n].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}

// lasting is when a span has gone on for some time since an instant; never when
// none does.
func lasting(spans []span, since, lasting time.Duration) (due, from time.Duration) {
	for _, s := range spans {
		if from := max(s.from, since); s.to-from >= lasting {
			return from + lasting, from
		}
	}
	return never, 0
}

// silent says until when nothing is heard of a role.
func (w *world) silent(role string) (until time.Duration, is bool) {
	for _, s := range w.outages[role] {
		if s.from <= w.now && w.now < s.to {
			return s.to, true
		}
	}
	return 0, false
}

// onDevice are the steps that a device does, and that wait for it.
func onDevice(k plan.Kind) bool {
	return k == plan.KindTask || k == plan.KindSet || k == plan.KindPulse || k == plan.KindRead
}

// falls records when devices fall silent and when they are heard again.
func (w *world) falls() {
	for len(w.marks) > 0 && w.marks[0].at <= w.now {
		m := w.marks[0]
		w.marks = w.marks[1:]
		w.record(Row{Row: task.Row{At: w.now, Kind: task.KindControl, Name: m.name, Value: expr.StringValue(m.role)}, Role: m.role})
		for _, a := range w.active {
			if a.step.Role == m.role && m.name == heardAgain && len(a.owed) > 0 {
				w.tellTask(a, a.owed)
				a.owed = nil
			}
		}
	}
}

// The names of rows about silences.
const (
	fellSilent = "silent"
	heardAgain = "heard_again"
)

// mark is when a device falls silent, or is heard again.
type mark struct {
	at         time.Duration
	name, role string
}

func marks(outages map[string][]span) []mark {
	var all []mark
	for role, spans := range outages {
		for _, s := range spans {
			all = append(all, mark{s.from, fellSilent, role}, mark{s.to, heardAgain, role})
		}
	}
	slices.SortFunc(all, func(a, b mark) int {
		if c := int(min(max(a.at-b.at, -1), 1)); c != 0 {
			return c
		}
		return strings.Compare(a.role+a.name, b.role+b.name)
	})
	return all
}

// outOfRange are the times in which a metric is not as a guardian wants it, or
// is not heard of, and its values then.
func (w *world) outOfRange(role string, watch *plan.Watched) []span {
	spans := slices.Clone(w.outages[role])
	for i, m := range w.metrics {
		if m.Role != role || m.Name != watch.Metric {
			continue
		}
		end := never
		for _, later := range w.metrics[i+1:] {
			if later.Role == role && later.Name == m.Name {
				end = later.At
				break
			}
		}
		if v := m.Value; v == nil || watch.Minimum != nil && *v < *watch.Minimum || watch.Maximum != nil && *v > *watch.Maximum {
			spans = append(spans, span{m.At, end})
		}
	}
	return union(spans)
}

// measured is the value of a metric at an instant; nil when it is not known.
func (w *world) measured(role, name string, at time.Duration) *float64 {
	for _, s := range w.outages[role] {
		if s.from < at && at <= s.to {
			return nil
		}
	}
	var value *float64
	for _, m := range w.metrics {
		if m.Role == role && m.Name == name && m.At < at {
			value = m.Value
		}
	}
	return value
}

// surroundings reads what happens around the tasks.
func (w *world) surroundings(p *plan.Plan, o Options) error {
	silences, metrics := slices.Clone(o.Silences), slices.Clone(o.Metrics)
	for i := range silences {
		s := &silences[i]
		var err error
		if s.Role, err = roleOf(p, s.Role); err != nil {
			return fmt.Errorf("silence %d: %w", i+1, err)
		}
		if s.At < 0 || s.For <= 0 || s.For > MaxTime || s.At > MaxTime {
			return fmt.Errorf("silence %d: it begins at %s and lasts %s; it must begin at 0s or later and last for some time, %s at most", i+1, s.At, s.For, MaxTime)
		}
	}
	for i := range metrics {
		m := &metrics[i]
		var err error
		if m.Role, err = roleOf(p, m.Role); err != nil {
			return fmt.Errorf("metric %d: %w", i+1, err)
		}
		switch {
		case !slices.Contains(watched(p), m.Name):
			return fmt.Errorf("metric %d: nothing watches %q; %s", i+1, m.Name, offer("watched", watched(p)))
		case m.At < 0:
			return fmt.Errorf("metric %d (%s): the time is negative", i+1, m.Name)
		case m.Value != nil && (math.IsNaN(*m.Value) || math.IsInf(*m.Value, 0)):
			return fmt.Errorf("metric %d (%s): the value is no number; leave it out when it is not measured any more", i+1, m.Name)
		}
	}
	slices.SortStableFunc(metrics, func(a, b Metric) int { return int(min(max(a.At-b.At, -1), 1)) })
	w.metrics, w.outages = metrics, map[string][]span{}
	for _, r := range p.Roles {
		if spans := outages(silences, r.Name); len(spans) > 0 {
			w.outages[r.Name] = spans
		}
	}
	w.marks = marks(w.outages)
	return nil
}

// roleOf is the role that is meant.
func roleOf(p *plan.Plan, name string) (string, error) {
	names := make([]string, len(p.Roles))
	for i, r := range p.Roles {
		names[i] = r.Name
	}
	switch {
	case name == "" && len(names) == 1:
		return names[0], nil
	case name == "":
		return "", fmt.Errorf("say which device; %s", offer("a role", names))
	case !slices.Contains(names, name):
		return "", fmt.Errorf("the protocol has no role %q; %s", name, offer("a role", names))
	}
	return name, nil
}

// watched are the metrics that guardians of the plan look at.
func watched(p *plan.Plan) []string {
	var names []string
	for i := range p.Nodes {
		if n := &p.Nodes[i]; n.Watch != nil && n.Watch.What == plan.WatchMetric && !slices.Contains(names, n.Watch.Metric) {
			names = append(names, n.Watch.Metric)
		}
	}
	slices.Sort(names)
	return names
}

func offer(what string, names []string) string {
	if len(names) == 0 {
		return "nothing is " + what
	}
	return what + " is " + strings.Join(names, ", ")
}
