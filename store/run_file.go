package store

import (
	"context"

	"github.com/lics-lab/lics/lab"
)

const runFileColumns = `f.run_id AS run, f.format, f.contents AS "table", coalesce(f.name, '') AS name, coalesce(f.key, '') AS key, f.state,
	coalesce(f.size, 0) AS size, coalesce(f.sha256, '') AS sha256, coalesce(f.rows, 0) AS rows, f.missing, f.error, f.stored_at`

// BeginRunFile gives a file its name. One that was begun before keeps the name
// it has, so that every attempt writes the same object.
func (s *Store) BeginRunFile(ctx context.Context, f lab.RunFile) (lab.RunFile, error) {
	if !isUUID(f.Run) {
		return f, lab.Errorf(lab.NotFound, "There is no run %s.", f.Run)
	}
	return one[lab.RunFile](ctx, s.db, "file of run "+f.Run, `
		INSERT INTO run_file AS f (run_id, format, contents, name)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (run_id, format, contents) DO UPDATE SET name = coalesce(f.name, excluded.name)
		RETURNING `+runFileColumns, f.Run, f.Format, f.Table, clean(f.Name))
}

// KeepRunFile writes down that a file is in the object store. A later one of
// the same name takes its place there and here.
func (s *Store) KeepRunFile(ctx context.Context, f lab.RunFile) error {
	if !isUUID(f.Run) {
		return lab.Errorf(lab.NotFound, "There is no run %s.", f.Run)
	}
	// A repeat of the same bytes is no new file: the time of the first stays.
	tag, err := s.db.Exec(ctx, `
		UPDATE run_file f
		SET state = 'STORED', key = $4, size = $5, sha256 = $6, rows = $7, missing = $8, error = '',
		    stored_at = CASE WHEN f.state = 'STORED' AND f.sha256 = $6 THEN f.stored_at ELSE now() END
		WHERE f.run_id = $1 AND f.format = $2 AND f.contents = $3`,
		f.Run, f.Format, f.Table, f.Key, f.Size, f.SHA256, f.Rows, clean(f.Missing))
	if err == nil && tag.RowsAffected() == 0 {
		return lab.Errorf(lab.NotFound, "Nobody began the file %s of run %s.", f.Name, f.Run)
	}
	return fail(err, "file of run "+f.Run)
}

// FailRunFile writes down why a file could not be made or stored. givenUp says
// that nobody tries again. A file that is stored stays so.
func (s *Store) FailRunFile(ctx context.Context, f lab.RunFile, givenUp bool) error {
	if !isUUID(f.Run) {
		return lab.Errorf(lab.NotFound, "There is no run %s.", f.Run)
	}
	state := lab.RunFilePending
	if givenUp {
		state = lab.RunFileFailed
	}
	_, err := s.db.Exec(ctx, `
		INSERT INTO run_file AS f (run_id, format, contents, name, state, error)
		VALUES ($1, $2, $3, nullif($4, ''), $5, $6)
		ON CONFLICT (run_id, format, contents) DO UPDATE
		SET error = excluded.error, state = CASE f.state WHEN 'STORED' THEN f.state ELSE excluded.state END`,
		f.Run, f.Format, f.Table, clean(f.Name), state, clean(f.Error))
	return fail(err, "file of run "+f.Run)
}

// RetryRunFiles says that the files that were given up are tried again.
func (s *Store) RetryRunFiles(ctx context.Context, run string) error {
	if !isUUID(run) {
		return lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	_, err := s.db.Exec(ctx, `UPDATE run_file SET state = 'PENDING' WHERE run_id = $1 AND state = 'FAILED'`, run)
	return fail(err, "files of run "+run)
}

// RunFiles are the files that are wanted of a run, also those that are not made
// yet.
func (s *Store) RunFiles(ctx context.Context, org, run string) ([]lab.RunFile, error) {
	if !isUUID(run) {
		return nil, lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	return many[lab.RunFile](ctx, s.db, "files of run "+run, `
		SELECT e.run_id AS run, e.format, coalesce(f.contents, 'events') AS "table", coalesce(f.name, '') AS name,
		       coalesce(f.key, '') AS key, coalesce(f.state, 'PENDING') AS state, coalesce(f.size, 0) AS size,
		       coalesce(f.sha256, '') AS sha256, coalesce(f.rows, 0) AS rows, coalesce(f.missing, '') AS missing,
		       coalesce(f.error, '') AS error, f.stored_at
		FROM run_export e
		JOIN run r ON r.id = e.run_id
		LEFT JOIN run_file f ON f.run_id = e.run_id AND f.format = e.format
		WHERE e.run_id = $2 AND r.organisation_id = $1
		ORDER BY e.format, coalesce(f.contents, 'events')`, org, run)
}

// RunFile finds a stored file by its name.
func (s *Store) RunFile(ctx context.Context, org, run, name string) (lab.RunFile, error) {
	if !isUUID(run) {
		return lab.RunFile{}, lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	return one[lab.RunFile](ctx, s.db, "file "+name+" of run "+run, `
		SELECT `+runFileColumns+`
		FROM run_file f
		JOIN run r ON r.id = f.run_id
		WHERE r.organisation_id = $1 AND f.run_id = $2 AND f.name = $3 AND f.state = 'STORED'`, org, run, clean(name))
}

// MissingRows are the rows of a run's tasks that its devices have recorded and
// that are not stored. A device that has not said how a task ended may have
// more.
func (s *Store) MissingRows(ctx context.Context, run string) ([]lab.MissingRows, error) {
	if !isUUID(run) {
		return nil, lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	return many[lab.MissingRows](ctx, s.db, "missing rows of run "+run, `
		SELECT c.device_id AS device, c.node,
		       CASE WHEN c.state IN ('done', 'failed', 'interrupted') THEN max((c.reply -> 'result' ->> 'last_seq')::bigint - coalesce(b.stored, 0))
		            ELSE 0 END AS rows
		FROM command c
		LEFT JOIN device_boot b ON b.device_id = c.device_id AND b.boot = c.reply -> 'result' ->> 'boot'
		WHERE c.run_id = $1 AND c.verb = 'task'
		  AND (c.state IN ('', 'received', 'started', 'progress')
		       OR c.state <> 'refused' AND (c.reply -> 'result' ->> 'last_seq')::bigint > coalesce(b.stored, 0))
		GROUP BY c.device_id, c.node, c.state
		ORDER BY c.device_id, c.node, rows`, run)
}
