package graph

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/lics-lab/lics/lab"
)

// present makes the error a client sees: the message of a lab.Error with its
// code and field, what the query parser says about a query, and for all else
// a sentence that leads to the log. It never shows an internal message.
func present(log *slog.Logger) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		// A copy: gqlgen looks at the original's code again, to decide in which
		// form a WebSocket gets the error.
		shown := *graphql.DefaultErrorPresenter(ctx, err)
		out := &shown
		var ours *lab.Error
		switch {
		case errors.As(err, &ours):
			if ours.Code == lab.Unavailable || ours.Code == lab.Internal {
				log.WarnContext(ctx, "request failed", "error", err, "request", RequestID(ctx))
			}
			out.Message = ours.Message
			out.Extensions = extensions(ours)
		case out.Extensions["code"] != nil || out.Rule != "":
			fromQuery(out)
		case unreadable(out.Message):
			out.Message = "The request is not the JSON object of a GraphQL request."
			out.Extensions = extensions(&lab.Error{Code: lab.Invalid})
		case ctx.Err() != nil:
			out.Message = "The request was given up before it was done."
			out.Extensions = extensions(&lab.Error{Code: lab.Unavailable})
		default:
			internal := hide(ctx, log, "error", err)
			out.Message, out.Extensions = internal.Message, extensions(internal)
		}
		return out
	}
}

func extensions(e *lab.Error) map[string]any {
	ext := map[string]any{"code": string(e.Code)}
	if e.Field != "" {
		ext["field"] = e.Field
	}
	return ext
}

// fromQuery gives an error of the query itself one of our codes. It keeps the
// parser's message, which only speaks of the query.
func fromQuery(e *gqlerror.Error) {
	code := lab.Invalid
	if e.Extensions["code"] == "COMPLEXITY_LIMIT_EXCEEDED" || strings.Contains(e.Message, "exceeded token limit") {
		code = lab.TooLarge
	}
	if ours, ok := e.Extensions["code"].(string); ok && ours == string(lab.TooLarge) {
		code = lab.TooLarge
	}
	e.Extensions = map[string]any{"code": string(code)}
	if len(e.Path) > 1 && e.Path[0] == ast.PathName("variable") {
		field := strings.TrimPrefix(e.Path.String(), "variable.")
		e.Message = "Variable $" + field + " " + e.Message + "."
		e.Extensions["field"] = field
	}
	if len(e.Message) > maxMessage {
		e.Message = e.Message[:maxMessage] + "…"
	}
}

// maxMessage bounds what an error repeats of a query.
const maxMessage = 500

// unreadable reports whether gqlgen could not decode the request; its message
// repeats the whole body.
func unreadable(message string) bool {
	return strings.HasPrefix(message, "json request body could not be decoded") ||
		strings.HasPrefix(message, "could not read request body")
}

// hide logs what happened under the request's id, and makes an error that
// says no more than the id.
func hide(ctx context.Context, log *slog.Logger, attrs ...any) *lab.Error {
	id := RequestID(ctx)
	log.ErrorContext(ctx, "request failed", append(attrs, "request", id)...)
	return &lab.Error{
		Code:    lab.Internal,
		Message: fmt.Sprintf("Something went wrong on our side. The server's log tells more under request %s.", id),
	}
}

// recovered makes an error of a panic in a resolver.
func recovered(log *slog.Logger) graphql.RecoverFunc {
	return func(ctx context.Context, panicked any) error {
		return hide(ctx, log, "panic", fmt.Sprint(panicked), "stack", string(debug.Stack()))
	}
}

// tooLarge is an error about the size of a query. Its code is known to gqlgen
// as one of the protocol, so that the answer is not 200.
func tooLarge(format string, args ...any) *gqlerror.Error {
	err := gqlerror.Errorf(format, args...)
	errcode.Set(err, string(lab.TooLarge))
	return err
}

// knowCodes tells gqlgen which codes are about the query, once: it keeps codes in a global map
// without a lock.
var knowCodes = sync.OnceFunc(func() {
	errcode.RegisterErrorType(string(lab.TooLarge), errcode.KindProtocol)
	errcode.RegisterErrorType("COMPLEXITY_LIMIT_EXCEEDED", errcode.KindProtocol)
})
