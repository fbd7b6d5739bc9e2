package graph

import (
	"context"
	"strings"
	"time"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
)

const (
	maxBuckets = 5000
	// maxSpan is how much of a metric one question reads through.
	maxSpan = 400 * 24 * time.Hour
)

func (r *Resolver) telemetry(ctx context.Context, d *lab.Device, metric string, from time.Time, end *time.Time, most int) (gen.Telemetry, error) {
	to := value(end)
	if to.IsZero() {
		to = time.Now()
	}
	switch {
	case most < 1 || most > maxBuckets:
		return gen.Telemetry{}, lab.FieldErrorf("maxPoints", "Ask for 1 to %d points.", maxBuckets)
	case !to.After(from):
		return gen.Telemetry{}, lab.FieldErrorf("to", "The end must be after the beginning.")
	case to.Sub(from) > maxSpan:
		return gen.Telemetry{}, lab.FieldErrorf("from", "Ask for %s at most.", days(maxSpan))
	}
	width := span(to.Sub(from), most)
	found, err := r.Store.TelemetryBuckets(ctx, d.Organisation, d.ID, metric, from, to, width)
	if err != nil {
		return gen.Telemetry{}, err
	}
	out := gen.Telemetry{
		Metric: metric, Unit: unit(metric), From: from, To: to, BucketMs: milliseconds(width), Points: make([]gen.TelemetryPoint, len(found)),
	}
	for i, b := range found {
		out.Points[i] = gen.TelemetryPoint(b)
	}
	return out, nil
}

// span divides a time so that there are no more parts than wanted. Whole
// microseconds are what the database keeps.
func span(whole time.Duration, most int) time.Duration {
	width := (whole + time.Duration(most) - 1) / time.Duration(most)
	return max((width + time.Microsecond - 1).Truncate(time.Microsecond), time.Microsecond)
}

func (r *Resolver) metrics(ctx context.Context, d *lab.Device) ([]gen.Metric, error) {
	latest, err := r.Store.LatestPoints(ctx, d.Organisation, d.ID)
	out := make([]gen.Metric, len(latest))
	for i, p := range latest {
		out[i] = gen.Metric{Name: p.Metric, Unit: unit(p.Metric), Value: p.Value, At: p.At}
	}
	return out, err
}

// unit reads the last word of a metric's name, as Prometheus has it.
func unit(metric string) string {
	word := metric[strings.LastIndexAny(metric, "_.")+1:]
	switch word {
	case "celsius", "temperature":
		return "°C"
	case "percent", "humidity":
		return "%"
	case "bytes":
		return "B"
	case "seconds":
		return "s"
	case "ms", "milliseconds":
		return "ms"
	case "microlitres", "ul":
		return "µl"
	case "grams":
		return "g"
	case "lux":
		return "lx"
	case "volts":
		return "V"
	case "amperes":
		return "A"
	case "pascals":
		return "Pa"
	case "hpa":
		return "hPa"
	case "ppm":
		return "ppm"
	case "hertz":
		return "Hz"
	case "decibels", "db":
		return "dB"
	case "rows":
		return "rows"
	}
	return ""
}
