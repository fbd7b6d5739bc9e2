package dryrun_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
)

func TestADryRunRaisesTheAlarmOfAnEventThatDoesNotCome(t *testing.T) {
	t.Parallel()
	p := kind(t, "watch")
	r, err := dryrun.Run(t.Context(), p, dryrun.Options{Inputs: inputs(t, "60000 lever_1_in; 240000 lever_1_out; 400000 lever_1_in; 500000 lever_1_out")})
	require.NoError(t, err)
	require.Empty(t, r.Error)
	require.Equal(t, []string{"no lever_1_in for 5m0s"}, texts(values(r, "why")))
	require.Equal(t, 360*time.Second, r.Duration)
	require.Equal(t, "idle", r.Outcome)
}
