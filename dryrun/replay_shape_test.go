package dryrun_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/lab"
)

func TestARampAndAFrequencyAreDecisionsLikeOthers(t *testing.T) {
	t.Parallel()
	r := newRecorder(t, kindPlan(t, "tone"), `{}`, 3)
	r.stopAfter = 20 * time.Second
	rec := r.record()
	got, err := dryrun.Replay(t.Context(), rec, nil)
	require.NoError(t, err)
	require.Nil(t, got.Difference, "%+v", got.Difference)

	for what, change := range map[string]func(*lab.DeviceRow){
		"frequency": func(row *lab.DeviceRow) { row.Frequency++ }, "ramp": func(row *lab.DeviceRow) { row.Ramp = 0 },
	} {
		other := rec
		other.Rows = slices.Clone(rec.Rows)
		i := slices.IndexFunc(other.Rows, func(row lab.DeviceRow) bool { return row.Frequency > 0 })
		require.Positive(t, i)
		change(&other.Rows[i])
		got, err = dryrun.Replay(t.Context(), other, nil)
		require.NoError(t, err)
		require.NotNil(t, got.Difference, what)
		require.Contains(t, got.Difference.Got.String(), "speaker=0.8 (ramp 5ms, 4000 Hz)", what)
	}
}
