package expr

// op is what a node does. The type of its result is in the node, so most
// operations on int serve duration too, which is an int of nanoseconds.
type op uint8

const (
	opConst op = iota
	opVar
	opElem  // # of the list call at depth slot
	opIf    // a ? b : c
	opIndex // a[b]

	// Results of type int or duration.
	opAddInt
	opSubInt
	opMulInt
	opModInt
	opNegInt
	opAbsInt
	opScaleDuration  // duration * float
	opDivDuration    // duration / int
	opShrinkDuration // duration / float
	opLen
	opLenString
	opCount     // count(a, b)
	opCountTrue // count(a) of bools
	opCeil
	opFloor
	opRound
	opTruncate
	opBoolToInt
	opParseInt
	opSumInt
	opMinInt
	opMaxInt
	opMinIntList
	opMaxIntList
	opMeanDuration
	opMedianDuration
	opToDuration

	// Results of type float.
	opIntToFloat
	opAddFloat
	opSubFloat
	opMulFloat
	opDivFloat
	opPow
	opNegFloat
	opAbsFloat
	opRatio // duration / duration
	opRoundTo
	opParseFloat
	opSqrt
	opExp
	opLn
	opLog10
	opSeconds
	opMilliseconds
	opSumFloat
	opMinFloat
	opMaxFloat
	opMinFloatList
	opMaxFloatList
	opMean
	opMedian

	// Results of type bool.
	opNot
	opAnd
	opOr
	opEqualInt
	opEqualFloat
	opEqualBool
	opEqualString
	opEqualList
	opLessInt
	opLessFloat
	opLessString
	opLessEqualInt
	opLessEqualFloat
	opLessEqualString
	opIn
	opContains
	opStartsWith
	opEndsWith
	opAny
	opAll

	// Results of type string.
	opConcat
	opUpper
	opLower
	opTrim
	opText

	// Results of a list type.
	opArray
	opSlice
	opFilter
	opMap
)

// node is one step of a compiled expression. What a field means depends on op.
type node struct {
	op      op
	t       Type
	at      int32 // column, for errors
	slot    int32 // of opVar, or the depth of opElem and the list calls
	num     uint64
	str     string
	list    *list
	a, b, c *node
	args    []*node
}

func (n *node) constant() bool { return n == nil || n.op == opConst }

// value is the value of a constant.
func (n *node) value() Value { return Value{t: n.t, num: n.num, str: n.str, list: n.list} }
