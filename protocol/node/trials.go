package node

import (
	"slices"
	"strconv"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
)

// TrialsData is the data of a loop over conditions.
type TrialsData struct {
	common
	Table   string `json:"table"`
	Factors []struct {
		Variable string `json:"variable"`
		Values   string `json:"values"`
	} `json:"factors"`
	Order       plan.Order      `json:"order"`
	Repetitions string          `json:"repetitions"`
	Count       string          `json:"count"`
	Weights     string          `json:"weights"`
	By          string          `json:"by"`
	MaxRun      string          `json:"max_run"`
	Row         string          `json:"row"`
	RepeatIf    string          `json:"repeat_if"`
	Repeat      plan.Repetition `json:"repeat"`
	MaxRepeats  string          `json:"max_repeats"`
	Index       string          `json:"index"`
	Condition   string          `json:"condition"`
}

// maxTable is the length of an inline table; a longer one has more conditions
// than a session has trials.
const maxTable = 100_000

var trialsKind = &Kind{
	Type: "trials", Level: Session, Container: true, Label: "Trials", Icon: "table", Group: "Loops",
	Help: "Does its body once for each trial of a table of conditions, whose values it puts into variables of the run. " +
		"The order of all trials is drawn from the run's seed when the loop begins, and recorded. " +
		"A trial that takes less than seconds belongs into a task, which draws for itself.",
	Standard: Standard{"TrialHandler; conditions file", "PsychoPy; MonkeyLogic (conditions); Williams 1949 (balanced Latin square)"},
	Ports:    []PortRule{inPort, bodyPort, donePort},
	Schema: data(
		schema.Field{Name: "table", Schema: &schema.Schema{
			Type: schema.String, Title: "Table", MaxLength: maxTable, Form: &schema.Form{Kind: "csv"}, Example: "side,delay\nleft,2s\nright,4s",
			Help: "The conditions as CSV: the first line names variables of the run, each other line is a condition. Or give factors.",
		}},
		atMost(16, list("factors", "Factors", "Instead of a table: all combinations of these are the conditions; the first changes slowest.",
			&schema.Schema{Type: schema.Object, Fields: []schema.Field{
				must(reference("variable", "variable", "Variable", "A variable of the run.")),
				must(expression("values", "list", "Values", "What it takes.", `["left", "right"]`)),
			}})),
		choice("order", "Order", "sequential: as the table stands. random: each repetition shuffled. full_random: all trials shuffled. "+
			"pseudo_random: shuffled with at most so many alike in a row. weighted: drawn with replacement by weights. "+
			"latin_square: a row of a balanced square. blocked: one value of a column after the other, in random order.",
			string(plan.OrderSequential), string(plan.OrderRandom), string(plan.OrderFullRandom), string(plan.OrderPseudo),
			string(plan.OrderWeighted), string(plan.OrderLatin), string(plan.OrderBlocked)),
		expression("repetitions", "int", "Repetitions", "How often each condition comes; empty is once.", "10"),
		expression("count", "int", "Trials", "Of a weighted order: how many trials are drawn; empty is as many as there are conditions, times the repetitions.", "100"),
		expression("weights", "list<float>", "Weights", "Of a weighted order: how often each condition comes, in the order of the table.", "[3, 1]"),
		reference("by", "variable", "By", "The column that makes blocks, or of which the same value must not come too often in a row; empty is the whole condition."),
		expression("max_run", "int", "At most in a row", "Of a pseudo_random order.", "3"),
		expression("row", "int", "Row", "Of a latin_square: which row, from 1; the number of the subject, for example. Each repetition takes the next.", "subject_number"),
		expression("repeat_if", "bool", "Repeat if", "Asked after each trial: when it holds, the same condition comes again.", `outcome != "correct"`),
		choice("repeat", "Repeat", "When a repeated trial comes: now, later (at a random place among those left, not next), or end. Default end.",
			string(plan.RepeatNow), string(plan.RepeatLater), string(plan.RepeatEnd)),
		expression("max_repeats", "int", "Repeats at most", "How many trials are repeated in all; empty is as many as needed.", "20"),
		reference("index", "variable", "Count in", "An int variable that counts the trials from 1."),
		reference("condition", "variable", "Condition in", "An int variable that receives the row of the table, from 1."),
	),
	Step: step(func(s Site, d TrialsData, n *plan.Node) {
		t := &plan.Trials{
			Order: d.Order, Repetitions: d.Repetitions, Count: d.Count, Weights: d.Weights, By: d.By, MaxRun: d.MaxRun, Row: d.Row,
			RepeatIf: d.RepeatIf, Repeat: d.Repeat, MaxRepeats: d.MaxRepeats, Index: d.Index, Condition: d.Condition,
		}
		if t.Order == "" {
			t.Order = plan.OrderSequential
		}
		n.Trials = t
		table := d.conditions(s, t)
		d.options(s, t)
		for _, counter := range []struct{ field, variable string }{{"index", d.Index}, {"condition", d.Condition}} {
			if counter.variable != "" {
				s.Assign(counter.field, counter.variable, expr.Int)
			}
		}
		s.Expr("repeat_if", d.RepeatIf, expr.Bool)
		d.try(s, t, table)
	}),
}

// options checks the fields that only some orders have.
func (d *TrialsData) options(s Site, t *plan.Trials) {
	for _, f := range []struct {
		field, text string
		orders      []plan.Order
		must        bool
		want        expr.Type
	}{
		{"repetitions", d.Repetitions, nil, false, expr.Int},
		{"max_repeats", d.MaxRepeats, nil, false, expr.Int},
		{"count", d.Count, []plan.Order{plan.OrderWeighted}, false, expr.Int},
		{"weights", d.Weights, []plan.Order{plan.OrderWeighted}, true, expr.FloatList},
		{"max_run", d.MaxRun, []plan.Order{plan.OrderPseudo}, true, expr.Int},
		{"row", d.Row, []plan.Order{plan.OrderLatin}, true, expr.Int},
		{"by", d.By, []plan.Order{plan.OrderBlocked, plan.OrderPseudo}, t.Order == plan.OrderBlocked, expr.Invalid},
	} {
		has := len(f.orders) == 0
		for _, o := range f.orders {
			has = has || o == t.Order
		}
		switch {
		case !has && f.text != "":
			s.Report(diagnostic.BadData, f.field, "the order "+string(t.Order)+" has no "+f.field, "remove it, or choose the order "+string(f.orders[0]))
		case has && f.must && f.text == "":
			s.Report(diagnostic.BadData, f.field, "the order "+string(t.Order)+" needs "+f.field, "fill it in, or choose another order")
		case f.want != expr.Invalid:
			s.Expr(f.field, f.text, f.want)
		}
	}
	if d.RepeatIf == "" && (d.Repeat != "" || d.MaxRepeats != "") {
		s.Report(diagnostic.BadData, "repeat_if", "nothing says which trials are repeated", "write a condition, or remove repeat and max_repeats")
	}
	if d.By == "" || slices.ContainsFunc(t.Columns, func(c plan.Column) bool { return c.Variable == d.By }) {
		return
	}
	s.Report(diagnostic.BadData, "by", "the table has no column "+strconv.Quote(d.By), "use one of its columns")
}

// try draws once from what is known now: what cannot be drawn should not wait
// for the animal to be in.
func (d *TrialsData) try(s Site, t *plan.Trials, conditions [][]expr.Value) {
	repetitions, known := constantInt(s, "repetitions", d.Repetitions, 1)
	maxRun, known2 := constantInt(s, "max_run", d.MaxRun, plan.MaxTrials)
	if len(conditions) == 0 || !known || !known2 || t.Order == plan.OrderWeighted {
		return
	}
	if trials := len(conditions) * repetitions; repetitions < plan.MaxTrials && trials <= plan.MaxTrials && !s.Spend(trials) {
		return
	}
	keys := make([]string, len(conditions))
	for i, row := range conditions {
		keys[i] = strconv.Itoa(i)
		for c := range t.Columns {
			if t.Columns[c].Variable == d.By {
				keys[i] = row[c].String()
			}
		}
	}
	if err := plan.TryOrder(t.Order, keys, repetitions, maxRun, nil); err != nil {
		field := "repetitions"
		if t.Order == plan.OrderPseudo {
			field = "max_run"
		}
		s.Report(diagnostic.BadData, field, err.Error(), "allow more in a row, or change the table")
	}
}

// constantInt is the value of an int expression when it is known now.
func constantInt(s Site, field, src string, otherwise int) (int, bool) {
	if src == "" {
		return otherwise, true
	}
	e := s.Expr(field, src, expr.Int)
	if e == nil {
		return 0, false
	}
	v, constant := e.Constant()
	return int(v.Int()), constant
}
