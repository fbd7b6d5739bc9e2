package server_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
)

func TestTelemetryComesInSpansWithItsUnit(t *testing.T) {
	t.Parallel()
	s := ready(t)
	t0 := time.Now().Add(-time.Hour).Truncate(time.Second)
	var points []lab.Point
	for i := range 600 { // every 6 s, up and down
		points = append(points, lab.Point{Metric: "agent.cpu_celsius", At: t0.Add(time.Duration(i) * 6 * time.Second), Value: 40 + float64(i%10)})
	}
	points = append(points, lab.Point{Metric: "air", At: t0, Value: 7})
	require.NoError(t, s.store.StoreTelemetry(t.Context(), s.user.Organisation, "rig-1", points))
	var got struct {
		Device struct {
			Metrics []struct {
				Name, Unit string
				Value      float64
				At         time.Time
			}
			Telemetry struct {
				Unit     string
				BucketMs float64
				Points   []struct {
					At             time.Time
					Mean, Min, Max float64
					Count          int
				}
			}
		}
	}
	query := `query($from: Time!, $to: Time, $n: Int!) { device(id: "rig-1") { metrics { name unit value at }
		telemetry(metric: "agent.cpu_celsius", from: $from, to: $to, maxPoints: $n) { unit bucketMs points { at mean min max count } } } }`
	s.ask(query, map[string]any{"from": t0, "to": t0.Add(time.Hour), "n": 60}).into(t, &got)
	require.Len(t, got.Device.Telemetry.Points, 60)
	require.InDelta(t, 60_000, got.Device.Telemetry.BucketMs, 0)
	require.Equal(t, "°C", got.Device.Telemetry.Unit)
	for i, p := range got.Device.Telemetry.Points {
		require.WithinDuration(t, t0.Add(time.Duration(i)*time.Minute), p.At, 0)
		require.Equal(t, "40 44.5 49 10", fmt.Sprint(p.Min, " ", p.Mean, " ", p.Max, " ", p.Count))
	}
	require.Equal(t, "agent.cpu_celsius", got.Device.Metrics[0].Name)
	require.InDelta(t, 49, got.Device.Metrics[0].Value, 0)
	require.Empty(t, got.Device.Metrics[1].Unit)

	// However the time divides, there are never more points than asked for.
	s.ask(query, map[string]any{"from": t0, "to": t0.Add(47 * time.Minute), "n": 7}).into(t, &got)
	require.Len(t, got.Device.Telemetry.Points, 7)

	for field, v := range map[string]map[string]any{
		"maxPoints": {"from": t0, "n": 0},
		"to":        {"from": t0, "to": t0, "n": 5},
		"from":      {"from": t0.AddDate(-3, 0, 0), "n": 5},
	} {
		a := s.ask(query, v)
		require.Equal(t, field, a.Errors[0].Extensions["field"])
	}
	a := s.ask(query, map[string]any{"from": t0, "n": 5000})
	require.Empty(t, a.Errors, "the limit of complexity leaves room for the largest chart")
	var none json.RawMessage
	s.ask(`{ device(id: "rig-1") { telemetry(metric: "unknown", from: "2026-01-01T00:00:00Z") { points { at } } } }`, nil).into(t, &none)
}
