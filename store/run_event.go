package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/lics-lab/lics/lab"
)

// AppendRunEvents stores events of runs, all or none. Those that are there
// already are left alone, so a retry is harmless. It works under the lock of
// the run, and numbers the events in the order of commits (RunEvent.Pos): a
// stream finds an event also when its writer was overtaken.
func (s *Store) AppendRunEvents(ctx context.Context, events []lab.RunEvent) error {
	byRun := map[string][]lab.RunEvent{}
	for _, e := range events {
		if !isUUID(e.Run) {
			return lab.Errorf(lab.NotFound, "There is no run %s.", e.Run)
		}
		byRun[e.Run] = append(byRun[e.Run], e)
	}
	var runs []string
	for run := range byRun {
		runs = append(runs, run)
	}
	slices.Sort(runs) // everybody locks in the same order
	return s.inTx(ctx, "run events", func(tx pgx.Tx) error {
		for _, run := range runs {
			if err := appendRunEvents(ctx, tx, run, byRun[run]); err != nil {
				return err
			}
		}
		return nil
	})
}

func appendRunEvents(ctx context.Context, tx pgx.Tx, run string, events []lab.RunEvent) error {
	slices.SortStableFunc(events, func(a, b lab.RunEvent) int { return cmp.Compare(a.Seq, b.Seq) })
	var (
		seq              []int64
		at               []time.Time
		kind, node, name []string
		body             []*string
	)
	for i, e := range events {
		if i > 0 && e.Seq == events[i-1].Seq {
			continue
		}
		seq, at = append(seq, e.Seq), append(at, e.At)
		kind, node, name = append(kind, clean(e.Kind)), append(node, clean(e.Node)), append(name, clean(e.Name))
		body = append(body, jsonOrNil(e.Body))
	}
	var pos int64
	err := tx.QueryRow(ctx, `SELECT events FROM run WHERE id = $1 FOR NO KEY UPDATE`, run).Scan(&pos)
	if err != nil {
		return fail(err, "run "+run)
	}
	// A statement of its own: it must see what was committed before the lock
	// was ours.
	tag, err := tx.Exec(ctx, `
		INSERT INTO run_event (run_id, seq, pos, at, kind, node, name, body)
		SELECT $1, u.seq, $2 + row_number() OVER (ORDER BY u.seq), u.at, u.kind, u.node, u.name, u.body::json
		FROM unnest($3::bigint[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[])
		     AS u (seq, at, kind, node, name, body)
		WHERE NOT EXISTS (SELECT FROM run_event e WHERE e.run_id = $1 AND e.seq = u.seq)
		ORDER BY u.seq`, run, pos, seq, at, kind, node, name, body)
	if err != nil || tag.RowsAffected() == 0 {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE run SET events = $2 WHERE id = $1`, run, pos+tag.RowsAffected())
	return err
}
