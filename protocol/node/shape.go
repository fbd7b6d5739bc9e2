package node

import (
	"fmt"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
)

func rampField(help string) schema.Field {
	return expression("ramp", "duration", "Ramp", help, "10ms")
}

func frequencyField(help string) schema.Field {
	return expression("frequency", "float", "Frequency", help, "4000")
}

// shape checks the ramp and the frequency of an output; at is the path of the
// fields, length how long the output is on, nil when that is not known.
func shape(w Words, at, ramp, frequency string, length *expr.Expr) {
	if e := w.Expr(at+"ramp", ramp, expr.Duration); e != nil {
		rises(w, at+"ramp", e, length)
	}
	e := w.Expr(at+"frequency", frequency, expr.Float)
	if e == nil {
		return
	}
	if v, constant := e.Constant(); constant && v.Float() <= 0 {
		w.Report(diagnostic.BadValue, at+"frequency", fmt.Sprintf("a frequency of %v Hz sounds no tone", v.Float()),
			"write a number above 0, like 4000; leave it empty for what the part does by itself")
	}
}

// rises checks that the level of a ramp is reached.
func rises(w Words, field string, ramp, length *expr.Expr) {
	v, constant := ramp.Constant()
	switch {
	case !constant:
		return
	case v.Duration() < 0:
		w.Report(diagnostic.BadValue, field, fmt.Sprintf("the ramp of %s is negative", v), "write a duration like 10ms, or leave it empty")
	case length != nil:
		on, constant := length.Constant()
		if constant && on.Duration() < v.Duration() {
			w.Report(diagnostic.BadValue, field, fmt.Sprintf("the ramp takes %s, and the output is on for %s: it never reaches its level", v, on),
				"make the ramp shorter")
		}
	}
}
