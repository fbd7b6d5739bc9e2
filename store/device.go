package store

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/wire"
)

const deviceColumns = `d.id, d.organisation_id AS organisation, d.name, d.status, d.online, d.simulated,
	d.boot, d.rig_hash, d.last_seen, d.created_at`

// SaveDeviceStatus keeps a device's word about itself, and gives the device as
// it is now. The first word makes the device. A last will has only Online
// false to say: what was known of boot and rig stays.
func (s *Store) SaveDeviceStatus(ctx context.Context, org string, st wire.Status, raw json.RawMessage) (lab.Device, error) {
	if !wire.ValidDevice(st.Device) {
		return lab.Device{}, lab.Errorf(lab.Invalid, "%q cannot name a device.", st.Device)
	}
	var rigHash string
	b := &pgx.Batch{}
	if st.Rig != nil && st.Rig.Hash != "" {
		rigHash = clean(st.Rig.Hash)
		doc, err := json.Marshal(st.Rig)
		if err != nil {
			return lab.Device{}, lab.Errorf(lab.Invalid, "The rig of %s cannot be read: %v", st.Device, err)
		}
		b.Queue(`
			INSERT INTO rig (organisation_id, hash, name, document) VALUES ($1, $2, $3, $4)
			ON CONFLICT DO NOTHING`, org, rigHash, clean(st.Rig.Name), string(doc))
	}
	var d lab.Device
	b.Queue(`
		INSERT INTO device AS d (id, organisation_id, name, status, online, simulated, boot, rig_hash, last_seen)
		VALUES ($1, $2, $1, $3, $4, $5, $6, $7, now())
		ON CONFLICT (id) DO UPDATE
		SET status = $3, online = $4, last_seen = now(),
		    simulated = CASE WHEN $4 THEN $5 ELSE d.simulated END,
		    boot = coalesce(nullif($6, ''), d.boot),
		    rig_hash = coalesce(nullif($7, ''), d.rig_hash)
		WHERE d.organisation_id = $2
		RETURNING `+deviceColumns,
		st.Device, org, jsonOrNil(raw), st.Online, st.Simulated, clean(st.Boot), rigHash,
	).Query(func(rows pgx.Rows) (err error) {
		d, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[lab.Device])
		return err
	})
	err := fail(s.db.SendBatch(ctx, b).Close(), "device "+st.Device)
	if err != nil && lab.CodeOf(err) == lab.NotFound {
		return d, lab.Errorf(lab.Forbidden, "Device %s belongs to another organisation.", st.Device)
	}
	return d, err
}

// EnsureDevice makes a device known before it has said anything.
func (s *Store) EnsureDevice(ctx context.Context, org, id string) (lab.Device, error) {
	if !wire.ValidDevice(id) {
		return lab.Device{}, lab.FieldErrorf("id", "%q cannot name a device: use letters, digits, '.', '_' and '-', 64 at most.", id)
	}
	_, err := s.db.Exec(ctx, `
		INSERT INTO device (id, organisation_id, name) VALUES ($1, $2, $1)
		ON CONFLICT DO NOTHING`, id, org)
	if err != nil {
		return lab.Device{}, fail(err, "device "+id)
	}
	return s.Device(ctx, org, id)
}

// RenameDevice gives a device the name that people read.
func (s *Store) RenameDevice(ctx context.Context, org, id, name string) (lab.Device, error) {
	return one[lab.Device](ctx, s.db, "device "+id, `
		UPDATE device d SET name = $3 WHERE organisation_id = $1 AND id = $2
		RETURNING `+deviceColumns, org, id, name)
}

// Device finds a device by id.
func (s *Store) Device(ctx context.Context, org, id string) (lab.Device, error) {
	return one[lab.Device](ctx, s.db, "device "+id, `
		SELECT `+deviceColumns+` FROM device d WHERE organisation_id = $1 AND id = $2`, org, clean(id))
}

// DeviceFilter narrows a list of devices.
type DeviceFilter struct {
	Search string // a part of the name or the id, in any case
	Online *bool
	IDs    []string // nil: any
}

// Devices lists devices by name.
func (s *Store) Devices(ctx context.Context, org string, f DeviceFilter, p Page) ([]lab.Device, bool, error) {
	name, id, err := p.nameKey("device")
	if err != nil {
		return nil, false, err
	}
	ds, err := many[lab.Device](ctx, s.db, "devices", `
		SELECT `+deviceColumns+`
		FROM device d
		WHERE organisation_id = $1
		  AND ($2 = '' OR name ILIKE $2 OR id ILIKE $2)
		  AND ($3::boolean IS NULL OR online = $3)
		  AND ($4::text[] IS NULL OR id = ANY ($4))
		  AND ($5::text IS NULL OR (name, id) > ($5, $6))
		ORDER BY name, id
		LIMIT $7`, org, pattern(f.Search), f.Online, f.IDs, name, id, p.limit())
	ds, more := cut(p, ds)
	return ds, more, err
}

// DeviceCursor is the cursor of a device.
func DeviceCursor(d lab.Device) string { return cursor("device", d.Name, d.ID) }

// Rig finds a rig by its hash.
func (s *Store) Rig(ctx context.Context, org, hash string) (lab.Rig, error) {
	return one[lab.Rig](ctx, s.db, "rig "+hash, `
		SELECT organisation_id AS organisation, hash, name, document, created_at
		FROM rig
		WHERE organisation_id = $1 AND hash = $2`, org, clean(hash))
}
