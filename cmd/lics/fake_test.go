package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	urlpath "path"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// fakeServer answers like the API where the real one cannot be made to: it
// breaks links in the middle of a stream, restarts, and says no.
type fakeServer struct {
	*httptest.Server
	token string

	mu sync.Mutex
	// data answers queries by the name of their operation.
	data map[string]func(variables map[string]any) any
	// streams are what the subscription sends, one element per connection; a
	// stream that does not end with nil breaks off.
	streams [][]*runEvent
	after   []any    // the cursors it was asked for
	folder  []string // the files of every run folder
}

func newFakeServer(t *testing.T) *fakeServer {
	t.Helper()
	f := &fakeServer{token: "lics_secret", data: map[string]func(map[string]any) any{}}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *fakeServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Header.Get("Authorization") != "Bearer "+f.token:
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(w, `{"errors":[{"message":"The token is not valid.","extensions":{"code":"UNAUTHENTICATED"}}]}`)
	case r.Header.Get("Upgrade") != "":
		f.subscribe(w, r)
	case strings.HasSuffix(r.URL.Path, "/export") && r.URL.Query().Get("format") == "folder":
		w.Header().Set("Content-Disposition", `attachment; filename=m1-2026-03-01-093000.zip`)
		z := zip.NewWriter(w)
		for _, name := range f.folder {
			file, _ := z.Create(name)
			fmt.Fprint(file, name)
		}
		_ = z.Close()
	case strings.Contains(r.URL.Path, "/files/"):
		fmt.Fprint(w, urlpath.Base(r.URL.Path))
	case strings.HasSuffix(r.URL.Path, "/export"):
		fmt.Fprintf(w, "time\ttype\tsubtype\tcontent\n%s\n", r.URL)
	default:
		f.answer(w, r)
	}
}

func (f *fakeServer) answer(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Query     string
		Variables map[string]any
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	operation, _, _ := strings.Cut(strings.Fields(in.Query)[1], "(")
	f.mu.Lock()
	answer := f.data[operation]
	f.mu.Unlock()
	if answer == nil {
		fmt.Fprintf(w, `{"errors":[{"message":"Nobody expected %s.","extensions":{"code":"INVALID"}}]}`, operation)
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"data": answer(in.Variables)})
}

func (f *fakeServer) subscribe(w http.ResponseWriter, r *http.Request) {
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		return
	}
	defer func() { _ = conn.CloseNow() }()
	ctx := r.Context()
	var m message
	_ = wsjson.Read(ctx, conn, &m)
	_ = wsjson.Write(ctx, conn, message{Type: "connection_ack"})
	_ = wsjson.Read(ctx, conn, &m)
	var in struct{ Variables map[string]any }
	_ = json.Unmarshal(m.Payload, &in)
	f.mu.Lock()
	f.after = append(f.after, in.Variables["after"])
	var stream []*runEvent
	if len(f.streams) > 0 {
		stream, f.streams = f.streams[0], f.streams[1:]
	}
	f.mu.Unlock()
	_ = wsjson.Write(ctx, conn, message{Type: "ping"})
	for _, e := range stream {
		if e == nil {
			_ = wsjson.Write(ctx, conn, message{ID: m.ID, Type: "complete"})
			_, _, _ = conn.Read(ctx)
			return
		}
		payload, _ := json.Marshal(map[string]any{"data": map[string]any{"runEvents": e}})
		_ = wsjson.Write(ctx, conn, message{ID: m.ID, Type: "next", Payload: payload})
	}
}

// against runs lics with this server.
func (f *fakeServer) against(ctx context.Context, t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	env := map[string]string{"LICS_URL": f.URL + "/", "LICS_TOKEN": f.token, "LICS_DATA_DIR": t.TempDir()}
	code = run(ctx, args, func(name string) string { return env[name] }, strings.NewReader(""), &out, &errs)
	return out.String(), errs.String(), code
}

// aRun is someRun in a status.
func aRun(status string) map[string]any {
	return map[string]any{
		"id": someRun, "status": status, "protocolName": "Fixed ratio", "protocolVersion": map[string]any{"id": "v", "number": 2, "hash": "abc"},
		"devices": []any{map[string]any{"role": "box", "deviceId": "box-1"}}, "parameters": map[string]any{"ratio": 5}, "seed": 3,
		"outcome": "", "error": "", "startedBy": "administrator",
		"createdAt": "2026-03-01T09:30:00Z", "startedAt": "2026-03-01T09:30:01Z", "endedAt": "2026-03-01T09:31:01Z",
	}
}
