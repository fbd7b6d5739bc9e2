package store

import (
	"context"

	"github.com/lics-lab/lics/lab"
)

// MarkExports notes that a run is wanted in some formats. A repeat changes
// nothing.
func (s *Store) MarkExports(ctx context.Context, run, node string, formats []string) error {
	if !isUUID(run) {
		return lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	_, err := s.db.Exec(ctx, `
		INSERT INTO run_export (run_id, format, node)
		SELECT $1, unnest($3::text[]), $2
		ON CONFLICT DO NOTHING`, run, clean(node), formats)
	return fail(err, "export of run "+run)
}

// MarkedExports are the formats in which a run is wanted.
func (s *Store) MarkedExports(ctx context.Context, run string) ([]string, error) {
	if !isUUID(run) {
		return nil, lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	var formats []string
	err := s.db.QueryRow(ctx, `
		SELECT coalesce(array_agg(format ORDER BY format), '{}') FROM run_export WHERE run_id = $1`, run).Scan(&formats)
	return formats, fail(err, "exports of run "+run)
}
