package task_test

import (
	"encoding/json"
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// drawn collects n values of a stream, one every millisecond.
func drawn(t *testing.T, s task.Stream, typ string, n int, start task.Start) []expr.Value {
	t.Helper()
	s.Name = "s"
	a := on(state("a", "1ms"), "timeup", "a")
	a.Entry = []task.Action{{Do: task.DoDraw, Stream: "s", Variable: "v"}}
	p := &task.Program{
		Name: "t", Channels: box, Initial: "a", States: []task.State{a}, Streams: []task.Stream{s},
		Variables: []task.Variable{{Name: "v", Type: typ}},
	}
	r, m := play(t, p, start, time.Duration(n)*ms)
	require.Empty(t, m.Result().Error)
	var out []expr.Value
	for _, row := range r.rows {
		if row.Kind == task.KindDraw && len(out) < n {
			out = append(out, row.Value)
		}
	}
	require.Len(t, out, n)
	return out
}

func mean(vs []expr.Value) float64 {
	sum := 0.0
	for _, v := range vs {
		if v.Type() == expr.Duration {
			sum += v.Duration().Seconds()
		} else {
			sum += v.Float()
		}
	}
	return sum / float64(len(vs))
}

func TestDistributionsHaveTheirMeansAndBounds(t *testing.T) {
	t.Parallel()
	const n = 20_000
	start := task.Start{Seed: 42}
	require.InDelta(t, 5, mean(drawn(t, task.Stream{Kind: task.Uniform, Low: "0", High: "10"}, "float", n, start)), 0.1)
	require.InDelta(t, 3, mean(drawn(t, task.Stream{Kind: task.UniformInt, Low: "1", High: "5"}, "int", n, start)), 0.05)
	require.InDelta(t, 2, mean(drawn(t, task.Stream{Kind: task.Normal, Mean: "2", SD: "0.5"}, "float", n, start)), 0.02)
	require.InDelta(t, 0.35, mean(drawn(t, task.Stream{Kind: task.Exponential, Mean: "350ms"}, "duration", n, start)), 0.01)

	// Mean of an exponential of mean m truncated to [a, b]:
	// m + (a·e^(−a/m) − b·e^(−b/m)) / (e^(−a/m) − e^(−b/m)).
	m, a, b := 0.35, 0.2, 0.5
	want := m + (a*math.Exp(-a/m)-b*math.Exp(-b/m))/(math.Exp(-a/m)-math.Exp(-b/m))
	truncated := drawn(t, task.Stream{Kind: task.TruncatedExponential, Mean: "350ms", Low: "200ms", High: "500ms"}, "duration", n, start)
	require.InDelta(t, want, mean(truncated), 0.003)
	for _, v := range truncated {
		require.True(t, v.Duration() >= 200*ms && v.Duration() <= 500*ms)
	}
	yes := 0
	for _, v := range drawn(t, task.Stream{Kind: task.Bernoulli, P: "0.8"}, "bool", n, start) {
		if v.Bool() {
			yes++
		}
	}
	require.InDelta(t, 0.8, float64(yes)/n, 0.01)
}

func TestAMaximumRunIsNeverExceededAndKeepsTheBalance(t *testing.T) {
	t.Parallel()
	go1, run, last := 0, 0, ""
	values := drawn(t, task.Stream{Kind: task.MaxRun, Values: `["go", "nogo"]`, Run: "3"}, "string", 10_000, task.Start{Seed: 3})
	for _, v := range values {
		if v.Str() == last {
			run++
		} else {
			last, run = v.Str(), 1
		}
		require.LessOrEqual(t, run, 3)
		if v.Str() == "go" {
			go1++
		}
	}
	require.InDelta(t, 0.5, float64(go1)/10_000, 0.02)
}

func TestAShuffleBagGivesEveryValueOncePerRound(t *testing.T) {
	t.Parallel()
	values := drawn(t, task.Stream{Kind: task.ShuffleBag, Values: "[1, 2, 3, 4, 5]"}, "int", 1000, task.Start{})
	orders := map[string]bool{}
	for round := range 200 {
		seen, order := map[int64]bool{}, ""
		for _, v := range values[round*5 : round*5+5] {
			require.False(t, seen[v.Int()])
			seen[v.Int()] = true
			order += strconv.FormatInt(v.Int(), 10)
		}
		orders[order] = true
	}
	require.Greater(t, len(orders), 60, "rounds differ")
}

func TestWeightsCountAndGivenDrawsComeFirst(t *testing.T) {
	t.Parallel()
	s := task.Stream{Kind: task.Choice, Values: "[7, 9]", Weights: "[0, 1]"}
	values := drawn(t, s, "int", 5, task.Start{Draws: map[string][]json.RawMessage{"s": {json.RawMessage("7"), json.RawMessage("8")}}})
	require.Equal(t, "7 8 9 9 9", func() (s string) {
		for i, v := range values {
			if i > 0 {
				s += " "
			}
			s += v.String()
		}
		return
	}())
}

func TestStreamsOfOneSeedAreIndependentAndASeedGivesOneSequence(t *testing.T) {
	t.Parallel()
	s := task.Stream{Kind: task.UniformInt, Low: "1", High: "5"}
	a := drawn(t, s, "int", 100, task.Start{Seed: 1})
	require.Equal(t, a, drawn(t, s, "int", 100, task.Start{Seed: 1}))
	require.NotEqual(t, a, drawn(t, s, "int", 100, task.Start{Seed: 2}))
	// Recorded once; a change of it changes every lab's replays.
	require.Equal(t, "4 1 1 5 4 3 1 5", func() (s string) {
		for i, v := range a[:8] {
			if i > 0 {
				s += " "
			}
			s += v.String()
		}
		return
	}())
}
