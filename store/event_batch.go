package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// maxBoot bounds the name that a device gives to its boot.
const maxBoot = 128

// CheckBatch says why a batch cannot be stored, whatever the database holds.
func CheckBatch(b wire.EventBatch) error {
	switch {
	case !wire.ValidDevice(b.Device):
		return lab.Errorf(lab.Invalid, "A batch of rows comes from %q, which cannot name a device.", b.Device)
	case b.Boot == "" || len(b.Boot) > maxBoot || clean(b.Boot) != b.Boot:
		return lab.Errorf(lab.Invalid, "A batch of rows of %s has no usable boot id.", b.Device)
	case b.First < 1 || b.First > 1<<62:
		return lab.Errorf(lab.Invalid, "A batch of rows of %s begins at %d.", b.Device, b.First)
	case len(b.Rows) == 0:
		return lab.Errorf(lab.Invalid, "A batch of rows of %s is empty.", b.Device)
	case len(b.Rows) > wire.MaxBatchRows:
		return lab.Errorf(lab.TooLarge, "A batch of rows of %s has %d rows.", b.Device, len(b.Rows))
	}
	return nil
}

// Stored is what became of a batch.
type Stored struct {
	Seq   int64           // every row of the boot up to here is stored for good
	Fresh []lab.DeviceRow // the rows that were new, in order
}

// StoreBatch stores the new rows of a batch and says how far the boot is
// stored now, without gaps. A batch that was stored before, and one that
// begins after the next expected row, store nothing; the device goes on from
// stored+1 either way.
func (s *Store) StoreBatch(ctx context.Context, b wire.EventBatch) (stored int64, fresh bool, err error) {
	out, err := s.StoreBatches(ctx, []wire.EventBatch{b})
	if err != nil {
		return 0, false, err
	}
	return out[0].Seq, len(out[0].Fresh) > 0, nil
}

// StoreBatches stores many batches in one transaction, in the given order:
// one commit is the cost of a group. When it fails nothing is stored.
//
// A device that nobody has heard of becomes known. A run that does not exist,
// or is another organisation's, is noted with the batch and its rows are kept
// without a run: what a device says must not be able to stop its own stream.
func (s *Store) StoreBatches(ctx context.Context, batches []wire.EventBatch) ([]Stored, error) {
	for _, b := range batches {
		if err := CheckBatch(b); err != nil {
			return nil, err
		}
	}
	out := make([]Stored, len(batches))
	err := s.inTx(ctx, "event batch", func(tx pgx.Tx) error {
		boots, err := lockBoots(ctx, tx, batches)
		if err != nil {
			return err
		}
		runs, err := organisationsOfRuns(ctx, tx, batches)
		if err != nil {
			return err
		}
		w := &batchWriter{runs: runs}
		for i, b := range batches {
			out[i] = w.add(boots[bootKey{b.Device, b.Boot}], b)
		}
		return w.write(ctx, tx)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// StoredSeq is how far the rows of a boot are stored, 0 when nothing is.
func (s *Store) StoredSeq(ctx context.Context, device, boot string) (int64, error) {
	var seq int64
	err := s.db.QueryRow(ctx, `
		SELECT coalesce(max(stored), 0) FROM device_boot WHERE device_id = $1 AND boot = $2`,
		clean(device), clean(boot)).Scan(&seq)
	return seq, fail(err, "position of "+device)
}

type bootKey struct{ device, boot string }

type bootRow struct {
	ID           int64
	DeviceID     string
	Boot         string
	Organisation string
	Stored       int64
}

// lockBoots gives the position of each boot, and lets nobody else move it
// until the transaction ends. All lock in the same order.
func lockBoots(ctx context.Context, tx pgx.Tx, batches []wire.EventBatch) (map[bootKey]*bootRow, error) {
	boots := map[bootKey]*bootRow{}
	var devices, names []string
	for _, b := range batches {
		k := bootKey{b.Device, b.Boot}
		if _, ok := boots[k]; !ok {
			boots[k] = nil
			devices, names = append(devices, b.Device), append(names, b.Boot)
		}
	}
	lock := func() (int, error) {
		rows, err := many[bootRow](ctx, tx, "boots", `
			SELECT b.id, b.device_id, b.boot, b.organisation_id AS organisation, b.stored
			FROM device_boot b
			JOIN unnest($1::text[], $2::text[]) AS k (device, boot) ON b.device_id = k.device AND b.boot = k.boot
			ORDER BY b.device_id, b.boot
			FOR NO KEY UPDATE OF b`, devices, names)
		for i := range rows {
			boots[bootKey{rows[i].DeviceID, rows[i].Boot}] = &rows[i]
		}
		return len(rows), err
	}
	if n, err := lock(); err != nil || n == len(boots) {
		return boots, err
	}
	if err := makeBoots(ctx, tx, devices, names); err != nil {
		return nil, err
	}
	_, err := lock()
	return boots, err
}

func makeBoots(ctx context.Context, tx pgx.Tx, devices, names []string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO device (id, organisation_id, name)
		SELECT DISTINCT d, (SELECT id FROM organisation ORDER BY created_at, id LIMIT 1), d
		FROM unnest($1::text[]) d
		ORDER BY d
		ON CONFLICT DO NOTHING`, devices)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO device_boot (organisation_id, device_id, boot)
		SELECT d.organisation_id, k.device, k.boot
		FROM unnest($1::text[], $2::text[]) AS k (device, boot)
		JOIN device d ON d.id = k.device
		ORDER BY k.device, k.boot
		ON CONFLICT DO NOTHING`, devices, names)
	return err
}

// organisationsOfRuns says whose the runs are that batches name. Those that do
// not exist are missing.
func organisationsOfRuns(ctx context.Context, tx pgx.Tx, batches []wire.EventBatch) (map[string]string, error) {
	runs := map[string]string{}
	var ids []string
	for _, b := range batches {
		if _, ok := runs[b.Run]; !ok && isUUID(b.Run) {
			runs[b.Run] = ""
			ids = append(ids, b.Run)
		}
	}
	if len(ids) == 0 {
		return runs, nil
	}
	rows, err := many[struct{ ID, Organisation string }](ctx, tx, "runs", `
		SELECT id, organisation_id AS organisation FROM run WHERE id = ANY ($1::text[]::uuid[]) ORDER BY id`, ids)
	for _, r := range rows {
		runs[r.ID] = r.Organisation
	}
	return runs, err
}

// batchWriter collects columns, so that a group of batches is four statements
// sent at once, whatever its size.
type batchWriter struct {
	runs map[string]string

	batches struct {
		boot, first, last, start []int64
		run                      []*string
		command, node, note      []string
	}
	rows struct {
		boot, seq, t []int64
		trial        []int32
		kind, name   []string
		value, shape []*string
	}
	moved map[int64]int64 // boot → stored
}

// add takes the rows of b that follow what is stored of its boot.
func (w *batchWriter) add(boot *bootRow, b wire.EventBatch) Stored {
	if b.First > boot.Stored+1 || b.Last() <= boot.Stored {
		return Stored{Seq: boot.Stored}
	}
	skip := boot.Stored + 1 - b.First
	first := boot.Stored + 1
	run, note := w.runOf(boot, b)
	start := within(b.Start, 0, 1<<62)

	a := &w.batches
	a.boot, a.first, a.last = append(a.boot, boot.ID), append(a.first, first), append(a.last, b.Last())
	a.start, a.run, a.note = append(a.start, start), append(a.run, run), append(a.note, note)
	a.command, a.node = append(a.command, clean(b.Command)), append(a.node, clean(b.Node))

	fresh := make([]lab.DeviceRow, 0, len(b.Rows)-int(skip))
	r := &w.rows
	for i, row := range b.Rows[skip:] {
		d := lab.DeviceRow{
			Device: b.Device, Boot: b.Boot, Seq: first + int64(i), Command: clean(b.Command), Node: clean(b.Node),
			T: time.Duration(within(int64(row.At), -1<<61, 1<<61)), Kind: clean(string(row.Kind)),
			Name: clean(row.Name), Trial: int(row.Trial),
		}
		d.At = time.Unix(0, start+int64(d.T)).UTC()
		if d.Kind == "" {
			d.Kind = "unknown"
		}
		if run != nil {
			d.Run = *run
		}
		var value, shape *string
		if raw := valueOf(row); raw != nil {
			d.Value, value = raw, new(string(raw))
		}
		if raw := shapeOf(row); raw != nil {
			shape = new(string(raw))
			d.Ramp, d.Frequency = readShape(raw)
		}
		r.boot, r.seq = append(r.boot, boot.ID), append(r.seq, d.Seq)
		r.t, r.trial = append(r.t, int64(d.T)), append(r.trial, row.Trial)
		r.kind, r.name, r.value = append(r.kind, d.Kind), append(r.name, d.Name), append(r.value, value)
		r.shape = append(r.shape, shape)
		fresh = append(fresh, d)
	}
	boot.Stored = b.Last()
	if w.moved == nil {
		w.moved = map[int64]int64{}
	}
	w.moved[boot.ID] = boot.Stored
	return Stored{Seq: boot.Stored, Fresh: fresh}
}

// valueOf is the value of a row; of a change, both values. Nil is none.
func valueOf(row task.Row) json.RawMessage {
	var v any = row.Value
	switch {
	case row.Old != nil:
		v = struct {
			Old expr.Value `json:"old"`
			New expr.Value `json:"new"`
		}{*row.Old, row.Value}
	case row.Value.IsZero():
		return nil
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return raw
}

// runOf is the run of a batch, or why it has none.
func (w *batchWriter) runOf(boot *bootRow, b wire.EventBatch) (run *string, note string) {
	switch org := w.runs[b.Run]; {
	case b.Run == "":
		return nil, ""
	case org == "":
		return nil, "there is no run " + clean(b.Run)
	case org != boot.Organisation:
		return nil, "run " + b.Run + " belongs to another organisation"
	}
	return &b.Run, ""
}

func (w *batchWriter) write(ctx context.Context, tx pgx.Tx) error {
	if len(w.moved) == 0 {
		return nil
	}
	q := &pgx.Batch{}
	a := &w.batches
	q.Queue(`
		INSERT INTO event_batch (boot_id, first_seq, last_seq, organisation_id, run_id, command, node, start_ns, note)
		SELECT u.boot, u.first, u.last, d.organisation_id, u.run::uuid, u.command, u.node, u.start, u.note
		FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[])
		     AS u (boot, first, last, run, command, node, start, note)
		JOIN device_boot d ON d.id = u.boot`,
		a.boot, a.first, a.last, a.run, a.command, a.node, a.start, a.note)
	q.Queue(`
		INSERT INTO run_boot (run_id, boot_id)
		SELECT DISTINCT u.run::uuid, u.boot
		FROM unnest($1::text[], $2::bigint[]) AS u (run, boot)
		WHERE u.run IS NOT NULL
		ON CONFLICT DO NOTHING`, a.run, a.boot)
	r := &w.rows
	q.Queue(`
		INSERT INTO event_row (boot_id, seq, t_ns, trial, kind, name, value, shape)
		SELECT u.boot, u.seq, u.t, u.trial, u.kind, u.name, u.value::json, u.shape::json
		FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[])
		     AS u (boot, seq, t, trial, kind, name, value, shape)`,
		r.boot, r.seq, r.t, r.trial, r.kind, r.name, r.value, r.shape)
	var boots, stored []int64
	for boot, seq := range w.moved {
		boots, stored = append(boots, boot), append(stored, seq)
	}
	q.Queue(`
		UPDATE device_boot d SET stored = u.stored
		FROM unnest($1::bigint[], $2::bigint[]) AS u (boot, stored)
		WHERE d.id = u.boot`, boots, stored)
	return tx.SendBatch(ctx, q).Close()
}

func within(v, low, high int64) int64 { return max(low, min(v, high)) }
