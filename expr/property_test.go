package expr_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/lics-lab/lics/expr"
)

// grammar draws the source of a well-typed expression of type t. elem is the
// type of # where one is, depth what may still be nested.
type grammar struct {
	*rapid.T
	elem  []expr.Type
	scope []string
	types []expr.Type
}

func (g *grammar) pick(options ...string) string { return rapid.SampledFrom(options).Draw(g.T, "pick") }

func (g *grammar) expr(t expr.Type, depth int) string {
	if depth <= 0 || rapid.IntRange(0, 5).Draw(g.T, "leaf") == 0 {
		return g.leaf(t)
	}
	d := depth - 1
	if rapid.IntRange(0, 7).Draw(g.T, "generic") == 0 {
		return fmt.Sprintf("(%s ? %s : %s)", g.expr(expr.Bool, d), g.expr(t, d), g.expr(t, d))
	}
	if t.IsList() {
		return g.list(t, d)
	}
	if rapid.IntRange(0, 9).Draw(g.T, "index") == 0 {
		return fmt.Sprintf("%s(%s)", g.pick("first", "last"), g.expr(expr.ListOf(t), d))
	}
	switch t {
	case expr.Bool:
		return g.bool(d)
	case expr.Int:
		return g.int(d)
	case expr.Float:
		return g.float(d)
	case expr.Duration:
		return g.duration(d)
	}
	return g.string(d)
}

func (g *grammar) leaf(t expr.Type) string {
	var options []string
	for i, name := range g.scope {
		if g.types[i] == t {
			options = append(options, name)
		}
	}
	if n := len(g.elem); n > 0 && g.elem[n-1] == t {
		options = append(options, "#", "#")
	}
	switch t {
	case expr.Bool:
		options = append(options, "true", "false")
	case expr.Int:
		options = append(options, "0", "3", "0x10", "9223372036854775807")
	case expr.Float:
		options = append(options, "0.0", "2.5", "1e300", "3µl", ".25")
	case expr.Duration:
		options = append(options, "250ms", "1.5s", "0s", "100000d")
	case expr.String:
		options = append(options, `"left"`, `''`, "`250ms`")
	default:
		e := t.Elem()
		options = append(options, fmt.Sprintf("[%s]", g.leaf(e)), fmt.Sprintf("[%s, %s]", g.leaf(e), g.leaf(e)))
	}
	return g.pick(options...)
}

func (g *grammar) bool(d int) string {
	same := rapid.SampledFrom([]expr.Type{expr.Int, expr.Float, expr.String, expr.Duration}).Draw(g.T, "same")
	list := rapid.SampledFrom([]expr.Type{expr.BoolList, expr.IntList, expr.FloatList, expr.StringList, expr.DurationList}).Draw(g.T, "list")
	switch rapid.IntRange(0, 6).Draw(g.T, "bool") {
	case 0:
		return fmt.Sprintf("(%s %s %s)", g.expr(expr.Bool, d), g.pick("and", "or", "&&", "||", "==", "!="), g.expr(expr.Bool, d))
	case 1:
		return fmt.Sprintf("%s(%s)", g.pick("not ", "!"), g.expr(expr.Bool, d))
	case 2:
		return fmt.Sprintf("(%s %s %s)", g.expr(same, d), g.pick("<", "<=", ">", ">=", "==", "!="), g.expr(same, d))
	case 3:
		return fmt.Sprintf("(%s %s %s)", g.expr(list.Elem(), d), g.pick("in", "not in"), g.expr(list, d))
	case 4:
		return fmt.Sprintf("(%s %s %s)", g.expr(expr.String, d), g.pick("contains", "startsWith", "endsWith"), g.expr(expr.String, d))
	case 5:
		return fmt.Sprintf("(%s == %s)", g.expr(list, d), g.expr(list, d))
	}
	return g.over(g.pick("any", "all", "none"), list, expr.Bool, d)
}

// over draws a list call, or a leaf where two are around it already.
func (g *grammar) over(name string, list, body expr.Type, d int) string {
	if len(g.elem) == 2 {
		return fmt.Sprintf("(len(%s) > 1)", g.leaf(list))
	}
	xs := g.expr(list, d)
	g.elem = append(g.elem, list.Elem())
	defer func() { g.elem = g.elem[:len(g.elem)-1] }()
	return fmt.Sprintf("%s(%s, %s)", name, xs, g.expr(body, d))
}

func (g *grammar) int(d int) string {
	switch rapid.IntRange(0, 4).Draw(g.T, "int") {
	case 0:
		return fmt.Sprintf("(%s %s %s)", g.expr(expr.Int, d), g.pick("+", "-", "*", "%"), g.expr(expr.Int, d))
	case 1:
		return fmt.Sprintf("%s(%s)", g.pick("round", "ceil", "floor", "int"), g.expr(expr.Float, d))
	case 2:
		return fmt.Sprintf("%s(%s)", g.pick("sum", "min", "max"), g.expr(expr.IntList, d))
	case 3:
		return fmt.Sprintf("%s(%s)", g.pick("len", "-len"), g.expr(g.anyType(), d))
	}
	return fmt.Sprintf("%s(%s, %s)", g.pick("min", "max"), g.expr(expr.Int, d), g.expr(expr.Int, d))
}

func (g *grammar) anyType() expr.Type {
	return rapid.SampledFrom([]expr.Type{expr.String, expr.IntList, expr.DurationList}).Draw(g.T, "any")
}

func (g *grammar) float(d int) string {
	number := rapid.SampledFrom([]expr.Type{expr.Int, expr.Float}).Draw(g.T, "number")
	switch rapid.IntRange(0, 5).Draw(g.T, "float") {
	case 0:
		return fmt.Sprintf("(%s %s %s)", g.expr(expr.Float, d), g.pick("+", "-", "*", "/", "**"), g.expr(number, d))
	case 1:
		return fmt.Sprintf("%s(%s)", g.pick("sqrt", "exp", "ln", "log10"), g.expr(number, d))
	case 2:
		return fmt.Sprintf("%s(%s)", g.pick("mean", "median"), g.expr(expr.ListOf(number), d))
	case 3:
		return fmt.Sprintf("%s(%s)", g.pick("seconds", "milliseconds"), g.expr(expr.Duration, d))
	case 4:
		return fmt.Sprintf("(%s / %s)", g.expr(expr.Duration, d), g.expr(expr.Duration, d))
	}
	return fmt.Sprintf("round(%s, %s)", g.expr(expr.Float, d), g.pick("0", "2", "15"))
}

func (g *grammar) duration(d int) string {
	number := rapid.SampledFrom([]expr.Type{expr.Int, expr.Float}).Draw(g.T, "number")
	switch rapid.IntRange(0, 3).Draw(g.T, "duration") {
	case 0:
		return fmt.Sprintf("(%s %s %s)", g.expr(expr.Duration, d), g.pick("+", "-"), g.expr(expr.Duration, d))
	case 1:
		return fmt.Sprintf("(%s %s %s)", g.expr(expr.Duration, d), g.pick("*", "/"), g.expr(number, d))
	case 2:
		return fmt.Sprintf("%s(%s)", g.pick("mean", "median", "sum", "min"), g.expr(expr.DurationList, d))
	}
	return fmt.Sprintf("duration(%s)", g.expr(number, d))
}

func (g *grammar) string(d int) string {
	if rapid.Bool().Draw(g.T, "concat") {
		return fmt.Sprintf("(%s + %s)", g.expr(expr.String, d), g.expr(expr.String, d))
	}
	inner := rapid.SampledFrom([]expr.Type{expr.Bool, expr.Int, expr.Float, expr.Duration, expr.IntList}).Draw(g.T, "inner")
	if rapid.Bool().Draw(g.T, "case") {
		return fmt.Sprintf("%s(%s)", g.pick("upper", "lower", "trim"), g.expr(expr.String, d))
	}
	return fmt.Sprintf("string(%s)", g.expr(inner, d))
}

func (g *grammar) list(t expr.Type, d int) string {
	if len(g.elem) < 2 && rapid.Bool().Draw(g.T, "call") {
		if rapid.Bool().Draw(g.T, "filter") {
			return g.over("filter", t, expr.Bool, d)
		}
		from := rapid.SampledFrom([]expr.Type{expr.IntList, expr.StringList, expr.DurationList}).Draw(g.T, "from")
		return g.over("map", from, t.Elem(), d)
	}
	if rapid.Bool().Draw(g.T, "slice") {
		return fmt.Sprintf("%s[%s:%s]", g.leaf(t), g.leaf(expr.Int), g.leaf(expr.Int))
	}
	return fmt.Sprintf("[%s, %s]", g.expr(t.Elem(), d), g.expr(t.Elem(), d))
}

func TestAWellTypedExpressionGivesItsTypeAlways(t *testing.T) {
	t.Parallel()
	scope, vars := worldScope(t)
	names, types := scope.Names(), scope.Types()
	rapid.Check(t, func(t *rapid.T) {
		g := &grammar{T: t, scope: names, types: types}
		want := expr.Type(rapid.Uint8Range(uint8(expr.Bool), uint8(expr.DurationList)).Draw(t, "type"))
		src := g.expr(want, 4)
		e, err := expr.Compile(src, scope, want)
		var mistake *expr.Error
		if errors.As(err, &mistake) {
			// Only what depends on numbers, not types, may be wrong.
			for _, ok := range []string{"too large", "division by zero", "no such number", "the list is empty", "more than", "bytes is longer", "root", "logarithm", "no element"} {
				if strings.Contains(mistake.Message, ok) {
					return
				}
			}
			t.Fatalf("%s: %v", src, err)
		}
		if e.Type() != want {
			t.Fatalf("%s is %v, not %v", src, e.Type(), want)
		}
		v, err := e.Eval(vars)
		again, errAgain := e.Eval(vars)
		if fmt.Sprint(err) != fmt.Sprint(errAgain) || !v.Equal(again) {
			t.Fatalf("%s: %v %v, then %v %v", src, v, err, again, errAgain)
		}
		if err != nil {
			if !errors.As(err, &mistake) || mistake.Column < 1 || mistake.Column > len(src) {
				t.Fatalf("%s: %v", src, err)
			}
			return
		}
		if v.Type() != want {
			t.Fatalf("%s gave %v, not %v", src, v.Type(), want)
		}
		roundTrip(t, v)
	})
}

func roundTrip(t *rapid.T, v expr.Value) {
	b, err := json.Marshal(v)
	var back expr.Value
	if err == nil {
		err = json.Unmarshal(b, &back)
	}
	if err != nil || !back.Equal(v) {
		t.Fatalf("%s %v as JSON %s: %v %v", v.Type(), v, b, back, err)
	}
	back, err = expr.ParseText(v.Type(), v.String())
	if err != nil || !back.Equal(v) {
		t.Fatalf("%s %q as text: %v %v", v.Type(), v, back, err)
	}
}

func TestValuesSurviveJSONAndText(t *testing.T) {
	t.Parallel()
	scalars := []*rapid.Generator[expr.Value]{
		rapid.Map(rapid.Bool(), expr.BoolValue),
		rapid.Map(rapid.Int64(), expr.IntValue),
		rapid.Map(rapid.Float64Range(-math.MaxFloat64, math.MaxFloat64), expr.FloatValue),
		rapid.Map(rapid.String().Filter(func(s string) bool { return !strings.Contains(s, "\x00") }), expr.StringValue),
		rapid.Map(rapid.Int64Min(math.MinInt64+1), func(d int64) expr.Value { return expr.DurationValue(time.Duration(d)) }),
	}
	rapid.Check(t, func(t *rapid.T) {
		g := rapid.SampledFrom(scalars).Draw(t, "type")
		roundTrip(t, g.Draw(t, "scalar"))
		vs := rapid.SliceOfN(g, 1, 8).Draw(t, "list")
		roundTrip(t, expr.ListValue(vs[0].Type(), vs...))
		roundTrip(t, expr.Zero(expr.ListOf(vs[0].Type())))
	})
}
