package store

import (
	"context"

	"github.com/lics-lab/lics/lab"
)

// BeginRun gives the run a new master: devices refuse commands of a lower
// epoch. It starts a run that has not begun; a final one is lab.State.
func (s *Store) BeginRun(ctx context.Context, id string) (epoch int64, err error) {
	if !isUUID(id) {
		return 0, lab.Errorf(lab.NotFound, "There is no run %s.", id)
	}
	err = s.db.QueryRow(ctx, `
		UPDATE run
		SET epoch = epoch + 1, started_at = coalesce(started_at, now()),
		    status = CASE status WHEN 'STARTING' THEN 'RUNNING' ELSE status END
		WHERE id = $1 AND status IN ('STARTING', 'RUNNING', 'PAUSED', 'SEALING')
		RETURNING epoch`, id).Scan(&epoch)
	err = fail(err, "run "+id)
	if err != nil && lab.CodeOf(err) == lab.NotFound {
		r, err := s.RunByID(ctx, id)
		if err != nil {
			return 0, err
		}
		return 0, overError(r)
	}
	return epoch, err
}

// SetRunStatus moves a run to a status that is not final: running and paused
// either way, sealing from both. A repeat changes nothing. What cannot be, as
// leaving a final status, is lab.State.
func (s *Store) SetRunStatus(ctx context.Context, id string, to lab.RunStatus) (changed bool, err error) {
	var from []string
	switch to {
	case lab.RunRunning:
		from = []string{string(lab.RunStarting), string(lab.RunPaused)}
	case lab.RunPaused:
		from = []string{string(lab.RunStarting), string(lab.RunRunning)}
	case lab.RunSealing:
		from = []string{string(lab.RunStarting), string(lab.RunRunning), string(lab.RunPaused)}
	default:
		return false, lab.Errorf(lab.Invalid, "A run is not set to %s; final statuses are given by FinishRun.", to)
	}
	if !isUUID(id) {
		return false, lab.Errorf(lab.NotFound, "There is no run %s.", id)
	}
	tag, err := s.db.Exec(ctx, `
		UPDATE run
		SET status = $2, started_at = coalesce(started_at, now())
		WHERE id = $1 AND status = ANY ($3)`, id, string(to), from)
	if err != nil {
		return false, fail(err, "run "+id)
	}
	if tag.RowsAffected() == 1 {
		return true, nil
	}
	r, err := s.RunByID(ctx, id)
	switch {
	case err != nil:
		return false, err
	case r.Status == to:
		return false, nil
	case r.Status.Final():
		return false, overError(r)
	}
	return false, lab.Errorf(lab.State, "Run %s is %s and cannot become %s.", id, r.Status, to)
}

// FinishRun gives a run its final status. The first one stays: a later call
// changes nothing and gives the run as it is. message says why it failed, to a
// person.
func (s *Store) FinishRun(ctx context.Context, id string, status lab.RunStatus, outcome, message string) (lab.Run, error) {
	if !status.Final() {
		return lab.Run{}, lab.Errorf(lab.Invalid, "%s is not a final status.", status)
	}
	if !isUUID(id) {
		return lab.Run{}, lab.Errorf(lab.NotFound, "There is no run %s.", id)
	}
	_, err := s.db.Exec(ctx, `
		UPDATE run
		SET status = $2, outcome = $3, error = $4, ended_at = now()
		WHERE id = $1 AND status IN ('STARTING', 'RUNNING', 'PAUSED', 'SEALING')`,
		id, string(status), clean(outcome), clean(message))
	if err != nil {
		return lab.Run{}, fail(err, "run "+id)
	}
	return s.RunByID(ctx, id)
}

func overError(r lab.Run) error {
	return lab.Errorf(lab.State, "Run %s is over: it is %s.", r.ID, r.Status)
}
