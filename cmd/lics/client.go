package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/lics-lab/lics/lab"
)

// requestTimeout is longer than the server takes for any query, so that its own
// message about that is heard.
const requestTimeout = 70 * time.Second

// maxAnswer bounds what we read of an answer.
const maxAnswer = 64 << 20

// unreachable is an error of the way to the server, not of the server: trying
// again may help.
type unreachable struct {
	at  endpoint
	err error
}

func (e *unreachable) Unwrap() error { return e.err }
func (e *unreachable) Error() string {
	return fmt.Sprintf("LICS does not answer at %s (from %s): %v.\nIs it running? A local one is started with `lics up`.", e.at.URL, e.at.found, e.err)
}

// answer is what GraphQL sends, over HTTP and in a WebSocket's next message.
type answer struct {
	Data   json.RawMessage `json:"data"`
	Errors []graphError    `json:"errors"`
}

type graphError struct {
	Message    string `json:"message"`
	Extensions struct {
		Code  lab.Code `json:"code"`
		Field string   `json:"field"`
	} `json:"extensions"`
}

// failure makes the error to show of those in an answer.
func failure(errs []graphError) error {
	e := errs[0]
	message := e.Message
	if e.Extensions.Field != "" {
		message += " (" + e.Extensions.Field + ")"
	}
	return &lab.Error{Code: e.Extensions.Code, Message: message, Field: e.Extensions.Field}
}

// query asks the API and decodes the data.
func query[T any](a *app, document string, variables map[string]any) (T, error) {
	var out T
	e, err := a.endpoint()
	if err != nil {
		return out, err
	}
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return out, err
	}
	ctx, cancel := context.WithTimeout(a.ctx, requestTimeout)
	defer cancel()
	res, err := a.request(ctx, e, http.MethodPost, e.GraphQL, bytes.NewReader(body))
	if err != nil {
		return out, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return out, a.away(e, err)
	}
	var got answer
	if err := json.Unmarshal(raw, &got); err != nil {
		return out, notLICS(e, res)
	}
	switch {
	case len(got.Errors) > 0:
		return out, failure(got.Errors)
	case len(got.Data) == 0:
		return out, notLICS(e, res)
	}
	return out, json.Unmarshal(got.Data, &out)
}

// request sends a request with the token. The answer is of any status.
func (a *app) request(ctx context.Context, e endpoint, method, url string, body io.Reader) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return nil, err
	}
	if e.Token != "" {
		req.Header.Set("Authorization", "Bearer "+e.Token)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "lics/"+version)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, a.away(e, err)
	}
	return res, nil
}

// away makes an error of the connection, or of Ctrl-C.
func (a *app) away(e endpoint, err error) error {
	if a.ctx.Err() != nil {
		return a.ctx.Err()
	}
	return &unreachable{at: e, err: err}
}

func notLICS(e endpoint, res *http.Response) error {
	err := fmt.Errorf("the answer was %s and not of LICS", res.Status)
	if res.StatusCode >= 500 { // a proxy whose server restarts
		return &unreachable{at: e, err: err}
	}
	return fmt.Errorf("%s (from %s): %w: is the address right?", e.URL, e.found, err)
}

// passing reports whether an error may be gone when it is tried again.
func passing(err error) bool {
	if _, ok := errors.AsType[*unreachable](err); ok {
		return true
	}
	var ours *lab.Error
	return errors.As(err, &ours) && ours.Code == lab.Unavailable
}

// insist tries again, for as long as it is allowed to, what fails because the
// server is away. Only what may be done twice may be insisted upon.
func insist[T any](a *app, allowed time.Duration, do func() (T, error)) (T, error) {
	began := time.Now()
	for pause := 200 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		out, err := do()
		if err == nil || !passing(err) || time.Since(began)+pause > allowed {
			return out, err
		}
		select {
		case <-a.ctx.Done():
			return out, a.ctx.Err()
		case <-time.After(pause):
		}
	}
}
