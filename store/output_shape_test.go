package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

func TestAnOutputKeepsItsRampAndItsFrequency(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run := w.run(t).ID
	b := batch("box-1", "b1", run, 1, 4)
	b.Rows = []task.Row{
		{Kind: task.KindOutput, Name: "tone", Value: expr.FloatValue(0.5), Ramp: 5 * time.Millisecond, Frequency: 4000.5, Trial: 1},
		{Kind: task.KindOutput, Name: "tone", Value: expr.IntValue(0), Ramp: 1, Trial: 1},
		{Kind: task.KindOutput, Name: "led", Value: expr.IntValue(1), Trial: 1},
		// What no agent sends must not keep what it did send from being stored.
		{Kind: task.KindState, Name: "odd", Ramp: 5, Frequency: -1, Trial: 1},
	}
	kept, err := w.StoreBatches(t.Context(), []wire.EventBatch{b})
	require.NoError(t, err)
	require.Len(t, kept, 1)
	found, err := w.RunStream(t.Context(), run, lab.Position{}, 100)
	require.NoError(t, err)
	type shape struct {
		Value string
		Ramp  time.Duration
		Hz    float64
	}
	var stored, told []shape
	for _, e := range found {
		if e.Row != nil {
			stored = append(stored, shape{string(e.Row.Value), e.Row.Ramp, e.Row.Frequency})
		}
	}
	for _, r := range kept[0].Fresh {
		told = append(told, shape{string(r.Value), r.Ramp, r.Frequency})
	}
	require.Equal(t, []shape{{"0.5", 5 * time.Millisecond, 4000.5}, {"0", 1, 0}, {"1", 0, 0}, {}}, stored)
	require.Equal(t, stored, told, "the live feed tells the same as the database")

	back, _, err := w.RunStreamBack(t.Context(), run, found[len(found)-1].Position, 100)
	require.NoError(t, err)
	require.Contains(t, rampsOf(back), 5*time.Millisecond)
}

func rampsOf(events []lab.StreamEvent) (all []time.Duration) {
	for _, e := range events {
		if e.Row != nil {
			all = append(all, e.Row.Ramp)
		}
	}
	return all
}
