package expr

import (
	"fmt"
	"slices"

	"github.com/expr-lang/expr/ast"
)

// Expr is a compiled expression. It never changes and is safe for use by many
// goroutines at once.
type Expr struct {
	source string
	root   *node
	slots  []int
}

// Compile parses and type-checks src. With want other than Invalid the result
// has that type or it is an error; an int is converted where a float is wanted.
// What does not depend on a variable is computed here, so `1 / 0` is found now
// and not in the night. The error is always an *Error.
func Compile(src string, scope Scope, want Type) (*Expr, error) {
	tree, lits, err := parse(src)
	if err != nil {
		return nil, err
	}
	c := &compiler{src: src, lits: lits, scope: scope}
	root, err := c.node(tree, want)
	if err == nil {
		root, err = c.wanted(root, want)
	}
	if err != nil {
		return nil, err
	}
	slices.Sort(c.slots)
	return &Expr{source: src, root: root, slots: slices.Compact(c.slots)}, nil
}

// Type is the type of what Eval returns.
func (e *Expr) Type() Type { return e.root.t }

// Source is what was compiled.
func (e *Expr) Source() string { return e.source }

// Slots are the slots Eval reads, sorted, each once.
func (e *Expr) Slots() []int { return slices.Clone(e.slots) }

// Constant is the value when it depends on no variable.
func (e *Expr) Constant() (Value, bool) {
	if !e.root.constant() {
		return Value{}, false
	}
	return e.root.value(), true
}

type compiler struct {
	src   string
	lits  []literal
	scope Scope
	nodes int
	slots []int
	elems []Type // what # is, outermost list call first
}

func (c *compiler) fail(at int32, hint, format string, args ...any) *Error {
	return &Error{Source: c.src, Column: int(at), Message: fmt.Sprintf(format, args...), Hint: hint}
}

func column(n ast.Node) int32 {
	switch n := n.(type) {
	case *ast.ConditionalNode: // the parser puts it behind its last branch, or nowhere
		return column(n.Cond)
	case *ast.PredicateNode:
		return column(n.Node)
	}
	return int32(n.Location().From) + 1
}

// node compiles one node of the tree. hint is the type that would fit, which
// decides only what a literal cannot know by itself: [] and [1, 2] for a list
// of floats.
func (c *compiler) node(n ast.Node, hint Type) (*node, *Error) {
	if n == nil {
		return nil, c.fail(0, "", "the expression cannot be read")
	}
	// Counted here and not by the parser: the middle of 1 < x < 3 is one node
	// in the tree and compiled twice, and nesting that doubles at each level.
	if c.nodes++; c.nodes > MaxNodes {
		return nil, c.fail(0, "split it over several variables", "the expression has more than %d parts", MaxNodes)
	}
	at := column(n)
	switch n := n.(type) {
	case *ast.BoolNode:
		return &node{op: opConst, t: Bool, at: at, num: bit(n.Value)}, nil
	case *ast.StringNode:
		if _, err := checkedString(n.Value); err != nil { // "\xff" and "\x00"
			return nil, c.fail(at, "", "%s", err)
		}
		return &node{op: opConst, t: String, at: at, str: n.Value}, nil
	case *ast.IdentifierNode:
		return c.name(n.Value, at)
	case *ast.PointerNode:
		return c.element(n, at)
	case *ast.UnaryNode:
		return c.unary(n, at)
	case *ast.BinaryNode:
		return c.binary(n, at)
	case *ast.ConditionalNode:
		return c.conditional(n, at, hint)
	case *ast.ArrayNode:
		return c.array(n, at, hint)
	case *ast.MemberNode:
		return c.index(n, at)
	case *ast.SliceNode:
		return c.slice(n, at)
	case *ast.BuiltinNode:
		return c.call(n.Name, n.Arguments, at)
	case *ast.CallNode:
		if callee, ok := n.Callee.(*ast.IdentifierNode); ok {
			return c.call(callee.Value, n.Arguments, at)
		}
	}
	return nil, c.unknown(n, at)
}

// unknown refuses a kind of node. It is the end of the whitelist; the cases
// only give better words to what people are likely to try.
func (c *compiler) unknown(n ast.Node, at int32) *Error {
	switch n.(type) {
	case *ast.NilNode:
		return c.fail(at, "every variable has a value", "there is no nil")
	case *ast.ChainNode:
		return c.fail(at, "", "`?.` is not part of the language")
	case *ast.MapNode:
		return c.fail(at, "", "there are no maps")
	case *ast.BytesNode:
		return c.fail(at, "write a string", "there are no bytes")
	case *ast.CallNode:
		return c.fail(at, "", "only functions can be called")
	}
	return c.fail(at, "", "this is not part of the language")
}

func (c *compiler) name(name string, at int32) (*node, *Error) {
	if i, ok := placeholderIndex(name); ok && i < len(c.lits) {
		return constant(c.lits[i].value, at), nil
	}
	if c.scope != nil {
		if slot, t, ok := c.scope.Lookup(name); ok {
			if t == Invalid || t > DurationList || slot < 0 || slot > 1<<24 {
				return nil, c.fail(at, "", "`%s` has no type", name)
			}
			c.slots = append(c.slots, slot)
			return &node{op: opVar, t: t, at: at, slot: int32(slot), str: name}, nil
		}
	}
	if f := functionNamed(name); f != nil {
		return nil, c.fail(at, "write "+f.Signature, "`%s` is a function", name)
	}
	hint := ""
	if c.scope != nil {
		if s := suggest(name, c.scope.Names()); s != "" {
			hint = "did you mean `" + s + "`?"
		}
	}
	return nil, c.fail(at, hint, "there is no `%s`", abbreviate(name, MaxName))
}

func constant(v Value, at int32) *node {
	return &node{op: opConst, t: v.t, at: at, num: v.num, str: v.str, list: v.list}
}

func (c *compiler) conditional(n *ast.ConditionalNode, at int32, hint Type) (*node, *Error) {
	if !n.Ternary || n.Cond == n.Exp1 {
		return nil, c.fail(at, "write condition ? a : b", "`?:` is not part of the language")
	}
	cond, err := c.typed(n.Cond, Bool, "a condition")
	if err != nil {
		return nil, err
	}
	a, err := c.node(n.Exp1, hint)
	if err != nil {
		return nil, err
	}
	if hint == Invalid {
		hint = a.t
	}
	b, err := c.node(n.Exp2, hint)
	if err != nil {
		return nil, err
	}
	if a.t.Numeric() && b.t.Numeric() && a.t != b.t {
		a, b = c.float(a), c.float(b)
	}
	if a.t != b.t {
		return nil, c.fail(b.at, "", "both results of `?` must have one type, and these are %s and %s", a.t, b.t)
	}
	return c.fold(&node{op: opIf, t: a.t, at: at, a: cond, b: a, c: b})
}

// typed compiles a node that must have type t; what names its role in messages.
func (c *compiler) typed(n ast.Node, t Type, what string) (*node, *Error) {
	x, err := c.node(n, t)
	if err != nil {
		return nil, err
	}
	if x.t == Int && t == Float {
		return c.float(x), nil
	}
	if x.t != t {
		return nil, c.fail(x.at, convertHint(x.t, t), "%s must be %s, and this is %s", what, t, x.t)
	}
	return x, nil
}

// wanted is typed for the whole expression.
func (c *compiler) wanted(x *node, want Type) (*node, *Error) {
	if want == Invalid || x.t == want {
		return x, nil
	}
	if x.t == Int && want == Float {
		return c.float(x), nil
	}
	return nil, c.fail(x.at, convertHint(x.t, want), "the result is %s, and %s is needed here", x.t, want)
}

func convertHint(have, want Type) string {
	switch {
	case want == Bool && have != Bool:
		return "compare it with something"
	case want == Int && have == Float:
		return "choose round(…), floor(…) or ceil(…)"
	case want == String:
		return "write string(…)"
	case want == Duration && have.Numeric():
		return "write a unit, like 250ms, or duration(seconds)"
	case want.Numeric() && have == Duration:
		return "choose seconds(…) or milliseconds(…)"
	case want.Numeric() && (have == Bool || have == String):
		return "write " + want.String() + "(…)"
	}
	return ""
}

// float converts an int node; a float node stays what it is.
func (c *compiler) float(n *node) *node {
	if n.t != Int {
		return n
	}
	if n.op == opConst {
		return constant(FloatValue(float64(int64(n.num))), n.at)
	}
	return &node{op: opIntToFloat, t: Float, at: n.at, a: n}
}

// fold computes a node now when everything below it is constant.
func (c *compiler) fold(n *node) (*node, *Error) {
	if !n.a.constant() || !n.b.constant() || !n.c.constant() {
		return n, nil
	}
	for _, arg := range n.args {
		if !arg.constant() {
			return n, nil
		}
	}
	v, err := evaluate(c.src, n, nil)
	if err != nil {
		return nil, err
	}
	return constant(v, n.at), nil
}
