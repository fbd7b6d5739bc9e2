package store

import (
	"context"

	"github.com/lics-lab/lics/lab"
)

const noteColumns = `id, run_id AS run, at, by_user AS by, text`

// AddNote writes into the book of a run, during it or years later.
func (s *Store) AddNote(ctx context.Context, org, run, by, text string) (lab.Note, error) {
	if !isUUID(run) {
		return lab.Note{}, lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	return one[lab.Note](ctx, s.db, "run "+run, `
		INSERT INTO run_note (id, run_id, by_user, text)
		SELECT $1, id, $4, $5 FROM run WHERE id = $3 AND organisation_id = $2
		RETURNING `+noteColumns, newID(), org, run, by, clean(text))
}

// Notes lists the notes of a run, oldest first.
func (s *Store) Notes(ctx context.Context, org, run string) ([]lab.Note, error) {
	if !isUUID(run) {
		return nil, lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	return many[lab.Note](ctx, s.db, "notes", `
		SELECT `+noteColumns+`
		FROM run_note
		WHERE run_id = (SELECT id FROM run WHERE id = $2 AND organisation_id = $1)
		ORDER BY id`, org, run)
}
