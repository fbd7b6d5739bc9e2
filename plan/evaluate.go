package plan

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/lics-lab/lics/expr"
)

// Evaluator runs an evaluation and may remember what it gave. A workflow
// records the result in its history and gives it again when it is replayed, so
// that a newer version of the expression language cannot change a run that is
// under way. It is asked once for all expressions of a node, and not for
// literals, which mean the same in every version.
type Evaluator func(evaluate func() Evaluated) Evaluated

// Evaluated is what the expressions of one node gave.
type Evaluated struct {
	Values []expr.Value `json:"values,omitempty"`
	Error  string       `json:"error,omitempty"`
}

// source is one expression to evaluate.
type source struct {
	text     string
	want     expr.Type // Invalid: any
	template bool
	stop     bool // the first that holds ends the evaluation
	into     int  // slot + 1 that the following expressions see changed
}

type compiled struct {
	expr *expr.Expr
	text *expr.Template
}

// evaluate gives the values of expressions, all against the present variables.
func (r *Runner) evaluate(sources []source) ([]expr.Value, error) {
	if values, ok := literals(sources); ok {
		return values, nil
	}
	got := r.eval(func() Evaluated {
		vars := slices.Clone(r.vars)
		var values []expr.Value
		for _, src := range sources {
			v, err := r.value(src, vars)
			if err != nil {
				return Evaluated{Error: err.Error()}
			}
			values = append(values, v)
			if src.into > 0 {
				vars[src.into-1] = v
			}
			if src.stop && v.Bool() {
				break
			}
		}
		return Evaluated{Values: values}
	})
	if got.Error != "" {
		return nil, errors.New(got.Error)
	}
	if len(got.Values) == 0 || len(got.Values) < len(sources) && !sources[0].stop {
		return nil, fmt.Errorf("%d values for %d expressions", len(got.Values), len(sources))
	}
	return got.Values, nil
}

// literals reads sources that need no language.
func literals(sources []source) ([]expr.Value, bool) {
	var values []expr.Value
	for _, src := range sources {
		v, ok := literal(src)
		if !ok {
			return nil, false
		}
		values = append(values, v)
		if src.stop && v.Bool() {
			break
		}
	}
	return values, true
}

//workflowcheck:ignore
func literal(src source) (expr.Value, bool) {
	types := []expr.Type{src.want}
	switch {
	case src.template && !strings.ContainsAny(src.text, "{}"):
		return expr.StringValue(src.text), true
	case src.template || src.want == expr.String || src.want.IsList():
		return expr.Value{}, false
	case src.want == expr.Invalid:
		types = []expr.Type{expr.Bool, expr.Float}
	}
	for _, t := range types {
		if v, err := expr.ParseText(t, src.text); err == nil {
			return v, true
		}
	}
	return expr.Value{}, false
}

//workflowcheck:ignore
func (r *Runner) value(src source, vars []expr.Value) (expr.Value, error) {
	c, err := r.compile(src)
	if err != nil {
		return expr.Value{}, err
	}
	if src.template {
		b, err := c.text.Append(nil, vars)
		return expr.StringValue(string(b)), err
	}
	v, err := c.expr.Eval(vars)
	if err != nil || src.want == expr.Invalid {
		return v, err
	}
	return expr.Convert(v, src.want)
}

func (r *Runner) compile(src source) (*compiled, error) {
	key := fmt.Sprint(src.want, src.template, " ", src.text)
	if c := r.cache[key]; c != nil {
		return c, nil
	}
	var err error
	c := &compiled{}
	if src.template {
		c.text, err = expr.CompileTemplate(src.text, r.ix.names)
	} else {
		c.expr, err = expr.Compile(src.text, r.ix.names, src.want)
	}
	if err != nil {
		return nil, err
	}
	r.cache[key] = c
	return c, nil
}

// initialise gives the variables their first values.
func (r *Runner) initialise() error {
	params := len(r.ix.plan.Parameters)
	var sources []source
	for i, v := range r.ix.plan.Variables {
		r.vars = append(r.vars, expr.Zero(r.ix.types[params+i]))
		if v.Initial != "" {
			sources = append(sources, source{text: v.Initial, want: r.ix.types[params+i]})
		}
	}
	if len(sources) == 0 {
		return nil
	}
	values, err := r.evaluate(sources)
	if err != nil {
		return fmt.Errorf("initial values: %w", err)
	}
	for i, v := range r.ix.plan.Variables {
		if v.Initial != "" {
			r.vars[params+i], values = values[0], values[1:]
		}
	}
	return nil
}

// resolve evaluates what a step needs.
func (r *Runner) resolve(node *Node, step *Step) error {
	var sources []source
	var use func(values []expr.Value) error
	switch node.Kind {
	case KindTask:
		step.Role = node.Task.Role
		types := map[string]expr.Type{}
		for _, v := range node.Task.Program.Variables {
			if t, err := expr.ParseType(v.Type); err == nil && v.Parameter {
				types[v.Name] = t
			}
		}
		names := sorted(node.Task.Parameters)
		for _, name := range names {
			t, ok := types[name]
			if !ok {
				return fmt.Errorf("the task has no parameter %q", name)
			}
			sources = append(sources, source{text: node.Task.Parameters[name], want: t})
		}
		use = func(values []expr.Value) error {
			step.Parameters = make(map[string]json.RawMessage, len(names))
			for i, name := range names {
				step.Parameters[name] = encode(values[i])
			}
			return nil
		}
	case KindSet:
		step.Role, step.Channel, step.MaxOn = node.Set.Role, node.Set.Channel, node.Set.MaxOn
		sources = []source{{text: node.Set.Level, want: expr.Invalid}}
		use = func(values []expr.Value) (err error) {
			step.Level, err = level(values[0])
			return err
		}
	case KindPulse:
		step.Role, step.Channel = node.Pulse.Role, node.Pulse.Channel
		sources = []source{{text: node.Pulse.Duration, want: expr.Duration}}
		use = func(values []expr.Value) (err error) {
			step.Duration, err = positive(values[0])
			return err
		}
		if node.Pulse.Volume != "" {
			sources = []source{{text: node.Pulse.Volume, want: expr.Float}}
			use = func(values []expr.Value) error {
				step.Microlitres = values[0].Float()
				if step.Microlitres <= 0 {
					return fmt.Errorf("a volume of %s µl cannot be given", values[0])
				}
				return nil
			}
		}
	case KindRead:
		step.Role, step.Channel = node.Read.Role, node.Read.Channel
	case KindWait:
		sources = []source{{text: node.Wait.Duration, want: expr.Duration}}
		use = func(values []expr.Value) error {
			if step.Duration = values[0].Duration(); step.Duration < 0 {
				return fmt.Errorf("a wait of %s is negative", values[0])
			}
			return nil
		}
	case KindWaitUntil:
		sources, use = node.WaitUntil.resolve(step)
	case KindNotify:
		sources, use = node.Notify.resolve(step)
	case KindCall:
		sources, use = node.Call.resolve(r.ix, step)
	case KindGate:
		sources, use = node.Gate.resolve(step)
	case KindCalibrate:
		sources, use = node.Calibrate.resolve(step)
	case KindCheck:
		sources, use = node.Check.resolve(step)
	case KindExport:
		step.Export = node.Export
	case KindWatch:
		sources, use = node.Watch.resolve(step)
	case KindHuman:
		sources, use = node.Human.resolve(r.ix, step)
	}
	if len(sources) == 0 {
		return nil
	}
	values, err := r.evaluate(sources)
	if err != nil {
		return err
	}
	return use(values)
}

func level(v expr.Value) (float64, error) {
	switch v.Type() {
	case expr.Bool:
		if v.Bool() {
			return 1, nil
		}
		return 0, nil
	case expr.Int, expr.Float:
		return v.Float(), nil
	}
	return 0, fmt.Errorf("%s is no level", v)
}

func positive(v expr.Value) (d time.Duration, err error) {
	if d = v.Duration(); d <= 0 {
		err = fmt.Errorf("a duration of %s is too short", v)
	}
	return d, err
}
