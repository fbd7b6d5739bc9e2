package expr_test

import (
	"fmt"
	"hash/fnv"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/lics-lab/lics/expr"
)

// numbers compiles an expression of the float variables a and b.
func numbers(t *testing.T, src string) func(a, b float64) (float64, error) {
	t.Helper()
	s := expr.NewScope()
	for _, name := range []string{"a", "b"} {
		_, err := s.Declare(name, expr.Float)
		require.NoError(t, err)
	}
	e, err := expr.Compile(src, s, expr.Float)
	require.NoError(t, err)
	return func(a, b float64) (float64, error) {
		v, err := e.Eval([]expr.Value{expr.FloatValue(a), expr.FloatValue(b)})
		return v.Float(), err
	}
}

// ulps is how far got is from want, in units of the last place of want.
func ulps(got, want float64) float64 {
	unit := math.Nextafter(math.Abs(want), math.Inf(1)) - math.Abs(want)
	return math.Abs(got-want) / unit
}

func TestFunctionsAreAsGoodAsTheLibrary(t *testing.T) {
	t.Parallel()
	for _, f := range []struct {
		src      string
		want     func(a, b float64) float64
		from, to float64
		ulps     float64
	}{
		{"exp(a)", func(a, _ float64) float64 { return math.Exp(a) }, -700, 700, 2},
		{"ln(a)", func(a, _ float64) float64 { return math.Log(a) }, 1e-300, 1e300, 2},
		{"ln(a)", func(a, _ float64) float64 { return math.Log(a) }, 0.01, 10, 2},
		{"log10(a)", func(a, _ float64) float64 { return math.Log10(a) }, 1e-300, 1e300, 4},
		{"a ** b", math.Pow, 0.001, 30, 8},
		{"sqrt(a)", func(a, _ float64) float64 { return math.Sqrt(a) }, 0, 1e300, 0},
	} {
		t.Run(f.src, func(t *testing.T) {
			t.Parallel()
			eval := numbers(t, f.src)
			rapid.Check(t, func(t *rapid.T) {
				a := rapid.Float64Range(f.from, f.to).Draw(t, "a")
				b := rapid.Float64Range(-20, 20).Draw(t, "b")
				got, err := eval(a, b)
				want := f.want(a, b)
				if err != nil || ulps(got, want) > f.ulps {
					t.Fatalf("%s of %v, %v = %v (%v), the library says %v", f.src, a, b, got, err, want)
				}
			})
		})
	}
}

func TestPowersAtTheEdges(t *testing.T) {
	t.Parallel()
	eval := numbers(t, "a ** b")
	for _, c := range [][3]float64{
		{0, 0, 1},
		{5, 0, 1},
		{1, 1e300, 1},
		{-1, 3, -1},
		{-1, 1e300, 1},
		{-2, 3, -8},
		{-2, -2, 0.25},
		{10, 22, 1e22},
		{10, -3, 0.001},
		{2, 1023, 0x1p1023},
		{2, -1074, 0x1p-1074},
		{2, -2000, 0},
		{0.5, 1e300, 0},
		{4, 0.5, 2},
		{4, -0.5, 0.5},
		{9, 1.5, 27},
		{0, 2, 0},
		{1e308, 1, 1e308},
		{3, 4, 81},
	} {
		got, err := eval(c[0], c[1])
		require.NoError(t, err, c)
		require.InDelta(t, c[2], got, 0, "%v ** %v", c[0], c[1])
	}
	for _, c := range [][2]float64{{0, -1}, {-8, 0.5}, {2, 1024}, {-2, 1e300}, {0.5, -1e300}, {10, 309}} {
		_, err := eval(c[0], c[1])
		require.Error(t, err, c)
	}
}

// The bits of these results were recorded once. They are the same on amd64 and
// arm64, with every release of Go, or a run would not replay: never update them.
func TestTheBitsOfResultsStay(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"exp(a * b)":          "79378a9576864ae2",
		"ln(abs(a) + 0.1)":    "62b8e7fb0862856b",
		"log10(abs(a) + b)":   "2bcaf1def55a1612",
		"abs(a) ** (b / 7)":   "4bd12d7a2047cf72",
		"a * b + a * a - b":   "e2c1ed5d7d54c4fe",
		"round(a * b / 3, 2)": "f85fc09cb588160e",
		"mean([a * b, b * b, a]) + median([a, b]) / sqrt(b)": "268c9588e32ebaa5",
	} {
		eval := numbers(t, src)
		h := fnv.New64a()
		for i := 1; i <= 2000; i++ {
			a, b := float64(i%97)*0.37-17.1, float64(i)*0.0113+0.01
			got, err := eval(a, b)
			require.NoError(t, err)
			_, _ = fmt.Fprintf(h, "%x\n", math.Float64bits(got))
		}
		require.Equal(t, want, fmt.Sprintf("%016x", h.Sum64()), src)
	}
}
