package plan_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/plan/plantest"
)

// presented plays a loop of trials with a wait in it to the end and gives the
// values of x, in order.
func presented(t require.TestingT, trials *plan.Trials, seed int64, after func(r *plan.Runner)) ([]int, string) {
	p := &plan.Plan{
		Format:    plan.Format,
		Variables: []plan.Variable{{Name: "x", Type: "int"}, {Name: "y", Type: "string"}, {Name: "i", Type: "int"}, {Name: "row", Type: "int"}},
		Nodes: []plan.Node{
			{ID: "start", Kind: plan.KindStart, Out: []plan.Wire{{Port: "out", To: "t"}}},
			{ID: "t", Kind: plan.KindTrials, Trials: trials, Out: []plan.Wire{{Port: "body", To: "w"}, {Port: "done", To: "end"}}},
			{ID: "w", Kind: plan.KindWait, Wait: &plan.Wait{Duration: "5s"}, Parent: "t"},
			{ID: "end", Kind: plan.KindEnd, End: &plan.End{}},
		},
	}
	r, err := plan.NewRunner(p, nil, nil)
	require.NoError(t, err)
	r.Seed(seed)
	a, err := r.Start()
	require.NoError(t, err)
	var xs []int
	for len(a.Start) > 0 {
		xs = append(xs, int(r.Variables()["x"].Int()))
		if after != nil {
			after(r)
		}
		if len(xs) < 3 {
			raw, err := r.State()
			require.NoError(t, err)
			r, err = plan.Restore(p, raw, nil)
			require.NoError(t, err)
		}
		a, err = r.Complete(a.Start[0].ID, plan.Completion{})
		require.NoError(t, err)
	}
	_, failed, over := r.Over()
	require.True(t, over)
	return xs, failed
}

func list(n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprint(i+1))
	}
	return "[" + strings.Join(all, ", ") + "]"
}

func TestTrialsPresentEachConditionAsOftenAsAsked(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, repetitions := rapid.IntRange(1, 6).Draw(t, "conditions"), rapid.IntRange(1, 5).Draw(t, "repetitions")
		order := rapid.SampledFrom([]plan.Order{
			plan.OrderSequential, plan.OrderRandom, plan.OrderFullRandom, plan.OrderBlocked, plan.OrderLatin,
		}).Draw(t, "order")
		trials := &plan.Trials{
			Columns: []plan.Column{{Variable: "x", List: list(n)}}, Order: order, Repetitions: fmt.Sprint(repetitions),
			Row: fmt.Sprint(rapid.IntRange(1, 20).Draw(t, "row")),
		}
		seed := rapid.Int64().Draw(t, "seed")
		xs, failed := presented(t, trials, seed, nil)
		require.Empty(t, failed)
		again, _ := presented(t, trials, seed, nil)
		require.Equal(t, xs, again, "the same seed gives the same order")
		for r := range repetitions {
			if order == plan.OrderFullRandom || order == plan.OrderBlocked {
				break
			}
			require.Len(t, slices.Compact(slices.Sorted(slices.Values(xs[r*n:(r+1)*n]))), n, "each repetition has every condition")
		}
		for c := range n {
			require.Equal(t, repetitions, strings.Count(fmt.Sprint(xs)+" ", fmt.Sprintf("%d", c+1)))
		}
	})
}

func longest[T comparable](xs []T) int {
	most, run := 0, 0
	for i, x := range xs {
		if run++; i > 0 && xs[i-1] != x {
			run = 1
		}
		most = max(most, run)
	}
	return most
}

// A run is refused only when no arrangement exists, and then always: the most
// frequent key needs others between its runs.
func TestPseudoRandomOrdersNeverExceedTheirRun(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(1, 9), 1, 5).Draw(t, "of each key")
		maxRun := rapid.IntRange(1, 4).Draw(t, "max run")
		var cells []json.RawMessage
		var keys []string
		most := 0
		for k, n := range counts {
			most = max(most, n)
			for range n {
				keys = append(keys, fmt.Sprint(k))
				cells = append(cells, json.RawMessage(fmt.Sprint(k)))
			}
		}
		possible := most <= maxRun*(len(keys)-most+1)
		err := plan.TryOrder(plan.OrderPseudo, keys, 1, maxRun, nil)
		require.Equal(t, possible, err == nil, "%v", err)
		trials := &plan.Trials{Columns: []plan.Column{{Variable: "x", Cells: cells}}, Order: plan.OrderPseudo, By: "x", MaxRun: fmt.Sprint(maxRun)}
		xs, failed := presented(t, trials, rapid.Int64().Draw(t, "seed"), nil)
		if !possible {
			require.Contains(t, failed, "too frequent")
			return
		}
		require.Empty(t, failed)
		require.Len(t, xs, len(keys))
		require.LessOrEqual(t, longest(xs), maxRun)
	})
}

func TestTenThousandPseudoRandomTrialsAreDrawnAtOnce(t *testing.T) {
	t.Parallel()
	keys := make([]string, plan.MaxTrials)
	for i := range keys {
		keys[i] = fmt.Sprint(i % 3)
	}
	require.NoError(t, plan.TryOrder(plan.OrderPseudo, keys, 1, 3, nil))
	require.ErrorContains(t, plan.TryOrder(plan.OrderRandom, keys, 2, 3, nil), "between 1 and 10000")
}

// Williams 1949: each condition follows each other equally often, and stands
// once at each place.
func TestLatinSquaresAreBalanced(t *testing.T) {
	t.Parallel()
	for n := 2; n <= 7; n++ {
		rows := n * (1 + n%2)
		follows, places := map[[2]int]int{}, map[[2]int]int{}
		for row := range rows {
			xs, failed := presented(t, &plan.Trials{Columns: []plan.Column{{Variable: "x", List: list(n)}}, Order: plan.OrderLatin, Row: fmt.Sprint(row + 1)}, 1, nil)
			require.Empty(t, failed)
			for i, x := range xs {
				places[[2]int{i, x}]++
				if i > 0 {
					follows[[2]int{xs[i-1], x}]++
				}
			}
		}
		require.Len(t, follows, n*(n-1))
		require.Len(t, places, n*n)
		for pair, times := range follows {
			require.Equal(t, rows/n, times, "%d: %v", n, pair)
		}
		for place, times := range places {
			require.Equal(t, rows/n, times, "%d: %v", n, place)
		}
	}
}

func TestWeightedTrialsComeAsOftenAsTheyWeigh(t *testing.T) {
	t.Parallel()
	xs, failed := presented(t, &plan.Trials{Columns: []plan.Column{{Variable: "x", List: "[1, 2, 3]"}}, Order: plan.OrderWeighted, Weights: "[3, 0, 1]", Count: "2000"}, 7, nil)
	require.Empty(t, failed)
	times := map[int]int{}
	for _, x := range xs {
		times[x]++
	}
	require.Zero(t, times[2])
	require.InDelta(t, 1500, times[1], 80)
}

func TestFactorsAreCrossedAndBlocksStayTogether(t *testing.T) {
	t.Parallel()
	var pairs []string
	trials := &plan.Trials{
		Columns: []plan.Column{{Variable: "x", List: "[1, 2]"}, {Variable: "y", List: `["a", "b", "c"]`}}, Cross: true,
		Order: plan.OrderSequential, Index: "i", Condition: "row",
	}
	note := func(r *plan.Runner) {
		v := r.Variables()
		pairs = append(pairs, fmt.Sprintf("%s%s%s%s", v["i"], v["row"], v["x"], v["y"].Str()))
	}
	presented(t, trials, 1, note)
	require.Equal(t, strings.Fields("111a 221b 331c 442a 552b 662c"), strings.Fields(strings.Join(pairs, " ")))

	trials.Order, trials.By, trials.Repetitions = plan.OrderBlocked, "x", "4"
	xs, _ := presented(t, trials, 3, nil)
	require.Len(t, xs, 24)
	require.Equal(t, 12, longest(xs))
}

func TestFailedTrialsAreRepeated(t *testing.T) {
	t.Parallel()
	for repeat, want := range map[plan.Repetition][]int{
		plan.RepeatNow: {1, 2, 2, 2, 3, 4}, plan.RepeatEnd: {1, 2, 3, 4, 2, 2},
	} {
		trials := &plan.Trials{Columns: []plan.Column{{Variable: "x", List: list(4)}}, Order: plan.OrderSequential, RepeatIf: "x == 2", Repeat: repeat, MaxRepeats: "2"}
		xs, failed := presented(t, trials, 1, nil)
		require.Empty(t, failed)
		require.Equal(t, want, xs, repeat)
	}
	for seed := range int64(50) {
		trials := &plan.Trials{Columns: []plan.Column{{Variable: "x", List: list(4)}}, Order: plan.OrderSequential, RepeatIf: "x == 2", Repeat: plan.RepeatLater, MaxRepeats: "1"}
		xs, _ := presented(t, trials, seed, nil)
		require.Len(t, xs, 5)
		require.Equal(t, 1, longest(xs), "a repeated trial is not the next one while others are left")
	}
}

func TestAnOrderIsRecordedAndTheEvaluatorsMemoryCounts(t *testing.T) {
	t.Parallel()
	p := plantest.Draw(t, "start -> trials\ntrials -body> trials:wait\ntrials -done> end")
	p.Node("trials").Trials.Order = plan.OrderFullRandom
	remembered := plan.Evaluated{Values: []expr.Value{expr.ListValue(expr.Int, expr.IntValue(3), expr.IntValue(3))}}
	calls := 0
	r, err := plan.NewRunner(p, nil, func(evaluate func() plan.Evaluated) plan.Evaluated {
		if calls++; calls == 2 {
			return remembered // as a replay of an older version would
		}
		return evaluate()
	})
	require.NoError(t, err)
	_, err = r.Start()
	require.NoError(t, err)
	require.Equal(t, "3", r.Variables()["x"].String())
	i := slices.IndexFunc(r.Events(), func(e plan.Event) bool {
		return e.Kind == plan.EventDraw && e.Name == "order" && e.Value.String() == "[3, 3]"
	})
	require.GreaterOrEqual(t, i, 0)
}

func TestTrialsThatCannotBePresentedFailAndSayWhy(t *testing.T) {
	t.Parallel()
	x := func(list string) []plan.Column { return []plan.Column{{Variable: "x", List: list}} }
	for want, trials := range map[string]*plan.Trials{
		"no condition":           {Columns: x("filter([1], # > 1)"), Order: plan.OrderRandom},
		"0 times":                {Columns: x("[1]"), Order: plan.OrderRandom, Repetitions: "0"},
		"2 conditions and 1 wei": {Columns: x("[1, 2]"), Order: plan.OrderWeighted, Weights: "[1]"},
		"negative":               {Columns: x("[1, 2]"), Order: plan.OrderWeighted, Weights: "[1, -1]"},
		"all weights are 0":      {Columns: x("[1, 2]"), Order: plan.OrderWeighted, Weights: "[0, 0]"},
		"no row 0":               {Columns: x("[1, 2]"), Order: plan.OrderLatin, Row: "0"},
		"a run of 0":             {Columns: x("[1, 2]"), Order: plan.OrderPseudo, MaxRun: "0"},
		"has 1 values":           {Columns: append(x("[1, 2]"), plan.Column{Variable: "y", List: `["a"]`}), Order: plan.OrderRandom},
		"knows no order":         {Columns: x("[1]"), Order: "backwards"},
	} {
		_, failed := presented(t, trials, 1, nil)
		require.Contains(t, failed, want)
	}
}
