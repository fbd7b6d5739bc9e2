package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
)

func TestAStageGateSeesTheSessionsSinceTheSubjectCameToTheStage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v, err := w.SaveSubject(t.Context(), lab.Subject{Organisation: w.org, Name: "m1"})
	require.NoError(t, err)
	version := w.run(t).Version
	judge := func(stage, verdict string, value float64) (seen []float64) {
		r, _, err := w.CreateRun(t.Context(), lab.Run{Organisation: w.org, Version: version, Subject: &v.ID})
		require.NoError(t, err)
		for range 2 { // a retry sees nothing and gets what was decided
			got, err := w.JudgeStage(t.Context(), lab.StageRecord{ID: r.ID + "/g/1", Run: r.ID, Gate: "training", Stage: stage, Value: value},
				func(before []float64) (string, float64) { seen = before; return verdict, value })
			require.NoError(t, err)
			require.Equal(t, verdict, got.Verdict)
		}
		return seen
	}
	require.Empty(t, judge("1", "stay", 0.1))
	require.Equal(t, []float64{0.1}, judge("1", "stay", 0.2))
	require.Equal(t, []float64{0.1, 0.2}, judge("1", "advance", 0.3))
	require.Empty(t, judge("2", "stay", 0.4))
	require.Equal(t, []float64{0.4}, judge("2", "back", 0.5))
	require.Empty(t, judge("1", "stay", 0.6), "it begins anew")
	_, err = w.JudgeStage(t.Context(), lab.StageRecord{ID: "x", Run: w.run(t).ID, Gate: "g"}, nil)
	requireCode(t, lab.State, err)
}
