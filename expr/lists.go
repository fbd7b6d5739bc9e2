package expr

import "github.com/expr-lang/expr/ast"

func (c *compiler) array(n *ast.ArrayNode, at int32, hint Type) (*node, *Error) {
	if len(n.Nodes) == 0 {
		if !hint.IsList() {
			return nil, c.fail(at, "to ask whether a list is empty, write len(list) == 0", "nothing says what `[]` is a list of")
		}
		return constant(Zero(hint), at), nil
	}
	args := make([]*node, len(n.Nodes))
	elem := hint.Elem()
	if elem != Float {
		elem = Invalid
	}
	for i, e := range n.Nodes {
		x, err := c.node(e, Invalid)
		if err != nil {
			return nil, err
		}
		switch {
		case ListOf(x.t) == Invalid:
			return nil, c.fail(x.at, "", "a list cannot be inside a list")
		case elem == Invalid || elem == Int && x.t == Float:
			elem = x.t
		case x.t != elem && !x.t.AssignableTo(elem):
			return nil, c.fail(x.at, "", "the elements of a list have one type, and these are %s and %s", elem, x.t)
		}
		args[i] = x
	}
	if elem == Float {
		for i := range args {
			args[i] = c.float(args[i])
		}
	}
	return c.fold(&node{op: opArray, t: ListOf(elem), at: at, args: args})
}

func (c *compiler) index(n *ast.MemberNode, at int32) (*node, *Error) {
	// a.b and a["b"] differ only in where they are.
	if p, ok := n.Property.(*ast.StringNode); ok && p.Location() == n.Location() {
		return nil, c.fail(at, "", "values have no `.%s`", c.words(p.Value))
	}
	if n.Optional || n.Method {
		return nil, c.fail(at, "", "`?.` is not part of the language")
	}
	a, err := c.list(n.Node, "`[…]`")
	if err != nil {
		return nil, err
	}
	b, err := c.typed(n.Property, Int, "an index")
	if err != nil {
		return nil, err
	}
	return c.fold(&node{op: opIndex, t: a.t.Elem(), at: at, a: a, b: b})
}

func (c *compiler) slice(n *ast.SliceNode, at int32) (*node, *Error) {
	a, err := c.list(n.Node, "`[…]`")
	if err != nil {
		return nil, err
	}
	x := &node{op: opSlice, t: a.t, at: at, a: a}
	if n.From != nil {
		if x.b, err = c.typed(n.From, Int, "an index"); err != nil {
			return nil, err
		}
	}
	if n.To != nil {
		if x.c, err = c.typed(n.To, Int, "an index"); err != nil {
			return nil, err
		}
	}
	return c.fold(x)
}

// list compiles a node that must be a list, for the function or operator what.
func (c *compiler) list(n ast.Node, what string) (*node, *Error) {
	x, err := c.node(n, Invalid)
	if err != nil {
		return nil, err
	}
	if !x.t.IsList() {
		return nil, c.fail(x.at, "", "%s needs a list, and this is %s", what, x.t)
	}
	return x, nil
}

// maxDepth bounds list calls inside the condition of a list call: three would
// cube the time, and nobody reads them.
const maxDepth = 2

func (c *compiler) element(n *ast.PointerNode, at int32) (*node, *Error) {
	if n.Name != "" {
		return nil, c.fail(at, "write `#` for the element", "`#%s` is not part of the language", c.words(n.Name))
	}
	depth := len(c.elems)
	if depth == 0 {
		return nil, c.fail(at, "", "`#` is the element of a list call like any(list, # > 3)")
	}
	return &node{op: opElem, t: c.elems[depth-1], at: at, slot: int32(depth - 1)}, nil
}

// words puts the number back where a placeholder stands.
func (c *compiler) words(name string) string {
	if i, ok := placeholderIndex(name); ok && i < len(c.lits) {
		return c.lits[i].text
	}
	return abbreviate(name, MaxName)
}

// overList compiles the calls that look at one element at a time.
func (c *compiler) overList(f *Function, args []ast.Node, at int32) (*node, *Error) {
	a, err := c.list(args[0], f.Name)
	if err != nil {
		return nil, err
	}
	p, ok := args[1].(*ast.PredicateNode)
	if !ok {
		return nil, c.fail(at, "", "%s needs a condition", f.Name)
	}
	depth := len(c.elems)
	if depth == maxDepth {
		return nil, c.fail(at, "", "list calls can be inside each other %d deep, not more", maxDepth)
	}
	c.elems = append(c.elems, a.t.Elem())
	b, err := c.node(p.Node, Invalid)
	c.elems = c.elems[:depth]
	if err != nil {
		return nil, err
	}
	n := &node{t: Bool, at: at, slot: int32(depth), a: a, b: b}
	if f.Name == "map" {
		if n.op, n.t = opMap, ListOf(b.t); n.t == Invalid {
			return nil, c.fail(b.at, "", "a list cannot be inside a list")
		}
		return n, nil
	}
	if b.t != Bool {
		return nil, c.fail(b.at, convertHint(b.t, Bool), "the condition of %s must be bool, and this is %s", f.Name, b.t)
	}
	switch f.Name {
	case "any", "none":
		n.op = opAny
	case "all":
		n.op = opAll
	case "count":
		n.op, n.t = opCount, Int
	case "filter":
		n.op, n.t = opFilter, a.t
	}
	if f.Name == "none" {
		return &node{op: opNot, t: Bool, at: at, a: n}, nil
	}
	return n, nil
}
