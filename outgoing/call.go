package outgoing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/lics-lab/lics/lab"
)

// MaxResponse bounds an answer: it becomes a variable of a run, and part of its
// history.
const MaxResponse = 64 << 10

// own are headers that a protocol does not set.
var own = []string{"Authorization", "Cookie", "Host", "Idempotency-Key", "Proxy-Authorization", "Content-Length", "Transfer-Encoding"}

// Call calls a service once. An error of lab.Invalid, lab.Forbidden, lab.State
// or lab.TooLarge will be the same at the next attempt.
func (c *Client) Call(ctx context.Context, r lab.ServiceRequest) (lab.ServiceResponse, error) {
	u, err := c.allowed(r.URL)
	if err != nil {
		return lab.ServiceResponse{}, err
	}
	ctx, cancel := within(ctx, r.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, r.Method, u.String(), strings.NewReader(r.Body))
	if err != nil {
		return lab.ServiceResponse{}, lab.Errorf(lab.Invalid, "%s cannot be called: %v", u.Host, err)
	}
	if r.Body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for name, value := range r.Headers {
		if slices.ContainsFunc(own, func(o string) bool { return strings.EqualFold(o, name) }) {
			return lab.ServiceResponse{}, lab.Errorf(lab.Invalid, "A protocol cannot set the header %s. Use a credential of the worker.", name)
		}
		req.Header.Set(name, value)
	}
	req.Header.Set("User-Agent", "lics")
	if r.Key != "" {
		req.Header.Set("Idempotency-Key", r.Key)
	}
	if r.Credential != "" {
		secret, ok := c.settings.Credentials[r.Credential]
		if !ok {
			return lab.ServiceResponse{}, lab.Errorf(lab.Invalid, "The worker has no credential %q.", r.Credential)
		}
		if u.Scheme != "https" && !c.near(u.Hostname()) {
			return lab.ServiceResponse{}, lab.Errorf(lab.Forbidden, "A credential is not sent to %s without TLS. Use https.", u.Host)
		}
		req.Header.Set("Authorization", secret)
	}
	return c.send(req)
}

func (c *Client) send(req *http.Request) (lab.ServiceResponse, error) {
	res, err := c.http.Do(req)
	if err != nil {
		if ours, ok := errors.AsType[*lab.Error](err); ok {
			return lab.ServiceResponse{}, ours
		}
		return lab.ServiceResponse{}, fmt.Errorf("%s does not answer: %w", req.URL.Host, bare(err))
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, MaxResponse+1))
	switch {
	case err != nil:
		return lab.ServiceResponse{}, fmt.Errorf("the answer of %s broke off: %w", req.URL.Host, err)
	case len(body) > MaxResponse:
		return lab.ServiceResponse{}, lab.Errorf(lab.TooLarge, "The answer of %s is larger than %d KiB.", req.URL.Host, MaxResponse>>10)
	case res.StatusCode >= 500 || res.StatusCode == http.StatusTooManyRequests || res.StatusCode == http.StatusRequestTimeout:
		return lab.ServiceResponse{}, fmt.Errorf("%s answered %s", req.URL.Host, status(res.StatusCode))
	case res.StatusCode >= 300:
		return lab.ServiceResponse{}, lab.Errorf(lab.State, "%s answered %s.", req.URL.Host, status(res.StatusCode))
	}
	return lab.ServiceResponse{Status: res.StatusCode, Body: strings.ToValidUTF8(string(body), "\uFFFD")}, nil
}

// Webhook posts a notice to a webhook of the settings, as JSON with the field
// text, which chat services show.
func (c *Client) Webhook(ctx context.Context, name string, notice map[string]string, key string) error {
	target, ok := c.settings.Webhooks[name]
	if !ok {
		return lab.Errorf(lab.Invalid, "The worker has no webhook %q.", name)
	}
	body, err := json.Marshal(notice)
	if err != nil {
		return err
	}
	ctx, cancel := within(ctx, 0)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, strings.NewReader(string(body)))
	if err != nil {
		return lab.Errorf(lab.Invalid, "The webhook %q has no URL that can be called.", name)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", key)
	_, err = c.send(req)
	return err
}

// bare is an error without the URL, which of a webhook is a secret.
func bare(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}
