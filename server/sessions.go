package server

import (
	"crypto/ed25519"
	"crypto/rand"
	"net/http"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"github.com/lics-lab/lics/lab"
)

const (
	sessionCookie = "lics_session"
	sessionFor    = 12 * time.Hour
	loginLinkFor  = 10 * time.Minute

	forSession = "session"
	forLogin   = "login"
)

// Sessions signs the cookies of browsers, and the links that log a browser in
// once. They are signed with a key instead of stored, so that every server
// with the key takes them; only the used links are remembered, by the server
// that took them.
type Sessions struct {
	key    ed25519.PrivateKey
	secure bool

	mu   sync.Mutex
	used map[string]time.Time // ids of used links, until they end by themselves
}

// NewSessions signs with a key; without one, with a key of its own, and all
// sessions end with the process. Secure cookies are sent over HTTPS only.
func NewSessions(key ed25519.PrivateKey, secure bool) *Sessions {
	if key == nil {
		_, key, _ = ed25519.GenerateKey(rand.Reader) // never fails
	}
	return &Sessions{key: key, secure: secure, used: map[string]time.Time{}}
}

type claims struct {
	jwt.RegisteredClaims
	Organisation string `json:"org"`
	Name         string `json:"name"`
	Role         string `json:"role"`
}

// LoginToken makes the token of a link /login?token=… that works once.
func (s *Sessions) LoginToken(u lab.User) (string, error) {
	return s.sign(u, forLogin, loginLinkFor)
}

func (s *Sessions) sign(u lab.User, purpose string, d time.Duration) (string, error) {
	now := time.Now()
	return jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims{
		RegisteredClaims: jwt.RegisteredClaims{
			ID:        uuid.NewString(),
			Issuer:    "lics",
			Subject:   u.ID,
			Audience:  jwt.ClaimStrings{purpose},
			IssuedAt:  jwt.NewNumericDate(now),
			ExpiresAt: jwt.NewNumericDate(now.Add(d)),
		},
		Organisation: u.Organisation, Name: u.Name, Role: u.Role,
	}).SignedString(s.key)
}

func (s *Sessions) parse(token, purpose string) (claims, error) {
	var c claims
	_, err := jwt.ParseWithClaims(token, &c,
		func(*jwt.Token) (any, error) { return s.key.Public(), nil },
		jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}),
		jwt.WithAudience(purpose), jwt.WithIssuer("lics"), jwt.WithExpirationRequired())
	if err != nil || c.Subject == "" || c.Organisation == "" {
		return claims{}, errSession
	}
	return c, nil
}

func (c claims) user() lab.User {
	return lab.User{ID: c.Subject, Organisation: c.Organisation, Name: c.Name, Role: c.Role}
}

// user is whose session cookie it is.
func (s *Sessions) user(cookie string) (lab.User, error) {
	c, err := s.parse(cookie, forSession)
	return c.user(), err
}

// redeem takes the token of a link, once.
func (s *Sessions) redeem(token string) (lab.User, error) {
	c, err := s.parse(token, forLogin)
	if err != nil {
		return lab.User{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, until := range s.used {
		if time.Now().After(until) {
			delete(s.used, id)
		}
	}
	if _, again := s.used[c.ID]; again {
		return lab.User{}, errSession
	}
	s.used[c.ID] = c.ExpiresAt.Time
	return c.user(), nil
}

func (s *Sessions) cookie(u lab.User) (*http.Cookie, error) {
	token, err := s.sign(u, forSession, sessionFor)
	return &http.Cookie{ //nolint:gosec // Secure where there is HTTPS: lics up serves on loopback without
		Name: sessionCookie, Value: token, Path: "/", MaxAge: int(sessionFor.Seconds()),
		HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteStrictMode,
	}, err
}

func (s *Sessions) noCookie() *http.Cookie {
	return &http.Cookie{ //nolint:gosec // as above
		Name: sessionCookie, Path: "/", MaxAge: -1,
		HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteStrictMode,
	}
}
