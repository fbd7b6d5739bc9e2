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
	var last *time.Time
	err = s.db.QueryRow(ctx, `
		SELECT max(to_timestamp((b.start_ns + r.t_ns) / 1e9))
		FROM event_batch b
		JOIN device_boot d ON d.id = b.boot_id
		JOIN event_row r ON r.boot_id = b.boot_id AND r.seq BETWEEN b.first_seq AND b.last_seq
		WHERE b.run_id = $1 AND d.device_id = $2 AND b.received_at >= $4
		  AND r.name = $3 AND r.kind IN ('event', 'state', 'outcome')`,
		run, device, clean(event), since).Scan(&last)
	if err != nil || last == nil {
		return at, false, fail(err, "event "+event)
	}
	return *last, true, nil
}
