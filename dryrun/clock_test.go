package dryrun_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/task"
)

func TestADryRunWaitsUntilATimeOfDayOverAClockChange(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../protocol/testdata/kinds/wait_until.json")
	require.NoError(t, err)
	g, err := protocol.Parse(raw)
	require.NoError(t, err)
	p, ds := protocol.Compile(g)
	require.Empty(t, ds)
	// A Saturday: the next Monday is behind the change to summer time.
	r, err := dryrun.Run(t.Context(), p, dryrun.Options{Began: time.Date(2026, 3, 28, 12, 0, 0, 0, time.UTC)})
	require.NoError(t, err)
	require.Equal(t, "end", r.Ended, r.Error)
	var until []string
	for _, row := range r.Rows {
		if row.Kind == task.KindControl {
			until = append(until, row.Value.Str())
		}
	}
	require.Equal(t, []string{"2026-03-30T07:00:00+01:00", "2026-03-30T19:00:00+01:00"}, until)
	require.Equal(t, 42*time.Hour+12*time.Hour, r.Duration)
}
