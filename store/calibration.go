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

// Calibrations are the latest curves of devices, one for each channel that has
// any.
func (s *Store) Calibrations(ctx context.Context, org string, devices ...string) ([]lab.Calibration, error) {
	return many[lab.Calibration](ctx, s.db, "calibrations", `
		SELECT DISTINCT ON (device_id, channel) `+calibrationColumns+`
		FROM calibration c
		WHERE organisation_id = $1 AND device_id = ANY ($2)
		ORDER BY device_id, channel, measured_at DESC, id DESC`, org, devices)
}
