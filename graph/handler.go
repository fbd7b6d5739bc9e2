package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
)

// Transport sets how a Handler speaks HTTP. The zero value is right for a lab.
type Transport struct {
	// Authenticate checks the `authorization` of a WebSocket's first message.
	// It is not asked when the request itself has a user already. Without it,
	// only such requests are accepted.
	Authenticate func(ctx context.Context, authorization string) (lab.User, error)
	// Origins are hosts, beside the server's own, whose pages may open a
	// WebSocket.
	Origins []string
	// MaxBody is the size of the largest request; 4 MiB when 0.
	MaxBody int64
	// WriteTimeout is how long a client may take for one message; 10 s when 0.
	WriteTimeout time.Duration
	// InitTimeout is how long a client may take to say who it is; 5 s when 0.
	InitTimeout time.Duration
	// PingInterval is how often a client must show that it is alive; 20 s when 0.
	PingInterval time.Duration
	// MaxOperations is how many a WebSocket may have open at once; 100 when 0.
	MaxOperations int
	// QueryTimeout is how long a query or mutation may take; 30 s when 0.
	QueryTimeout time.Duration
}

func (t Transport) withDefaults() Transport {
	or(&t.MaxBody, 4<<20)
	or(&t.WriteTimeout, 10*time.Second)
	or(&t.InitTimeout, 5*time.Second)
	or(&t.PingInterval, 20*time.Second)
	or(&t.MaxOperations, 100)
	or(&t.QueryTimeout, 30*time.Second)
	return t
}

func or[T comparable](v *T, otherwise T) {
	var zero T
	if *v == zero {
		*v = otherwise
	}
}

// Handler serves the API over POST and WebSocket.
type Handler struct {
	graphql *handler.Server
	sockets *sockets
	dryRuns *dryRunBook
	maxBody int64
}

// NewHandler makes a Handler of a resolver.
func NewHandler(r *Resolver, t Transport, log *slog.Logger) *Handler {
	knowCodes()
	t = t.withDefaults()
	h := &Handler{
		sockets: &sockets{writeTimeout: t.WriteTimeout, origins: t.Origins, open: map[*socket]struct{}{}},
		maxBody: t.MaxBody,
		dryRuns: &r.dryRuns,
	}
	srv := handler.New(gen.NewExecutableSchema(gen.Config{Resolvers: r, Complexity: complexity()}))
	srv.SetErrorPresenter(present(log))
	srv.SetRecoverFunc(recovered(log))
	srv.SetParserTokenLimit(maxQueryTokens)
	srv.SetQueryCache(lru.New[*ast.QueryDocument](200))
	srv.Use(extension.Introspection{}) // the schema is public, like the program
	srv.Use(limits{})
	srv.Use(extension.FixedComplexityLimit(maxComplexity))
	srv.AroundOperations(bounded(t.QueryTimeout))
	srv.AroundOperations(perSocket(t.MaxOperations))
	srv.AroundOperations(loading(r))
	srv.AddTransport(transport.Websocket{
		Implementation:   h.sockets,
		InitFunc:         enter(t.Authenticate),
		InitTimeout:      t.InitTimeout,
		PingPongInterval: t.PingInterval,
		PayloadReadLimit: &t.MaxBody,
		ErrorFunc:        socketError(log),
	})
	srv.AddTransport(transport.POST{})
	h.graphql = srv
	return h
}

// Sockets is how many WebSockets are open.
func (h *Handler) Sockets() int { return h.sockets.count() }

// Close ends all dry-runs and WebSockets; http.Server.Shutdown does not know
// them.
func (h *Handler) Close(ctx context.Context) {
	h.dryRuns.close()
	h.sockets.close(ctx)
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	switch {
	case r.Header.Get("Upgrade") != "":
		h.graphql.ServeHTTP(w, r)
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		WriteError(w, http.StatusMethodNotAllowed, &lab.Error{
			Code: lab.Invalid, Message: "Send a POST with Content-Type: application/json.",
		})
	default:
		h.post(w, r)
	}
}

// post reads the whole body first: gqlgen answers a body that is too large
// with status 200 and an error that is not ours.
func (h *Handler) post(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, h.maxBody))
	var tooBig *http.MaxBytesError
	switch {
	case errors.As(err, &tooBig):
		e := lab.Errorf(lab.TooLarge, "The request has more than %d bytes.", h.maxBody)
		WriteError(w, http.StatusRequestEntityTooLarge, e)
		return
	case err != nil:
		WriteError(w, http.StatusBadRequest, lab.Errorf(lab.Invalid, "The request ended too early."))
		return
	}
	if _, err := User(r.Context()); err != nil {
		WriteError(w, http.StatusUnauthorized, err)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	h.graphql.ServeHTTP(w, r)
}

// WriteError answers a request with an error outside of any GraphQL operation,
// in the form of GraphQL.
func WriteError(w http.ResponseWriter, status int, err error) {
	e := &lab.Error{Code: lab.Internal, Message: "Something went wrong on our side."}
	errors.As(err, &e)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{
		"errors": []any{map[string]any{"message": e.Message, "extensions": extensions(e)}},
	})
}

// bounded ends queries and mutations that take too long.
func bounded(limit time.Duration) graphql.OperationMiddleware {
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		if graphql.GetOperationContext(ctx).Operation.Operation == ast.Subscription {
			if ctx.Value(operationsKey{}) == nil {
				err := &lab.Error{Code: lab.Invalid, Message: "Subscriptions need a WebSocket with the protocol " + subprotocol + "."}
				return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{
					{Message: err.Message, Extensions: extensions(err)},
				}})
			}
			return next(ctx)
		}
		respond := next(ctx)
		return func(ctx context.Context) *graphql.Response {
			ctx, cancel := context.WithTimeout(ctx, limit)
			defer cancel()
			return respond(ctx)
		}
	}
}

type operationsKey struct{}

// perSocket limits the operations that one WebSocket has open.
func perSocket(limit int) graphql.OperationMiddleware {
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		open, ok := ctx.Value(operationsKey{}).(*atomic.Int64)
		if !ok {
			return next(ctx)
		}
		if open.Add(1) > int64(limit) {
			open.Add(-1)
			// OneShot, because gqlgen asks again until it gets nil.
			return graphql.OneShot(&graphql.Response{
				Errors: gqlerror.List{tooLarge("This connection has %d operations open already.", limit)},
			})
		}
		context.AfterFunc(ctx, func() { open.Add(-1) })
		return next(ctx)
	}
}

// enter lets a WebSocket in. An error without a close code of its own would
// close with 1000, on which clients come back at once, for ever.
func enter(authenticate func(context.Context, string) (lab.User, error)) transport.WebsocketInitFunc {
	return func(ctx context.Context, payload transport.InitPayload) (context.Context, *transport.InitPayload, error) {
		if _, err := User(ctx); err != nil {
			if authenticate == nil || payload.Authorization() == "" {
				return refuse(ctx, err)
			}
			u, err := authenticate(ctx, payload.Authorization())
			if err != nil {
				return refuse(ctx, err)
			}
			ctx = WithUser(ctx, u)
		}
		return context.WithValue(ctx, operationsKey{}, new(atomic.Int64)), nil, nil
	}
}

func refuse(ctx context.Context, err error) (context.Context, *transport.InitPayload, error) {
	code, reason := closeUnauthenticated, "Unauthorized"
	switch lab.CodeOf(err) {
	case lab.Forbidden:
		code, reason = closeForbidden, "Forbidden"
	case lab.Unavailable:
		code, reason = closeTryAgain, "Try again later"
	}
	ctx = transport.AppendCloseReason(ctx, reason)
	return transport.WithWebsocketCloseCode(ctx, code), nil, err
}

func socketError(log *slog.Logger) transport.WebsocketErrorFunc {
	return func(ctx context.Context, err error) {
		log.DebugContext(ctx, "socket ended", "error", err, "request", RequestID(ctx))
	}
}
