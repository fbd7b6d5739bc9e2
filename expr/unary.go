package expr

// overload is one meaning of a function of one argument.
type overload struct {
	name   string
	arg    Type // an int is converted when only the float overload exists
	op     op
	result Type
}

// overloads are tried from the top; opConst means the argument itself.
var overloads = []overload{
	{"len", String, opLenString, Int},
	{"abs", Int, opAbsInt, Int},
	{"abs", Duration, opAbsInt, Duration},
	{"abs", Float, opAbsFloat, Float},
	{"ceil", Int, opConst, Int},
	{"ceil", Float, opCeil, Int},
	{"floor", Int, opConst, Int},
	{"floor", Float, opFloor, Int},
	{"round", Int, opConst, Int},
	{"round", Float, opRound, Int},
	{"int", Int, opConst, Int},
	{"int", Float, opTruncate, Int},
	{"int", Bool, opBoolToInt, Int},
	{"int", String, opParseInt, Int},
	{"float", Float, opConst, Float},
	{"float", Bool, opBoolToInt, Int}, // and then to float
	{"float", String, opParseFloat, Float},
	{"upper", String, opUpper, String},
	{"lower", String, opLower, String},
	{"trim", String, opTrim, String},
	{"sqrt", Float, opSqrt, Float},
	{"exp", Float, opExp, Float},
	{"ln", Float, opLn, Float},
	{"log10", Float, opLog10, Float},
	{"seconds", Duration, opSeconds, Float},
	{"milliseconds", Duration, opMilliseconds, Float},
	{"duration", Float, opToDuration, Duration},
}

func (c *compiler) unaryCall(f *Function, a *node, at int32) (*node, *Error) {
	switch {
	case f.Name == "string" && a.t == String:
		return a, nil
	case f.Name == "string":
		return c.fold(&node{op: opText, t: String, at: at, a: a})
	case f.Name == "len" && a.t.IsList():
		return c.fold(&node{op: opLen, t: Int, at: at, a: a})
	}
	hint := "write " + f.Signature
	for _, o := range overloads {
		if o.name != f.Name {
			continue
		}
		if !a.t.AssignableTo(o.arg) {
			if h := convertHint(a.t, o.arg); h != "" && o.arg != Bool && o.arg != String {
				hint = h
			}
			continue
		}
		x := a
		if o.arg == Float {
			x = c.float(a)
		}
		if o.op == opConst {
			return x, nil
		}
		n, err := c.fold(&node{op: o.op, t: o.result, at: at, a: x})
		if err == nil && f.Name == "float" {
			n = c.float(n)
		}
		return n, err
	}
	return nil, c.fail(a.at, hint, "%s does not take %s", f.Name, a.t)
}
