package store

import (
	"context"

	"github.com/lics-lab/lics/lab"
)

const subjectColumns = `id, organisation_id AS organisation, name, species, sex, born_on, cohort, notes,
	baseline_grams, target_fraction, archived_at, created_at`

// SaveSubject makes a subject, or changes the one with the ID.
func (s *Store) SaveSubject(ctx context.Context, v lab.Subject) (lab.Subject, error) {
	if v.ID != "" && !isUUID(v.ID) {
		return lab.Subject{}, lab.Errorf(lab.NotFound, "There is no subject %s.", v.ID)
	}
	return one[lab.Subject](ctx, s.db, "subject "+v.Name, `
		INSERT INTO subject (id, organisation_id, name, species, sex, born_on, cohort, notes,
		                     baseline_grams, target_fraction, archived_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (id) DO UPDATE
		SET name = $3, species = $4, sex = $5, born_on = $6, cohort = $7, notes = $8,
		    baseline_grams = $9, target_fraction = $10, archived_at = $11
		WHERE subject.organisation_id = $2
		RETURNING `+subjectColumns,
		idOr(v.ID), v.Organisation, v.Name, v.Species, v.Sex, v.BornOn, v.Cohort, v.Notes,
		v.BaselineGrams, v.TargetFraction, v.ArchivedAt)
}

// Subject finds a subject by id.
func (s *Store) Subject(ctx context.Context, org, id string) (lab.Subject, error) {
	if !isUUID(id) {
		return lab.Subject{}, lab.Errorf(lab.NotFound, "There is no subject %s.", id)
	}
	return one[lab.Subject](ctx, s.db, "subject "+id, `
		SELECT `+subjectColumns+` FROM subject WHERE organisation_id = $1 AND id = $2`, org, id)
}

// SubjectByName finds a subject by the lab's name for it.
func (s *Store) SubjectByName(ctx context.Context, org, name string) (lab.Subject, error) {
	return one[lab.Subject](ctx, s.db, "subject "+name, `
		SELECT `+subjectColumns+` FROM subject WHERE organisation_id = $1 AND name = $2`, org, name)
}

// SubjectFilter narrows a list of subjects.
type SubjectFilter struct {
	Search     string // a part of the name, in any case
	Cohort     string
	Experiment string // id
	Archived   Archived
}

// Subjects lists subjects by name.
func (s *Store) Subjects(ctx context.Context, org string, f SubjectFilter, p Page) ([]lab.Subject, bool, error) {
	name, id, err := p.nameKey("subject")
	if err != nil {
		return nil, false, err
	}
	if f.Experiment != "" && !isUUID(f.Experiment) {
		return nil, false, nil // nothing has such an id
	}
	vs, err := many[lab.Subject](ctx, s.db, "subjects", `
		SELECT `+subjectColumns+`
		FROM subject
		WHERE organisation_id = $1
		  AND ($2 = '' OR name ILIKE $2)
		  AND ($3 = '' OR cohort = $3)
		  AND ($4::text IS NULL OR (name, id) > ($4, $5::uuid))
		  AND ($7::uuid IS NULL OR id IN (SELECT subject_id FROM experiment_subject WHERE experiment_id = $7))
		  AND ($8::boolean IS NULL OR (archived_at IS NOT NULL) = $8)
		ORDER BY name, id
		LIMIT $6`, org, pattern(f.Search), f.Cohort, name, id, p.limit(), uuidOrNil(f.Experiment), f.Archived.only())
	vs, more := cut(p, vs)
	return vs, more, err
}

// SubjectCursor is the cursor of a subject.
func SubjectCursor(v lab.Subject) string { return cursor("subject", v.Name, v.ID) }
