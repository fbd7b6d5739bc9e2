package expr_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
)

// Scalar expressions run inside the state machine of a device, which must not
// collect garbage between two lever presses.
var scalars = []string{
	`n + 1 > x and not correct`,
	`correct ? n * 2 : n % 3`,
	`elapsed / 1s + seconds(elapsed)`,
	`target == "left" or target contains "x"`,
	`correct ? target : "none"`,
	`target in ["left", "right"] and n in counts`,
	`round(x * 10) + ceil(x) + len(counts) + sum(counts)`,
	`any(counts, # > 2) and all(sides, # != "") and count(hits, #) == 2`,
	`median(rates) + mean(counts) + max(rates) + min(n, 3, x)`,
	`sqrt(exp(ln(x + 1))) ** 1.5 + log10(x)`,
	`n`, `x`, `correct`, `target`, `elapsed`, `counts[-1]`,
}

func TestScalarExpressionsDoNotAllocate(t *testing.T) { // not parallel: AllocsPerRun counts for the process
	scope, vars := worldScope(t)
	for _, src := range scalars {
		e, err := expr.Compile(src, scope, expr.Invalid)
		require.NoError(t, err, src)
		allocs := testing.AllocsPerRun(100, func() {
			if _, err := e.Eval(vars); err != nil {
				t.Fatal(err)
			}
		})
		require.Zero(t, allocs, src)
	}
	text, err := expr.CompileTemplate("{n} {x} {target} {elapsed} {counts}", scope)
	require.NoError(t, err)
	buf := make([]byte, 0, 128)
	require.Zero(t, testing.AllocsPerRun(100, func() { _, _ = text.Append(buf, vars) }))
}

func BenchmarkGuard(b *testing.B) {
	scope := expr.NewScope()
	for _, d := range []struct {
		name string
		t    expr.Type
	}{{"a", expr.Int}, {"b", expr.Int}, {"c", expr.Bool}} {
		_, err := scope.Declare(d.name, d.t)
		require.NoError(b, err)
	}
	e, err := expr.Compile("a + 1 > b and not c", scope, expr.Bool)
	require.NoError(b, err)
	vars := []expr.Value{expr.IntValue(3), expr.IntValue(2), expr.BoolValue(false)}
	b.ReportAllocs()
	for b.Loop() {
		if v, err := e.Eval(vars); err != nil || !v.Bool() {
			b.Fatal(v, err)
		}
	}
}

func BenchmarkScalars(b *testing.B) {
	scope, vars := worldScope(b)
	for _, src := range scalars {
		e, err := expr.Compile(src, scope, expr.Invalid)
		require.NoError(b, err)
		b.Run(src, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.Eval(vars); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	scope, _ := worldScope(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := expr.Compile("n + 1 > x and not correct or elapsed > 250ms", scope, expr.Bool); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkListOfTenThousand(b *testing.B) {
	scope := expr.NewScope()
	_, err := scope.Declare("xs", expr.FloatList)
	require.NoError(b, err)
	vs := make([]expr.Value, expr.MaxList)
	for i := range vs {
		vs[i] = expr.FloatValue(float64(i))
	}
	vars := []expr.Value{expr.ListValue(expr.Float, vs...)}
	e, err := expr.Compile("count(xs, # > 5000)", scope, expr.Int)
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Eval(vars); err != nil {
			b.Fatal(err)
		}
	}
}
