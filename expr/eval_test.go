package expr_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
)

// world is a scope with a value for each name, used by most tests.
var world = []struct {
	name  string
	value expr.Value
}{
	{"n", expr.IntValue(7)},
	{"x", expr.FloatValue(0.5)},
	{"correct", expr.BoolValue(true)},
	{"target", expr.StringValue("left")},
	{"elapsed", expr.DurationValue(1500 * time.Millisecond)},
	{"counts", expr.ListValue(expr.Int, expr.IntValue(3), expr.IntValue(1), expr.IntValue(2))},
	{"rates", expr.ListValue(expr.Float, expr.FloatValue(0.5), expr.FloatValue(2.5))},
	{"sides", expr.ListValue(expr.String, expr.StringValue("left"), expr.StringValue("right"))},
	{"hits", expr.ListValue(expr.Bool, expr.BoolValue(true), expr.BoolValue(false), expr.BoolValue(true))},
	{"waits", expr.ListValue(expr.Duration, expr.DurationValue(time.Second), expr.DurationValue(3*time.Second))},
	{"empty", expr.Zero(expr.IntList)},
	{"zero", expr.IntValue(0)},
	{"huge", expr.IntValue(1<<63 - 1)},
}

func worldScope(t testing.TB) (*expr.DeclScope, []expr.Value) {
	t.Helper()
	s := expr.NewScope()
	var vars []expr.Value
	for _, w := range world {
		_, err := s.Declare(w.name, w.value.Type())
		require.NoError(t, err)
		vars = append(vars, w.value)
	}
	return s, vars
}

// What an expression gives, as type and text.
var results = []struct{ src, typ, text string }{
	// literals
	{`3`, "int", "3"},
	{`1_000`, "int", "1000"},
	{`0x1F`, "int", "31"},
	{`9223372036854775807`, "int", "9223372036854775807"},
	{`0.5`, "float", "0.5"},
	{`.5`, "float", "0.5"},
	{`1e3`, "float", "1000"},
	{`1e-9`, "float", "1e-09"},
	{`true`, "bool", "true"},
	{`"a\"b"`, "string", `a"b`},
	{`'left'`, "string", "left"},
	{"`raw 250ms`", "string", "raw 250ms"},
	{`250ms`, "duration", "250ms"},
	{`1.5s`, "duration", "1.5s"},
	{`30min`, "duration", "1800s"},
	{`2h`, "duration", "7200s"},
	{`1d`, "duration", "86400s"},
	{`100us + 100µs + 100 μs`, "duration", "0.3ms"},
	{`3µl`, "float", "3"},
	{`3ul + 3 μl + 1.5µL`, "float", "7.5"},
	{`[1, 2.5]`, "list<float>", "[1, 2.5]"},
	{`["a", "b c"]`, "list<string>", `[a, "b c"]`},
	{`[1s, 250ms]`, "list<duration>", "[1s, 250ms]"},
	// arithmetic
	{`n + 1`, "int", "8"},
	{`n - 10`, "int", "-3"},
	{`n * 2 + x`, "float", "14.5"},
	{`5 / 2`, "float", "2.5"},
	{`4 / 2`, "float", "2"},
	{`n % 4`, "int", "3"},
	{`-7 % 4`, "int", "-3"},
	{`2 ** 10`, "float", "1024"},
	{`2 ^ 0.5`, "float", "1.4142135623730951"},
	{`-2 ** 2`, "float", "-4"},
	{`2 ** -1`, "float", "0.5"},
	{`0 * -1.0`, "float", "0"},
	{`elapsed + 500ms`, "duration", "2s"},
	{`500ms - elapsed`, "duration", "-1s"},
	{`elapsed * 2`, "duration", "3s"},
	{`0.5 * elapsed`, "duration", "750ms"},
	{`elapsed / 4`, "duration", "375ms"},
	{`elapsed / 0.5`, "duration", "3s"},
	{`elapsed / 1s`, "float", "1.5"},
	{`-elapsed`, "duration", "-1.5s"},
	{`target + "!"`, "string", "left!"},
	// comparison and logic
	{`n == 7.0`, "bool", "true"},
	{`x < n`, "bool", "true"},
	{`1 < n < 9`, "bool", "true"},
	{`9 > n >= 8`, "bool", "false"},
	{`elapsed >= 1.5s`, "bool", "true"},
	{`"a" < "b"`, "bool", "true"},
	{`not correct or n != 7`, "bool", "false"},
	{`correct && !(n > 7) || false`, "bool", "true"},
	{`zero != 0 and 1 / zero > 0`, "bool", "false"},
	{`n in counts`, "bool", "false"},
	{`n in [1, 7]`, "bool", "true"},
	{`x in counts`, "bool", "false"},
	{`2 in rates`, "bool", "false"},
	{`target not in ["left"]`, "bool", "false"},
	{`correct in hits`, "bool", "true"},
	{`3s in waits`, "bool", "true"},
	{`target contains "ef"`, "bool", "true"},
	{`target startsWith "le" and target endsWith "t"`, "bool", "true"},
	{`not (target contains "x")`, "bool", "true"},
	{`target not contains "x"`, "bool", "true"},
	{`counts == [3, 1, 2]`, "bool", "true"},
	{`rates != [0.5]`, "bool", "true"},
	{`empty == []`, "bool", "true"},
	{`correct ? 1 : 0.5`, "float", "1"},
	{`n > 9 ? "big" : n > 5 ? "middle" : "small"`, "string", "middle"},
	// lists
	{`counts[0]`, "int", "3"},
	{`counts[-1]`, "int", "2"},
	{`sides[1]`, "string", "right"},
	{`hits[1]`, "bool", "false"},
	{`rates[1] * 2`, "float", "5"},
	{`counts[1:]`, "list<int>", "[1, 2]"},
	{`counts[:-1]`, "list<int>", "[3, 1]"},
	{`counts[5:9]`, "list<int>", "[]"},
	{`len(counts[:]) + len("µl")`, "int", "5"},
	{`filter(counts, # >= 2)`, "list<int>", "[3, 2]"},
	{`map(counts, # / 2)`, "list<float>", "[1.5, 0.5, 1]"},
	{`map(sides, upper(#))`, "list<string>", "[LEFT, RIGHT]"},
	{`count(waits, # > 2s)`, "int", "1"},
	{`count(hits)`, "int", "2"},
	{`any(sides, # == target)`, "bool", "true"},
	{`all(counts, # < n)`, "bool", "true"},
	{`none(counts, {# > 5})`, "bool", "true"},
	{`any(empty, true) or not all(empty, false)`, "bool", "false"},
	{`map(counts, count(counts, # > 1))`, "list<int>", "[2, 2, 2]"},
	{`sum(counts) + sum(empty)`, "int", "6"},
	{`sum(rates)`, "float", "3"},
	{`sum(waits)`, "duration", "4s"},
	{`mean(counts)`, "float", "2"},
	{`mean(waits)`, "duration", "2s"},
	{`median(counts)`, "float", "2"},
	{`median(rates)`, "float", "1.5"},
	{`median(waits)`, "duration", "2s"},
	{`min(counts) + max(counts)`, "int", "4"},
	{`max(rates)`, "float", "2.5"},
	{`min(n, x)`, "float", "0.5"},
	{`max(elapsed, 2s, 1s)`, "duration", "2s"},
	{`first(sides) + last(sides)`, "string", "leftright"},
	// functions
	{`round(2.5) + round(-2.5) + round(0.4)`, "int", "0"},
	{`round(n)`, "int", "7"},
	{`round(1.115, 2)`, "float", "1.12"},
	{`round(12345.678, 0)`, "float", "12346"},
	{`ceil(-0.5)`, "int", "0"},
	{`int(-2.9)`, "int", "-2"},
	{`int(correct) + int(" 12 ")`, "int", "13"},
	{`float(n)`, "float", "7"},
	{`float(correct)`, "float", "1"},
	{`string(counts) + string(x) + string(correct)`, "string", "[3, 1, 2]0.5true"},
	{`upper("straße µ") + lower("ÄÖ")`, "string", "STRAßE Μäö"},
	{`abs(-elapsed)`, "duration", "1.5s"},
	{`duration(0.1)`, "duration", "100ms"},
	{`log10(0.001) + log10(1000)`, "float", "0"},
	{`ln(exp(1))`, "float", "1"},
}

func TestAnExpressionGives(t *testing.T) {
	t.Parallel()
	scope, vars := worldScope(t)
	for _, r := range results {
		t.Run(r.src, func(t *testing.T) {
			t.Parallel()
			e, err := expr.Compile(r.src, scope, expr.Invalid)
			require.NoError(t, err)
			v, err := e.Eval(vars)
			require.NoError(t, err)
			require.Equal(t, r.text, v.String())
			require.Equal(t, r.typ, v.Type().String())
			require.Equal(t, v.Type(), e.Type())
			require.Equal(t, r.src, e.Source())
			if c, ok := e.Constant(); ok {
				require.Empty(t, e.Slots())
				require.True(t, c.Equal(v))
			}
		})
	}
}

func TestTheWantedTypeConvertsOnlyIntToFloat(t *testing.T) {
	t.Parallel()
	scope, vars := worldScope(t)
	e, err := expr.Compile("n + 1", scope, expr.Float)
	require.NoError(t, err)
	v, err := e.Eval(vars)
	require.NoError(t, err)
	require.True(t, v.Equal(expr.FloatValue(8)))

	e, err = expr.Compile("[1, 2]", scope, expr.FloatList)
	require.NoError(t, err)
	require.Equal(t, expr.FloatList, e.Type())

	e, err = expr.Compile("[]", scope, expr.StringList)
	require.NoError(t, err)
	c, ok := e.Constant()
	require.True(t, ok)
	require.True(t, c.Equal(expr.Zero(expr.StringList)))

	_, err = expr.Compile("x", scope, expr.Int)
	require.Error(t, err)
	_, err = expr.Compile("counts", scope, expr.FloatList)
	require.Error(t, err)
}

func TestSlotsAreSortedAndUnique(t *testing.T) {
	t.Parallel()
	scope, _ := worldScope(t)
	e, err := expr.Compile("correct and x < n < 9 and n > x", scope, expr.Bool)
	require.NoError(t, err)
	require.Equal(t, []int{0, 1, 2}, e.Slots())
}

func TestAnIntMayStandInAFloatVariable(t *testing.T) {
	t.Parallel()
	scope := expr.NewScope()
	_, err := scope.Declare("v", expr.Float)
	require.NoError(t, err)
	e, err := expr.Compile("v / 2", scope, expr.Float)
	require.NoError(t, err)
	v, err := e.Eval([]expr.Value{expr.IntValue(3)})
	require.NoError(t, err)
	require.Equal(t, "1.5", v.String())
}
