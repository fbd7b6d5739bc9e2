package store

import (
	"context"
	"time"

	"github.com/lics-lab/lics/lab"
)

// LastEvent is when an event, a state or an outcome of a name was recorded last
// in a run by a device, as far as that came in since a time.
func (s *Store) LastEvent(ctx context.Context, run, device, event string, since time.Time) (at time.Time, ok bool, err error) {
	if !isUUID(run) {
		return at, false, lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	// From the newest batch backwards, and in it from its last row, until one is
	// found: what has come in since the time is read, and nothing else.
	var last *time.Time
	err = s.db.QueryRow(ctx, `
		SELECT max(l.at)
		FROM run_boot w
		JOIN device_boot d ON d.id = w.boot_id
		CROSS JOIN LATERAL (
			SELECT to_timestamp((b.start_ns + e.t_ns) / 1e9) AS at
			FROM event_batch b
			CROSS JOIN LATERAL (
				SELECT r.t_ns
				FROM event_row r
				WHERE r.boot_id = b.boot_id AND r.seq BETWEEN b.first_seq AND b.last_seq
				  AND r.name = $3 AND r.kind IN ('event', 'state', 'outcome')
				ORDER BY r.seq DESC
				LIMIT 1
			) e
			WHERE b.run_id = $1 AND b.boot_id = w.boot_id AND b.received_at >= $4
			ORDER BY b.received_at DESC, b.first_seq DESC
			LIMIT 1
		) l
		WHERE w.run_id = $1 AND d.device_id = $2`,
		run, device, clean(event), since).Scan(&last)
	if err != nil || last == nil {
		return at, false, fail(err, "event "+event)
	}
	return *last, true, nil
}
