package expr_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
)

// What a hostile page could send. Each must be refused at once.
var bombs = map[string]string{
	"ten megabytes":      strings.Repeat("1+", 5_000_000) + "1",
	"brackets":           strings.Repeat("(", 500) + "1" + strings.Repeat(")", 500),
	"unclosed brackets":  strings.Repeat("[", 1024),
	"mixed brackets":     strings.Repeat("([{", 300),
	"minus signs":        strings.Repeat("-", 1000) + "1",
	"minus signs spaced": strings.Repeat("- ", 500) + "1",
	"nots":               strings.Repeat("not ", 250) + "true",
	"exclamation marks":  strings.Repeat("!", 1000) + "true",
	"powers":             strings.Repeat("2**", 300) + "1",
	"ternaries":          strings.Repeat("true?1:", 140) + "1",
	"ternary middles":    strings.Repeat("true?", 100) + "1" + strings.Repeat(":1", 100),
	"sums":               strings.Repeat("1+", 500) + "1",
	"indexes":            "counts" + strings.Repeat("[0]", 300),
	"members":            "n" + strings.Repeat(".n", 500),
	"elements":           "[" + strings.Repeat("1,", 500) + "1]",
	"comparison chain":   "1" + strings.Repeat("<2", 300),
	"doubling":           strings.Repeat("0<(", 40) + "1<2?1:2" + strings.Repeat(")<3?1:2", 40),
	"quotes":             strings.Repeat(`"`, 1023),
	"calls":              strings.Repeat("abs(", 100) + "1" + strings.Repeat(")", 100),
}

func TestABombIsRefusedFast(t *testing.T) {
	t.Parallel()
	scope, _ := worldScope(t)
	for name, src := range bombs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			_, err := expr.Compile(src, scope, expr.Invalid)
			require.Error(t, err)
			require.Less(t, time.Since(start), time.Second)
			require.Less(t, len(err.Error()), 500)
		})
	}
}

func TestNestingWithinTheLimitIsFine(t *testing.T) {
	t.Parallel()
	src := strings.Repeat("(", expr.MaxNesting) + "1" + strings.Repeat(")", expr.MaxNesting)
	_, err := expr.Compile(src, nil, expr.Int)
	require.NoError(t, err)
}

func TestEvaluationIsBounded(t *testing.T) {
	t.Parallel()
	scope := expr.NewScope()
	_, err := scope.Declare("xs", expr.IntList)
	require.NoError(t, err)
	_, err = scope.Declare("s", expr.String)
	require.NoError(t, err)
	ones := make([]expr.Value, expr.MaxList)
	for i := range ones {
		ones[i] = expr.IntValue(1)
	}
	vars := []expr.Value{expr.ListValue(expr.Int, ones...), expr.StringValue(strings.Repeat("a", expr.MaxString))}
	for src, message := range map[string]string{
		`count(xs, count(xs, # > 1) > 0)`:           "this takes more than 100000 steps",
		`map(xs, sum(xs))`:                          "this takes more than 100000 steps",
		`sum(map(xs, len(s + "")))`:                 "this takes more than 100000 steps",
		`map(xs, upper(s))`:                         "this takes more than 100000 steps",
		`s + "b"`:                                   "a string of 4097 bytes is longer than 4096",
		`string(xs)`:                                "a string of 30000 bytes is longer than 4096",
		`count(xs, # == 1) + count(xs, # != 1)`:     "",
		`all(xs, # in xs)`:                          "this takes more than 100000 steps",
		`none(xs, s contains "b" or s == upper(s))`: "this takes more than 100000 steps",
	} {
		e, err := expr.Compile(src, scope, expr.Invalid)
		require.NoError(t, err, src)
		_, err = e.Eval(vars)
		if message == "" {
			require.NoError(t, err, src)
			continue
		}
		var got *expr.Error
		require.ErrorAs(t, err, &got, src)
		require.Equal(t, message, got.Message, src)
	}
}

func TestAValueBeyondTheLimitsIsRefused(t *testing.T) {
	t.Parallel()
	require.True(t, expr.ListValue(expr.Int, make([]expr.Value, expr.MaxList+1)...).IsZero())
	scope := expr.NewScope()
	_, err := scope.Declare("s", expr.String)
	require.NoError(t, err)
	e, err := expr.Compile("s", scope, expr.String)
	require.NoError(t, err)
	_, err = e.Eval([]expr.Value{expr.StringValue(strings.Repeat("a", expr.MaxString+1))})
	require.Error(t, err)
	_, err = expr.ParseText(expr.String, strings.Repeat("a", expr.MaxString+1))
	require.Error(t, err)
	_, err = expr.ParseText(expr.IntList, strings.Repeat("1,", expr.MaxList)+"1")
	require.Error(t, err)
	var v expr.Value
	require.Error(t, v.UnmarshalJSON([]byte("["+strings.Repeat("1,", expr.MaxList)+"1]")))
	require.Error(t, v.UnmarshalJSON([]byte(strings.Repeat("[", 5000)+"1"+strings.Repeat("]", 5000))))
}

func TestBoundsOfNames(t *testing.T) {
	t.Parallel()
	for name, ok := range map[string]bool{
		"a": true, "_a1": true, "A_b": true, strings.Repeat("a", 64): true,
		"": false, "1a": false, "a-b": false, "ä": false, "a b": false, "$a": false,
		strings.Repeat("a", 65): false, "len": false, "not": false, "true": false, "if": false, "s": true, "ms": true,
	} {
		require.Equal(t, ok, expr.ValidName(name), name)
	}
	require.Panics(t, func() { expr.MustName("not") })
	require.Equal(t, "n", expr.MustName("n"))
	s := expr.NewScope()
	_, err := s.Declare("a", expr.Invalid)
	require.Error(t, err)
	_, err = s.Declare("a", expr.Int)
	require.NoError(t, err)
	_, err = s.Declare("a", expr.Int)
	require.EqualError(t, err, `"a" is declared twice`)
	require.Equal(t, []string{"a"}, s.Names())
	require.Equal(t, []expr.Type{expr.Int}, s.Types())
}
