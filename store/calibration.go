package store

import (
	"context"
	"time"

	"github.com/lics-lab/lics/lab"
)

const calibrationColumns = `c.id, c.organisation_id AS organisation, c.device_id AS device, c.channel, c.points,
	c.measured_at, c.measured_by`

// SaveCalibration adds a curve. Older ones stay: runs refer to them.
func (s *Store) SaveCalibration(ctx context.Context, c lab.Calibration) (lab.Calibration, error) {
	if c.MeasuredAt.IsZero() {
		c.MeasuredAt = time.Now()
	}
	return one[lab.Calibration](ctx, s.db, "calibration", `
		INSERT INTO calibration AS c (id, organisation_id, device_id, channel, points, measured_at, measured_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		RETURNING `+calibrationColumns,
		idOr(c.ID), c.Organisation, c.Device, c.Channel, jsonOr(c.Points, "[]"), c.MeasuredAt, c.MeasuredBy)
}

// CalibrationHistory are the curves that were measured on a device, of one
// channel or, with an empty one, of all; the latest first.
func (s *Store) CalibrationHistory(ctx context.Context, org, device, channel string, p Page) ([]lab.Calibration, bool, error) {
	at, id, err := p.timeKey("calibration")
	if err != nil {
		return nil, false, err
	}
	cs, err := many[lab.Calibration](ctx, s.db, "calibrations of "+device, `
		SELECT `+calibrationColumns+`
		FROM calibration c
		WHERE organisation_id = $1 AND device_id = $2 AND ($3 = '' OR channel = $3)
		  AND ($4::timestamptz IS NULL OR (measured_at, id::text) < ($4, $5::text))
		ORDER BY measured_at DESC, id::text DESC
		LIMIT $6`, org, device, channel, at, id, p.limit())
	cs, more := cut(p, cs)
	return cs, more, err
}

// CalibrationCursor is the cursor of a calibration.
func CalibrationCursor(c lab.Calibration) string {
	return cursor("calibration", timeText(c.MeasuredAt), c.ID)
}

// Calibrations are the latest curves of devices, one for each channel that has
// any.
func (s *Store) Calibrations(ctx context.Context, org string, devices ...string) ([]lab.Calibration, error) {
	return many[lab.Calibration](ctx, s.db, "calibrations", `
		SELECT DISTINCT ON (device_id, channel) `+calibrationColumns+`
		FROM calibration c
		WHERE organisation_id = $1 AND device_id = ANY ($2)
		ORDER BY device_id, channel, measured_at DESC, id DESC`, org, devices)
}
