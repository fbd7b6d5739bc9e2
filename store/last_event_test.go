package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

func TestTheLastEventOfARunIsFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.run(t)
	_, err := w.EnsureDevice(t.Context(), w.org, "box-1")
	require.NoError(t, err)
	began := time.Now().Truncate(time.Second)
	_, _, err = w.StoreBatch(t.Context(), wire.EventBatch{
		V: wire.Major, Device: "box-1", Boot: "b1", First: 1, Run: r.ID, Command: r.ID + "/t/1", Node: "t", Start: began.UnixNano(),
		Rows: []task.Row{
			{At: time.Second, Kind: task.KindEvent, Name: "lick_in"},
			{At: 2 * time.Second, Kind: task.KindEvent, Name: "lick_in"},
			{At: 3 * time.Second, Kind: task.KindVariable, Name: "lick_in"},
		},
	})
	require.NoError(t, err)
	at, ok, err := w.LastEvent(t.Context(), r.ID, "box-1", "lick_in", began.Add(-time.Minute))
	require.NoError(t, err)
	require.True(t, ok)
	require.True(t, began.Add(2*time.Second).Equal(at), at)
	for _, none := range []struct {
		device, event string
		since         time.Time
	}{{"box-2", "lick_in", began}, {"box-1", "lick_out", began.Add(-time.Minute)}, {"box-1", "lick_in", began.Add(time.Hour)}} {
		_, ok, err := w.LastEvent(t.Context(), r.ID, none.device, none.event, none.since)
		require.NoError(t, err)
		require.False(t, ok)
	}
}

func TestTheLastEventIsFoundBehindNewerBatchesAndOverRestarts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.run(t)
	_, err := w.EnsureDevice(t.Context(), w.org, "box-1")
	require.NoError(t, err)
	began := time.Now().Truncate(time.Second)
	for i, b := range []struct {
		boot  string
		first int64
		names []string
	}{
		{"b1", 1, []string{"lick_in", "poke_in"}},
		{"b1", 3, []string{"poke_in"}},
		{"b2", 1, []string{"lick_in", "poke_in"}},
		{"b2", 3, []string{"lever_in"}},
		{"b2", 4, []string{"lever_in"}},
	} {
		batch := wire.EventBatch{V: wire.Major, Device: "box-1", Boot: b.boot, First: b.first, Run: r.ID, Command: r.ID + "/t/" + b.boot, Node: "t", Start: began.UnixNano()}
		for j, name := range b.names {
			batch.Rows = append(batch.Rows, task.Row{At: time.Duration(10*i+j) * time.Second, Kind: task.KindEvent, Name: name})
		}
		_, _, err = w.StoreBatch(t.Context(), batch)
		require.NoError(t, err)
	}
	for name, want := range map[string]time.Duration{"lick_in": 20 * time.Second, "poke_in": 21 * time.Second, "lever_in": 40 * time.Second} {
		at, ok, err := w.LastEvent(t.Context(), r.ID, "box-1", name, began.Add(-time.Minute))
		require.NoError(t, err)
		require.True(t, ok, name)
		require.True(t, began.Add(want).Equal(at), "%s: %v", name, at)
	}
}
