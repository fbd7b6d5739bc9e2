package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"github.com/lics-lab/lics/lab"
)

// The timing of a subscription's connection. A link that was cut without a word
// is noticed after an unanswered ping.
const (
	dialTimeout = 15 * time.Second
	pingEvery   = 15 * time.Second
	pingTimeout = 10 * time.Second
)

// message is one of graphql-transport-ws.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// subscribe hands each item of one subscription on, until the server says that
// it is complete (nil), the link breaks (an *unreachable), or each fails.
func (a *app) subscribe(document string, variables map[string]any, each func(json.RawMessage) error) error {
	e, err := a.endpoint()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(a.ctx)
	defer cancel()
	conn, err := a.dial(ctx, e)
	if err != nil {
		return err
	}
	defer func() { _ = conn.CloseNow() }()
	go keepAlive(ctx, conn)
	payload, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return err
	}
	if err := wsjson.Write(ctx, conn, message{ID: "1", Type: "subscribe", Payload: payload}); err != nil {
		return a.away(e, err)
	}
	for {
		var m message
		if err := wsjson.Read(ctx, conn, &m); err != nil {
			return a.closed(e, err)
		}
		if m.Type == "complete" {
			_ = conn.Close(websocket.StatusNormalClosure, "")
			return nil
		}
		if err := receive(ctx, conn, m, each); err != nil {
			return err
		}
	}
}

// dial opens the WebSocket and says who we are.
func (a *app) dial(ctx context.Context, e endpoint) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	header := http.Header{}
	hello := map[string]string{}
	if e.Token != "" {
		header.Set("Authorization", "Bearer "+e.Token)
		hello["authorization"] = "Bearer " + e.Token
	}
	url := "ws" + strings.TrimPrefix(e.GraphQL, "http")
	conn, res, err := websocket.Dial(ctx, url, &websocket.DialOptions{ //nolint:bodyclose // it is the connection's, or none
		Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: header,
	})
	if err != nil {
		if res != nil && (res.StatusCode == http.StatusUnauthorized || res.StatusCode == http.StatusForbidden) {
			return nil, lab.Errorf(lab.Unauthenticated, "The server does not accept the token.")
		}
		return nil, a.away(e, err)
	}
	conn.SetReadLimit(maxAnswer)
	payload, _ := json.Marshal(hello) // of strings
	if err := wsjson.Write(ctx, conn, message{Type: "connection_init", Payload: payload}); err != nil {
		_ = conn.CloseNow()
		return nil, a.away(e, err)
	}
	for {
		var m message
		if err := wsjson.Read(ctx, conn, &m); err != nil {
			_ = conn.CloseNow()
			return nil, a.closed(e, err)
		}
		if m.Type == "connection_ack" {
			return conn, nil
		}
	}
}

func receive(ctx context.Context, conn *websocket.Conn, m message, each func(json.RawMessage) error) error {
	switch m.Type {
	case "ping":
		_ = wsjson.Write(ctx, conn, message{Type: "pong"}) // when it fails, so does the next read
	case "error":
		var errs []graphError
		if err := json.Unmarshal(m.Payload, &errs); err != nil || len(errs) == 0 {
			return fmt.Errorf("the server refused the subscription: %s", m.Payload)
		}
		return failure(errs)
	case "next":
		var got answer
		if err := json.Unmarshal(m.Payload, &got); err != nil {
			return fmt.Errorf("the server sent what is not GraphQL: %w", err)
		}
		if len(got.Errors) > 0 {
			return failure(got.Errors)
		}
		return each(got.Data)
	}
	return nil
}

// closed makes an error of the end of a WebSocket: by some codes the server
// says that coming back makes no sense.
func (a *app) closed(e endpoint, err error) error {
	if c, ok := errors.AsType[websocket.CloseError](err); ok {
		switch c.Code {
		case 4401, 4403:
			return &lab.Error{Code: lab.Unauthenticated, Message: cmpOr(c.Reason, "The server does not accept the token.")}
		case 4400, websocket.StatusPolicyViolation:
			return fmt.Errorf("the server ended the subscription: %s", cmpOr(c.Reason, c.Code.String()))
		}
	}
	return a.away(e, err)
}

// keepAlive pings until the connection ends, and ends it when nobody answers.
func keepAlive(ctx context.Context, conn *websocket.Conn) {
	every := time.NewTicker(pingEvery)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
		within, cancel := context.WithTimeout(ctx, pingTimeout)
		err := conn.Ping(within)
		cancel()
		if err != nil {
			_ = conn.CloseNow()
			return
		}
	}
}
