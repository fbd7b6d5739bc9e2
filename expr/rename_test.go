package expr_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
)

func TestNamesAreRenamedAndNothingElse(t *testing.T) {
	t.Parallel()
	to := func(name string) string {
		if name == "x" || name == "ms" {
			return "p_" + name
		}
		return name
	}
	for src, want := range map[string]string{
		`x + 1`:                         `p_x + 1`,
		`xx + x*2ms - .5`:               `xx + p_x*2ms - .5`,
		`x == "x" ? 'x' : x`:            `p_x == "x" ? 'x' : p_x`,
		`"a\"x" == x and any(y, # > x)`: `"a\"x" == p_x and any(y, # > p_x)`,
		`ms > 5ms and 1e3 > x`:          `p_ms > 5ms and 1e3 > p_x`,
		"x in [`x`, x]":                 "p_x in [`x`, p_x]",
	} {
		require.Equal(t, want, expr.Rename(src, to))
	}
	require.Equal(t, `x {p_x} {{x}} {"}" == p_x}`, expr.RenameTemplate(`x {x} {{x}} {"}" == x}`, to))
}
