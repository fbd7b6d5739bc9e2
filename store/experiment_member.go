package store

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/lics-lab/lics/lab"
)

// AddToExperiment makes subjects and protocols belong to an experiment, all or
// none. What belongs to it already goes on to.
func (s *Store) AddToExperiment(ctx context.Context, org, experiment string, subjects, protocols []string) error {
	return s.inTx(ctx, "experiment "+experiment, func(tx pgx.Tx) error {
		if err := members(ctx, tx, org, experiment, subjects, protocols); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO experiment_subject (experiment_id, subject_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING`, experiment, subjects)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			INSERT INTO experiment_protocol (experiment_id, protocol_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING`, experiment, protocols)
		return err
	})
}

// RemoveFromExperiment is the inverse of AddToExperiment. Runs stay as they are.
func (s *Store) RemoveFromExperiment(ctx context.Context, org, experiment string, subjects, protocols []string) error {
	return s.inTx(ctx, "experiment "+experiment, func(tx pgx.Tx) error {
		if err := members(ctx, tx, org, experiment, subjects, protocols); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `DELETE FROM experiment_subject WHERE experiment_id = $1 AND subject_id = ANY ($2::uuid[])`, experiment, subjects)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `DELETE FROM experiment_protocol WHERE experiment_id = $1 AND protocol_id = ANY ($2::uuid[])`, experiment, protocols)
		return err
	})
}

// members refuses what the organisation does not have.
func members(ctx context.Context, tx pgx.Tx, org, experiment string, subjects, protocols []string) error {
	for _, noun := range []struct {
		name, table string
		ids         []string
	}{{"experiment", "experiment", []string{experiment}}, {"subject", "subject", subjects}, {"protocol", "protocol", protocols}} {
		for _, id := range noun.ids {
			if !isUUID(id) {
				return lab.Errorf(lab.NotFound, "There is no %s %s.", noun.name, id)
			}
		}
		type found struct{ ID string }
		rows, err := many[found](ctx, tx, noun.name, `
			SELECT id FROM `+noun.table+` WHERE organisation_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id`, org, noun.ids)
		if err != nil {
			return err
		}
		for _, id := range noun.ids {
			if !slices.Contains(rows, found{id}) {
				return lab.Errorf(lab.NotFound, "There is no %s %s.", noun.name, id)
			}
		}
	}
	return nil
}
