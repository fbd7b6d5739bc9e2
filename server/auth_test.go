package server_test

import (
	"context"
	"crypto/ed25519"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/server"
)

const viewer = `{"query":"{viewer{name role organisation{id}}}"}`

func TestWithoutAUserNothingIsAnswered(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for name, authorization := range map[string]string{
		"nothing": "", "a wrong token": "Bearer wrong", "another scheme": "Basic " + s.token, "no token": "Bearer ",
		"a token that is a hash": "Bearer " + server.TokenHash(s.token),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := s.post([]byte(viewer), authorization)
			require.Equal(t, http.StatusUnauthorized, a.Status)
			require.Equal(t, "UNAUTHENTICATED", a.code())
		})
	}
	a := s.post([]byte(viewer), "Bearer "+s.token)
	require.Empty(t, a.Errors)
	require.JSONEq(t, `{"viewer":{"name":"administrator","role":"administrator","organisation":{"id":"`+s.user.Organisation+`"}}}`, string(a.Data))
}

func TestAWrongTokenAThousandTimesStaysFastAndLocksNobodyOut(t *testing.T) {
	t.Parallel()
	users := &counted{Users: nil}
	s := newSite(t, func(c *server.Config) {
		users.Users = c.Users
		c.Users = users
	})
	require.Empty(t, s.post([]byte(viewer), "Bearer "+s.token).Errors)
	began := time.Now()
	var last answer
	for range 1000 {
		last = s.post([]byte(viewer), "Bearer wrong")
	}
	require.Less(t, time.Since(began), 3*soon)
	require.Equal(t, http.StatusTooManyRequests, last.Status)
	require.Equal(t, "FORBIDDEN", last.code())
	require.Less(t, users.asked, 100, "the store is not asked for ever")
	require.Empty(t, s.post([]byte(viewer), "Bearer "+s.token).Errors, "a token that was right goes on")
}

// counted counts the questions for users.
type counted struct {
	server.Users
	asked int // the test asks one after the other
}

func (c *counted) UserByToken(ctx context.Context, hash string) (lab.User, error) {
	c.asked++
	return c.Users.UserByToken(ctx, hash)
}

func TestALoginLinkWorksOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token, err := s.sessions.LoginToken(s.user)
	require.NoError(t, err)
	anonymous := func(r *http.Request) { r.Header.Del("Authorization") }

	res, _ := s.get("/login?token="+token, anonymous)
	require.Equal(t, http.StatusOK, res.StatusCode)
	cookie := res.cookies[0]
	require.True(t, cookie.HttpOnly)
	require.Equal(t, http.SameSiteStrictMode, cookie.SameSite)
	require.Equal(t, http.StatusOK, s.withCookie(cookie).Status)

	res, _ = s.get("/login?token="+token, anonymous)
	require.Equal(t, http.StatusSeeOther, res.StatusCode)
	require.Equal(t, "/?login=expired", res.Header.Get("Location"))
	require.NotContains(t, s.log.String(), token)

	cookie.Value = token // a link is not a session
	require.Equal(t, http.StatusUnauthorized, s.withCookie(cookie).Status)
}

func TestAFormLogsIn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	send := func(token string, change ...func(*http.Request)) reply {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/login",
			strings.NewReader(url.Values{"token": {token}}.Encode()))
		require.NoError(t, err)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for _, f := range change {
			f(req)
		}
		res, err := http.DefaultTransport.RoundTrip(req)
		require.NoError(t, err)
		res.Body.Close()
		return reply{res.StatusCode, res.Header, res.Cookies()}
	}
	res := send(s.token)
	require.Equal(t, "/", res.Header.Get("Location"))
	require.Equal(t, http.StatusOK, s.withCookie(res.cookies[0]).Status)

	res = send("wrong")
	require.Equal(t, "/?login=failed", res.Header.Get("Location"))
	require.Empty(t, res.cookies)

	res = send(s.token, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") })
	require.Equal(t, http.StatusForbidden, res.StatusCode, "another site logs nobody in")
}

func TestAForgedSessionIsNone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	other := ed25519.NewKeyFromSeed(make([]byte, 32))
	claims := jwt.MapClaims{"sub": s.user.ID, "org": s.user.Organisation, "iss": "lics", "aud": "session", "exp": time.Now().Add(time.Hour).Unix()}
	forged, err := jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims).SignedString(other)
	require.NoError(t, err)
	none, err := jwt.NewWithClaims(jwt.SigningMethodNone, claims).SignedString(jwt.UnsafeAllowNoneSignatureType)
	require.NoError(t, err)
	for _, value := range []string{forged, none, "x", "", strings.Repeat("a.", 4000)} {
		require.Equal(t, http.StatusUnauthorized, s.withCookie(&http.Cookie{Name: "lics_session", Value: value}).Status)
	}
}

func TestASessionOutlivesTheServerWithItsKey(t *testing.T) {
	t.Parallel()
	key := server.SessionKey()
	first := server.NewSessions(key, false)
	s := newSite(t, func(c *server.Config) { c.Sessions = server.NewSessions(key, false) })
	token, err := first.LoginToken(s.user)
	require.NoError(t, err)
	res, _ := s.get("/login?token=" + token)
	require.Equal(t, http.StatusOK, res.StatusCode)
}

func TestOtherSitesCannotPost(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/graphql", strings.NewReader(viewer))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Origin", "https://evil.example")
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	res.Body.Close()
	require.Equal(t, http.StatusForbidden, res.StatusCode)
}

func (s *site) withCookie(c *http.Cookie) answer {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.url+"/graphql", strings.NewReader(viewer))
	require.NoError(s.t, err)
	req.Header.Set("Content-Type", "application/json")
	req.AddCookie(c)
	res, err := http.DefaultTransport.RoundTrip(req)
	require.NoError(s.t, err)
	res.Body.Close()
	return answer{Status: res.StatusCode}
}
