package store_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// A reader who goes back from any place, in pages of any size, finds exactly
// what one who comes from the beginning has passed there.
func TestTheStreamReadBackwardsIsTheStream(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mine, other := w.run(t).ID, w.run(t).ID
	t0 := time.Unix(1_800_000_000, 0)
	next := map[string]int64{}
	rows := func(device, run string, atMS int, n int) {
		b := wire.EventBatch{V: 1, Device: device, Boot: "b", First: next[device] + 1, Run: run, Command: run + "/t/1", Node: "t", Start: t0.UnixNano()}
		for i := range n {
			b.Rows = append(b.Rows, task.Row{At: time.Duration(atMS+i) * time.Millisecond, Kind: task.KindState, Name: "s"})
		}
		next[device] += int64(n)
		_, _, err := w.StoreBatch(t.Context(), b)
		require.NoError(t, err)
	}
	for i := range 6 {
		rows("box-1", mine, 20*i, 7)
		rows("box-1", other, 20*i+8, 5) // the same boot works for another run between
		rows("box-2", mine, 20*i+3, 4)  // some at the same millisecond
	}
	for seq := range int64(9) {
		require.NoError(t, w.AppendRunEvents(t.Context(), []lab.RunEvent{{
			Run: mine, Seq: seq + 1, At: t0.Add(time.Duration(seq*13) * time.Millisecond), Kind: "note",
		}}))
	}
	all, err := w.RunStream(t.Context(), mine, lab.Position{}, 1000)
	require.NoError(t, err)
	require.Len(t, all, 6*(7+4)+9)

	for _, size := range []int{1, 3, 10, 1000} {
		for _, place := range []int{len(all) - 1, 40, 17, 0} {
			at := all[place].Position
			var got []lab.StreamEvent
			for {
				page, before, err := w.RunStreamBack(t.Context(), mine, at, size)
				require.NoError(t, err)
				got = append(page, got...)
				if at = before; len(page) < size {
					break
				}
			}
			require.Len(t, got, place+1)
			for i, e := range got {
				require.Equal(t, all[i].Event, e.Event)
				require.Equal(t, all[i].Row, e.Row)
			}
			// Its positions are places in the stream, too.
			after, err := w.RunStream(t.Context(), mine, got[place/2].Position, 1000)
			require.NoError(t, err)
			require.Len(t, after, len(all)-place/2-1)
		}
	}
	_, _, err = w.RunStreamBack(t.Context(), "x", lab.Position{}, 1)
	requireCode(t, lab.NotFound, err)
	none, _, err := w.RunStreamBack(t.Context(), uuid.NewString(), lab.Position{}, 1)
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestTheStreamIsReadBackByItsIndex(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mine, other := w.run(t).ID, w.run(t).ID
	for i := range int64(400) {
		_, _, err := w.StoreBatch(t.Context(), batch("box-1", "b1", other, i*20+1, (i+1)*20))
		require.NoError(t, err)
		_, _, err = w.StoreBatch(t.Context(), batch("box-2", "b1", mine, i*20+1, (i+1)*20))
		require.NoError(t, err)
	}
	plan := w.plan(t, store.StreamRowsBack, mine, []string{"box-2"}, []string{"b1"}, []int64{1000}, 100)
	require.Contains(t, plan, "event_row_pkey")
	require.NotContains(t, plan, "Seq Scan on event_row")
	require.Equal(t, 2, strings.Count(plan, "event_batch_run"), plan)
}
