package expr

import "github.com/expr-lang/expr/ast"

// call compiles a function call. The parser knows functions that the language
// has not, and the other way round; only the table in functions.go counts.
func (c *compiler) call(name string, args []ast.Node, at int32) (*node, *Error) {
	f := functionNamed(name)
	if f == nil {
		return nil, c.noFunction(name, at)
	}
	least, most := arity(name)
	if len(args) < least || len(args) > most {
		return nil, c.fail(at, "write "+f.Signature, "%s does not take %d arguments", name, len(args))
	}
	switch name {
	case "any", "all", "none", "filter", "map":
		return c.overList(f, args, at)
	case "count":
		if len(args) == 2 {
			return c.overList(f, args, at)
		}
		a, err := c.typed(args[0], BoolList, "count without a condition")
		if err != nil {
			return nil, err
		}
		return c.fold(&node{op: opCountTrue, t: Int, at: at, a: a})
	case "min", "max":
		return c.extreme(f, args, at)
	case "sum", "mean", "median", "first", "last":
		return c.aggregate(f, args[0], at)
	case "round", "pow":
		if len(args) == 2 {
			return c.twoNumbers(f, args, at)
		}
	}
	a, err := c.node(args[0], Invalid)
	if err != nil {
		return nil, err
	}
	return c.unaryCall(f, a, at)
}

func (c *compiler) noFunction(name string, at int32) *Error {
	if c.scope != nil {
		if _, _, ok := c.scope.Lookup(name); ok {
			return c.fail(at, "", "`%s` is a variable, not a function", name)
		}
	}
	return c.fail(at, functionHint(name), "there is no function `%s`", c.words(name))
}

// functionHint suggests a function for a name that is none.
func functionHint(name string) string {
	names := make([]string, len(functions))
	for i, f := range functions {
		names[i] = f.Name
	}
	if s := suggest(name, names); s != "" {
		return "did you mean `" + s + "`?"
	}
	return ""
}

func arity(name string) (least, most int) {
	switch name {
	case "min", "max":
		return 1, MaxNodes
	case "any", "all", "none", "filter", "map", "pow":
		return 2, 2
	case "count", "round":
		return 1, 2
	}
	return 1, 1
}

func (c *compiler) twoNumbers(f *Function, args []ast.Node, at int32) (*node, *Error) {
	a, err := c.typed(args[0], Float, f.Name)
	if err != nil {
		return nil, err
	}
	o, second, what := opPow, Float, "the exponent"
	if f.Name == "round" {
		o, second, what = opRoundTo, Int, "the number of digits"
	}
	b, err := c.typed(args[1], second, what)
	if err != nil {
		return nil, err
	}
	return c.fold(&node{op: o, t: Float, at: at, a: a, b: b})
}

// extreme compiles min and max of several values or of one list.
func (c *compiler) extreme(f *Function, args []ast.Node, at int32) (*node, *Error) {
	ops := [...]op{opMinInt, opMinFloat, opMinIntList, opMinFloatList}
	if f.Name == "max" {
		ops = [...]op{opMaxInt, opMaxFloat, opMaxIntList, opMaxFloatList}
	}
	xs := make([]*node, len(args))
	t := Invalid
	for i, arg := range args {
		x, err := c.node(arg, Invalid)
		if err != nil {
			return nil, err
		}
		kind := x.t
		if len(args) == 1 && kind.IsList() {
			kind = kind.Elem()
		}
		if !kind.Numeric() && kind != Duration {
			return nil, c.fail(x.at, "", "%s needs numbers or durations, and this is %s", f.Name, x.t)
		}
		switch {
		case t == Invalid || t == Int && kind == Float:
			t = kind
		case !kind.AssignableTo(t):
			return nil, c.fail(x.at, unitHint(xs[0], x), "%s needs values of one type, and these are %s and %s", f.Name, t, kind)
		}
		xs[i] = x
	}
	if len(xs) == 1 && xs[0].t.IsList() {
		o := ops[2]
		if t == Float {
			o = ops[3]
		}
		return c.fold(&node{op: o, t: t, at: at, a: xs[0]})
	}
	o := ops[0]
	if t == Float {
		o = ops[1]
		for i := range xs {
			xs[i] = c.float(xs[i])
		}
	}
	return c.fold(&node{op: o, t: t, at: at, args: xs})
}

// aggregate compiles the functions of one list.
func (c *compiler) aggregate(f *Function, arg ast.Node, at int32) (*node, *Error) {
	a, err := c.list(arg, f.Name)
	if err != nil {
		return nil, err
	}
	elem := a.t.Elem()
	n := &node{t: elem, at: at, a: a}
	switch f.Name {
	case "first":
		n.op, n.b = opIndex, constant(IntValue(0), at)
		return c.fold(n)
	case "last":
		n.op, n.b = opIndex, constant(IntValue(-1), at)
		return c.fold(n)
	}
	if !elem.Numeric() && elem != Duration {
		return nil, c.fail(a.at, "", "%s needs a list of numbers or durations, and this is %s", f.Name, a.t)
	}
	switch {
	case f.Name == "sum" && elem == Float:
		n.op = opSumFloat
	case f.Name == "sum":
		n.op = opSumInt
	case f.Name == "mean" && elem == Duration:
		n.op = opMeanDuration
	case f.Name == "median" && elem == Duration:
		n.op = opMedianDuration
	case f.Name == "mean":
		n.op, n.t = opMean, Float
	default:
		n.op, n.t = opMedian, Float
	}
	return c.fold(n)
}
