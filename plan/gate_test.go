package plan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/plan"
)

func TestAStageGateJudgesByConsecutiveSessions(t *testing.T) {
	t.Parallel()
	bad := 0.5
	for _, tt := range []struct {
		name   string
		gate   plan.Gating
		before []float64
		want   string
	}{
		{"one good session", plan.Gating{Value: 0.8, Window: 1, Threshold: 0.8, Sessions: 1}, nil, plan.GateAdvance},
		{"two are needed", plan.Gating{Value: 0.9, Window: 1, Threshold: 0.8, Sessions: 2}, nil, plan.GateStay},
		{"two in a row", plan.Gating{Value: 0.9, Window: 1, Threshold: 0.8, Sessions: 2}, []float64{0.2, 0.8}, plan.GateAdvance},
		{"not in a row", plan.Gating{Value: 0.9, Window: 1, Threshold: 0.8, Sessions: 2}, []float64{0.9, 0.2}, plan.GateStay},
		{"the mean of a window", plan.Gating{Value: 1, Window: 3, Threshold: 0.8, Sessions: 1}, []float64{0.6, 0.8}, plan.GateAdvance},
		{"a window has to be full", plan.Gating{Value: 1, Window: 3, Threshold: 0.8, Sessions: 1}, []float64{1}, plan.GateStay},
		{"each window of the row has to be full", plan.Gating{Value: 1, Window: 2, Threshold: 0.8, Sessions: 2}, []float64{1}, plan.GateStay},
		{"lower is better", plan.Gating{Value: 3, Window: 1, Threshold: 5, Sessions: 1, Lower: true}, nil, plan.GateAdvance},
		{"back", plan.Gating{Value: 0.3, Window: 1, Threshold: 0.8, Sessions: 1, Back: &bad, BackSessions: 2}, []float64{0.4}, plan.GateBack},
		{"not yet back", plan.Gating{Value: 0.3, Window: 1, Threshold: 0.8, Sessions: 1, Back: &bad, BackSessions: 2}, []float64{0.6}, plan.GateStay},
		{"too many sessions", plan.Gating{Value: 0.3, Window: 1, Threshold: 0.8, Sessions: 1, Most: 3}, []float64{0.6, 0.6}, plan.GateExclude},
		{"good in the last one", plan.Gating{Value: 0.8, Window: 1, Threshold: 0.8, Sessions: 1, Most: 3}, []float64{0.6, 0.6}, plan.GateAdvance},
	} {
		verdict, _ := tt.gate.Judge(tt.before)
		require.Equal(t, tt.want, verdict, tt.name)
	}
}
