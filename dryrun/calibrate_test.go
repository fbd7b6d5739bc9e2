package dryrun_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/task"
)

func TestACalibrationGivesItsPulses(t *testing.T) {
	t.Parallel()
	r, err := dryrun.Run(t.Context(), kind(t, "calibrate"), dryrun.Options{})
	require.NoError(t, err)
	require.Empty(t, r.Error)
	require.Equal(t, 50*(20+200)*time.Millisecond+50*(50+200)*time.Millisecond, r.Duration)
	require.Len(t, facts(r, task.KindOutput), 200)
}
