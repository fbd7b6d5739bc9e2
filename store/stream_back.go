package store

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/lics-lab/lics/lab"
)

// RunStreamBack reads the last of what a run's stream has up to a position, in
// order: what RunStream does not give after it. Its second answer is the
// position before the first of them, up to which to read on. Less than limit
// means that the stream begins there.
func (s *Store) RunStreamBack(ctx context.Context, run string, upTo lab.Position, limit int) ([]lab.StreamEvent, lab.Position, error) {
	if !isUUID(run) {
		return nil, upTo, lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	b := &pgx.Batch{}
	var events []lab.RunEvent
	b.Queue(`
		SELECT run_id AS run, seq, pos, at, kind, node, name, body
		FROM run_event
		WHERE run_id = $1 AND pos <= $2
		ORDER BY pos DESC
		LIMIT $3`, run, upTo.Events, limit,
	).Query(func(rows pgx.Rows) (err error) {
		events, err = pgx.CollectRows(rows, pgx.RowToStructByName[lab.RunEvent])
		return err
	})
	var devices, boots []string
	var seqs []int64
	for _, p := range upTo.Boots {
		devices, boots, seqs = append(devices, p.Device), append(boots, p.Boot), append(seqs, p.Seq)
	}
	var rows []deviceRow
	b.Queue(streamRowsBack, run, devices, boots, seqs, limit).Query(func(r pgx.Rows) (err error) {
		rows, err = pgx.CollectRows(r, pgx.RowToStructByName[deviceRow])
		return err
	})
	if err := s.db.SendBatch(ctx, b).Close(); err != nil {
		return nil, upTo, fail(err, "stream of run "+run)
	}
	out, before := mergeBack(writers(events, labRows(run, rows)), upTo, limit)
	return out, before, nil
}

// streamRowsBack is streamRows the other way round: the last rows of each boot,
// read from as many of the last batches as hold enough. The batch that the
// position lies in is found by one look into the index.
const streamRowsBack = `
	SELECT p.device, p.boot, r.seq, b.command, b.node, b.start_ns, r.t_ns, r.kind, r.name, r.value, r.shape, r.trial
	FROM unnest($2::text[], $3::text[], $4::bigint[]) AS p (device, boot, seq)
	JOIN device_boot d ON d.device_id = p.device AND d.boot = p.boot
	JOIN run_boot rb ON rb.run_id = $1 AND rb.boot_id = d.id
	CROSS JOIN LATERAL (
		SELECT b.*, sum(b.rows) OVER (ORDER BY b.last_seq DESC) - b.rows AS rows_after
		FROM (
			SELECT b.*, least(b.last_seq, p.seq) - b.first_seq + 1 AS rows
			FROM event_batch b
			WHERE b.run_id = rb.run_id AND b.boot_id = rb.boot_id AND b.first_seq <= p.seq
			  AND b.last_seq <= coalesce((
				SELECT last_seq
				FROM event_batch
				WHERE run_id = rb.run_id AND boot_id = rb.boot_id AND last_seq >= p.seq
				ORDER BY last_seq
				LIMIT 1), p.seq)
			ORDER BY b.last_seq DESC
			LIMIT $5::bigint
		) b
	) b
	CROSS JOIN LATERAL (
		SELECT r.*
		FROM event_row r
		WHERE r.boot_id = b.boot_id AND r.seq BETWEEN b.first_seq AND least(b.last_seq, p.seq)
		ORDER BY r.seq DESC
		LIMIT $5::bigint
	) r
	WHERE b.rows_after < $5::bigint
	ORDER BY p.device, p.boot, r.seq DESC`

// mergeBack takes the latest of all writers again and again. Of two at the same
// time it is the later writer's, as merge takes that one second.
func mergeBack(writers [][]lab.StreamEvent, at lab.Position, limit int) ([]lab.StreamEvent, lab.Position) {
	var out []lab.StreamEvent
	for len(out) < limit {
		last := -1
		for i, w := range writers {
			if len(w) > 0 && (last < 0 || !w[0].At().Before(writers[last][0].At())) {
				last = i
			}
		}
		if last < 0 {
			break
		}
		e := writers[last][0]
		writers[last] = writers[last][1:]
		e.Position = at.After(e)
		out = append(out, e)
		at = at.Before(e)
	}
	slices.Reverse(out)
	return out, at
}
