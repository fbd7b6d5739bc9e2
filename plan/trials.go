package plan

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/lics-lab/lics/expr"
)

// Order says in which order a Trials loop presents its conditions.
type Order string

// The orders.
const (
	OrderSequential Order = "sequential"    // as the table stands, again for each repetition
	OrderRandom     Order = "random"        // each repetition shuffled on its own
	OrderFullRandom Order = "full_random"   // all repetitions shuffled together
	OrderPseudo     Order = "pseudo_random" // full_random with at most MaxRun alike in a row
	OrderWeighted   Order = "weighted"      // drawn with replacement, by Weights
	OrderLatin      Order = "latin_square"  // a row of Williams' balanced square
	OrderBlocked    Order = "blocked"       // blocks of one value of a column, shuffled
)

// Repetition says when a trial that is to be repeated comes again.
type Repetition string

// When a trial is repeated.
const (
	RepeatNow   Repetition = "now"   // as the next trial
	RepeatLater Repetition = "later" // at a random place among those that are left
	RepeatEnd   Repetition = "end"   // after all others
)

// Trials runs its body once for each trial of a table of conditions.
type Trials struct {
	// Columns are the factors of the table. Cross makes all their combinations
	// conditions, the first column changing slowest; without it the columns are
	// those of a table and equally long.
	Columns []Column `json:"columns"`
	Cross   bool     `json:"cross,omitempty"`

	Order Order `json:"order"`
	// Repetitions is an int expression: how often each condition comes; empty is once.
	Repetitions string `json:"repetitions,omitempty"`
	// Count is an int expression: how many trials a weighted order draws;
	// empty is as many as there are conditions, times Repetitions.
	Count string `json:"count,omitempty"`
	// By names the column that MaxRun counts and that makes blocks; empty is the
	// whole condition.
	By      string `json:"by,omitempty"`
	MaxRun  string `json:"max_run,omitempty"` // int expression
	Weights string `json:"weights,omitempty"` // list<float> expression, one for each condition
	Row     string `json:"row,omitempty"`     // int expression: which row of the square, from 1

	// RepeatIf is a bool expression, asked after each trial; MaxRepeats an int
	// expression that bounds how many trials are repeated in all.
	RepeatIf   string     `json:"repeat_if,omitempty"`
	Repeat     Repetition `json:"repeat,omitempty"` // default RepeatEnd
	MaxRepeats string     `json:"max_repeats,omitempty"`

	Index     string `json:"index,omitempty"`     // int variable: the trial, from 1
	Condition string `json:"condition,omitempty"` // int variable: the row of the table, from 1
}

// Column is a factor of a table: its variable and its values, which are either
// constants (Cells, as package expr's Decode reads them) or a list expression.
type Column struct {
	Variable string            `json:"variable"`
	Cells    []json.RawMessage `json:"cells,omitempty"`
	List     string            `json:"list,omitempty"`
}

// MaxTrials bounds the trials of one loop. Each leaves marks in a history.
const MaxTrials = 10_000

func (t *Trials) check(variables func(...string) error) error {
	if len(t.Columns) == 0 {
		return errors.New("trials without a column")
	}
	by := t.By == ""
	for _, c := range t.Columns {
		if err := variables(c.Variable); err != nil || c.Variable == "" {
			return fmt.Errorf("a column has no variable: %w", err)
		}
		by = by || c.Variable == t.By
	}
	if !by {
		return fmt.Errorf("there is no column %q", t.By)
	}
	return variables(t.Index, t.Condition)
}

// beginTrials evaluates the table and draws the order of the whole loop. What
// was drawn is what the evaluator remembers, so that a later version that draws
// otherwise changes no run under way.
func (r *Runner) beginTrials(s *scope, node *Node, l *loop) error {
	t := node.Trials
	var sources []source
	for _, c := range t.Columns {
		if c.List != "" {
			_, cell, _ := r.ix.names.Lookup(c.Variable)
			sources = append(sources, source{text: c.List, want: expr.ListOf(cell)})
		}
	}
	lists := len(sources)
	design := design{order: t.Order, repetitions: 1, row: 1, maxRun: MaxTrials}
	ints := []*int{}
	for _, x := range []struct {
		text string
		into *int
	}{{t.Repetitions, &design.repetitions}, {t.Count, &design.count}, {t.MaxRun, &design.maxRun}, {t.Row, &design.row}, {t.MaxRepeats, &l.Repeats}} {
		if x.text != "" {
			sources = append(sources, source{text: x.text, want: expr.Int})
			ints = append(ints, x.into)
		}
	}
	l.Repeats = MaxTrials
	if t.Weights != "" {
		sources = append(sources, source{text: t.Weights, want: expr.ListOf(expr.Float)})
	}
	if len(sources) > 0 {
		values, err := r.evaluate(sources)
		if err != nil {
			return err
		}
		l.Columns = values[:lists:lists]
		for i, into := range ints {
			*into = int(values[lists+i].Int())
		}
		if t.Weights != "" {
			for _, w := range values[len(values)-1].List() {
				design.weights = append(design.weights, w.Float())
			}
		}
	}
	if err := r.keys(t, l, &design); err != nil {
		return err
	}
	drawn := r.eval(func() Evaluated { return design.draw(r.draws(node, s, "order")) })
	if drawn.Error != "" || len(drawn.Values) != 1 {
		return fmt.Errorf("the order of trials: %s", drawn.Error)
	}
	for _, v := range drawn.Values[0].List() {
		if v.Int() < 1 || int(v.Int()) > len(design.keys) {
			return fmt.Errorf("the order of trials: there is no condition %s", v)
		}
		l.Order = append(l.Order, int(v.Int()))
	}
	l.Count = len(l.Order)
	r.emit(Event{Kind: EventDraw, Node: node.ID, Visit: s.Visit, Name: "order", Value: drawn.Values[0]})
	return nil
}

// keys gives each condition of the table the text by which two are alike.
func (r *Runner) keys(t *Trials, l *loop, d *design) error {
	n := 0
	for i := range t.Columns {
		height := r.height(t, l, i)
		switch {
		case i == 0:
			n = height
		case t.Cross:
			n *= height
		case n != height:
			return fmt.Errorf("the column %s has %d values and %s has %d", t.Columns[i].Variable, height, t.Columns[0].Variable, n)
		}
		if n > MaxTrials {
			return fmt.Errorf("more than %d conditions", MaxTrials)
		}
	}
	if n == 0 {
		return errors.New("the table of trials has no condition")
	}
	for row := range n {
		key := strconv.Itoa(row)
		for i, c := range t.Columns {
			if c.Variable != t.By {
				continue
			}
			v, err := r.trialValue(t, l, i, row)
			if err != nil {
				return err
			}
			key = v.String()
		}
		d.keys = append(d.keys, key)
	}
	return nil
}

// height is how many values a column has.
func (r *Runner) height(t *Trials, l *loop, column int) int {
	if t.Columns[column].List == "" {
		return len(t.Columns[column].Cells)
	}
	return l.Columns[r.listColumn(t, column)].Len()
}

// listColumn is the place of a column among those whose values are computed.
func (r *Runner) listColumn(t *Trials, column int) int {
	at := 0
	for _, c := range t.Columns[:column] {
		if c.List != "" {
			at++
		}
	}
	return at
}

// trialValue is the value of a column in a condition, counted from 0.
//
//workflowcheck:ignore
func (r *Runner) trialValue(t *Trials, l *loop, column, row int) (expr.Value, error) {
	if t.Cross {
		for i := len(t.Columns) - 1; i > column; i-- {
			row /= r.height(t, l, i)
		}
		row %= r.height(t, l, column)
	}
	c := t.Columns[column]
	if c.List != "" {
		return l.Columns[r.listColumn(t, column)].At(row), nil
	}
	_, cell, _ := r.ix.names.Lookup(c.Variable)
	return expr.Decode(cell, c.Cells[row])
}

// presentTrial puts the condition of this trial into the variables.
func (r *Runner) presentTrial(node *Node, l *loop, visit string) error {
	t, row := node.Trials, l.Order[l.Index-1]
	for i, c := range t.Columns {
		v, err := r.trialValue(t, l, i, row-1)
		if err != nil {
			return fmt.Errorf("condition %d: %s: %w", row, c.Variable, err)
		}
		r.set(node.ID, visit, c.Variable, v)
	}
	if t.Condition != "" {
		r.set(node.ID, visit, t.Condition, expr.IntValue(int64(row)))
	}
	return nil
}

// repeatTrial asks whether the trial that has just ended comes again, and when.
func (r *Runner) repeatTrial(s *scope, node *Node, l *loop) error {
	t := node.Trials
	if t.RepeatIf == "" || l.Repeats <= 0 || l.Count >= MaxTrials {
		return nil
	}
	values, err := r.evaluate([]source{{text: t.RepeatIf, want: expr.Bool}})
	if err != nil || !values[0].Bool() {
		return err
	}
	place := l.Count
	switch t.Repeat {
	case RepeatNow:
		place = l.Index
	case RepeatLater:
		// Not as the next one, unless nothing else is left.
		first := min(l.Index+1, l.Count)
		drawn := r.eval(func() Evaluated {
			d := r.draws(node, s, fmt.Sprintf("repeat.%d", l.Index))
			return Evaluated{Values: []expr.Value{expr.IntValue(int64(first + d.Below(l.Count-first+1)))}}
		})
		if drawn.Error != "" || len(drawn.Values) != 1 {
			return fmt.Errorf("the place of a repeated trial: %s", drawn.Error)
		}
		place = min(max(int(drawn.Values[0].Int()), l.Index), l.Count)
	}
	again := l.Order[l.Index-1]
	l.Order = append(l.Order, 0)
	copy(l.Order[place+1:], l.Order[place:])
	l.Order[place] = again
	l.Count, l.Repeats = l.Count+1, l.Repeats-1
	r.emit(Event{Kind: EventDraw, Node: node.ID, Visit: s.Visit, Name: "repeat", Value: expr.IntValue(int64(again)), Index: place + 1})
	return nil
}
