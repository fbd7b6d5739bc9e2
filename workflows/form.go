package workflows

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
)

// awaitAnswer waits until the question is answered or too late, and meanwhile
// reminds people and asks others.
func (r *run) awaitAnswer(ctx workflow.Context, f *flight, q *question) error {
	answered := func() bool { return q.answered }
	if f.Step.Remind == 0 && f.Step.Escalate == 0 || f.Asking {
		if f.Until.IsZero() {
			return workflow.Await(ctx, answered)
		}
		_, err := workflow.AwaitWithTimeout(ctx, max(f.Until.Sub(workflow.Now(ctx)), time.Millisecond), answered)
		return err
	}
	if f.AskedAt.IsZero() {
		f.AskedAt = workflow.Now(ctx)
	}
	for {
		at := f.nextCall()
		if at.IsZero() {
			return workflow.Await(ctx, answered)
		}
		if ok, err := workflow.AwaitWithTimeout(ctx, max(at.Sub(workflow.Now(ctx)), time.Millisecond), answered); err != nil || ok {
			return err
		}
		if !f.Until.IsZero() && !workflow.Now(ctx).Before(f.Until) {
			return nil
		}
		if err := r.remind(ctx, f, q); err != nil {
			return err
		}
	}
}

// nextCall is when the question needs attention next; zero is never.
func (f *flight) nextCall() time.Time {
	at := f.Until
	sooner := func(t time.Time) {
		if at.IsZero() || t.Before(at) {
			at = t
		}
	}
	if f.Step.Remind > 0 {
		sooner(f.AskedAt.Add(time.Duration(f.Reminders+1) * f.Step.Remind))
	}
	if f.Step.Escalate > 0 && !f.Escalated {
		sooner(f.AskedAt.Add(f.Step.Escalate))
	}
	return at
}

// remind reminds people and lets others answer, as far as it is time.
func (r *run) remind(ctx workflow.Context, f *flight, q *question) error {
	now := workflow.Now(ctx)
	in := activities.RemindHumanInput{Step: q.id, At: now}
	said := words(map[string]any{"step": q.id, "title": f.Step.Title, "role": f.Step.Asked})
	reminded := f.Step.Remind > 0 && !now.Before(f.AskedAt.Add(time.Duration(f.Reminders+1)*f.Step.Remind))
	if reminded {
		f.Reminders++
		r.record("human", f.Step.Node, "reminded", said)
	}
	escalated := f.Step.Escalate > 0 && !f.Escalated && !now.Before(f.AskedAt.Add(f.Step.Escalate))
	if escalated {
		f.Escalated = true
		r.record("human", f.Step.Node, "escalated", words(map[string]any{"step": q.id, "title": f.Step.Title, "role": f.Step.EscalateTo}))
	}
	if f.Escalated {
		in.Also = f.Step.EscalateTo
	}
	if !reminded && !escalated {
		return nil
	}
	return r.store(ctx, act.RemindHuman, in, nil, "remind people of a question")
}

// check refuses what does not fill in the form.
func (q *question) check(a Answer) error {
	if len(q.form) == 0 && len(a.Values) > 0 {
		return refuse("The question has no form to fill in.")
	}
	if q.sign != "" && strings.TrimSpace(a.Signature) == "" {
		return refuse("The answer has to be signed: %s", q.sign)
	}
	if _, err := q.form.Fill(a.Values, a.Confirmed); err != nil {
		return refuse("%s", err)
	}
	return nil
}

// take keeps the values of an answer and says them.
func (q *question) take(a Answer, said map[string]any, at time.Time) error {
	if err := q.check(a); err != nil {
		return err
	}
	values, err := q.form.Fill(a.Values, a.Confirmed)
	if err != nil {
		return refuse("%s", err)
	}
	q.values, q.by, q.at = values, a.By, at
	if len(values) > 0 {
		said["values"] = a.Values
	}
	if a.Confirmed {
		said["confirmed"] = true
	}
	if q.sign != "" {
		said["signature"], said["statement"] = a.Signature, q.sign
	}
	return nil
}

// keep stores the values that are more than variables.
func (r *run) keep(ctx workflow.Context, q *question) error {
	for _, x := range q.form {
		v, ok := q.values[x.Name]
		if !ok || x.Keep != plan.KeepWeight || v.Type() != expr.Float && v.Type() != expr.Int {
			continue
		}
		if r.in.Subject == "" {
			r.recordText(plan.EventNote, q.node, "weight_not_stored", "The run has no subject whose weight this could be.")
			continue
		}
		in := activities.RecordWeightInput{Run: r.in.Run, Weight: lab.Weight{ID: q.id + "/" + x.Name, Run: r.in.Run, Grams: v.Float(), By: q.by, At: q.at}}
		if err := r.store(ctx, act.RecordWeight, in, nil, "store the weight of the subject"); err != nil {
			return errors.New(reason(err))
		}
	}
	return nil
}

// formOf is the form as the store keeps it.
func formOf(f plan.Form) json.RawMessage {
	if len(f) == 0 {
		return nil
	}
	raw, err := encode(f)
	if err != nil {
		return nil // not with our own types
	}
	return raw
}
