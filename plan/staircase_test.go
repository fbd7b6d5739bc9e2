package plan_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

// climbed plays a staircase with an observer, who says at each level whether
// the answer is right. It gives the levels and the variables at the end.
func climbed(t *testing.T, s *plan.Staircase, observe func(i int, level float64) bool) ([]float64, map[string]expr.Value, string) {
	t.Helper()
	s.Level, s.Correct, s.Threshold, s.ReversalsInto = "level", "x > 0", "threshold", "turns"
	p := &plan.Plan{
		Format:    plan.Format,
		Variables: []plan.Variable{{Name: "level", Type: "float"}, {Name: "threshold", Type: "float"}, {Name: "turns", Type: "int"}, {Name: "x", Type: "float"}},
		Nodes: []plan.Node{
			{ID: "start", Kind: plan.KindStart, Out: []plan.Wire{{Port: "out", To: "s"}}},
			{ID: "s", Kind: plan.KindStaircase, Staircase: s, Out: []plan.Wire{{Port: "body", To: "r"}, {Port: "done", To: "end"}}},
			{ID: "r", Kind: plan.KindRead, Read: &plan.Read{Role: "box", Channel: "c", Variable: "x"}, Parent: "s"},
			{ID: "end", Kind: plan.KindEnd, End: &plan.End{}},
		},
	}
	r, err := plan.NewRunner(p, nil, nil)
	require.NoError(t, err)
	a, err := r.Start()
	require.NoError(t, err)
	var levels []float64
	for len(a.Start) > 0 {
		level := r.Variables()["level"].Float()
		levels = append(levels, level)
		right := 0.0
		if observe(len(levels)-1, level) {
			right = 1
		}
		if len(levels) < 12 {
			r = restored(t, p, r)
		}
		a, err = r.Complete(a.Start[0].ID, plan.Completion{Values: map[string]expr.Value{plan.ValueRead: expr.FloatValue(right)}})
		require.NoError(t, err)
	}
	_, failed, over := r.Over()
	require.True(t, over)
	return levels, r.Variables(), failed
}

// The answers 1 1 0 1 1 0 0 1 1 of a two-down, one-up staircase.
func TestAStaircaseGoesDownAfterTwoRightAnswersAndUpAfterAWrongOne(t *testing.T) {
	t.Parallel()
	answers := []bool{true, true, false, true, true, false, false, true, true, true}
	levels, vars, failed := climbed(t, &plan.Staircase{Method: plan.MethodUpDown, Start: "10", Steps: "[4, 2, 1]", Trials: "10"}, func(i int, _ float64) bool { return answers[i] })
	require.Empty(t, failed)
	// Reversals at 6 (up), 8 (down), 7 (up) and 9 (down).
	require.Equal(t, []float64{10, 10, 6, 8, 8, 7, 8, 9, 9, 8}, levels)
	require.Equal(t, int64(4), vars["turns"].Int())
	require.InDelta(t, (8.0+7+9)/3, vars["threshold"].Float(), 1e-9, "the mean of the reversals with the last step")
}

func TestAStaircaseEndsAfterItsReversalsAndStaysWithinItsLimits(t *testing.T) {
	t.Parallel()
	levels, vars, _ := climbed(t, &plan.Staircase{Method: plan.MethodUpDown, Start: "4", Minimum: "1", Maximum: "8", Ratio: true, Steps: "[2]", Trials: "100", Reversals: "6", Down: "1"},
		func(_ int, level float64) bool { return level >= 3 })
	require.Equal(t, int64(6), vars["turns"].Int())
	require.Equal(t, []float64{4, 2, 4, 2, 4, 2, 4, 2}[:len(levels)], levels)
	levels, _, _ = climbed(t, &plan.Staircase{Method: plan.MethodUpDown, Start: "4", Minimum: "1", Maximum: "8", Ratio: true, Steps: "[2]", Trials: "6"}, func(int, float64) bool { return false })
	require.Equal(t, []float64{4, 8, 8, 8, 8, 8}, levels)
	levels, _, _ = climbed(t, &plan.Staircase{Method: plan.MethodUpDown, Ascending: true, Start: "4", Steps: "[1]", Trials: "3", Down: "1"}, func(int, float64) bool { return true })
	require.Equal(t, []float64{4, 5, 6}, levels)
}

// observer answers by a Weibull function with the threshold at 75 % correct.
func observer(threshold float64) func(int, float64) bool {
	d := task.NewDraws(1, "observer", "")
	return func(_ int, level float64) bool {
		return d.Float() < 0.5+0.5*(1-math.Exp(-math.Ln2*math.Pow(level/threshold, 3.5)))
	}
}

// Levitt 1971: two down, one up converges to 70.7 % correct.
func TestTheMethodsFindTheThresholdOfAnObserver(t *testing.T) {
	t.Parallel()
	_, vars, _ := climbed(t, &plan.Staircase{Method: plan.MethodUpDown, Start: "20", Minimum: "0.1", Steps: "[1.4, 1.2, 1.1]", Ratio: true, Trials: "400"}, observer(5))
	at707 := 5 * math.Pow(-math.Log(2*(1-0.7071))/math.Ln2, 1/3.5)
	require.InEpsilon(t, at707, vars["threshold"].Float(), 0.1)

	levels, vars, _ := climbed(t, &plan.Staircase{Method: plan.MethodQuest, Start: "20", SD: "1", Trials: "80", PThreshold: "0.75"}, observer(5))
	require.InEpsilon(t, 5, vars["threshold"].Float(), 0.12)
	require.Len(t, levels, 80)
	levels, _, _ = climbed(t, &plan.Staircase{Method: plan.MethodQuest, Start: "20", Trials: "300", UntilSD: "0.08"}, observer(5))
	require.Less(t, len(levels), 150, "it ends when it knows enough")
}

func TestAWindowMakesItHarderAndEasier(t *testing.T) {
	t.Parallel()
	levels, _, _ := climbed(t, &plan.Staircase{Method: plan.MethodWindow, Start: "5", Steps: "[1]", Window: "4", High: "0.75", Low: "0.25", Trials: "13"}, func(i int, _ float64) bool { return i < 4 || i == 8 })
	require.Equal(t, []float64{5, 5, 5, 5, 4, 4, 4, 4, 5, 5, 5, 5, 6}, levels)
}

func TestAStaircaseThatLeadsNowhereFailsAndSaysWhy(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]*plan.Staircase{
		"no steps":       {Method: plan.MethodUpDown, Start: "1", Trials: "5"},
		"outside":        {Method: plan.MethodUpDown, Start: "1", Minimum: "2", Steps: "[1]", Trials: "5"},
		"between 1 and":  {Method: plan.MethodUpDown, Start: "1", Steps: "[1]", Trials: "0"},
		"leads nowhere":  {Method: plan.MethodUpDown, Start: "1", Steps: "[1]", Ratio: true, Trials: "5"},
		"logarithms":     {Method: plan.MethodQuest, Start: "0", Trials: "5"},
		"lies between":   {Method: plan.MethodQuest, Start: "1", Gamma: "0.9", Trials: "5"},
		"at most 500":    {Method: plan.MethodQuest, Start: "1", Trials: "501"},
		"low is below h": {Method: plan.MethodWindow, Start: "1", Steps: "[1]", Low: "0.9", Trials: "5"},
	} {
		_, _, failed := climbed(t, s, func(int, float64) bool { return true })
		require.Contains(t, failed, want)
	}
}
