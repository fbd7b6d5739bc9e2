package server_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/server"
)

// built is a web app as its build leaves it.
func built(c *server.Config) {
	c.Web = fstest.MapFS{
		"index.html":            {Data: []byte(`<!doctype html><meta nonce="{{nonce}}">app`)},
		"icon.svg":              {Data: []byte("<svg/>")},
		"site.webmanifest":      {Data: []byte("{}")},
		".vite/manifest.json":   {Data: []byte("{}")},
		"assets/app-1a2b.js":    {Data: []byte("let plain")},
		"assets/app-1a2b.js.br": {Data: []byte("brotli")},
		"assets/app-1a2b.js.gz": {Data: []byte("gzip")},
		"assets/x-1.css":        {Data: []byte("a{}")},
	}
}

func accepting(encoding string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Accept-Encoding", encoding) }
}

func TestEveryPageOfTheAppIsTheSameFile(t *testing.T) {
	t.Parallel()
	s := newSite(t, built)
	for _, page := range []string{"/", "/runs/7", "/editor?template=5csrtt", "/index.html"} {
		res, body := s.get(page)
		require.Equal(t, http.StatusOK, res.StatusCode, page)
		require.Contains(t, body, "app", page)
		require.Equal(t, "text/html; charset=utf-8", res.Header.Get("Content-Type"))
		require.Equal(t, "no-cache", res.Header.Get("Cache-Control"))
	}
	_, body := s.get("/../../etc/passwd")
	require.Contains(t, body, "app")
	res, _ := s.get("/assets/gone.js")
	require.Equal(t, http.StatusNotFound, res.StatusCode)
	res, body = s.get("/.vite/manifest.json")
	require.Contains(t, body, "app", "what the build leaves for itself is not served")
	require.Contains(t, res.Header.Get("Content-Type"), "text/html")
	res, _ = s.get("/", func(r *http.Request) { r.Method = http.MethodDelete })
	require.Equal(t, http.StatusMethodNotAllowed, res.StatusCode)
}

func TestTheContentPolicyOfAPageAllowsStylesOfItsOwnNonceOnly(t *testing.T) {
	t.Parallel()
	s := newSite(t, built)
	nonces := map[string]bool{}
	for range 3 {
		res, body := s.get("/")
		policy := res.Header.Get("Content-Security-Policy")
		require.Contains(t, policy, "default-src 'none'")
		require.NotContains(t, policy, "unsafe")
		require.Contains(t, policy, "script-src 'self';")
		nonce := regexp.MustCompile(`style-src 'self' 'nonce-([A-Z2-7]{26})'`).FindStringSubmatch(policy)
		require.NotEmpty(t, nonce, policy)
		require.Contains(t, body, `<meta nonce="`+nonce[1]+`">`)
		nonces[nonce[1]] = true
	}
	require.Len(t, nonces, 3, "a nonce is used once")

	res, _ := s.get("/icon.svg")
	require.NotContains(t, res.Header.Get("Content-Security-Policy"), "nonce")
	require.Equal(t, "nosniff", res.Header.Get("X-Content-Type-Options"))
}

func TestAFileWithItsHashInItsNameIsKeptForEver(t *testing.T) {
	t.Parallel()
	s := newSite(t, built)
	res, _ := s.get("/assets/x-1.css")
	require.Equal(t, "public, max-age=31536000, immutable", res.Header.Get("Cache-Control"))
	require.Equal(t, "text/css; charset=utf-8", res.Header.Get("Content-Type"))

	res, _ = s.get("/icon.svg")
	require.Equal(t, "no-cache", res.Header.Get("Cache-Control"))
	require.Equal(t, "image/svg+xml", res.Header.Get("Content-Type"))
	again, body := s.get("/icon.svg", func(r *http.Request) { r.Header.Set("If-None-Match", res.Header.Get("ETag")) })
	require.Equal(t, http.StatusNotModified, again.StatusCode)
	require.Empty(t, body)
	res, _ = s.get("/site.webmanifest")
	require.Equal(t, "application/manifest+json", res.Header.Get("Content-Type"))
}

func TestAFileIsSentAsItWasPackedByTheBuild(t *testing.T) {
	t.Parallel()
	s := newSite(t, built)
	for accept, want := range map[string]struct{ encoding, body string }{
		"gzip, deflate, br, zstd": {"br", "brotli"},
		"gzip":                    {"gzip", "gzip"},
		"br;q=0, gzip;q=0.5":      {"gzip", "gzip"},
		"BR;q=1.0":                {"br", "brotli"},
		"identity":                {"", "let plain"},
		"br; q=0.0":               {"", "let plain"},
	} {
		res, body := s.get("/assets/app-1a2b.js", accepting(accept))
		require.Equal(t, want.encoding, res.Header.Get("Content-Encoding"), accept)
		require.Equal(t, want.body, body, accept)
		require.Equal(t, "text/javascript; charset=utf-8", res.Header.Get("Content-Type"))
		require.Contains(t, res.Header.Values("Vary"), "Accept-Encoding")
	}
	res, body := s.get("/", accepting("gzip"))
	require.Equal(t, "gzip", res.Header.Get("Content-Encoding"), "the page, which is never the same, is packed as it is sent")
	unpacked, err := gzip.NewReader(strings.NewReader(body))
	require.NoError(t, err)
	page, err := io.ReadAll(unpacked)
	require.NoError(t, err)
	require.Contains(t, string(page), "app")
}

func TestTheAPIStaysWhereItIsWhateverTheAppHas(t *testing.T) {
	t.Parallel()
	s := newSite(t, built)
	res, body := s.get("/schema.graphql")
	require.Contains(t, res.Header.Get("Content-Type"), "text/plain")
	require.Contains(t, body, "type Run {")
	res, _ = s.get("/api/v1/else")
	require.Equal(t, http.StatusNotFound, res.StatusCode)
}

func TestALoginLeadsBackToThePageThatWasAskedForAndNowhereElse(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	login := func(token, next string) string {
		form := url.Values{"token": {token}, "next": {next}}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/login", strings.NewReader(form.Encode()))
		require.NoError(t, err)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		res, err := http.DefaultTransport.RoundTrip(req)
		require.NoError(t, err)
		res.Body.Close()
		require.Equal(t, http.StatusSeeOther, res.StatusCode)
		return res.Header.Get("Location")
	}
	for next, want := range map[string]string{
		"/runs/7":                   "/runs/7",
		"/runs?status=RUNNING&a=b":  "/runs?a=b&status=RUNNING",
		"":                          "/",
		"runs":                      "/",
		"//evil.example/x":          "/",
		"/\\evil.example":           "/",
		"https://evil.example/":     "/",
		"javascript:alert(1)":       "/",
		"/%5Cevil.example":          "/",
		"/runs\r\nSet-Cookie: x=y":  "/",
		"/%0d%0aSet-Cookie:%20x=y":  "/",
		"/a/..//evil.example":       "/evil.example", // a page of this host
		"/x?next=//evil.example#no": "/x?next=%2F%2Fevil.example",
	} {
		require.Equal(t, want, login(s.token, next), next)
	}
	require.Equal(t, "/runs?login=failed&x=1", login("wrong", "/runs?x=1"))

	link, err := s.sessions.LoginToken(s.user)
	require.NoError(t, err)
	res, body := s.get("/login?next=" + url.QueryEscape("/runs/7?a=1&b=2") + "&token=" + link)
	require.Equal(t, "0; url=/runs/7?a=1&b=2", res.Header.Get("Refresh"))
	require.Contains(t, body, `href="/runs/7?a=1&amp;b=2"`)
}
