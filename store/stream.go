package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/lics-lab/lics/lab"
)

// RunStream reads what happened in a run after a position: events of the
// workflow and rows of devices, each writer's in its own order, merged by wall
// time. Less than limit means that this was all there is at the moment.
func (s *Store) RunStream(ctx context.Context, run string, after lab.Position, limit int) ([]lab.StreamEvent, error) {
	if !isUUID(run) {
		return nil, lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	b := &pgx.Batch{}
	var events []lab.RunEvent
	b.Queue(`
		SELECT run_id AS run, seq, pos, at, kind, node, name, body
		FROM run_event
		WHERE run_id = $1 AND pos > $2
		ORDER BY pos
		LIMIT $3`, run, after.Events, limit,
	).Query(func(rows pgx.Rows) (err error) {
		events, err = pgx.CollectRows(rows, pgx.RowToStructByName[lab.RunEvent])
		return err
	})
	var devices, boots []string
	var seqs []int64
	for _, p := range after.Boots {
		devices, boots, seqs = append(devices, p.Device), append(boots, p.Boot), append(seqs, p.Seq)
	}
	var rows []deviceRow
	b.Queue(streamRows, run, devices, boots, seqs, limit, nil).Query(func(r pgx.Rows) (err error) {
		rows, err = pgx.CollectRows(r, pgx.RowToStructByName[deviceRow])
		return err
	})
	if err := s.db.SendBatch(ctx, b).Close(); err != nil {
		return nil, fail(err, "stream of run "+run)
	}
	return merge(writers(events, labRows(run, rows)), after, limit), nil
}

// streamRows takes about limit rows of each writer, or of one boot, so that the
// merge can choose. It walks the batches of the run after the position until
// they hold enough, then the rows of those: how much it reads depends on the
// limit, not on the size of the run or of the boot.
const streamRows = `
	SELECT d.device_id AS device, d.boot, r.seq, b.command, b.node, b.start_ns, r.t_ns, r.kind, r.name, r.value, r.shape, r.trial
	FROM run_boot rb
	JOIN device_boot d ON d.id = rb.boot_id
	LEFT JOIN unnest($2::text[], $3::text[], $4::bigint[]) AS p (device, boot, seq)
	       ON p.device = d.device_id AND p.boot = d.boot
	CROSS JOIN LATERAL (
		SELECT b.*, sum(b.rows) OVER (ORDER BY b.last_seq) - b.rows AS rows_before
		FROM (
			SELECT b.*, b.last_seq - greatest(b.first_seq - 1, coalesce(p.seq, 0)) AS rows
			FROM event_batch b
			WHERE b.run_id = rb.run_id AND b.boot_id = rb.boot_id AND b.last_seq > coalesce(p.seq, 0)
			ORDER BY b.last_seq
			LIMIT $5::bigint
		) b
	) b
	CROSS JOIN LATERAL (
		SELECT r.*
		FROM event_row r
		WHERE r.boot_id = b.boot_id AND r.seq BETWEEN greatest(b.first_seq, coalesce(p.seq, 0) + 1) AND b.last_seq
		ORDER BY r.seq
		LIMIT $5::bigint
	) r
	WHERE rb.run_id = $1 AND b.rows_before < $5::bigint AND ($6::bigint IS NULL OR rb.boot_id = $6)
	ORDER BY d.device_id, d.boot, r.seq`

type deviceRow struct {
	Device  string
	Boot    string
	Seq     int64
	Command string
	Node    string
	StartNs int64
	TNs     int64
	Kind    string
	Name    string
	Value   json.RawMessage
	Shape   json.RawMessage
	Trial   int
}

func labRows(run string, rows []deviceRow) []lab.DeviceRow {
	out := make([]lab.DeviceRow, len(rows))
	for i, r := range rows {
		out[i] = lab.DeviceRow{
			Device: r.Device, Boot: r.Boot, Seq: r.Seq, Run: run, Command: r.Command, Node: r.Node,
			At: time.Unix(0, r.StartNs+r.TNs).UTC(), T: time.Duration(r.TNs),
			Kind: r.Kind, Name: r.Name, Value: r.Value, Trial: r.Trial,
		}
		out[i].Ramp, out[i].Frequency = readShape(r.Shape)
	}
	return out
}

// writers are what was read of each: the workflow's events, then the rows of
// each boot. rows are ordered by writer.
func writers(events []lab.RunEvent, rows []lab.DeviceRow) [][]lab.StreamEvent {
	var out [][]lab.StreamEvent
	var w []lab.StreamEvent
	for i := range events {
		w = append(w, lab.StreamEvent{Event: &events[i]})
	}
	out, w = append(out, w), nil
	for i := range rows {
		if i > 0 && (rows[i].Boot != rows[i-1].Boot || rows[i].Device != rows[i-1].Device) {
			out, w = append(out, w), nil
		}
		w = append(w, lab.StreamEvent{Row: &rows[i]})
	}
	return append(out, w)
}

// merge puts writers together by wall time without changing any one's order.
func merge(writers [][]lab.StreamEvent, after lab.Position, limit int) []lab.StreamEvent {
	var out []lab.StreamEvent
	for len(out) < limit {
		first := -1
		for i, w := range writers {
			if len(w) > 0 && (first < 0 || w[0].At().Before(writers[first][0].At())) {
				first = i
			}
		}
		if first < 0 {
			break
		}
		e := writers[first][0]
		writers[first] = writers[first][1:]
		after = after.After(e)
		e.Position = after
		out = append(out, e)
	}
	return out
}

// PositionsOfRun is the end of a run's stream as it is stored now.
func (s *Store) PositionsOfRun(ctx context.Context, run string) (lab.Position, error) {
	if !isUUID(run) {
		return lab.Position{}, lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	return positions(ctx, s.db, run)
}

func positions(ctx context.Context, db interface {
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
}, run string,
) (lab.Position, error) {
	var p lab.Position
	b := &pgx.Batch{}
	b.Queue(`SELECT events FROM run WHERE id = $1`, run).QueryRow(func(row pgx.Row) error { return row.Scan(&p.Events) })
	b.Queue(`
		SELECT d.device_id AS device, d.boot, b.last_seq AS seq
		FROM run_boot rb
		JOIN device_boot d ON d.id = rb.boot_id
		CROSS JOIN LATERAL (
			SELECT b.last_seq
			FROM event_batch b
			WHERE b.run_id = rb.run_id AND b.boot_id = rb.boot_id
			ORDER BY b.last_seq DESC
			LIMIT 1
		) b
		WHERE rb.run_id = $1
		ORDER BY d.device_id, d.boot`, run).Query(func(rows pgx.Rows) error {
		ps, err := pgx.CollectRows(rows, pgx.RowToStructByName[lab.BootPosition])
		for _, b := range ps { // not in the order of the database's collation
			p = p.WithRow(b.Device, b.Boot, b.Seq)
		}
		return err
	})
	err := db.SendBatch(ctx, b).Close()
	return p, fail(err, "run "+run)
}
