package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/coder/websocket"
)

// Close codes of graphql-transport-ws that gqlgen does not send by itself.
const (
	closeBadRequest      = 4400
	closeUnauthenticated = 4401
	closeForbidden       = 4403
	closeInitTimeout     = 4408
	closeTryAgain        = 1013 // of RFC 6455
)

const subprotocol = "graphql-transport-ws"

// sockets accepts WebSockets and knows the open ones, so that a server that
// stops can say goodbye. Every write has a deadline: gqlgen holds the
// connection's lock while it writes, and one stalled client would keep its
// subscriptions, and what they buffer, for ever.
type sockets struct {
	writeTimeout time.Duration
	origins      []string

	mu     sync.Mutex
	open   map[*socket]struct{}
	closed bool
}

func (s *sockets) Accept(w http.ResponseWriter, r *http.Request, _ transport.WebsocketAcceptOptions) (transport.WebsocketConn, error) {
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		Subprotocols:   []string{subprotocol},
		OriginPatterns: s.origins,
	})
	if err != nil {
		return refused{}, nil //nolint:nilerr // the client has its answer; gqlgen would log what it sent
	}
	c := &socket{
		conn:    conn,
		ctx:     context.WithoutCancel(r.Context()),
		timeout: s.writeTimeout,
		gone:    make(chan struct{}),
	}
	c.forget = func() { s.forget(c) }
	if !s.remember(c) {
		_ = c.WriteClose(int(websocket.StatusGoingAway), "the server stops")
	}
	return c, nil
}

func (s *sockets) remember(c *socket) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.open[c] = struct{}{}
	return true
}

func (s *sockets) forget(c *socket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, c)
}

func (s *sockets) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.open)
}

// close tells every client to come back later, and returns when all have gone
// or ctx ends.
func (s *sockets) close(ctx context.Context) {
	s.mu.Lock()
	s.closed = true
	open := make([]*socket, 0, len(s.open))
	for c := range s.open {
		open = append(open, c)
	}
	s.mu.Unlock()

	for _, c := range open {
		_ = c.WriteClose(int(websocket.StatusGoingAway), "the server stops")
	}
	for _, c := range open {
		select {
		case <-c.gone:
		case <-ctx.Done():
			_ = c.conn.CloseNow()
		}
	}
}

// socket is a WebSocket as gqlgen wants it.
type socket struct {
	conn    *websocket.Conn
	ctx     context.Context // of the request, without its end: it is over when the socket is hijacked
	timeout time.Duration
	forget  func()
	gone    chan struct{} // closed when the closing handshake is over

	mu       sync.Mutex
	closing  bool
	deadline *time.Timer // of reading
}

var (
	_ transport.WebsocketConn          = (*socket)(nil)
	_ transport.WebsocketReadLimiter   = (*socket)(nil)
	_ transport.WebsocketReadDeadliner = (*socket)(nil)
)

func (c *socket) Subprotocol() string { return c.conn.Subprotocol() }

func (c *socket) SetReadLimit(limit int64) { c.conn.SetReadLimit(limit) }

func (c *socket) NextReader() (int, io.Reader, error) {
	kind, data, err := c.conn.Read(c.ctx)
	if err != nil {
		switch websocket.CloseStatus(err) {
		case websocket.StatusNormalClosure, websocket.StatusNoStatusRcvd, websocket.StatusGoingAway:
			err = transport.ErrWebsocketClosed
		}
		c.finish()
		return int(kind), nil, err
	}
	return int(kind), bytes.NewReader(data), nil
}

// WriteJSON sends a message, or ends the connection when the client does not
// take it in time.
func (c *socket) WriteJSON(v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.ctx, c.timeout)
	defer cancel()
	return c.conn.Write(ctx, websocket.MessageText, data)
}

// WriteClose begins the closing handshake. It does not wait for the peer,
// because gqlgen calls it with the connection's lock held.
func (c *socket) WriteClose(code int, reason string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closing {
		return nil
	}
	c.closing = true
	c.stopTimer()
	go func() {
		defer c.finish()
		_ = c.conn.Close(websocket.StatusCode(closeCode(code, reason)), reason)
	}()
	return nil
}

// closeCode puts the codes of graphql-transport-ws in place of the general
// ones that gqlgen sends; a client knows by them whether to come back.
func closeCode(code int, reason string) int {
	switch {
	case code != transport.WebsocketCloseProtocolError:
		return code
	case reason == "connection initialisation timeout":
		return closeInitTimeout
	default:
		return closeBadRequest
	}
}

// Close ends the connection, unless a closing handshake is doing so already.
func (c *socket) Close() error {
	c.mu.Lock()
	c.stopTimer()
	closing := c.closing
	c.mu.Unlock()
	if closing {
		return nil
	}
	c.finish()
	return c.conn.CloseNow()
}

func (c *socket) finish() {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.gone:
	default:
		close(c.gone)
		c.forget()
	}
}

// SetReadDeadline ends the connection at t, unless it is called again before.
func (c *socket) SetReadDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopTimer()
	if !t.IsZero() {
		c.deadline = time.AfterFunc(time.Until(t), func() { _ = c.conn.CloseNow() })
	}
	return nil
}

func (c *socket) stopTimer() {
	if c.deadline != nil {
		c.deadline.Stop()
		c.deadline = nil
	}
}

// refused stands for a request that did not become a WebSocket.
type refused struct{}

func (refused) Subprotocol() string                 { return subprotocol }
func (refused) NextReader() (int, io.Reader, error) { return 0, nil, transport.ErrWebsocketClosed }
func (refused) WriteJSON(any) error                 { return transport.ErrWebsocketClosed }
func (refused) WriteClose(int, string) error        { return nil }
func (refused) Close() error                        { return nil }
