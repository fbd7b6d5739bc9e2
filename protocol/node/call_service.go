package node

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
)

// CallServiceData is the data of a call of a web service.
type CallServiceData struct {
	common
	Method     string            `json:"method"`
	URL        string            `json:"url"`
	Headers    map[string]string `json:"headers"`
	Body       string            `json:"body"`
	Credential string            `json:"credential"`
	Timeout    string            `json:"timeout"`
	Variable   string            `json:"variable"`
	Field      string            `json:"field"`
	Status     string            `json:"status"`
}

var callServiceKind = &Kind{
	Type: "call_service", Level: Session, Label: "Call service", Icon: "world-share", Group: "Flow",
	Help: "Asks a web service, and keeps its answer in a variable. Every attempt carries the same Idempotency-Key, so that a service that knows it acts once. " +
		"Only hosts that the operator of the worker has allowed are called; secrets are named here and stay with the worker. " +
		"Answers of 5xx and 429, and no answer, are tried again until the time-out; a redirect is not followed; an answer has at most 64 KiB.",
	Standard: Standard{"service task; Idempotency-Key", "BPMN 2.0; IETF draft-ietf-httpapi-idempotency-key-header"},
	Ports:    []PortRule{inPort, outPort, failedPort},
	Schema: data(
		choice("method", "Method", "GET asks, the others change something. Default GET.",
			http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete),
		must(text("url", "URL", "The address; {expressions} in braces are filled in behind the host.", 1024)),
		mapping("headers", "Headers", "Further headers; none with a secret.",
			&schema.Schema{Type: schema.String, Title: "Value", Help: "The value of the header.", MaxLength: 1024}),
		template("body", "Body", "What is sent, as JSON: write {{ and }} for its braces. {expressions} in braces are filled in."),
		text("credential", "Credential", "The name of a credential in the settings of the worker, which is sent as the header Authorization.", maxName),
		expression("timeout", "duration", "At most", "How long all attempts may take; empty is 30s.", "30s"),
		reference("variable", "variable", "Answer in", "A variable that receives the answer: a string all of it, any other a value of its JSON."),
		text("field", "Field", "The way to the value in the JSON of the answer, like trials.0.side; empty is all of it.", maxLabel),
		reference("status", "variable", "Status in", "An int variable that receives the code of the answer."),
	),
	Step: step(func(s Site, d CallServiceData, n *plan.Node) {
		c := &plan.Call{
			Method: d.Method, URL: d.URL, Headers: d.Headers, Body: d.Body, Credential: d.Credential, Timeout: d.Timeout,
			Variable: d.Variable, Field: d.Field, Status: d.Status,
		}
		n.Kind, n.Call = plan.KindCall, c
		if c.Method == "" {
			c.Method = http.MethodGet
		}
		if c.Timeout == "" {
			c.Timeout = "30s"
		}
		s.Expr("timeout", d.Timeout, expr.Duration)
		s.Text("url", d.URL)
		s.Text("body", d.Body)
		checkURL(s, d.URL)
		for name := range d.Headers {
			if strings.EqualFold(name, "authorization") || strings.EqualFold(name, "cookie") {
				s.Report(diagnostic.BadData, "headers."+name, "a secret must not stand in a protocol", "name a credential of the worker")
			}
		}
		if c.Method == http.MethodGet && d.Body != "" {
			s.Report(diagnostic.BadData, "body", "GET sends no body", "use POST, or remove it")
		}
		if d.Variable != "" {
			s.Assign("variable", d.Variable, expr.Invalid)
		} else if d.Field != "" {
			s.Report(diagnostic.BadData, "field", "no variable receives the field", "choose a variable")
		}
		if d.Status != "" {
			s.Assign("status", d.Status, expr.Int)
		}
	}),
}

// checkURL wants the host to be written out: which service is called must not
// depend on a variable.
func checkURL(s Site, text string) {
	head, _, _ := strings.Cut(text, "{")
	u, err := url.Parse(head)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || head != text && u.Path == "" {
		s.Report(diagnostic.BadValue, "url", fmt.Sprintf("%.100q is no address of a service", text), "write one like https://ledger.example.org/trials/{i}, with its host and without a password")
	}
}
