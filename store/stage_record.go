package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/lics-lab/lics/lab"
)

// maxSessions bounds how far back a gate looks.
const maxSessions = 1000

// JudgeStage decides about the subject of a run, once: a repeat gives what was
// decided. Judge gets the values of the sessions since the subject came to this
// stage, the oldest first.
func (s *Store) JudgeStage(ctx context.Context, r lab.StageRecord, judge func(before []float64) (verdict string, score float64)) (lab.StageRecord, error) {
	if !isUUID(r.Run) {
		return r, lab.Errorf(lab.NotFound, "There is no run %s.", r.Run)
	}
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		var subject *string
		// The subject's row keeps two gates from deciding at once.
		err := tx.QueryRow(ctx, `SELECT subject_id::text FROM run WHERE id = $1`, r.Run).Scan(&subject)
		if err != nil {
			return err
		}
		if subject == nil {
			return lab.Errorf(lab.State, "The run has no subject about whose training a stage gate could decide.")
		}
		r.Subject = *subject
		if _, err := tx.Exec(ctx, `SELECT 1 FROM subject WHERE id = $1 FOR UPDATE`, r.Subject); err != nil {
			return err
		}
		err = tx.QueryRow(ctx, `SELECT verdict, score FROM stage_record WHERE id = $1`, r.ID).Scan(&r.Verdict, &r.Score)
		if err == nil {
			return nil
		}
		before, err := sessionsAt(ctx, tx, r)
		if err != nil {
			return err
		}
		r.Verdict, r.Score = judge(before)
		_, err = tx.Exec(ctx, `
			INSERT INTO stage_record (id, subject_id, run_id, gate, stage, value, score, verdict)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			r.ID, r.Subject, r.Run, clean(r.Gate), clean(r.Stage), r.Value, r.Score, r.Verdict)
		return err
	})
	return r, fail(err, "stage of run "+r.Run)
}

// sessionsAt are the values since the subject came to the stage.
func sessionsAt(ctx context.Context, tx pgx.Tx, r lab.StageRecord) ([]float64, error) {
	rows, err := tx.Query(ctx, `
		SELECT value, stage, verdict FROM stage_record
		WHERE subject_id = $1 AND gate = $2
		ORDER BY at DESC, id DESC
		LIMIT $3`, r.Subject, clean(r.Gate), maxSessions)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var values []float64
	for rows.Next() {
		var value float64
		var stage, verdict string
		if err := rows.Scan(&value, &stage, &verdict); err != nil {
			return nil, err
		}
		if stage != clean(r.Stage) || verdict == "advance" || verdict == "back" {
			break
		}
		values = append([]float64{value}, values...)
	}
	return values, rows.Err()
}
