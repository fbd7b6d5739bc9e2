package expr_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
)

func TestTypesHaveNames(t *testing.T) {
	t.Parallel()
	for typ := expr.Bool; typ <= expr.DurationList; typ++ {
		got, err := expr.ParseType(typ.String())
		require.NoError(t, err)
		require.Equal(t, typ, got)
		if typ.IsList() {
			require.Equal(t, typ, expr.ListOf(typ.Elem()))
		} else {
			require.Equal(t, typ, expr.ListOf(typ).Elem())
		}
		require.True(t, typ.AssignableTo(typ))
		require.Equal(t, typ, expr.Zero(typ).Type())
		b, err := json.Marshal(typ)
		require.NoError(t, err)
		require.JSONEq(t, `"`+typ.String()+`"`, string(b))
		var back expr.Type
		require.NoError(t, json.Unmarshal(b, &back))
		require.Equal(t, typ, back)
	}
	for _, s := range []string{"", "invalid", "list", "list<list<int>>", "Int"} {
		_, err := expr.ParseType(s)
		require.Error(t, err, s)
	}
	require.True(t, expr.Int.AssignableTo(expr.Float))
	require.False(t, expr.Float.AssignableTo(expr.Int))
	require.False(t, expr.IntList.AssignableTo(expr.FloatList))
	require.False(t, expr.Invalid.AssignableTo(expr.Invalid))
}

// The JSON and the text of values are in recorded rows and histories: they may
// not change.
func TestTheFormsOfAValueStay(t *testing.T) {
	t.Parallel()
	for _, r := range []struct {
		v          expr.Value
		text, json string
	}{
		{expr.BoolValue(true), `true`, `true`},
		{expr.IntValue(-3), `-3`, `-3`},
		{expr.IntValue(math.MinInt64), `-9223372036854775808`, `-9223372036854775808`},
		{expr.FloatValue(3), `3`, `3.0`},
		{expr.FloatValue(0.1), `0.1`, `0.1`},
		{expr.FloatValue(1e21), `1e+21`, `1e+21`},
		{expr.FloatValue(1e20), `100000000000000000000`, `100000000000000000000.0`},
		{expr.FloatValue(1e-7), `1e-07`, `1e-07`},
		{expr.FloatValue(math.Copysign(0, -1)), `0`, `0.0`},
		{expr.StringValue(`a "b" µ`), `a "b" µ`, `"a \"b\" µ"`},
		{expr.StringValue("\t\u2028"), "\t\u2028", `"\u0009` + "\u2028" + `"`},
		{expr.DurationValue(250 * time.Millisecond), `250ms`, `{"duration_ns":250000000}`},
		{expr.DurationValue(0), `0s`, `{"duration_ns":0}`},
		{expr.ListValue(expr.Int, expr.IntValue(1), expr.IntValue(2)), `[1, 2]`, `[1,2]`},
		{expr.ListValue(expr.Float, expr.IntValue(1)), `[1]`, `[1.0]`},
		{expr.ListValue(expr.String, expr.StringValue("a"), expr.StringValue("b, c")), `[a, "b, c"]`, `["a","b, c"]`},
		{expr.ListValue(expr.Duration, expr.DurationValue(time.Second)), `[1s]`, `[{"duration_ns":1000000000}]`},
		{expr.Zero(expr.IntList), `[]`, `{"list":"int","values":[]}`},
		{expr.Value{}, ``, `null`},
	} {
		require.Equal(t, r.text, r.v.String())
		b, err := r.v.MarshalJSON()
		require.NoError(t, err)
		require.Equal(t, r.json, string(b))
		var back expr.Value
		require.NoError(t, json.Unmarshal(b, &back))
		require.True(t, back.Equal(r.v), r.text)
		require.Equal(t, r.v.Type(), back.Type())
	}
}

func TestJSONThatIsNoValueIsRefused(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		`[]`, `[1,2.5]`, `[1,"a"]`, `[[1]]`, `[null]`, `{}`, `{"a":1}`, `{"duration_ns":1,"list":"int"}`,
		`{"list":"int","values":[1]}`, `{"list":"list<int>","values":[]}`, `{"list":"int"}`,
		`9223372036854775808`, `1e999`, `{"duration_ns":1.5}`, `"\u0000"`, ``, `x`,
	} {
		var v expr.Value
		require.Error(t, v.UnmarshalJSON([]byte(s)), s)
	}
	_, err := expr.FloatValue(math.NaN()).MarshalJSON()
	require.Error(t, err)
}

func TestDecodeReadsWhatAFormSends(t *testing.T) {
	t.Parallel()
	for _, r := range []struct {
		t    expr.Type
		json string
		text string // "!" when it is refused
	}{
		{expr.Bool, `true`, "true"},
		{expr.Bool, `1`, "!"},
		{expr.Bool, `null`, "!"},
		{expr.Int, `3`, "3"},
		{expr.Int, `3.5`, "!"},
		{expr.Int, `"3"`, "!"},
		{expr.Int, ` null `, "!"},
		{expr.Float, `3`, "3"},
		{expr.Float, `1e3`, "1000"},
		{expr.Float, `1e999`, "!"},
		{expr.String, `"a"`, "a"},
		{expr.String, `3`, "!"},
		{expr.Duration, `"250ms"`, "250ms"},
		{expr.Duration, `250`, "!"},
		{expr.Duration, `"-1s"`, "!"},
		{expr.IntList, `[]`, "[]"},
		{expr.IntList, `[1,2]`, "[1, 2]"},
		{expr.IntList, `[1,"a"]`, "!"},
		{expr.IntList, `null`, "!"},
		{expr.IntList, `3`, "!"},
		{expr.FloatList, `[1,2.5]`, "[1, 2.5]"},
		{expr.DurationList, `["1s","2s"]`, "[1s, 2s]"},
		{expr.Invalid, `1`, "!"},
	} {
		v, err := expr.Decode(r.t, json.RawMessage(r.json))
		if r.text == "!" {
			require.Error(t, err, r.json)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, r.text, v.String())
		require.Equal(t, r.t, v.Type())
	}
}

func TestParseTextReadsACommandLine(t *testing.T) {
	t.Parallel()
	for _, r := range []struct {
		t    expr.Type
		in   string
		text string // "!" when it is refused
	}{
		{expr.Bool, "true", "true"},
		{expr.Bool, "yes", "!"},
		{expr.Int, " 3 ", "3"},
		{expr.Int, "3.0", "!"},
		{expr.Float, "3", "3"},
		{expr.Float, "inf", "!"},
		{expr.Float, "0x1p-2", "!"},
		{expr.Float, "NaN", "!"},
		{expr.Float, "1_0", "!"},
		{expr.String, " left ", " left "},
		{expr.String, "\xff", "!"},
		{expr.String, "\x00", "!"},
		{expr.Duration, "1.5s", "1.5s"},
		{expr.Duration, "-1.5s", "-1.5s"},
		{expr.Duration, "3", "!"},
		{expr.IntList, "[1, 2,3]", "[1, 2, 3]"},
		{expr.IntList, "1,2", "[1, 2]"},
		{expr.IntList, "", "[]"},
		{expr.IntList, "[ ]", "[]"},
		{expr.IntList, "1,", "!"},
		{expr.IntList, "[1", "!"},
		{expr.IntList, "[", "!"},
		{expr.IntList, "1 2", "!"},
		{expr.StringList, `left, "a, \"b\""`, `[left, "a, \"b\""]`},
		{expr.StringList, `""`, `[""]`},
		{expr.StringList, `"a`, "!"},
		{expr.StringList, `"a" b`, "!"},
		{expr.StringList, `a,,b`, "!"},
		{expr.StringList, `go left`, `["go left"]`},
	} {
		v, err := expr.ParseText(r.t, r.in)
		if r.text == "!" {
			require.Error(t, err, r.in)
			continue
		}
		require.NoError(t, err, r.in)
		require.Equal(t, r.text, v.String())
	}
}

func TestAccessorsOfAnotherTypeGiveZero(t *testing.T) {
	t.Parallel()
	v := expr.DurationValue(time.Second)
	require.False(t, v.Bool())
	require.Zero(t, v.Int())
	require.Zero(t, v.Float())
	require.Zero(t, v.Len())
	require.Nil(t, v.List())
	require.Zero(t, expr.IntValue(3).Duration())
	require.InDelta(t, 3, expr.IntValue(3).Float(), 0)
	l := expr.ListValue(expr.String, expr.StringValue("a"), expr.StringValue("b"))
	require.Equal(t, "b", l.At(1).Str())
	require.Len(t, l.List(), 2)
	require.False(t, l.Equal(expr.ListValue(expr.String, expr.StringValue("a"))))
	require.True(t, expr.ListValue(expr.Int, expr.StringValue("a")).IsZero())
	require.True(t, expr.ListValue(expr.IntList).IsZero())
}
