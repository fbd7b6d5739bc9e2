package store_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

func (w world) rows(t testing.TB, run string) []lab.DeviceRow {
	t.Helper()
	var all []lab.DeviceRow
	for next := ""; ; {
		rows, n, err := w.DeviceRows(t.Context(), run, next, 7)
		require.NoError(t, err)
		require.LessOrEqual(t, len(rows), 7)
		all = append(all, rows...)
		if next = n; next == "" {
			return all
		}
	}
}

func TestABatchIsStoredOnceAndOnlyWhereTheLastOneEnded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run := w.run(t).ID
	for _, step := range []struct {
		name        string
		first, last int64
		stored      int64
		fresh       bool
	}{
		{"a gap is refused", 2, 5, 0, false},
		{"the first rows", 1, 10, 10, true},
		{"a repeat", 1, 10, 10, false},
		{"an old part of it", 3, 4, 10, false},
		{"a gap again", 12, 20, 10, false},
		{"an overlap gives its new rows", 8, 15, 15, true},
		{"the next", 16, 16, 16, true},
	} {
		stored, fresh, err := w.StoreBatch(t.Context(), batch("box-1", "b1", run, step.first, step.last))
		require.NoError(t, err)
		require.Equal(t, step.stored, stored, step.name)
		require.Equal(t, step.fresh, fresh, step.name)
		seq, err := w.StoredSeq(t.Context(), "box-1", "b1")
		require.NoError(t, err)
		require.Equal(t, step.stored, seq)
	}
	_, _, err := w.StoreBatch(t.Context(), batch("box-1", "b2", run, 1, 3))
	require.NoError(t, err)
	rows := w.rows(t, run)
	require.Len(t, rows, 19)
	for i, r := range rows[:16] {
		require.EqualValues(t, i+1, r.Seq)
	}
	want := batch("box-1", "b1", run, 9, 9)
	require.Equal(t, lab.DeviceRow{
		Device: "box-1", Boot: "b1", Seq: 9, Run: run, Command: want.Command, Node: "n1",
		At: time.Unix(0, want.Start).Add(9 * time.Millisecond).UTC(), T: 9 * time.Millisecond,
		Kind: "event", Name: "lever_in", Value: json.RawMessage("9"), Trial: 1,
	}, rows[8])
	seq, err := w.StoredSeq(t.Context(), "box-1", "never")
	require.NoError(t, err)
	require.Zero(t, seq)
}

func TestManyCopiesOfABatchAtOnceAreOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run := w.run(t).ID
	var g errgroup.Group
	for i := range 8 {
		g.Go(func() error {
			a, b := batch("box-1", "b1", run, 1, 50), batch("box-2", "b1", run, 1, 50)
			if i%2 == 0 {
				a, b = b, a // locks are taken in one order all the same
			}
			_, err := w.StoreBatches(t.Context(), []wire.EventBatch{a, b, a})
			return err
		})
	}
	require.NoError(t, g.Wait())
	require.Len(t, w.rows(t, run), 100)
}

func TestADeviceCannotPoisonItsStream(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := int64(1)
	send := func(change func(*wire.EventBatch)) {
		b := batch("stranger", "b1", "", first, first+1)
		change(&b)
		stored, fresh, err := w.StoreBatch(t.Context(), b)
		require.NoError(t, err)
		require.True(t, fresh)
		require.Equal(t, first+1, stored)
		first += 2
	}
	gone := uuid.NewString()
	send(func(b *wire.EventBatch) { b.Run = gone })
	send(func(b *wire.EventBatch) { b.Run = "not a uuid\x00" })
	send(func(b *wire.EventBatch) { b.Command, b.Node = "a\x00b", "\xff\xfe" })
	send(func(b *wire.EventBatch) { b.Start = math.MaxInt64; b.Rows[0].At = math.MaxInt64 })
	send(func(b *wire.EventBatch) { b.Start = math.MinInt64; b.Rows[0].At = math.MinInt64 })
	send(func(b *wire.EventBatch) {
		b.Rows[0] = task.Row{Name: "\x00", Value: expr.StringValue("\x00")}
		b.Rows[1] = task.Row{Kind: "k\x00", Value: expr.FloatValue(1e300), Trial: -1}
	})
	c := w.connect(t)
	var notes int
	require.NoError(t, c.QueryRow(t.Context(), `SELECT count(*) FROM event_batch WHERE run_id IS NULL AND note <> ''`).Scan(&notes))
	require.Equal(t, 2, notes)
	var value string
	require.NoError(t, c.QueryRow(t.Context(), `SELECT value::text FROM device_row WHERE kind LIKE 'k%'`).Scan(&value))
	var v expr.Value
	require.NoError(t, json.Unmarshal([]byte(value), &v))
	require.True(t, v.Equal(expr.FloatValue(1e300)), "a value is what it was, with its type")

	for _, bad := range []func(*wire.EventBatch){
		func(b *wire.EventBatch) { b.Rows = nil },
		func(b *wire.EventBatch) { b.First = 0 },
		func(b *wire.EventBatch) { b.First = math.MaxInt64 },
		func(b *wire.EventBatch) { b.Boot = "" },
		func(b *wire.EventBatch) { b.Boot = "\x00" },
		func(b *wire.EventBatch) { b.Device = "../x" },
	} {
		b := batch("stranger", "b1", "", first, first)
		bad(&b)
		_, _, err := w.StoreBatch(t.Context(), b)
		requireCode(t, lab.Invalid, err)
	}
}

func TestATrialMayCrossBatches(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run := w.run(t).ID
	rows := []task.Row{
		{At: 0, Kind: task.KindTrial, Trial: 1},
		{At: 5, Kind: task.KindState, Name: "wait", Trial: 1},
		{At: 30, Kind: task.KindOutcome, Name: "omission", Trial: 1},
		{At: 31, Kind: task.KindOutcome, Name: "correct", Trial: 1}, // the last word counts
		{At: 100, Kind: task.KindTrial, Trial: 2},
		{At: 250, Kind: task.KindTrial, Trial: 3},
		{At: 300, Kind: task.KindOutcome, Name: "error", Trial: 3},
		{At: 400, Kind: task.KindEnd, Name: "done", Trial: 3},
		{At: 0, Kind: task.KindTrial, Trial: 1}, // of the next command
	}
	for i, row := range rows { // every row a batch of its own
		b := batch("box-1", "b1", run, int64(i+1), int64(i+1))
		b.Rows[0] = row
		if i == 8 {
			b.Command, b.Start = run+"/n1/2", b.Start+1000
		}
		_, _, err := w.StoreBatch(t.Context(), b)
		require.NoError(t, err)
		if i == 4 {
			ts, _, err := w.Trials(t.Context(), run, store.Page{})
			require.NoError(t, err)
			require.Len(t, ts, 2)
			require.True(t, ts[0].Ended)
			require.False(t, ts[1].Ended)
		}
	}
	var all []lab.Trial
	page := store.Page{First: 1}
	for more := true; more; {
		ts, m, err := w.Trials(t.Context(), run, page)
		require.NoError(t, err)
		require.Len(t, ts, 1)
		all, more, page.After = append(all, ts...), m, store.TrialCursor(ts[0])
	}
	start := time.Unix(0, batch("", "", "", 1, 1).Start).UTC()
	one, two := run+"/n1/1", run+"/n1/2"
	require.Equal(t, []lab.Trial{
		{Run: run, Device: "box-1", Command: one, Number: 1, StartedAt: start, Duration: 100, Ended: true, Outcome: "correct"},
		{Run: run, Device: "box-1", Command: one, Number: 2, StartedAt: start.Add(100), Start: 100, Duration: 150, Ended: true},
		{Run: run, Device: "box-1", Command: one, Number: 3, StartedAt: start.Add(250), Start: 250, Duration: 150, Ended: true, Outcome: "error"},
		{Run: run, Device: "box-1", Command: two, Number: 1, StartedAt: start.Add(1000)},
	}, all)
}

func BenchmarkStoreBatch(b *testing.B) {
	for _, bench := range []struct {
		name              string
		rows, group, many int
	}{
		{"rows=1", 1, 1, 1},
		{"rows=100", 100, 1, 1},
		{"rows=1000", 1000, 1, 1},
		{"rows=100/group=16", 100, 16, 1},
		{"rows=100/group=16/writers=4", 100, 16, 4},
	} {
		b.Run(bench.name, func(b *testing.B) {
			w := newWorld(b)
			run := w.run(b).ID
			b.ResetTimer()
			var g errgroup.Group
			for writer := range bench.many {
				g.Go(func() error {
					for i := range b.N {
						var group []wire.EventBatch
						for j := range bench.group {
							device := "box-" + string(rune('a'+writer)) + string(rune('a'+j))
							group = append(group, batch(device, "0197a0b1-boot", run, int64(i*bench.rows+1), int64((i+1)*bench.rows)))
						}
						if _, err := w.StoreBatches(b.Context(), group); err != nil {
							return err
						}
					}
					return nil
				})
			}
			require.NoError(b, g.Wait())
			b.ReportMetric(float64(b.N*bench.rows*bench.group*bench.many)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
