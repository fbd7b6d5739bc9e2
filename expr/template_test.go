package expr_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
)

func TestATemplateIsFilledIn(t *testing.T) {
	t.Parallel()
	scope, vars := worldScope(t)
	for src, want := range map[string]string{
		"target {target} after {n+1}":      "target left after 8",
		"":                                 "",
		"no braces":                        "no braces",
		"{{n}} is {n}":                     "{n} is 7",
		"{{{n}}}":                          "{7}",
		"{elapsed} {x} {correct} {counts}": "1.5s 0.5 true [3, 1, 2]",
		`{"}" + '{'}`:                      "}{",
		"{any(counts, {# > 2})}":           "true",
		"µ {n} µ":                          "µ 7 µ",
		"{n}{n}":                           "77",
	} {
		tpl, err := expr.CompileTemplate(src, scope)
		require.NoError(t, err, src)
		require.Equal(t, src, tpl.Source())
		got, err := tpl.Append([]byte("> "), vars)
		require.NoError(t, err, src)
		require.Equal(t, "> "+want, string(got))
	}
	tpl, err := expr.CompileTemplate("{x} {n} {x}", scope)
	require.NoError(t, err)
	require.Equal(t, []int{0, 1}, tpl.Slots())
}

func TestAMistakeInATemplateHasItsColumn(t *testing.T) {
	t.Parallel()
	scope, vars := worldScope(t)
	for src, want := range map[string]string{
		"µ {targt}":  "there is no `targt` (column 4 of `µ {targt}`); did you mean `target`?",
		"a {n":       "the `{` is never closed (column 3 of `a {n`); to write a brace, write {{",
		"a } b":      "the `}` was never opened (column 3 of `a } b`); to write a brace, write }}",
		"a {}":       "the expression is empty (column 4 of `a {}`)",
		"{n / zero}": "division by zero (column 4 of `{n / zero}`)",
		"{1} {n n}":  "`n` does not fit here (column 8 of `{1} {n n}`)",
	} {
		tpl, err := expr.CompileTemplate(src, scope)
		if err == nil {
			var b []byte
			b, err = tpl.Append([]byte("kept"), vars)
			require.Equal(t, "kept", string(b))
		}
		require.EqualError(t, err, want)
	}
	_, err := expr.CompileTemplate(strings.Repeat("{1}", 100), scope)
	require.Error(t, err)
	_, err = expr.CompileTemplate(strings.Repeat("a", expr.MaxTemplate+1), scope)
	require.Error(t, err)
	_, err = expr.CompileTemplate("\xff", scope)
	require.Error(t, err)
}
