package graph

import (
	"context"

	"github.com/lics-lab/lics/lab"
)

type (
	userKey    struct{}
	requestKey struct{}
)

// WithUser says whose request it is. The server calls it after it has checked
// the token or the session.
func WithUser(ctx context.Context, u lab.User) context.Context {
	return context.WithValue(ctx, userKey{}, u)
}

// User is whose request it is. Every resolver asks it first: there is no data
// without an organisation.
func User(ctx context.Context) (lab.User, error) {
	u, ok := ctx.Value(userKey{}).(lab.User)
	if !ok {
		return lab.User{}, lab.Errorf(lab.Unauthenticated,
			"Log in first, or send a token: Authorization: Bearer <token>.")
	}
	return u, nil
}

// WithRequestID names the request in logs and in errors.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey{}, id)
}

// RequestID is the request's name, "-" when it has none.
func RequestID(ctx context.Context) string {
	if id, ok := ctx.Value(requestKey{}).(string); ok {
		return id
	}
	return "-"
}
