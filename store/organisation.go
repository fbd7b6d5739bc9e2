package store

import (
	"context"
	"encoding/hex"

	"github.com/jackc/pgx/v5"

	"github.com/lics-lab/lics/lab"
)

// The names a first start gives.
const (
	firstOrganisation = "lab"
	firstUser         = "administrator"
	roleAdministrator = "administrator"
)

const userColumns = `u.id, u.organisation_id AS organisation, u.name, u.role, u.created_at`

// EnsureOrganisation gives the lab and its administrator, made at the first
// start. Processes that start at the same time get the same ones.
func (s *Store) EnsureOrganisation(ctx context.Context) (lab.Organisation, lab.User, error) {
	var org lab.Organisation
	var user lab.User
	err := s.inTx(ctx, "organisation", func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext('lics first start'))`)
		if err != nil {
			return err
		}
		if _, err = tx.Exec(ctx, `
			INSERT INTO organisation (id, name) SELECT $1, $2
			WHERE NOT EXISTS (SELECT FROM organisation)`, newID(), firstOrganisation); err != nil {
			return err
		}
		if org, err = one[lab.Organisation](ctx, tx, "organisation", `
			SELECT id, name, created_at FROM organisation ORDER BY created_at, id LIMIT 1`); err != nil {
			return err
		}
		if _, err = tx.Exec(ctx, `
			INSERT INTO app_user (id, organisation_id, name, role) SELECT $1, $2, $3, $4
			WHERE NOT EXISTS (SELECT FROM app_user WHERE organisation_id = $2 AND role = $4)`,
			newID(), org.ID, firstUser, roleAdministrator); err != nil {
			return err
		}
		user, err = administrator(ctx, tx)
		return err
	})
	return org, user, err
}

func administrator(ctx context.Context, q querier) (lab.User, error) {
	return one[lab.User](ctx, q, "administrator", `
		SELECT `+userColumns+`
		FROM app_user u
		WHERE u.role = $1
		ORDER BY u.created_at, u.id
		LIMIT 1`, roleAdministrator)
}

// SetAdministratorToken makes a token, given as its SHA-256 in hexadecimal,
// the only one of the administrator.
func (s *Store) SetAdministratorToken(ctx context.Context, sha256hex string) error {
	if !isHash(sha256hex) {
		return lab.Errorf(lab.Invalid, "A token is stored as its SHA-256 in lower-case hexadecimal.")
	}
	return s.inTx(ctx, "token", func(tx pgx.Tx) error {
		user, err := administrator(ctx, tx)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM access_token WHERE user_id = $1 AND hash <> $2`, user.ID, sha256hex); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			INSERT INTO access_token (hash, user_id) VALUES ($1, $2)
			ON CONFLICT (hash) DO NOTHING`, sha256hex, user.ID)
		return err
	})
}

// UserByToken is who holds a token, else lab.Unauthenticated.
func (s *Store) UserByToken(ctx context.Context, sha256hex string) (lab.User, error) {
	user, err := one[lab.User](ctx, s.db, "token", `
		SELECT `+userColumns+`
		FROM access_token t
		JOIN app_user u ON u.id = t.user_id
		WHERE t.hash = $1`, sha256hex)
	if err != nil && lab.CodeOf(err) == lab.NotFound {
		return lab.User{}, lab.Errorf(lab.Unauthenticated, "This token is not known, or has been replaced.")
	}
	return user, err
}

func isHash(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 32 && hex.EncodeToString(b) == s
}
