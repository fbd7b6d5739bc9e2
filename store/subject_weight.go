package store

import (
	"context"
	"time"

	"github.com/lics-lab/lics/lab"
)

// RecordWeight keeps a weighing of the subject of a run. A repeat changes
// nothing.
func (s *Store) RecordWeight(ctx context.Context, w lab.Weight) error {
	if !isUUID(w.Run) {
		return lab.Errorf(lab.NotFound, "There is no run %s.", w.Run)
	}
	tag, err := s.db.Exec(ctx, `
		INSERT INTO subject_weight (id, subject_id, run_id, grams, at, by_user)
		SELECT $1, subject_id, id, $3, $4, $5 FROM run WHERE id = $2 AND subject_id IS NOT NULL
		ON CONFLICT (id) DO UPDATE SET id = excluded.id`,
		w.ID, w.Run, w.Grams, w.At, clean(w.By))
	if err == nil && tag.RowsAffected() == 0 {
		return lab.Errorf(lab.State, "The run %s has no subject whose weight this could be.", w.Run)
	}
	return fail(err, "weight")
}

// Weights are the weighings of a subject since a time, the newest first.
func (s *Store) Weights(ctx context.Context, org, subject string, since time.Time, most int) ([]lab.Weight, error) {
	if !isUUID(subject) {
		return nil, lab.Errorf(lab.NotFound, "There is no subject %s.", subject)
	}
	return many[lab.Weight](ctx, s.db, "weights", `
		SELECT w.id, w.subject_id AS subject, w.run_id AS run, w.grams, w.at, w.by_user AS by
		FROM subject_weight w
		JOIN subject s ON s.id = w.subject_id
		WHERE s.organisation_id = $1 AND w.subject_id = $2 AND ($3::timestamptz IS NULL OR w.at >= $3)
		ORDER BY w.at DESC, w.id DESC
		LIMIT $4`, org, subject, timeOrNil(since), most)
}
