package store

import (
	"context"

	"github.com/lics-lab/lics/lab"
)

// Audit writes down who did what. The time is the database's when not given.
func (s *Store) Audit(ctx context.Context, e lab.AuditEntry) error {
	_, err := s.db.Exec(ctx, `
		INSERT INTO audit (id, organisation_id, at, actor, action, object, detail)
		VALUES ($1, $2, coalesce($3, now()), $4, $5, $6, $7)
		ON CONFLICT (id) DO NOTHING`,
		idOr(e.ID), e.Organisation, timeOrNil(e.At), e.Actor, e.Action, e.Object, jsonOrNil(e.Detail))
	return fail(err, "audit entry")
}

// AuditEntries lists the audit, newest first.
func (s *Store) AuditEntries(ctx context.Context, org string, p Page) ([]lab.AuditEntry, bool, error) {
	after, err := p.idKey("audit")
	if err != nil {
		return nil, false, err
	}
	es, err := many[lab.AuditEntry](ctx, s.db, "audit", `
		SELECT id, organisation_id AS organisation, at, actor, action, object, detail
		FROM audit
		WHERE organisation_id = $1 AND ($2::uuid IS NULL OR id < $2)
		ORDER BY id DESC
		LIMIT $3`, org, after, p.limit())
	es, more := cut(p, es)
	return es, more, err
}

// AuditCursor is the cursor of an entry.
func AuditCursor(e lab.AuditEntry) string { return cursor("audit", e.ID) }
