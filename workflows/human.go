package workflows

import (
	"fmt"
	"slices"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/wire"
)

// question waits for a person.
type question struct {
	id       string
	node     string
	choices  []string
	answered bool
	choice   string

	role   string
	form   plan.Form
	sign   string
	values map[string]expr.Value
	by     string
	at     time.Time
}

// human asks a person and waits for the answer, or until it is too late.
func (r *run) human(ctx workflow.Context, f *flight) plan.Completion {
	if f.Until.IsZero() && f.Step.Duration > 0 {
		f.Until = workflow.Now(ctx).Add(f.Step.Duration)
	}
	q := &question{choices: f.Step.Choices, role: f.Step.Asked, form: f.Step.Form, sign: f.Step.Sign}
	choice, ok, err := r.question(ctx, f, q, f.Step.Title, f.Step.Text)
	switch {
	case err != nil:
		return failed("%s", reason(err))
	case !ok:
		return plan.Completion{Port: plan.PortTimeout}
	}
	f.busy = true // an answer is not asked for again in another history
	if err := r.keep(uncancelled(ctx), q); err != nil {
		return failed("%s", reason(err))
	}
	c := plan.Completion{Port: choice, Values: q.values}
	if len(f.Step.Choices) == 0 {
		c.Port = plan.PortOut
	}
	if len(f.Step.Choices) == 0 && len(f.Step.Form) == 0 {
		c.Values = map[string]expr.Value{plan.ValueRead: expr.StringValue(choice)}
	}
	return c
}

// question puts a question to people; ok is false when nobody answered in time.
func (r *run) question(ctx workflow.Context, f *flight, q *question, title, text string) (choice string, ok bool, err error) {
	q.id, q.node = wire.CommandID(r.in.Run, f.Step.Node, f.visit()), f.Step.Node
	f.q = q
	defer func() { f.q = nil }()
	step := lab.HumanStep{
		ID: q.id, Run: r.in.Run, Node: f.Step.Node, Title: title, Text: text, Choices: q.choices, AskedAt: workflow.Now(ctx),
		Role: q.role, Sign: q.sign, Form: formOf(q.form),
	}
	if !f.Asked { // in an earlier history
		r.record("human", f.Step.Node, "asked", words(map[string]any{"step": q.id, "title": title}))
		f.Asked = true
	}
	if err := r.store(ctx, act.AskHuman, activities.AskHumanInput{Step: step}, nil, "ask a person"); err != nil {
		return "", false, err
	}
	err = r.awaitAnswer(ctx, f, q)
	if err := r.store(uncancelled(ctx), act.CloseHuman, activities.CloseHumanInput{Steps: []string{q.id}}, nil, "close a question"); err != nil {
		return "", false, err
	}
	if err == nil && !q.answered {
		r.record("human", f.Step.Node, "timeout", words(map[string]any{"step": q.id}))
	}
	return q.choice, q.answered, err
}

// The answers to what becomes of an interrupted task.
const (
	choiceResume  = "resume"
	choiceRestart = "restart"
	choiceFail    = "fail"
)

// decide asks a person what becomes of an interrupted task.
func (r *run) decide(ctx workflow.Context, f *flight) (plan.Completion, bool) {
	text := fmt.Sprintf("%s was restarted in the middle of the task, after %d trials. Its outputs are off.", f.device, f.Carried.Trial)
	q := &question{choices: []string{choiceResume, choiceRestart, choiceFail}}
	choice, _, err := r.question(ctx, f, q, "Go on with "+r.label(f.Step.Node)+"?", text)
	if err != nil {
		return failed("%s", reason(err)), false
	}
	f.Asking, f.Asked = false, false
	switch choice {
	case choiceRestart:
		f.Carried = wire.TaskProgress{}
	case choiceFail:
		return failed("the device was restarted in the middle of the task"), false
	}
	return plan.Completion{}, true
}

func (r *run) find(id string) *question {
	for _, f := range r.flights {
		if f.q != nil && f.q.id == id && !f.gone {
			return f.q
		}
	}
	return nil
}

// mayAnswer refuses what cannot be an answer.
func (r *run) mayAnswer(_ workflow.Context, a Answer) error {
	q := r.find(a.Step)
	switch {
	case q == nil:
		return refuse("The run does not wait for an answer to %s.", a.Step)
	case q.answered:
		return refuse("The question has been answered already: %s.", q.choice)
	case len(q.choices) > 0 && !slices.Contains(q.choices, a.Choice):
		return refuse("%q is not one of the choices: %q.", a.Choice, q.choices)
	}
	return q.check(a)
}

func (r *run) answer(ctx workflow.Context, a Answer) (ControlAnswer, error) {
	q := r.find(a.Step)
	if q == nil || q.answered {
		return ControlAnswer{}, refuse("The run does not wait for an answer to %s.", a.Step)
	}
	said := map[string]any{"step": q.id, "choice": a.Choice, "by": a.By}
	if err := q.take(a, said, workflow.Now(ctx)); err != nil {
		return ControlAnswer{}, err
	}
	q.answered, q.choice = true, a.Choice
	r.record("human", q.node, "answered", words(said))
	return ControlAnswer{Status: r.status}, nil
}

func refuse(format string, args ...any) error {
	return temporal.NewNonRetryableApplicationError(fmt.Sprintf(format, args...), TypeRefused, nil)
}
