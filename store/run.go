package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/lics-lab/lics/lab"
)

const (
	runColumns = `r.id, r.organisation_id AS organisation, r.version_id AS version, v.protocol_id AS protocol,
		p.name AS protocol_name, r.subject_id AS subject, r.experiment_id AS experiment, r.status, r.seed,
		r.parameters, r.bindings, r.epoch, r.outcome, r.error, r.key, r.started_by,
		r.created_at, r.started_at, r.ended_at`
	runTables = `run r
		JOIN protocol_version v ON v.id = r.version_id
		JOIN protocol p ON p.id = v.protocol_id`
)

// CreateRun makes a run in status STARTING. A second call with the same key
// gives the first one's run and created false. The ID is made when empty.
func (s *Store) CreateRun(ctx context.Context, r lab.Run) (run lab.Run, created bool, err error) {
	return s.createRun(ctx, r, false)
}

// CreateRunAlone is CreateRun for a subject that must be in no other run that
// is not over; else it is lab.State. Of two that come at once one is refused.
func (s *Store) CreateRunAlone(ctx context.Context, r lab.Run) (run lab.Run, created bool, err error) {
	return s.createRun(ctx, r, true)
}

func (s *Store) createRun(ctx context.Context, r lab.Run, alone bool) (run lab.Run, created bool, err error) {
	noun := "run"
	if r.Key != nil {
		noun = "run with key " + *r.Key
	}
	err = s.inTx(ctx, noun, func(tx pgx.Tx) error {
		if alone && r.Subject != nil {
			if err := subjectAlone(ctx, tx, r); err != nil {
				return err
			}
		}
		id := idOr(r.ID)
		tag, err := tx.Exec(ctx, `
			INSERT INTO run (id, organisation_id, version_id, subject_id, experiment_id, status, seed,
			                 parameters, bindings, key, started_by)
			SELECT $1, $2, v.id, $4, $5, 'STARTING', $6, $7, $8, $9, $10
			FROM protocol_version v
			JOIN protocol p ON p.id = v.protocol_id
			WHERE v.id = $3 AND p.organisation_id = $2
			  AND ($4::uuid IS NULL OR EXISTS (SELECT FROM subject WHERE id = $4 AND organisation_id = $2))
			  AND ($5::uuid IS NULL OR EXISTS (SELECT FROM experiment WHERE id = $5 AND organisation_id = $2))
			ON CONFLICT (organisation_id, key) DO NOTHING`,
			id, r.Organisation, r.Version, r.Subject, r.Experiment, r.Seed,
			jsonOr(r.Parameters, "{}"), jsonOr(r.Bindings, "[]"), r.Key, r.StartedBy)
		if err != nil {
			return err
		}
		created = tag.RowsAffected() == 1
		run, err = one[lab.Run](ctx, tx, noun, `
			SELECT `+runColumns+` FROM `+runTables+`
			WHERE r.organisation_id = $1 AND (r.id = $2 OR r.key = $3)`, r.Organisation, id, r.Key)
		if err != nil && lab.CodeOf(err) == lab.NotFound {
			return lab.Errorf(lab.Invalid, "The protocol version, the subject or the experiment of the run does not exist.")
		}
		return err
	})
	return run, created && err == nil, err
}

// subjectAlone keeps others from starting a run with the subject until the
// transaction ends.
func subjectAlone(ctx context.Context, tx pgx.Tx, r lab.Run) error {
	_, err := tx.Exec(ctx, `SELECT FROM subject WHERE id = $1 AND organisation_id = $2 FOR NO KEY UPDATE`, *r.Subject, r.Organisation)
	if err != nil {
		return err
	}
	var other string
	err = tx.QueryRow(ctx, `
		SELECT id
		FROM run
		WHERE subject_id = $1 AND status IN ('STARTING', 'RUNNING', 'PAUSED') AND key IS DISTINCT FROM coalesce($2, '')
		ORDER BY created_at DESC
		LIMIT 1`, *r.Subject, r.Key).Scan(&other)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return err
	}
	return &lab.Error{Code: lab.State, Field: "subject", Message: fmt.Sprintf("The subject is in run %s, which is not over.", other)}
}

// Run finds a run by id.
func (s *Store) Run(ctx context.Context, org, id string) (lab.Run, error) {
	r, err := s.RunByID(ctx, id)
	if err == nil && r.Organisation != org {
		return lab.Run{}, lab.Errorf(lab.NotFound, "There is no run %s.", id)
	}
	return r, err
}

// RunByID finds a run of any organisation, for the parts of the system.
func (s *Store) RunByID(ctx context.Context, id string) (lab.Run, error) {
	if !isUUID(id) {
		return lab.Run{}, lab.Errorf(lab.NotFound, "There is no run %s.", id)
	}
	return one[lab.Run](ctx, s.db, "run "+id, `SELECT `+runColumns+` FROM `+runTables+` WHERE r.id = $1`, id)
}

// RunByKey finds the run that was started with a key.
func (s *Store) RunByKey(ctx context.Context, org, key string) (lab.Run, error) {
	return one[lab.Run](ctx, s.db, "run with the key "+key,
		`SELECT `+runColumns+` FROM `+runTables+` WHERE r.organisation_id = $1 AND r.key = $2`, org, key)
}

// RunFilter narrows a list of runs. Empty fields do not.
type RunFilter struct {
	Status     []lab.RunStatus
	Protocol   string // id
	Device     string
	Subject    string
	Experiment string
	Since      *time.Time // created at or after
	Until      *time.Time // created before
	// Search is a part, in any case, of the id, the name of the protocol or the
	// subject, the outcome, the error, or who started it.
	Search string
}

// where is the condition of the filter with its arguments $1 to $9; possible is
// false when nothing can pass it.
func (f RunFilter) where(org string) (sql string, args []any, possible bool) {
	for _, id := range []string{f.Protocol, f.Subject, f.Experiment} {
		if id != "" && !isUUID(id) {
			return "", nil, false // nothing has such an id
		}
	}
	var status []string
	for _, v := range f.Status {
		status = append(status, string(v))
	}
	return `r.organisation_id = $1
		  AND ($2::text[] IS NULL OR r.status = ANY ($2))
		  AND ($3::uuid IS NULL OR v.protocol_id = $3)
		  AND ($4 = '' OR r.bindings @> jsonb_build_array(jsonb_build_object('device', $4)))
		  AND ($5::uuid IS NULL OR r.subject_id = $5)
		  AND ($6::uuid IS NULL OR r.experiment_id = $6)
		  AND ($7::timestamptz IS NULL OR r.created_at >= $7)
		  AND ($8::timestamptz IS NULL OR r.created_at < $8)
		  AND ($9 = '' OR r.id::text ILIKE $9 OR p.name ILIKE $9 OR r.outcome ILIKE $9 OR r.error ILIKE $9 OR r.started_by ILIKE $9
		       OR EXISTS (SELECT FROM subject s WHERE s.id = r.subject_id AND s.name ILIKE $9))`,
		[]any{
			org, status, uuidOrNil(f.Protocol), clean(f.Device), uuidOrNil(f.Subject), uuidOrNil(f.Experiment),
			f.Since, f.Until, pattern(clean(f.Search)),
		}, true
}

// Runs lists runs, newest first.
func (s *Store) Runs(ctx context.Context, org string, f RunFilter, p Page) ([]lab.Run, bool, error) {
	at, id, err := p.timeKey("run")
	if err != nil {
		return nil, false, err
	}
	where, args, possible := f.where(org)
	if !possible {
		return nil, false, nil
	}
	rs, err := many[lab.Run](ctx, s.db, "runs", `
		SELECT `+runColumns+`
		FROM `+runTables+`
		WHERE `+where+`
		  AND ($10::timestamptz IS NULL OR (r.created_at, r.id) < ($10, $11::uuid))
		ORDER BY r.created_at DESC, r.id DESC
		LIMIT $12`, append(args, at, id, p.limit())...)
	rs, more := cut(p, rs)
	return rs, more, err
}

// RunCursor is the cursor of a run.
func RunCursor(r lab.Run) string { return cursor("run", timeText(r.CreatedAt), r.ID) }
