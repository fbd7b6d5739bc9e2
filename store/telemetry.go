package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/lics-lab/lics/lab"
)

// DevicePoint is a point and whose it is.
type DevicePoint struct {
	Device string
	lab.Point
}

// StoreTelemetry keeps points of one device. A point that is there already is
// left alone: one series has one value at one time.
func (s *Store) StoreTelemetry(ctx context.Context, org, device string, points []lab.Point) error {
	ps := make([]DevicePoint, len(points))
	for i, p := range points {
		ps[i] = DevicePoint{device, p}
	}
	return s.StorePoints(ctx, org, ps)
}

// StorePoints keeps points of many devices in one round trip.
func (s *Store) StorePoints(ctx context.Context, org string, points []DevicePoint) error {
	if len(points) == 0 {
		return nil
	}
	if err := s.ensureMonths(ctx, points); err != nil {
		return err
	}
	n := len(points)
	device, metric := make([]string, n), make([]string, n)
	at, value := make([]time.Time, n), make([]float64, n)
	for i, p := range points {
		device[i], metric[i], at[i], value[i] = p.Device, clean(p.Metric), p.At, p.Value
	}
	b := &pgx.Batch{}
	b.Queue(`
		INSERT INTO device (id, organisation_id, name)
		SELECT DISTINCT d, $1::uuid, d
		FROM unnest($2::text[]) d
		WHERE NOT EXISTS (SELECT FROM device WHERE id = d)
		ORDER BY d
		ON CONFLICT DO NOTHING`, org, device)
	b.Queue(`
		INSERT INTO telemetry_series (organisation_id, device_id, metric)
		SELECT DISTINCT $1::uuid, u.device, u.metric
		FROM unnest($2::text[], $3::text[]) AS u (device, metric)
		WHERE NOT EXISTS (SELECT FROM telemetry_series s WHERE s.device_id = u.device AND s.metric = u.metric)
		ORDER BY u.device, u.metric
		ON CONFLICT DO NOTHING`, org, device, metric)
	b.Queue(`
		INSERT INTO telemetry (series_id, at, value)
		SELECT s.id, u.at, u.value
		FROM unnest($2::text[], $3::text[], $4::timestamptz[], $5::double precision[]) AS u (device, metric, at, value)
		JOIN telemetry_series s ON s.device_id = u.device AND s.metric = u.metric AND s.organisation_id = $1
		ORDER BY s.id, u.at
		ON CONFLICT DO NOTHING`, org, device, metric, at, value)
	return fail(s.db.SendBatch(ctx, b).Close(), "telemetry")
}

// The months that get a partition of their own. A clock that is further off
// must not be able to make a thousand tables; its points go to the default
// partition.
const (
	monthsBack  = 13 * 31 * 24 * time.Hour
	monthsAhead = 62 * 24 * time.Hour
)

func (s *Store) ensureMonths(ctx context.Context, points []DevicePoint) error {
	now := time.Now()
	for _, p := range points {
		if p.At.Before(now.Add(-monthsBack)) || p.At.After(now.Add(monthsAhead)) {
			continue
		}
		month := p.At.UTC().Format("2006-01")
		s.mu.Lock()
		known := s.months[month]
		s.mu.Unlock()
		if known {
			continue
		}
		// It fails when the default partition holds points of that month
		// already; then they go on going there.
		_, err := s.db.Exec(ctx, `SELECT telemetry_partition($1)`, p.At)
		if err = fail(err, "telemetry"); err != nil && (lab.CodeOf(err) == lab.Unavailable || ctx.Err() != nil) {
			return err
		}
		s.mu.Lock()
		s.months[month] = true
		s.mu.Unlock()
	}
	return nil
}

// Telemetry reads the points of a metric from a time up to, not including,
// another, oldest first. When there are more than limit, it is the newest.
func (s *Store) Telemetry(ctx context.Context, org, device, metric string, from, to time.Time, limit int) ([]lab.Point, error) {
	return many[lab.Point](ctx, s.db, "telemetry", `
		SELECT metric, at, value
		FROM (
			SELECT s.metric, t.at, t.value
			FROM telemetry_series s
			JOIN telemetry t ON t.series_id = s.id
			WHERE s.organisation_id = $1 AND s.device_id = $2 AND s.metric = $3 AND t.at >= $4 AND t.at < $5
			ORDER BY t.at DESC
			LIMIT $6
		) newest
		ORDER BY at`, org, clean(device), clean(metric), from, to, limit)
}

// Metrics lists the names of the metrics a device has sent.
func (s *Store) Metrics(ctx context.Context, org, device string) ([]string, error) {
	rows, err := many[struct{ Metric string }](ctx, s.db, "metrics", `
		SELECT metric FROM telemetry_series WHERE organisation_id = $1 AND device_id = $2 ORDER BY metric`, org, clean(device))
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.Metric
	}
	return names, err
}
