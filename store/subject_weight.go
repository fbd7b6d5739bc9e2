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

// weightColumns say of a weight also whether it still counts.
const weightColumns = `w.id, w.subject_id AS subject, coalesce(w.run_id::text, '') AS run, w.grams, w.at, w.by_user AS by,
	w.note, w.recorded_at, w.replaces, w.withdrawn,
	NOT w.withdrawn AND NOT EXISTS (SELECT FROM subject_weight n WHERE n.replaces = w.id) AS current`

// AddWeight keeps a weighing that was entered by hand. A repeat with the same
// ID gives what is there.
func (s *Store) AddWeight(ctx context.Context, org string, w lab.Weight) (lab.Weight, error) {
	if !isUUID(w.Subject) {
		return w, lab.Errorf(lab.NotFound, "There is no subject %s.", w.Subject)
	}
	return one[lab.Weight](ctx, s.db, "subject "+w.Subject, `
		INSERT INTO subject_weight AS w (id, subject_id, grams, at, by_user, note)
		SELECT $1, id, $4, coalesce($5, now()), $6, $7 FROM subject WHERE id = $3 AND organisation_id = $2
		ON CONFLICT (id) DO UPDATE SET id = excluded.id
		RETURNING `+weightColumns,
		idOr(w.ID), org, w.Subject, w.Grams, timeOrNil(w.At), clean(w.By), clean(w.Note))
}

// CorrectWeight puts a weight in the place of another one, which stays to be
// seen. One that was corrected by somebody else meanwhile is lab.Conflict.
func (s *Store) CorrectWeight(ctx context.Context, org string, w lab.Weight) (lab.Weight, error) {
	if w.Replaces == nil {
		return w, lab.Errorf(lab.Invalid, "A correction says which weight it corrects.")
	}
	c, err := one[lab.Weight](ctx, s.db, "weight "+*w.Replaces, `
		INSERT INTO subject_weight AS w (id, subject_id, run_id, grams, at, by_user, note, replaces, withdrawn)
		SELECT $1, o.subject_id, o.run_id, $4, $5, $6, $7, o.id, $8
		FROM subject_weight o
		JOIN subject s ON s.id = o.subject_id
		WHERE o.id = $3 AND s.organisation_id = $2
		RETURNING `+weightColumns,
		newID(), org, clean(*w.Replaces), w.Grams, w.At, clean(w.By), clean(w.Note), w.Withdrawn)
	if err != nil && lab.CodeOf(err) == lab.Conflict {
		return c, coded(lab.Conflict, err, "This weight has been corrected already. Look at it again.")
	}
	return c, err
}

// Weight finds a weight by id.
func (s *Store) Weight(ctx context.Context, org, id string) (lab.Weight, error) {
	return one[lab.Weight](ctx, s.db, "weight "+id, `
		SELECT `+weightColumns+`
		FROM subject_weight w
		JOIN subject s ON s.id = w.subject_id
		WHERE s.organisation_id = $1 AND w.id = $2`, org, clean(id))
}

// WeightFilter narrows a list of weights. Empty fields do not.
type WeightFilter struct {
	Since   time.Time // weighed at or after
	Until   time.Time // weighed before
	History bool      // also those that were corrected or withdrawn
}

// Weights are the weighings of a subject, the newest first.
func (s *Store) Weights(ctx context.Context, org, subject string, f WeightFilter, p Page) ([]lab.Weight, bool, error) {
	if !isUUID(subject) {
		return nil, false, lab.Errorf(lab.NotFound, "There is no subject %s.", subject)
	}
	at, id, err := p.timeKey("weight")
	if err != nil {
		return nil, false, err
	}
	ws, err := many[lab.Weight](ctx, s.db, "weights", `
		SELECT *
		FROM (
			SELECT `+weightColumns+`
			FROM subject_weight w
			JOIN subject s ON s.id = w.subject_id
			WHERE s.organisation_id = $1 AND w.subject_id = $2
			  AND ($3::timestamptz IS NULL OR w.at >= $3)
			  AND ($4::timestamptz IS NULL OR w.at < $4)
			  AND ($5::timestamptz IS NULL OR (w.at, w.id) < ($5, $6::text))
		) w
		WHERE current OR $7
		ORDER BY at DESC, id DESC
		LIMIT $8`, org, subject, timeOrNil(f.Since), timeOrNil(f.Until), at, id, f.History, p.limit())
	ws, more := cut(p, ws)
	return ws, more, err
}

// LastWeight is the last weight of a subject that was weighed from a time on,
// and before another.
func (s *Store) LastWeight(ctx context.Context, org, subject string, since, until time.Time) (w lab.Weight, ok bool, err error) {
	ws, _, err := s.Weights(ctx, org, subject, WeightFilter{Since: since, Until: until}, Page{First: 1})
	if err != nil || len(ws) == 0 {
		return w, false, err
	}
	return ws[0], true, nil
}

// WeightCursor is the cursor of a weight.
func WeightCursor(w lab.Weight) string { return cursor("weight", timeText(w.At), w.ID) }
