package plan

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/lics-lab/lics/expr"
)

// Notify tells people who are elsewhere. When it cannot, and PortFailed is not
// wired, the run goes on with a note: it must not end because a chat is down.
type Notify struct {
	// Webhook is the name of one that the worker's operator has set.
	Webhook string   `json:"webhook,omitempty"`
	Mail    []string `json:"mail,omitempty"` // addresses
	Title   string   `json:"title"`          // a template
	Text    string   `json:"text,omitempty"` // a template
}

// Notice is a Notify with its texts filled in.
type Notice struct {
	Webhook string   `json:"webhook,omitempty"`
	Mail    []string `json:"mail,omitempty"`
}

// Call asks a web service.
type Call struct {
	Method     string            `json:"method"`
	URL        string            `json:"url"` // a template
	Headers    map[string]string `json:"headers,omitempty"`
	Body       string            `json:"body,omitempty"`       // a template
	Credential string            `json:"credential,omitempty"` // the name of one of the worker's
	// Timeout is a duration expression for all attempts together.
	Timeout string `json:"timeout"`
	// Variable receives the answer, or what stands at Field of it (a.b.0), as a
	// value of its type; Status the code of the answer (int).
	Variable string `json:"variable,omitempty"`
	Field    string `json:"field,omitempty"`
	Status   string `json:"status,omitempty"`
}

// Calling is a Call with its texts filled in.
type Calling struct {
	Method     string            `json:"method"`
	URL        string            `json:"url"`
	Headers    map[string]string `json:"headers,omitempty"`
	Body       string            `json:"body,omitempty"`
	Credential string            `json:"credential,omitempty"`
	Timeout    time.Duration     `json:"timeout_ns"`
	Type       string            `json:"type,omitempty"` // of the value; empty: none is wanted
	Field      string            `json:"field,omitempty"`
}

// ValueStatus is the name of the code of an answer among the values of a step.
const ValueStatus = "status"

// maxCall bounds how long a service is asked.
const maxCall = 24 * time.Hour

func (n *Notify) resolve(step *Step) ([]source, func([]expr.Value) error) {
	step.Notice = &Notice{Webhook: n.Webhook, Mail: n.Mail}
	return []source{{text: n.Title, template: true}, {text: n.Text, template: true}}, func(values []expr.Value) error {
		step.Title, step.Text = values[0].Str(), values[1].Str()
		return nil
	}
}

func (c *Call) resolve(ix *index, step *Step) ([]source, func([]expr.Value) error) {
	step.Call = &Calling{Method: c.Method, Credential: c.Credential, Headers: c.Headers, Field: c.Field}
	if c.Variable != "" {
		_, t, _ := ix.names.Lookup(c.Variable)
		step.Call.Type = t.String()
	}
	sources := []source{{text: c.URL, template: true}, {text: c.Body, template: true}, {text: c.Timeout, want: expr.Duration}}
	return sources, func(values []expr.Value) (err error) {
		step.Call.URL, step.Call.Body = values[0].Str(), values[1].Str()
		step.Call.Timeout, err = positive(values[2])
		step.Call.Timeout = min(max(step.Call.Timeout, time.Second), maxCall)
		return err
	}
}

func (c *Call) check(variables func(...string) error) error {
	if c.URL == "" || c.Method == "" || c.Timeout == "" {
		return errors.New("a call without a URL, a method or a time-out")
	}
	return variables(c.Variable, c.Status)
}

// ReadAnswer takes a value of a type out of an answer. A text takes all of it
// as it is; everything else is JSON, and field is the way into it.
func ReadAnswer(body, field, typ string) (expr.Value, error) {
	t, err := expr.ParseType(typ)
	if err != nil {
		return expr.Value{}, err
	}
	if field == "" && t == expr.String {
		return expr.ParseText(t, body)
	}
	raw := json.RawMessage(body)
	if !json.Valid(raw) {
		return expr.Value{}, errors.New("the answer is not JSON")
	}
	for part := range strings.SplitSeq(field, ".") {
		if field == "" {
			break
		}
		var object map[string]json.RawMessage
		var list []json.RawMessage
		var at int
		switch {
		case json.Unmarshal(raw, &object) == nil && object[part] != nil:
			raw = object[part]
		case json.Unmarshal(raw, &list) == nil && json.Unmarshal([]byte(part), &at) == nil && at >= 0 && at < len(list):
			raw = list[at]
		default:
			return expr.Value{}, fmt.Errorf("the answer has no %s", field)
		}
	}
	v, err := expr.Decode(t, raw)
	if err != nil {
		return expr.Value{}, fmt.Errorf("the answer does not fit: %w", err)
	}
	return v, nil
}
