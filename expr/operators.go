package expr

import (
	"strings"

	"github.com/expr-lang/expr/ast"
)

func (c *compiler) unary(n *ast.UnaryNode, at int32) (*node, *Error) {
	x, err := c.node(n.Node, Invalid)
	if err != nil {
		return nil, err
	}
	switch sign := n.Operator; {
	case (sign == "not" || sign == "!") && x.t == Bool:
		return c.fold(&node{op: opNot, t: Bool, at: at, a: x})
	case sign == "not" || sign == "!":
		return nil, c.fail(at, "`"+sign+"` binds before a comparison: write "+sign+" (…)", "`%s` needs a bool, and this is %s", sign, x.t)
	case sign == "+" && (x.t.Numeric() || x.t == Duration):
		return x, nil
	case sign == "-" && x.t == Float:
		return c.fold(&node{op: opNegFloat, t: Float, at: at, a: x})
	case sign == "-" && (x.t == Int || x.t == Duration):
		return c.fold(&node{op: opNegInt, t: x.t, at: at, a: x})
	default:
		return nil, c.fail(at, "", "`%s` needs a number or a duration, and this is %s", sign, x.t)
	}
}

func (c *compiler) binary(n *ast.BinaryNode, at int32) (*node, *Error) {
	a, err := c.node(n.Left, Invalid)
	if err != nil {
		return nil, err
	}
	// [] and [1, 2] on the right take their type from the left.
	hint := a.t
	if n.Operator == "in" {
		hint = ListOf(a.t)
	}
	b, err := c.node(n.Right, hint)
	if err != nil {
		return nil, err
	}
	switch n.Operator {
	case "and", "&&":
		return c.logic(opAnd, n.Operator, a, b, at)
	case "or", "||":
		return c.logic(opOr, n.Operator, a, b, at)
	case "==", "!=":
		return c.equality(n.Operator, a, b, at)
	case "<", "<=", ">", ">=":
		return c.order(n.Operator, a, b, at)
	case "in":
		return c.in(a, b, at)
	case "contains", "startsWith", "endsWith":
		return c.strings(n.Operator, a, b, at)
	case "+", "-", "*", "/", "%", "**", "^":
		return c.arithmetic(n.Operator, a, b, at)
	case "matches":
		return nil, c.fail(at, "choose contains, startsWith or endsWith", "there are no regular expressions")
	}
	return nil, c.fail(at, "", "`%s` is not part of the language", n.Operator)
}

func (c *compiler) logic(o op, sign string, a, b *node, at int32) (*node, *Error) {
	for _, x := range [...]*node{a, b} {
		if x.t != Bool {
			return nil, c.fail(x.at, convertHint(x.t, Bool), "`%s` needs a bool on both sides, and this is %s", sign, x.t)
		}
	}
	return c.fold(&node{op: o, t: Bool, at: at, a: a, b: b})
}

func (c *compiler) equality(sign string, a, b *node, at int32) (*node, *Error) {
	if a.t.Numeric() && b.t.Numeric() && a.t != b.t {
		a, b = c.float(a), c.float(b)
	}
	if a.t != b.t {
		return nil, c.fail(at, "", "`%s` compares two of one type, and these are %s and %s", sign, a.t, b.t)
	}
	o := opEqualInt
	switch {
	case a.t == Float:
		o = opEqualFloat
	case a.t == Bool:
		o = opEqualBool
	case a.t == String:
		o = opEqualString
	case a.t.IsList():
		o = opEqualList
	}
	n, err := c.fold(&node{op: o, t: Bool, at: at, a: a, b: b})
	if err != nil || sign == "==" {
		return n, err
	}
	return c.fold(&node{op: opNot, t: Bool, at: at, a: n})
}

func (c *compiler) order(sign string, a, b *node, at int32) (*node, *Error) {
	if a.t.Numeric() && b.t.Numeric() && a.t != b.t {
		a, b = c.float(a), c.float(b)
	}
	if a.t != b.t {
		return nil, c.fail(at, unitHint(a, b), "`%s` compares two of one type, and these are %s and %s", sign, a.t, b.t)
	}
	var less, lessEqual op
	switch a.t {
	case Int, Duration:
		less, lessEqual = opLessInt, opLessEqualInt
	case Float:
		less, lessEqual = opLessFloat, opLessEqualFloat
	case String:
		less, lessEqual = opLessString, opLessEqualString
	default:
		return nil, c.fail(at, "", "`%s` cannot order %s", sign, a.t)
	}
	if sign[0] == '>' {
		a, b = b, a
	}
	if sign == "<=" || sign == ">=" {
		less = lessEqual
	}
	return c.fold(&node{op: less, t: Bool, at: at, a: a, b: b})
}

func unitHint(a, b *node) string {
	if a.t == Duration && b.t.Numeric() || a.t.Numeric() && b.t == Duration {
		return "write the number with a unit, like 250ms"
	}
	return ""
}

func (c *compiler) in(a, b *node, at int32) (*node, *Error) {
	if b.t == String {
		return nil, c.fail(at, "write text contains part", "`in` looks in a list, and this is string")
	}
	if a.t == Int && b.t == FloatList {
		a = c.float(a)
	}
	fits := b.t == ListOf(a.t) || a.t == Float && b.t == IntList
	if !b.t.IsList() || !fits {
		return nil, c.fail(at, "", "`in` looks for one element in a list, and these are %s and %s", a.t, b.t)
	}
	return c.fold(&node{op: opIn, t: Bool, at: at, a: a, b: b})
}

func (c *compiler) strings(sign string, a, b *node, at int32) (*node, *Error) {
	if a.t != String || b.t != String {
		hint := ""
		if sign == "contains" && a.t.IsList() {
			hint = "write element in list"
		}
		return nil, c.fail(at, hint, "`%s` needs strings, and these are %s and %s", sign, a.t, b.t)
	}
	o := opContains
	switch sign {
	case "startsWith":
		o = opStartsWith
	case "endsWith":
		o = opEndsWith
	}
	return c.fold(&node{op: o, t: Bool, at: at, a: a, b: b})
}

func (c *compiler) arithmetic(sign string, a, b *node, at int32) (*node, *Error) {
	make := func(o op, t Type, a, b *node) (*node, *Error) {
		return c.fold(&node{op: o, t: t, at: at, a: a, b: b})
	}
	numbers := a.t.Numeric() && b.t.Numeric()
	switch {
	case numbers && (sign == "**" || sign == "^"):
		return make(opPow, Float, c.float(a), c.float(b))
	case numbers && sign == "/":
		return make(opDivFloat, Float, c.float(a), c.float(b))
	case a.t == Int && b.t == Int: // + - * %
		o := map4(sign, opAddInt, opSubInt, opMulInt, opModInt)
		return make(o, Int, a, b)
	case numbers && sign != "%":
		return make(map4(sign, opAddFloat, opSubFloat, opMulFloat, 0), Float, c.float(a), c.float(b))
	case a.t == Duration && b.t == Duration && (sign == "+" || sign == "-"):
		return make(map4(sign, opAddInt, opSubInt, 0, 0), Duration, a, b)
	case a.t == Duration && b.t == Duration && sign == "/":
		return make(opRatio, Float, a, b)
	case a.t == Duration && b.t == Int && sign == "/":
		return make(opDivDuration, Duration, a, b)
	case a.t == Duration && b.t == Float && sign == "/":
		return make(opShrinkDuration, Duration, a, b)
	case sign == "*" && (a.t == Duration && b.t == Int || a.t == Int && b.t == Duration):
		return make(opMulInt, Duration, a, b)
	case sign == "*" && a.t == Duration && b.t == Float:
		return make(opScaleDuration, Duration, a, b)
	case sign == "*" && a.t == Float && b.t == Duration:
		return make(opScaleDuration, Duration, b, a)
	case sign == "+" && a.t == String && b.t == String:
		return make(opConcat, String, a, b)
	}
	return nil, c.fail(at, arithmeticHint(sign, a, b), "`%s` has no meaning between %s and %s", sign, a.t, b.t)
}

// map4 picks the operation of + - * %.
func map4(sign string, add, sub, product, mod op) op {
	return [...]op{add, sub, product, mod}[strings.Index("+-*%", sign)]
}

func arithmeticHint(sign string, a, b *node) string {
	switch {
	case sign == "%" && (a.t == Float || b.t == Float):
		return "`%` is for ints: write int(…)"
	case sign == "+" && (a.t == String || b.t == String):
		return "write string(…) around what is not a string"
	case a.t == Bool || b.t == Bool:
		return "write int(…) around the bool"
	}
	return unitHint(a, b)
}
