package server

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/google/uuid"

	"github.com/lics-lab/lics/graph"
	"github.com/lics-lab/lics/lab"
)

// observe names, logs and counts every request, and keeps a panic from taking
// more than the request with it. It logs paths, never queries, headers or
// bodies: those carry tokens.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := uuid.Must(uuid.NewV7()).String()
		r = r.WithContext(graph.WithRequestID(r.Context(), id))
		w.Header().Set("X-Request-Id", id)
		ww := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		start := time.Now()
		defer func() { //nolint:contextcheck // the request's context is passed
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler { //nolint:errorlint // a sentinel that is panicked, not returned
					panic(p)
				}
				s.log.ErrorContext(r.Context(), "panic in a handler",
					"panic", fmt.Sprint(p), "stack", string(debug.Stack()), "request", id)
				if ww.Status() == 0 {
					graph.WriteError(ww, http.StatusInternalServerError, &lab.Error{
						Code:    lab.Internal,
						Message: "Something went wrong on our side. The server's log tells more under request " + id + ".",
					})
				}
			}
			s.done(r, ww.Status(), ww.BytesWritten(), time.Since(start), id)
		}()
		next.ServeHTTP(ww, r)
	})
}

func (s *Server) done(r *http.Request, status, bytes int, took time.Duration, id string) {
	if status == 0 {
		status = http.StatusOK // or a hijacked connection, which has none
	}
	route := "other" // bounded: what is not a route is not a label
	if rc := chi.RouteContext(r.Context()); rc != nil && rc.RoutePattern() != "" {
		route = rc.RoutePattern()
	}
	s.metrics.request(r.Method, route, status, took)
	level := slog.LevelDebug
	if status >= http.StatusInternalServerError {
		level = slog.LevelWarn
	}
	s.log.Log(r.Context(), level, "request",
		"method", r.Method, "path", r.URL.Path, "status", status, "bytes", bytes, "took", took, "request", id)
}

// secure sets the headers that keep a browser from doing more than the page
// needs.
func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Content-Security-Policy", contentPolicy(""))
		next.ServeHTTP(w, r)
	})
}
