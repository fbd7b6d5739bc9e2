package store

import (
	"context"
	"time"

	"github.com/lics-lab/lics/lab"
)

// TelemetryBuckets reads a metric from a time up to, not including, another in
// buckets of a width, oldest first. Buckets without points are left out.
func (s *Store) TelemetryBuckets(ctx context.Context, org, device, metric string, from, to time.Time, width time.Duration) ([]lab.Bucket, error) {
	return many[lab.Bucket](ctx, s.db, "telemetry", `
		SELECT date_bin($6::bigint * interval '1 microsecond', t.at, $4) AS at,
		       avg(t.value) AS mean, min(t.value) AS min, max(t.value) AS max, count(*) AS count
		FROM telemetry_series s
		JOIN telemetry t ON t.series_id = s.id
		WHERE s.organisation_id = $1 AND s.device_id = $2 AND s.metric = $3 AND t.at >= $4 AND t.at < $5
		GROUP BY 1
		ORDER BY 1`, org, clean(device), clean(metric), from, to, max(width.Microseconds(), 1))
}

// LatestPoints are the last points of all metrics of a device, by the names of
// the metrics. How long ago that was does not matter much: each partition has
// an index that ends there.
func (s *Store) LatestPoints(ctx context.Context, org, device string) ([]lab.Point, error) {
	return many[lab.Point](ctx, s.db, "metrics", `
		SELECT s.metric, p.at, p.value
		FROM telemetry_series s
		CROSS JOIN LATERAL (
			SELECT t.at, t.value FROM telemetry t WHERE t.series_id = s.id ORDER BY t.at DESC LIMIT 1
		) p
		WHERE s.organisation_id = $1 AND s.device_id = $2
		ORDER BY s.metric`, org, clean(device))
}
