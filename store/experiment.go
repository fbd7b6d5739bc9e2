package store

import (
	"context"

	"github.com/lics-lab/lics/lab"
)

const experimentColumns = `id, organisation_id AS organisation, name, description, archived_at, created_at`

// SaveExperiment makes an experiment, or changes the one with the ID.
func (s *Store) SaveExperiment(ctx context.Context, v lab.Experiment) (lab.Experiment, error) {
	if v.ID != "" && !isUUID(v.ID) {
		return lab.Experiment{}, lab.Errorf(lab.NotFound, "There is no experiment %s.", v.ID)
	}
	return one[lab.Experiment](ctx, s.db, "experiment "+v.Name, `
		INSERT INTO experiment (id, organisation_id, name, description, archived_at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE
		SET name = $3, description = $4, archived_at = $5
		WHERE experiment.organisation_id = $2
		RETURNING `+experimentColumns, idOr(v.ID), v.Organisation, v.Name, v.Description, v.ArchivedAt)
}

// Experiment finds an experiment by id.
func (s *Store) Experiment(ctx context.Context, org, id string) (lab.Experiment, error) {
	if !isUUID(id) {
		return lab.Experiment{}, lab.Errorf(lab.NotFound, "There is no experiment %s.", id)
	}
	return one[lab.Experiment](ctx, s.db, "experiment "+id, `
		SELECT `+experimentColumns+` FROM experiment WHERE organisation_id = $1 AND id = $2`, org, id)
}

// ExperimentByName finds an experiment by its name.
func (s *Store) ExperimentByName(ctx context.Context, org, name string) (lab.Experiment, error) {
	return one[lab.Experiment](ctx, s.db, "experiment "+name, `
		SELECT `+experimentColumns+` FROM experiment WHERE organisation_id = $1 AND name = $2`, org, name)
}

// ExperimentFilter narrows a list of experiments.
type ExperimentFilter struct {
	Search   string // a part of the name or the description, in any case
	Subject  string // id of one that belongs to it
	Protocol string // id of one that belongs to it
	Archived Archived
}

// Experiments lists experiments by name.
func (s *Store) Experiments(ctx context.Context, org string, f ExperimentFilter, p Page) ([]lab.Experiment, bool, error) {
	name, id, err := p.nameKey("experiment")
	if err != nil {
		return nil, false, err
	}
	for _, id := range []string{f.Subject, f.Protocol} {
		if id != "" && !isUUID(id) {
			return nil, false, nil // nothing has such an id
		}
	}
	vs, err := many[lab.Experiment](ctx, s.db, "experiments", `
		SELECT `+experimentColumns+`
		FROM experiment
		WHERE organisation_id = $1
		  AND ($2 = '' OR name ILIKE $2 OR description ILIKE $2)
		  AND ($3::text IS NULL OR (name, id) > ($3, $4::uuid))
		  AND ($6::uuid IS NULL OR id IN (SELECT experiment_id FROM experiment_subject WHERE subject_id = $6))
		  AND ($7::uuid IS NULL OR id IN (SELECT experiment_id FROM experiment_protocol WHERE protocol_id = $7))
		  AND ($8::boolean IS NULL OR (archived_at IS NOT NULL) = $8)
		ORDER BY name, id
		LIMIT $5`, org, pattern(f.Search), name, id, p.limit(), uuidOrNil(f.Subject), uuidOrNil(f.Protocol), f.Archived.only())
	vs, more := cut(p, vs)
	return vs, more, err
}

// ExperimentCursor is the cursor of an experiment.
func ExperimentCursor(v lab.Experiment) string { return cursor("experiment", v.Name, v.ID) }
