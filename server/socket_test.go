package server_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/server"
)

// socket is a client of graphql-transport-ws.
type socket struct {
	t    *testing.T
	conn *websocket.Conn
}

type message struct {
	Type    string          `json:"type"`
	ID      string          `json:"id,omitempty"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

func (s *site) dial(change ...func(*websocket.DialOptions)) *socket {
	s.t.Helper()
	o := &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{}}
	for _, f := range change {
		f(o)
	}
	conn, _, err := websocket.Dial(s.t.Context(), s.url+"/graphql", o) //nolint:bodyclose // the library closes it
	require.NoError(s.t, err)
	conn.SetReadLimit(1 << 20)
	s.t.Cleanup(func() { _ = conn.CloseNow() })
	return &socket{s.t, conn}
}

// open is a socket that has said who it is.
func (s *site) open() *socket {
	s.t.Helper()
	c := s.dial()
	c.send(message{Type: "connection_init", Payload: raw(map[string]string{"authorization": "Bearer " + s.token})})
	require.Equal(s.t, "connection_ack", c.next().Type)
	return c
}

func raw(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

func (c *socket) send(m message) {
	c.t.Helper()
	require.NoError(c.t, c.conn.Write(c.t.Context(), websocket.MessageText, raw(m)))
}

// next is the next message that is no ping; those it answers.
func (c *socket) next() message {
	c.t.Helper()
	for {
		_, b, err := c.conn.Read(c.t.Context())
		require.NoError(c.t, err)
		var m message
		require.NoError(c.t, json.Unmarshal(b, &m))
		if m.Type != "ping" {
			return m
		}
		c.send(message{Type: "pong"})
	}
}

// closed reads until the server closes, and gives its code.
func (c *socket) closed() websocket.StatusCode {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 3*soon)
	defer cancel()
	for {
		if _, _, err := c.conn.Read(ctx); err != nil {
			require.NoError(c.t, ctx.Err(), "the server does not close")
			return websocket.CloseStatus(err)
		}
	}
}

func (c *socket) subscribe(id, query string, variables map[string]any) {
	c.t.Helper()
	c.send(message{Type: "subscribe", ID: id, Payload: raw(map[string]any{"query": query, "variables": variables})})
}

// gone waits until the server has let all sockets go.
func (s *site) gone() {
	s.t.Helper()
	require.Eventually(s.t, func() bool {
		_, metrics := s.get("/metrics")
		return strings.Contains(metrics, "lics_graphql_sockets 0")
	}, 3*soon, 5*time.Millisecond)
}

func TestASocketMustSayWhoItIs(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *server.Config) { c.Transport.InitTimeout = 100 * time.Millisecond })
	for name, tt := range map[string]struct {
		first string
		code  websocket.StatusCode
	}{
		"a wrong token":      {`{"type":"connection_init","payload":{"authorization":"Bearer wrong"}}`, 4401},
		"no token":           {`{"type":"connection_init"}`, 4401},
		"a token of numbers": {`{"type":"connection_init","payload":{"authorization":5}}`, 4401},
		"a question first":   {`{"type":"subscribe","id":"1","payload":{"query":"{viewer{id}}"}}`, 4400},
		"no message of ours": {`{"type":"hello"}`, 4400},
		"no JSON":            {`hello`, 4400},
		"silence":            {``, 4408},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := s.dial()
			if tt.first != "" {
				require.NoError(t, c.conn.Write(t.Context(), websocket.MessageText, []byte(tt.first)))
			}
			require.Equal(t, tt.code, c.closed())
		})
	}
}

func TestASocketOfABrowserHasTheSessionOfItsCookie(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token, err := s.sessions.LoginToken(s.user)
	require.NoError(t, err)
	res, _ := s.get("/login?token=" + token)
	c := s.dial(func(o *websocket.DialOptions) { o.HTTPHeader.Set("Cookie", res.cookies[0].String()) })
	c.send(message{Type: "connection_init"})
	require.Equal(t, "connection_ack", c.next().Type)
}

func TestAnotherSiteCannotOpenASocket(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, res, err := websocket.Dial(t.Context(), s.url+"/graphql", &websocket.DialOptions{ //nolint:bodyclose // the library closes it
		Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Origin": {"https://evil.example"}},
	})
	require.Error(t, err)
	require.Equal(t, http.StatusForbidden, res.StatusCode)
}

func TestQueriesGoOverASocketToo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.open()
	c.subscribe("1", "{viewer{name}}", nil)
	m := c.next()
	require.Equal(t, "next", m.Type)
	require.JSONEq(t, `{"data":{"viewer":{"name":"administrator"}}}`, string(m.Payload))
	require.Equal(t, "complete", c.next().Type)
	c.subscribe("2", "{nothing}", nil)
	m = c.next()
	require.Equal(t, "error", m.Type)
	require.Contains(t, string(m.Payload), `"code":"INVALID"`)
}

func TestASocketHasFewOperationsOpen(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *server.Config) { c.Transport.MaxOperations = 3 })
	s.box("rig-1", true)
	c := s.open()
	for _, id := range []string{"1", "2", "3"} {
		c.subscribe(id, "subscription{deviceStatus{id}}", nil)
		require.Equal(t, "next", c.next().Type)
	}
	c.subscribe("4", "subscription{deviceStatus{id}}", nil)
	m := c.next()
	require.Equal(t, "4", m.ID)
	require.Contains(t, string(m.Payload), "TOO_LARGE")
	require.Equal(t, "complete", c.next().Type)

	c.send(message{Type: "complete", ID: "1"})
	require.Eventually(t, func() bool { // the place is free again
		c.subscribe("5", "subscription{deviceStatus{id}}", nil)
		for {
			m := c.next()
			if m.ID != "5" {
				continue
			}
			if strings.Contains(string(m.Payload), "TOO_LARGE") {
				require.Equal(t, "complete", c.next().Type)
				return false
			}
			return m.Type == "next"
		}
	}, soon, 5*time.Millisecond)
}

func TestAMessageThatIsTooLargeEndsTheSocket(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *server.Config) { c.Transport.MaxBody = 1000 })
	c := s.open()
	_ = c.conn.Write(t.Context(), websocket.MessageText, []byte(strings.Repeat("x", 2000)))
	require.Equal(t, websocket.StatusMessageTooBig, c.closed())
	s.gone()
}

func TestASocketThatDoesNotAnswerPingsIsClosed(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *server.Config) { c.Transport.PingInterval = 30 * time.Millisecond })
	c := s.open()
	c.closed() // it only reads
	s.gone()
}

func TestAServerThatStopsSaysGoodbye(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.box("rig-1", true)
	c := s.open()
	c.subscribe("1", "subscription{deviceStatus{id}}", nil)
	require.Equal(t, "next", c.next().Type)
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.server.Close(t.Context())
	}()
	require.Equal(t, websocket.StatusGoingAway, c.closed())
	<-done
	s.gone()
	late := s.dial()
	require.Equal(t, websocket.StatusGoingAway, late.closed())
}
