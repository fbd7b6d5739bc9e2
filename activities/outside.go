package activities

import (
	"context"
	"errors"

	"go.temporal.io/sdk/temporal"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
)

// Outside reaches what does not belong to the lab's system. A lab.Error says
// that trying again is in vain; any other error that it may help.
type Outside interface {
	Call(ctx context.Context, r lab.ServiceRequest) (lab.ServiceResponse, error)
	Webhook(ctx context.Context, name string, notice map[string]string, key string) error
	Send(ctx context.Context, m lab.Mail) error
}

// NotifyInput is what people are told. Names and texts only: secrets stay with
// the worker.
type NotifyInput struct {
	Key      string      `json:"key"` // the same at every attempt
	Notice   plan.Notice `json:"notice"`
	Title    string      `json:"title"`
	Text     string      `json:"text"`
	Run      string      `json:"run"`
	Protocol string      `json:"protocol"`
	Subject  string      `json:"subject,omitempty"`
}

// NotifyResult is empty.
type NotifyResult struct{}

// Notify tells people. The same message may reach them twice.
func (a *Activities) Notify(ctx context.Context, in NotifyInput) (NotifyResult, error) {
	if a.Outside == nil {
		return NotifyResult{}, nowhere()
	}
	var errs []error
	if in.Notice.Webhook != "" {
		errs = append(errs, a.Outside.Webhook(ctx, in.Notice.Webhook, map[string]string{
			"text": in.Title + "\n" + in.Text, "title": in.Title, "run": in.Run, "protocol": in.Protocol, "subject": in.Subject,
		}, in.Key))
	}
	if len(in.Notice.Mail) > 0 {
		errs = append(errs, a.Outside.Send(ctx, lab.Mail{To: in.Notice.Mail, Subject: in.Title, Text: in.Text, Key: in.Key}))
	}
	for _, err := range errs {
		if err != nil {
			return NotifyResult{}, outside(err)
		}
	}
	return NotifyResult{}, nil
}

// CallServiceInput is a call of a web service.
type CallServiceInput struct {
	Key  string       `json:"key"`
	Call plan.Calling `json:"call"`
}

// CallServiceResult is its answer, as far as it is wanted.
type CallServiceResult struct {
	Status int        `json:"status"`
	Value  expr.Value `json:"value,omitzero"`
}

// CallService calls a web service. Each attempt has the same idempotency key.
func (a *Activities) CallService(ctx context.Context, in CallServiceInput) (CallServiceResult, error) {
	if a.Outside == nil {
		return CallServiceResult{}, nowhere()
	}
	c := in.Call
	res, err := a.Outside.Call(ctx, lab.ServiceRequest{
		Method: c.Method, URL: c.URL, Headers: c.Headers, Body: c.Body, Credential: c.Credential, Key: in.Key, Timeout: c.Timeout,
	})
	if err != nil {
		return CallServiceResult{}, outside(err)
	}
	out := CallServiceResult{Status: res.Status}
	if c.Type == "" {
		return out, nil
	}
	if out.Value, err = plan.ReadAnswer(res.Body, c.Field, c.Type); err != nil {
		return out, outside(lab.Errorf(lab.Invalid, "%v", err))
	}
	return out, nil
}

func nowhere() error {
	return outside(lab.Errorf(lab.Invalid, "This worker reaches nothing outside. Whoever operates it can allow it, with --outside."))
}

// outside marks what will not change. Unlike the store's, every error of ours
// is final here: who can be reached does not change while a run waits.
func outside(err error) error {
	if ours, ok := errors.AsType[*lab.Error](err); ok {
		return temporal.NewNonRetryableApplicationError(ours.Message, string(ours.Code), nil)
	}
	return err
}
