package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
)

func TestACursorIsWhatItWasOrIsRefused(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		run := rapid.String().Draw(t, "run")
		p := lab.Position{Events: rapid.Int64Min(0).Draw(t, "events")}
		for range rapid.IntRange(0, 5).Draw(t, "boots") {
			p = p.WithRow(rapid.String().Draw(t, "device"), rapid.String().Draw(t, "boot"), rapid.Int64Min(1).Draw(t, "seq"))
		}
		text := store.EncodeCursor(run, p)
		got, err := store.DecodeCursor(run, text)
		require.NoError(t, err)
		require.Equal(t, p, got)

		_, err = store.DecodeCursor(run+"x", text)
		require.Equal(t, lab.Invalid, lab.CodeOf(err), "another run's")
		i := rapid.IntRange(0, len(text)-1).Draw(t, "i")
		_, err = store.DecodeCursor(run, text[:i])
		require.Equal(t, i > 0, err != nil)
		changed := []byte(text)
		changed[i] = "ABCDEFGH-_09az!\x00"[rapid.IntRange(0, 15).Draw(t, "c")]
		if got, err := store.DecodeCursor(run, string(changed)); err == nil {
			require.Equal(t, p, got) // the same letter, or unused bits of the last one
		}
	})
	_, err := store.DecodeCursor("r", strings.Repeat("A", 1<<20))
	requireCode(t, lab.Invalid, err)
}

// Readers that come and go with cursors see every row once and in each
// writer's order, while the writers commit late and overtake each other.
func TestEveryRowIsReadOnceWhateverTheOrderOfCommits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run := w.run(t).ID
	const events, rows, boots = 60, 200, 3

	var writers errgroup.Group
	// Two writers of the workflow's events: parallel branches, whose numbers
	// are committed in any order.
	for half := range int64(2) {
		writers.Go(func() error {
			for seq := half + 1; seq <= events; seq += 2 {
				e := runEvents(run, seq, seq)
				if err := w.AppendRunEvents(t.Context(), e); err != nil {
					return err
				}
				if seq%5 == 0 { // an activity that is tried again
					if err := w.AppendRunEvents(t.Context(), e); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	for boot := range boots {
		writers.Go(func() error {
			r := rand.New(rand.NewPCG(1, uint64(boot)))
			for first := int64(1); first <= rows; {
				last := min(first+r.Int64N(20), rows)
				stored, _, err := w.StoreBatch(t.Context(), batch(fmt.Sprint("box-", boot), "b", run, first, last))
				if err != nil {
					return err
				}
				first = stored + 1 - min(stored, r.Int64N(3)) // sends some again
				if stored == rows {
					return nil
				}
			}
			return nil
		})
	}
	// A second connection takes the locks, so that writers wait in the middle
	// of their transactions while others commit.
	lock := w.connect(t)
	ctx := t.Context()
	holder, stop := context.WithCancel(ctx)
	var holding errgroup.Group
	holding.Go(func() error {
		r := rand.New(rand.NewPCG(2, 2))
		for holder.Err() == nil {
			tx, err := lock.Begin(ctx)
			if err != nil {
				return err
			}
			sql := `SELECT FROM run WHERE id = $1 FOR NO KEY UPDATE`
			if r.IntN(2) == 0 {
				sql = `SELECT FROM device_boot d JOIN run_boot USING (boot_id) WHERE run_id = $1 FOR NO KEY UPDATE`
				sql = strings.Replace(sql, "USING (boot_id)", "rb ON rb.boot_id = d.id", 1)
				sql = strings.Replace(sql, "FOR NO KEY UPDATE", "ORDER BY d.device_id, d.boot FOR NO KEY UPDATE OF d", 1)
			}
			if _, err := tx.Exec(ctx, sql, run); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `SELECT pg_sleep(0.005)`); err != nil {
				return err
			}
			if err := tx.Commit(ctx); err != nil {
				return err
			}
		}
		return nil
	})

	var readers errgroup.Group
	for reader := range 3 {
		readers.Go(func() error {
			r := rand.New(rand.NewPCG(3, uint64(reader)))
			seen := map[string]int64{}
			cursor, n := "", 0
			for n < events+boots*rows {
				p, err := store.DecodeCursor(run, cursor)
				if err != nil {
					return err
				}
				es, err := w.RunStream(t.Context(), run, p, 1+r.IntN(40))
				if err != nil {
					return err
				}
				if len(es) > 0 {
					es = es[:1+r.IntN(len(es))] // disconnects after any event
				}
				for _, e := range es {
					var writer string
					var seq int64
					if e.Event != nil {
						writer, seq = "run", e.Event.Pos
					} else {
						writer, seq = e.Row.Device, e.Row.Seq
					}
					if seq != seen[writer]+1 {
						return fmt.Errorf("reader %d: %s: %d after %d", reader, writer, seq, seen[writer])
					}
					seen[writer] = seq
					cursor = store.EncodeCursor(run, e.Position)
					n++
				}
			}
			p, err := store.DecodeCursor(run, cursor)
			if err != nil {
				return err
			}
			if es, err := w.RunStream(t.Context(), run, p, 10); err != nil || len(es) != 0 {
				return fmt.Errorf("%d too many: %w", len(es), err)
			}
			return nil
		})
	}
	require.NoError(t, writers.Wait())
	stop()
	require.NoError(t, holding.Wait())
	require.NoError(t, readers.Wait())

	p, err := w.PositionsOfRun(t.Context(), run)
	require.NoError(t, err)
	require.EqualValues(t, events, p.Events)
	require.Len(t, p.Boots, boots)
	require.EqualValues(t, rows, p.Row("box-1", "b"))
	_, err = w.PositionsOfRun(t.Context(), uuid.NewString())
	requireCode(t, lab.NotFound, err)
	requireCode(t, lab.NotFound, w.AppendRunEvents(t.Context(), runEvents(uuid.NewString(), 1, 1)))
}

func TestTheStreamIsReadByItsIndex(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mine, other := w.run(t).ID, w.run(t).ID
	for i := range int64(400) {
		_, _, err := w.StoreBatch(t.Context(), batch("box-1", "b1", other, i*20+1, (i+1)*20))
		require.NoError(t, err)
		_, _, err = w.StoreBatch(t.Context(), batch("box-2", "b1", mine, i*20+1, (i+1)*20))
		require.NoError(t, err)
	}
	plan := w.plan(t, store.StreamRows, mine, []string{"box-2"}, []string{"b1"}, []int64{7000}, 100, nil)
	require.Contains(t, plan, "event_row_pkey")
	require.NotContains(t, plan, "Seq Scan on event_row")
	require.Contains(t, plan, "event_batch_run")
}

// plan is how the database would answer a query.
func (w world) plan(t *testing.T, query string, args ...any) string {
	t.Helper()
	c := w.connect(t)
	_, err := c.Exec(t.Context(), `ANALYZE`)
	require.NoError(t, err)
	rows, err := c.Query(t.Context(), `EXPLAIN `+query, args...)
	require.NoError(t, err)
	var plan strings.Builder
	for rows.Next() {
		var line string
		require.NoError(t, rows.Scan(&line))
		plan.WriteString(line + "\n")
	}
	require.NoError(t, rows.Err())
	return plan.String()
}
