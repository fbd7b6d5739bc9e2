package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
)

const (
	maxPoints = 1000 // in a message
	maxMetric = 128  // bytes of its name
	// A point of before or after is of a clock that is wrong.
	oldest = 400 * 24 * time.Hour
	newest = 24 * time.Hour
)

func (i *Ingest) readPoints(device string, m message) []store.DevicePoint {
	ps, err := ReadPoints(m.name, m.payload, time.Now())
	if err != nil {
		i.refuse("points", "points refused", "device", device, "metric", m.name, "error", err)
		return nil
	}
	out := make([]store.DevicePoint, len(ps))
	for n, p := range ps {
		out[n] = store.DevicePoint{Device: device, Point: p}
	}
	return out
}

func (i *Ingest) storePoints(ctx context.Context, points []store.DevicePoint) {
	if len(points) == 0 {
		return
	}
	if err := i.Store.StorePoints(ctx, i.Organisation, points); err != nil {
		i.counters.dropped.Add(1)
		i.complaints.add("telemetry", "points not stored", "points", len(points), "error", err)
		return
	}
	i.counters.points.Add(int64(len(points)))
}

// ReadPoints reads the payload of a metric's topic as any client may write it:
// 21.5, {"ts": 1700000000000, "value": 21.5}, {"ts": …, "values": {"a": 1}},
// or an array of these. Times are Unix milliseconds or RFC 3339; now is the
// time of a point that has none. A bool counts as 0 or 1. The members of
// values become metrics of their own, metric.member.
func ReadPoints(metric string, payload []byte, now time.Time) ([]lab.Point, error) {
	if !validMetric(metric) {
		return nil, errors.New("a metric is named by small letters, digits and '_', beginning with a letter")
	}
	r := reader{metric: metric, now: now}
	payload = bytes.TrimSpace(payload)
	if len(payload) > 0 && payload[0] == '[' {
		var all []json.RawMessage
		if err := json.Unmarshal(payload, &all); err != nil {
			return nil, err
		}
		if len(all) > maxPoints {
			return nil, fmt.Errorf("more than %d points", maxPoints)
		}
		for _, raw := range all {
			if err := r.point(raw); err != nil {
				return nil, err
			}
		}
		return r.points, nil
	}
	if err := r.point(payload); err != nil {
		return nil, err
	}
	return r.points, nil
}

type reader struct {
	metric string
	now    time.Time
	points []lab.Point
}

func (r *reader) point(raw json.RawMessage) error {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || raw[0] != '{' {
		return r.add(r.metric, r.now, raw)
	}
	var o struct {
		TS     json.RawMessage            `json:"ts"`
		Value  json.RawMessage            `json:"value"`
		Values map[string]json.RawMessage `json:"values"`
	}
	if err := json.Unmarshal(raw, &o); err != nil {
		return err
	}
	at, err := r.time(o.TS)
	if err != nil {
		return err
	}
	if (o.Value == nil) == (o.Values == nil) {
		return errors.New("a point has either value or values")
	}
	if o.Value != nil {
		return r.add(r.metric, at, o.Value)
	}
	for _, name := range sortedKeys(o.Values) {
		if name == "" {
			return errors.New("a member of values has no name")
		}
		if err := r.add(r.metric+"."+name, at, o.Values[name]); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) time(raw json.RawMessage) (time.Time, error) {
	if len(raw) == 0 {
		return r.now, nil
	}
	var at time.Time
	var ms float64
	if err := json.Unmarshal(raw, &ms); err == nil && math.Abs(ms) < 1e15 {
		at = time.UnixMicro(int64(ms * 1000))
	} else if err := json.Unmarshal(raw, &at); err != nil {
		return at, errors.New("ts is neither Unix milliseconds nor a time as in RFC 3339")
	}
	if at.Before(r.now.Add(-oldest)) || at.After(r.now.Add(newest)) {
		return at, fmt.Errorf("ts is %s: is it in milliseconds, and is the clock right?", at.UTC().Format(time.RFC3339))
	}
	return at, nil
}

func (r *reader) add(metric string, at time.Time, raw json.RawMessage) error {
	if len(r.points) == maxPoints {
		return fmt.Errorf("more than %d points", maxPoints)
	}
	if len(metric) > maxMetric {
		return fmt.Errorf("the name of a metric has more than %d bytes", maxMetric)
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return err
	}
	switch v := v.(type) {
	case float64:
		r.points = append(r.points, lab.Point{Metric: metric, At: at, Value: v})
	case bool:
		p := lab.Point{Metric: metric, At: at}
		if v {
			p.Value = 1
		}
		r.points = append(r.points, p)
	default:
		return errors.New("a value is a number, true or false")
	}
	return nil
}

func validMetric(name string) bool {
	for i, c := range []byte(name) {
		switch {
		case c >= 'a' && c <= 'z':
		case i > 0 && (c >= '0' && c <= '9' || c == '_'):
		default:
			return false
		}
	}
	return name != "" && len(name) <= maxMetric
}

func sortedKeys(m map[string]json.RawMessage) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
