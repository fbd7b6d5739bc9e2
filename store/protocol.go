package store

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"github.com/lics-lab/lics/lab"
)

const (
	protocolColumns = `p.id, p.organisation_id AS organisation, p.name, p.description, p.latest, p.archived_at, p.created_at, p.updated_at`
	versionColumns  = `v.id, v.protocol_id AS protocol, v.number, v.hash, v.document, v.note, v.created_at, v.created_by`
)

// SaveProtocol is what to save and what the writer believed to be there.
type SaveProtocol struct {
	Organisation string
	ID           string // empty: the one of this name, or a new one
	Name         string
	Description  string
	Document     json.RawMessage
	Hash         string // of the canonical document
	Note         string
	By           string
	// Expected is the number of the version that was edited, 0 for a new
	// protocol; nil does not care. When somebody saved in between, the answer
	// is lab.Conflict.
	Expected *int
}

// SaveProtocol adds a version, unless the latest one has the same document. One
// that was only tidied up on the canvas has the hash of the one before, and is
// a version all the same: what somebody saved is kept. Name and description
// belong to the protocol and are updated either way.
func (s *Store) SaveProtocol(ctx context.Context, in SaveProtocol) (lab.Protocol, lab.ProtocolVersion, error) {
	var p lab.Protocol
	var v lab.ProtocolVersion
	err := s.inTx(ctx, "protocol "+in.Name, func(tx pgx.Tx) error {
		old, err := lockProtocol(ctx, tx, in)
		if err != nil {
			return err
		}
		if in.Expected != nil && *in.Expected != old.Latest {
			return lab.Errorf(lab.Conflict, "The protocol is at version %d, not %d: somebody has saved it since you opened it.",
				old.Latest, *in.Expected)
		}
		if old.Latest > 0 {
			if v, err = version(ctx, tx, old.ID, old.Latest); err != nil {
				return err
			}
		}
		same := v.Hash == in.Hash && sameJSON(v.Document, in.Document)
		if !same {
			old.Latest++
		}
		p, err = one[lab.Protocol](ctx, tx, "protocol", `
			INSERT INTO protocol AS p (id, organisation_id, name, description, latest)
			VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (id) DO UPDATE
			SET name = $3, description = $4, latest = $5,
			    updated_at = CASE WHEN (p.name, p.description, p.latest) = ($3, $4, $5) THEN p.updated_at ELSE now() END
			RETURNING `+protocolColumns, old.ID, in.Organisation, in.Name, in.Description, old.Latest)
		if err != nil || same {
			return err
		}
		v, err = one[lab.ProtocolVersion](ctx, tx, "protocol version", `
			INSERT INTO protocol_version AS v (id, protocol_id, number, hash, document, note, created_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			RETURNING `+versionColumns,
			newID(), p.ID, p.Latest, in.Hash, string(in.Document), in.Note, in.By)
		return err
	})
	if err != nil {
		return lab.Protocol{}, lab.ProtocolVersion{}, err
	}
	return p, v, nil
}

// lockProtocol finds the protocol to save to and keeps others from saving
// until the transaction ends. Latest 0 is a new one.
func lockProtocol(ctx context.Context, tx pgx.Tx, in SaveProtocol) (lab.Protocol, error) {
	// Two savers of a new name must not both find nothing.
	_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext('lics protocol'), hashtext($1))`, in.Organisation+"/"+in.Name)
	if err != nil {
		return lab.Protocol{}, err
	}
	if in.ID != "" && !isUUID(in.ID) {
		return lab.Protocol{}, lab.Errorf(lab.NotFound, "There is no protocol %s.", in.ID)
	}
	p, err := one[lab.Protocol](ctx, tx, "protocol "+in.ID, `
		SELECT `+protocolColumns+`
		FROM protocol p
		WHERE organisation_id = $1 AND CASE WHEN $2::uuid IS NULL THEN name = $3 ELSE id = $2 END
		FOR UPDATE`, in.Organisation, uuidOrNil(in.ID), in.Name)
	if in.ID == "" && err != nil && lab.CodeOf(err) == lab.NotFound {
		return lab.Protocol{ID: newID()}, nil
	}
	return p, err
}

// Protocol finds a protocol by id.
func (s *Store) Protocol(ctx context.Context, org, id string) (lab.Protocol, error) {
	if !isUUID(id) {
		return lab.Protocol{}, lab.Errorf(lab.NotFound, "There is no protocol %s.", id)
	}
	return one[lab.Protocol](ctx, s.db, "protocol "+id, `
		SELECT `+protocolColumns+` FROM protocol p WHERE organisation_id = $1 AND id = $2`, org, id)
}

// UpdateProtocol changes name, description and archive of a protocol. Its
// versions stay as they are.
func (s *Store) UpdateProtocol(ctx context.Context, p lab.Protocol) (lab.Protocol, error) {
	return one[lab.Protocol](ctx, s.db, "protocol "+p.Name, `
		UPDATE protocol p
		SET name = $3, description = $4, archived_at = $5
		WHERE organisation_id = $1 AND id = $2
		RETURNING `+protocolColumns, p.Organisation, p.ID, p.Name, p.Description, p.ArchivedAt)
}

// ProtocolByName finds a protocol by its name.
func (s *Store) ProtocolByName(ctx context.Context, org, name string) (lab.Protocol, error) {
	return one[lab.Protocol](ctx, s.db, "protocol "+name, `
		SELECT `+protocolColumns+` FROM protocol p WHERE organisation_id = $1 AND name = $2`, org, name)
}

// ProtocolFilter narrows a list of protocols.
type ProtocolFilter struct {
	Search     string // a part of the name or the description, in any case
	Experiment string // id
	Archived   Archived
}

// Protocols lists protocols by name.
func (s *Store) Protocols(ctx context.Context, org string, f ProtocolFilter, p Page) ([]lab.Protocol, bool, error) {
	name, id, err := p.nameKey("protocol")
	if err != nil {
		return nil, false, err
	}
	if f.Experiment != "" && !isUUID(f.Experiment) {
		return nil, false, nil // nothing has such an id
	}
	ps, err := many[lab.Protocol](ctx, s.db, "protocols", `
		SELECT `+protocolColumns+`
		FROM protocol p
		WHERE organisation_id = $1
		  AND ($2 = '' OR name ILIKE $2 OR description ILIKE $2)
		  AND ($3::text IS NULL OR (name, id) > ($3, $4::uuid))
		  AND ($6::uuid IS NULL OR id IN (SELECT protocol_id FROM experiment_protocol WHERE experiment_id = $6))
		  AND ($7::boolean IS NULL OR (archived_at IS NOT NULL) = $7)
		ORDER BY name, id
		LIMIT $5`, org, pattern(f.Search), name, id, p.limit(), uuidOrNil(f.Experiment), f.Archived.only())
	ps, more := cut(p, ps)
	return ps, more, err
}

// ProtocolCursor is the cursor of a protocol.
func ProtocolCursor(p lab.Protocol) string { return cursor("protocol", p.Name, p.ID) }

// Version finds a protocol version by id.
func (s *Store) Version(ctx context.Context, org, id string) (lab.ProtocolVersion, error) {
	if !isUUID(id) {
		return lab.ProtocolVersion{}, lab.Errorf(lab.NotFound, "There is no protocol version %s.", id)
	}
	return one[lab.ProtocolVersion](ctx, s.db, "protocol version "+id, `
		SELECT `+versionColumns+`
		FROM protocol_version v
		JOIN protocol p ON p.id = v.protocol_id
		WHERE p.organisation_id = $1 AND v.id = $2`, org, id)
}

// VersionByHash finds the first version with this content.
func (s *Store) VersionByHash(ctx context.Context, org, hash string) (lab.ProtocolVersion, error) {
	return one[lab.ProtocolVersion](ctx, s.db, "version "+hash, `
		SELECT `+versionColumns+`
		FROM protocol_version v
		JOIN protocol p ON p.id = v.protocol_id
		WHERE p.organisation_id = $1 AND v.hash = $2
		ORDER BY v.id
		LIMIT 1`, org, clean(hash))
}

// VersionByNumber finds a version of a protocol; 0 is the latest.
func (s *Store) VersionByNumber(ctx context.Context, org, protocol string, number int) (lab.ProtocolVersion, error) {
	p, err := s.Protocol(ctx, org, protocol)
	if err != nil {
		return lab.ProtocolVersion{}, err
	}
	if number == 0 {
		number = p.Latest
	}
	return version(ctx, s.db, p.ID, number)
}

func version(ctx context.Context, q querier, protocol string, number int) (lab.ProtocolVersion, error) {
	return one[lab.ProtocolVersion](ctx, q, "such protocol version", `
		SELECT `+versionColumns+` FROM protocol_version v WHERE protocol_id = $1 AND number = $2`, protocol, number)
}

// Versions lists the versions of a protocol, newest first.
func (s *Store) Versions(ctx context.Context, org, protocol string, p Page) ([]lab.ProtocolVersion, bool, error) {
	if !isUUID(protocol) {
		return nil, false, lab.Errorf(lab.NotFound, "There is no protocol %s.", protocol)
	}
	after, err := p.idKey("version")
	if err != nil {
		return nil, false, err
	}
	vs, err := many[lab.ProtocolVersion](ctx, s.db, "protocol versions", `
		SELECT `+versionColumns+`
		FROM protocol_version v
		JOIN protocol p ON p.id = v.protocol_id
		WHERE p.organisation_id = $1 AND p.id = $2
		  AND ($3::uuid IS NULL OR number < (SELECT number FROM protocol_version WHERE id = $3))
		ORDER BY number DESC
		LIMIT $4`, org, protocol, after, p.limit())
	vs, more := cut(p, vs)
	return vs, more, err
}

// VersionCursor is the cursor of a protocol version.
func VersionCursor(v lab.ProtocolVersion) string { return cursor("version", v.ID) }
