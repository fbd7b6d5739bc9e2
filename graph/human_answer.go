package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
)

// administrator may do what anybody may.
const administrator = "administrator"

// humanAnswer checks an answer before the store has it: the run accepts what
// passes here.
func (r *Resolver) humanAnswer(ctx context.Context, u lab.User, input gen.AnswerHumanStepInput) (lab.HumanAnswer, error) {
	a := lab.HumanAnswer{Answer: value(input.Answer), Values: input.Values, Confirmed: input.Confirm, Signature: value(input.Signature)}
	h, err := r.Store.HumanStep(ctx, u.Organisation, input.ID)
	if err != nil {
		return a, err
	}
	if !mayAnswer(u, h) {
		return a, lab.Errorf(lab.Forbidden, "The question is for the role %s, and you have the role %s.", h.Role, u.Role)
	}
	switch {
	case h.Sign == "":
		a.Signature = ""
	case a.Signature != u.Name:
		return a, lab.FieldErrorf("signature", "Sign with your name as it is known here, %s: %s", u.Name, h.Sign)
	}
	form, err := formOf(h)
	if err != nil {
		return a, err
	}
	var given map[string]json.RawMessage
	if len(a.Values) > 0 {
		if err := json.Unmarshal(a.Values, &given); err != nil {
			return a, lab.FieldErrorf("values", "The values are an object with a value for each field of the form.")
		}
	}
	if _, err := form.Fill(given, a.Confirmed); err != nil {
		field := "values"
		if wrong, ok := errors.AsType[*plan.FormError](err); ok {
			field += "." + wrong.Name
		}
		return a, lab.FieldErrorf(field, "%s", err.Error())
	}
	if len(form) == 0 {
		a.Values = nil
	}
	return a, nil
}

// mayAnswer reports whether a question is for a user.
func mayAnswer(u lab.User, h lab.HumanStep) bool {
	return h.Role == "" || u.Role == administrator || u.Role == h.Role || u.Role == h.Also
}

// formOf is what a question asks to fill in.
func formOf(h lab.HumanStep) (plan.Form, error) {
	form := plan.Form{}
	if len(h.Form) == 0 {
		return form, nil
	}
	if err := json.Unmarshal(h.Form, &form); err != nil {
		return form, fmt.Errorf("form of the question %s: %w", h.ID, err)
	}
	return form, nil
}
