package server

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/httprate"

	"github.com/lics-lab/lics/graph"
	"github.com/lics-lab/lics/lab"
)

// Users knows whose token is whose.
type Users interface {
	// UserByToken finds the user of a token by the SHA-256 of the token, in
	// hexadecimal. It is a lab.NotFound error when there is none.
	UserByToken(ctx context.Context, hash string) (lab.User, error)
}

// NewToken makes a token for Authorization: Bearer, and the hash that the
// store keeps of it. 256 random bits need no slow hash.
func NewToken() (token, hash string) {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails
	token = "lics_" + base64.RawURLEncoding.EncodeToString(b)
	return token, TokenHash(token)
}

// TokenHash is what the store keeps of a token.
func TokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Limits of guessing. An address that has failed so often in a window is not
// looked up any more, except with a token that was right a moment ago: one bad
// script must not lock out the others behind the same address.
const (
	failureLimit  = 50
	failureWindow = time.Minute
	rememberFor   = time.Minute
	rememberMost  = 1000
)

// auth finds out whose request it is.
type auth struct {
	users    Users
	sessions *Sessions
	failures httprate.LimitCounter

	mu    sync.Mutex
	right map[string]remembered // by hash of the token
}

type remembered struct {
	user  lab.User
	until time.Time
}

func newAuth(users Users, sessions *Sessions) *auth {
	failures := httprate.NewLocalLimitCounter(failureWindow)
	failures.Config(failureLimit, failureWindow)
	return &auth{users: users, sessions: sessions, failures: failures, right: map[string]remembered{}}
}

var (
	errNoToken = &lab.Error{Code: lab.Unauthenticated, Message: "Log in first, or send a token: Authorization: Bearer <token>."}
	errToken   = &lab.Error{Code: lab.Unauthenticated, Message: "The token is not valid."}
	errSession = &lab.Error{Code: lab.Unauthenticated, Message: "The session is over. Log in again."}
	errGuesses = &lab.Error{Code: lab.Forbidden, Message: "Too many wrong tokens from this address. Try again in a minute."}
)

// middleware puts the user into the context of a request that has a token or a
// session. A request without either goes on without a user, one with a wrong
// one does not.
func (a *auth) middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := withAddress(r.Context(), r.RemoteAddr)
		var u lab.User
		var err error
		cookie, _ := r.Cookie(sessionCookie)
		switch {
		case r.Header.Get("Authorization") != "":
			u, err = a.bearer(ctx, r.Header.Get("Authorization"))
		case cookie != nil:
			u, err = a.sessions.user(cookie.Value)
			if err != nil { // an old cookie must not keep the login page away
				http.SetCookie(w, a.sessions.noCookie())
				next.ServeHTTP(w, r.WithContext(ctx))
				return
			}
		default:
			next.ServeHTTP(w, r.WithContext(ctx))
			return
		}
		if err != nil {
			graph.WriteError(w, status(err), err)
			return
		}
		next.ServeHTTP(w, r.WithContext(graph.WithUser(ctx, u)))
	})
}

// bearer checks the value of an Authorization header.
func (a *auth) bearer(ctx context.Context, authorization string) (lab.User, error) {
	scheme, token, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return lab.User{}, errNoToken
	}
	return a.token(ctx, strings.TrimSpace(token))
}

func (a *auth) token(ctx context.Context, token string) (lab.User, error) {
	hash := TokenHash(token)
	if u, ok := a.recall(hash); ok {
		return u, nil
	}
	address, window := addressOf(ctx), time.Now().Truncate(failureWindow)
	now, before, _ := a.failures.Get(address, window, window.Add(-failureWindow))
	if now+before >= failureLimit {
		return lab.User{}, errGuesses
	}
	u, err := a.users.UserByToken(ctx, hash)
	switch lab.CodeOf(err) {
	case lab.NotFound, lab.Unauthenticated:
		_ = a.failures.Increment(address, window)
		return lab.User{}, errToken
	}
	if err != nil {
		return lab.User{}, err
	}
	a.remember(hash, u)
	return u, nil
}

func (a *auth) recall(hash string) (lab.User, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	m, ok := a.right[hash]
	return m.user, ok && time.Now().Before(m.until)
}

func (a *auth) remember(hash string, u lab.User) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.right) >= rememberMost {
		clear(a.right)
	}
	a.right[hash] = remembered{user: u, until: time.Now().Add(rememberFor)}
}

type addressKey struct{}

func withAddress(ctx context.Context, remote string) context.Context {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	return context.WithValue(ctx, addressKey{}, host)
}

func addressOf(ctx context.Context) string {
	address, _ := ctx.Value(addressKey{}).(string)
	return address
}

// signedIn refuses a request without a user.
func signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := graph.User(r.Context()); err != nil {
			graph.WriteError(w, http.StatusUnauthorized, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// status is the HTTP status for an error.
func status(err error) int {
	if errors.Is(err, errGuesses) {
		return http.StatusTooManyRequests
	}
	switch lab.CodeOf(err) {
	case lab.Invalid:
		return http.StatusBadRequest
	case lab.NotFound:
		return http.StatusNotFound
	case lab.Conflict, lab.State:
		return http.StatusConflict
	case lab.Unauthenticated:
		return http.StatusUnauthorized
	case lab.Forbidden:
		return http.StatusForbidden
	case lab.Unavailable:
		return http.StatusServiceUnavailable
	case lab.TooLarge:
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusInternalServerError
}
