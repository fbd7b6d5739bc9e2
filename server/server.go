// Package server is the API over HTTP: routes, who asks, health, metrics,
// downloads, and the web app. What is asked and answered is package graph's.
package server

import (
	"context"
	"crypto/ed25519"
	"io"
	"io/fs"
	"log/slog"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/lics-lab/lics/graph"
)

// Config says what a server is made of. Resolver and Users are needed; the
// rest may be zero.
type Config struct {
	Resolver *graph.Resolver
	Users    Users
	// Transport sets limits of GraphQL; Authenticate is set by New.
	Transport graph.Transport
	// Sessions signs cookies; with keys of their own when nil.
	Sessions *Sessions
	// Checks are what the server needs to be ready, by name.
	Checks map[string]func(context.Context) error
	// Files keeps the files of runs; nil keeps none.
	Files Files
	// Web is the web app: index.html and assets/. None when nil.
	Web fs.FS
	// Metrics is what /metrics shows.
	Metrics *prometheus.Registry
	Log     *slog.Logger
}

// SessionKey makes a key for Sessions that a data directory can keep.
func SessionKey() ed25519.PrivateKey {
	_, key, _ := ed25519.GenerateKey(nil) // never fails
	return key
}

// Server is the handler of everything. Close it after the listener, or let
// Run do both.
type Server struct {
	handler  http.Handler
	graphql  *graph.Handler
	resolver *graph.Resolver
	auth     *auth
	files    Files
	checks   map[string]func(context.Context) error
	metrics  *metrics
	log      *slog.Logger
}

// New makes a Server.
func New(cfg Config) *Server {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Sessions == nil {
		cfg.Sessions = NewSessions(nil, false)
	}
	if cfg.Metrics == nil {
		cfg.Metrics = prometheus.NewRegistry()
	}
	s := &Server{
		resolver: cfg.Resolver, auth: newAuth(cfg.Users, cfg.Sessions), files: cfg.Files, checks: cfg.Checks, log: cfg.Log,
	}
	cfg.Transport.Authenticate = s.auth.bearer
	s.graphql = graph.NewHandler(cfg.Resolver, cfg.Transport, cfg.Log)
	s.metrics = newMetrics(cfg.Metrics, s.graphql.Sockets)
	s.handler = s.routes(cfg.Web)
	return s
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Close ends the WebSockets.
func (s *Server) Close(ctx context.Context) { s.graphql.Close(ctx) }

func (s *Server) routes(web fs.FS) http.Handler {
	r := chi.NewRouter()
	r.Use(s.observe, secure, http.NewCrossOriginProtection().Handler)

	r.Get("/api/v1/health/live", live)
	r.Get("/api/v1/health/ready", s.ready)
	r.Method(http.MethodGet, "/metrics", s.metrics.handler)
	r.With(compressed).Get("/schema.graphql", schema)

	r.Group(func(r chi.Router) {
		r.Use(s.auth.middleware)
		r.Get("/login", s.login)
		r.Post("/login", s.loginForm)
		r.Post("/logout", s.logout)
		r.With(compressed).Handle("/graphql", s.graphql)
		r.With(signedIn, compressed).Get("/api/v1/runs/{id}/export", s.export)
		r.With(signedIn).Get("/api/v1/runs/{id}/files/{name}", s.runFile)
	})
	r.HandleFunc("/api/*", http.NotFound)
	if web != nil {
		site, err := newSite(web)
		if err != nil {
			s.log.Error("no web app", "error", err)
		} else {
			r.With(compressed).Handle("/*", site)
		}
	}
	return r
}

// compressed packs what is text. A WebSocket packs nothing: its messages are
// small, and a window for each of a thousand connections is not.
func compressed(next http.Handler) http.Handler {
	packed := middleware.Compress(5, "text/html", "text/css", "text/javascript", "application/javascript",
		"application/json", "application/graphql-response+json", "application/jsonl", "text/plain", "image/svg+xml", "text/csv",
		"text/tab-separated-values")(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") != "" {
			next.ServeHTTP(w, r)
			return
		}
		packed.ServeHTTP(w, r)
	})
}

// schema is public, like the program that it describes.
func schema(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, graph.SDL)
}
