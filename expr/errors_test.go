package expr_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
)

// What is said about a wrong expression. People meet these sentences more often
// than any other part of the language: read the diff when they change.
var mistakes = []struct {
	src     string
	column  int
	message string
	hint    string
}{
	{"", 0, "the expression is empty", ""},
	{"  ", 0, "the expression is empty", ""},
	{`targt == "left"`, 1, "there is no `targt`", "did you mean `target`?"},
	{`Target == "left"`, 1, "there is no `Target`", "did you mean `target`?"},
	{"cuont(counts, # > 1)", 1, "there is no function `cuont`", "did you mean `count`?"},
	{"n = 7", 3, "`=` does not compare", "write `==`"},
	{"n +", 4, "the expression ends too early", ""},
	{"n + * 2", 5, "`*` does not fit here", ""},
	{"(n + 1", 1, "the `(` is never closed", ""},
	{"n + 1)", 6, "the `)` was never opened", ""},
	{"(n]", 3, "the `]` does not close the `(` before it", ""},
	{`"left`, 1, "the string is never closed", ""},
	{"n 7", 3, "`7` does not fit here", ""},
	{"n & 1", 3, "`&` is not an operator", "write `and` or `or`"},
	{"a | b", 3, "`|` is not an operator", "write `and` or `or`"},
	{"n // 2", 3, "`//` is not an operator", "for whole numbers write floor(a / b)"},
	{"n; 2", 2, "`;` is not part of the language", "write one expression"},
	{"250mss", 4, "there is no unit `mss`", "the units are us, ms, s, min, h, d and µl"},
	{"3 apples", 3, "`apples` does not fit here", ""},
	{"3apples", 2, "there is no unit `apples`", "the units are us, ms, s, min, h, d and µl"},
	{"1.5m", 4, "there is no unit `m`", "the units are us, ms, s, min, h, d and µl"},
	{"1e3ms", 1, "`1e3ms` is not a duration: write it without an exponent", ""},
	{"0.1ns", 1, "`0.1ns` is finer than a nanosecond", ""},
	{"300000d", 1, "`300000d` is longer than 292 years, the longest duration", ""},
	{"99999999999999999999", 1, "`99999999999999999999` is not an int between -9223372036854775807 and 9223372036854775807", ""},
	{"1e999", 1, "`1e999` is too large for a float", ""},
	{"0x", 1, "a number is missing after `0x`", ""},
	{"“left”", 1, "`“` is not part of the language", "write `\"`"},
	{"n ≥ 3", 3, "`≥` is not part of the language", "write `>=`"},
	{"$env", 1, "`$` is not part of the language", ""},
	{"n.foo", 3, "values have no `.foo`", ""},
	{"n?.foo", 4, "`?.` is not part of the language", ""},
	{`target["a"]`, 1, "`[…]` needs a list, and this is string", ""},
	{"counts?.[0]", 9, "`?.` is not part of the language", ""},
	{"target.upper()", 8, "only functions can be called", ""},
	{"nil", 1, "there is no nil", "every variable has a value"},
	{"{a: 1}", 1, "there are no maps", ""},
	{`b"x"`, 1, "there are no bytes", "write a string"},
	{"let a = 1; a", 1, "`let` is not part of the language", "declare a variable of the task"},
	{"if n > 1 { 1 } else { 2 }", 1, "`if` is not part of the language", "write condition ? a : b"},
	{"n ?: 2", 1, "`?:` is not part of the language", "write condition ? a : b"},
	{"n ?? 2", 3, "`??` is not part of the language", ""},
	{"1..3", 2, "there are no ranges", "write x >= 1 and x <= 5"},
	{`target matches "l.*"`, 8, "there are no regular expressions", "choose contains, startsWith or endsWith"},
	{"now()", 1, "there is no function `now`", "did you mean `pow`?"},
	{"len", 1, "`len` is a function", "write len(list or string) int"},
	{"n(3)", 1, "`n` is a variable, not a function", ""},
	{"5(3)", 1, "there is no function `5`", ""},
	{"len()", 1, "len does not take 0 arguments", "write len(list or string) int"},
	{"len(n)", 5, "len does not take int", "write len(list or string) int"},
	{"round(n, 1, 2)", 1, "round does not take 3 arguments", "write round(number) int, round(number, digits) float"},
	{"map(counts, [#])", 13, "a list cannot be inside a list", ""},
	{"[[1]]", 2, "a list cannot be inside a list", ""},
	{`[1, "a"]`, 5, "the elements of a list have one type, and these are int and string", ""},
	{"[]", 1, "nothing says what `[]` is a list of", "to ask whether a list is empty, write len(list) == 0"},
	{"len([])", 5, "nothing says what `[]` is a list of", "to ask whether a list is empty, write len(list) == 0"},
	{"#", 1, "`#` is the element of a list call like any(list, # > 3)", ""},
	{"any(counts, #index > 1)", 13, "`#index` is not part of the language", "write `#` for the element"},
	{"any(counts)", 11, "a condition is missing", "write it with `#` for the element, like any(xs, # > 3)"},
	{"any(counts, #)", 13, "the condition of any must be bool, and this is int", "compare it with something"},
	{"any(n, # > 1)", 5, "any needs a list, and this is int", ""},
	{"map(counts, count(counts, any(counts, # > 1)))", 27, "list calls can be inside each other 2 deep, not more", ""},
	{"n + target", 3, "`+` has no meaning between int and string", "write string(…) around what is not a string"},
	{"elapsed + 3", 9, "`+` has no meaning between duration and int", "write the number with a unit, like 250ms"},
	{"elapsed > 3", 9, "`>` compares two of one type, and these are duration and int", "write the number with a unit, like 250ms"},
	{"n + correct", 3, "`+` has no meaning between int and bool", "write int(…) around the bool"},
	{"x % 2", 3, "`%` has no meaning between float and int", "`%` is for ints: write int(…)"},
	{"n == target", 3, "`==` compares two of one type, and these are int and string", ""},
	{"not n > 3", 1, "`not` needs a bool, and this is int", "`not` binds before a comparison: write not (…)"},
	{"n and correct", 1, "`and` needs a bool on both sides, and this is int", "compare it with something"},
	{"n == 1 or 2", 11, "`or` needs a bool on both sides, and this is int", "compare it with something"},
	{"correct < true", 9, "`<` cannot order bool", ""},
	{`"e" in target`, 5, "`in` looks in a list, and this is string", "write text contains part"},
	{`sides contains "left"`, 7, "`contains` needs strings, and these are list<string> and string", "write element in list"},
	{"target in counts", 8, "`in` looks for one element in a list, and these are string and list<int>", ""},
	{"n ? 1 : 2", 1, "a condition must be bool, and this is int", "compare it with something"},
	{`correct ? 1 : "a"`, 15, "both results of `?` must have one type, and these are int and string", ""},
	{"-target", 1, "`-` needs a number or a duration, and this is string", ""},
	{`counts["a"]`, 8, "an index must be int, and this is string", "write int(…)"},
	{"counts[x]", 8, "an index must be int, and this is float", "choose round(…), floor(…) or ceil(…)"},
	{"n[0]", 1, "`[…]` needs a list, and this is int", ""},
	{"sum(sides)", 5, "sum needs a list of numbers or durations, and this is list<string>", ""},
	{"min(elapsed, 3)", 14, "min needs values of one type, and these are duration and int", "write the number with a unit, like 250ms"},
	{`sqrt("a")`, 6, "sqrt does not take string", "write float(…)"},
	{"seconds(3)", 9, "seconds does not take int", "write a unit, like 250ms, or duration(seconds)"},
	{"duration(250ms)", 10, "duration does not take duration", "choose seconds(…) or milliseconds(…)"},
	{"filter(counts, # + 1)", 18, "the condition of filter must be bool, and this is int", "compare it with something"},
	{"1 / 0", 3, "division by zero", ""},
	{"1 % 0", 3, "division by zero", ""},
	{"sqrt(-1)", 1, "a negative number has no square root", ""},
	{"ln(0)", 1, "only a number above zero has a logarithm", ""},
	{"0 ** -1", 3, "division by zero", ""},
	{"(-8) ** 0.5", 6, "there is no such number", ""},
	{"9223372036854775807 + 1", 21, "the result is too large for an int", ""},
	{"1e308 * 10", 7, "the result is too large for a float", ""},
	{"round(1e300)", 1, "the result is too large for an int", ""},
	{"first([1][1:])", 1, "the list is empty", "check len(…) > 0 first"},
	{"[1, 2][5]", 7, "there is no element 5 in a list of 2, which are 0 to 1", ""},
	{`int("a")`, 1, `"a" is not an int`, ""},
	{`float("a")`, 1, `"a" is not a number`, ""},
	{"round(1.5, 20)", 12, "round takes 0 to 15 digits, not 20", ""},
	{"n / zero", 3, "division by zero", ""},
	{"huge + 1", 6, "the result is too large for an int", ""},
	{"huge * 2", 6, "the result is too large for an int", ""},
	{"-huge - 2", 7, "the result is too large for an int", ""},
	{"counts[n]", 7, "there is no element 7 in a list of 3, which are 0 to 2", ""},
	{"first(empty)", 1, "the list is empty", "check len(…) > 0 first"},
	{"mean(empty)", 1, "the list is empty", "check len(…) > 0 first"},
	{"int(target)", 1, `"left" is not an int`, ""},
	{"elapsed * 1e300", 9, "the result is too large for a duration", ""},
	{`"\q"`, 3, "the string has a wrong `\\`", `write \n, \t, \", \' or \\`},
	{"any(counts, # > 1; 2)", 18, "`;` is not part of the language", "write one expression"},
	{"µ", 1, "`µ` is not part of the language", ""},
	{"n |> len", 3, "`|` is not an operator", "write `and` or `or`"},
	{".foo", 1, "`.` does not fit here", ""},
	{"groupBy(counts, #)", 1, "there is no function `groupBy`", ""},
	{"sortBy(counts, #)", 1, "there is no function `sortBy`", ""},
	{"\"a\nb\"", 3, "the string is never closed", ""},
	{"sum(counts, # * 2)", 1, "sum does not take 2 arguments", "write sum(list) element type"},
	{"get(counts, 0)", 1, "there is no function `get`", ""},
	{"counts[1:2:3]", 11, "`:` does not fit here", ""},
	{"count(counts)", 7, "count without a condition must be list<bool>, and this is list<int>", ""},
	{"`a", 1, "the string is never closed", ""},
	{`"\x00"`, 1, `"\x00" has a zero byte in it`, ""},
	{"cuont(len(sides), x > #)", 1, "there is no function `cuont`", "did you mean `count`?"},
	{"a ? b", 6, "the expression ends too early", ""},
	{"n as int", 3, "`as` does not fit here", ""},
	{"::len(counts)", 1, "`::` is not part of the language", ""},
	{"n!", 2, "`!` does not fit here", ""},
	{"n!=", 4, "the expression ends too early", ""},
	{"1 2", 3, "`2` does not fit here", ""},
	{"n in 1, 2", 7, "`,` does not fit here", ""},
	{"map(counts, #3)", 13, "`#3` is not part of the language", "write `#` for the element"},
	{"true()", 5, "`(` does not fit here", ""},
	{"-9223372036854775808", 2, "`9223372036854775808` is not an int between -9223372036854775807 and 9223372036854775807", ""},
}

func TestAMistakeIsExplained(t *testing.T) {
	t.Parallel()
	scope, vars := worldScope(t)
	for _, m := range mistakes {
		t.Run(m.src, func(t *testing.T) {
			t.Parallel()
			e, err := expr.Compile(m.src, scope, expr.Invalid)
			if err == nil {
				_, err = e.Eval(vars)
			}
			var got *expr.Error
			require.ErrorAs(t, err, &got)
			require.Equal(t, m.message, got.Message)
			require.Equal(t, m.column, got.Column)
			require.Equal(t, m.hint, got.Hint)
			require.Equal(t, m.src, got.Source)
		})
	}
}

func TestAWrongResultTypeIsExplained(t *testing.T) {
	t.Parallel()
	scope, _ := worldScope(t)
	for _, m := range []struct {
		src  string
		want expr.Type
		text string
	}{
		{"n", expr.Bool, "the result is int, and bool is needed here (column 1 of `n`); compare it with something"},
		{"x", expr.Int, "the result is float, and int is needed here (column 1 of `x`); choose round(…), floor(…) or ceil(…)"},
		{"n", expr.String, "the result is int, and string is needed here (column 1 of `n`); write string(…)"},
		{"n", expr.Duration, "the result is int, and duration is needed here (column 1 of `n`); write a unit, like 250ms, or duration(seconds)"},
		{"elapsed", expr.Float, "the result is duration, and float is needed here (column 1 of `elapsed`); choose seconds(…) or milliseconds(…)"},
		{"counts", expr.FloatList, "the result is list<int>, and list<float> is needed here (column 1 of `counts`)"},
	} {
		_, err := expr.Compile(m.src, scope, m.want)
		require.EqualError(t, err, m.text)
	}
}

func TestWrongValuesAreExplained(t *testing.T) {
	t.Parallel()
	scope := expr.NewScope()
	_, err := scope.Declare("a", expr.Int)
	require.NoError(t, err)
	e, err := expr.Compile("1 + a", scope, expr.Int)
	require.NoError(t, err)
	_, err = e.Eval(nil)
	require.EqualError(t, err, "`a` has no value (column 5 of `1 + a`)")
	_, err = e.Eval([]expr.Value{expr.StringValue("b")})
	require.EqualError(t, err, "`a` holds string, not int (column 5 of `1 + a`)")
}

func TestALongSourceIsAbbreviatedInErrors(t *testing.T) {
	t.Parallel()
	_, err := expr.Compile(strings.Repeat("µ", 400)+" + 1", nil, expr.Invalid)
	require.Less(t, len(err.Error()), 300)
	var e *expr.Error
	require.ErrorAs(t, err, &e)
	require.Len(t, e.Source, 804)
}
