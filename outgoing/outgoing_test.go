package outgoing_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/outgoing"
)

func client(t *testing.T, s outgoing.Settings) *outgoing.Client {
	t.Helper()
	c, err := outgoing.New(s)
	require.NoError(t, err)
	return c
}

func service(t *testing.T, f http.HandlerFunc) (url, host string) {
	t.Helper()
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	return s.URL, strings.TrimPrefix(s.URL, "http://")
}

func TestOnlyWhatIsAllowedIsCalled(t *testing.T) {
	t.Parallel()
	asked := 0
	url, host := service(t, func(w http.ResponseWriter, _ *http.Request) { asked++; _, _ = io.WriteString(w, `{"n": 3}`) })
	loop := []string{"127.0.0.0/8"}
	for name, tt := range map[string]struct {
		settings outgoing.Settings
		url      string
		want     lab.Code
	}{
		"nothing is allowed":               {outgoing.Settings{}, url, lab.Forbidden},
		"another host is":                  {outgoing.Settings{Hosts: []string{"example.org"}, Networks: loop}, url, lab.Forbidden},
		"the port is not":                  {outgoing.Settings{Hosts: []string{"127.0.0.1"}, Networks: loop}, url, lab.Forbidden},
		"the address is not public":        {outgoing.Settings{Hosts: []string{host}}, url, lab.Forbidden},
		"nor is the one behind a name":     {outgoing.Settings{Hosts: []string{"localhost:" + strings.TrimPrefix(host, "127.0.0.1:")}}, strings.Replace(url, "127.0.0.1", "localhost", 1), lab.Forbidden},
		"a password stands in the address": {outgoing.Settings{Hosts: []string{host}, Networks: loop}, strings.Replace(url, "//", "//a:b@", 1), lab.Invalid},
		"it is no web address":             {outgoing.Settings{Hosts: []string{host}, Networks: loop}, "file:///etc/passwd", lab.Invalid},
	} {
		_, err := client(t, tt.settings).Call(t.Context(), lab.ServiceRequest{Method: "GET", URL: tt.url})
		require.Error(t, err, name)
		require.Equal(t, tt.want, lab.CodeOf(err), "%s: %v", name, err)
	}
	require.Zero(t, asked)
	res, err := client(t, outgoing.Settings{Hosts: []string{host}, Networks: loop}).Call(t.Context(), lab.ServiceRequest{Method: "GET", URL: url})
	require.NoError(t, err)
	require.Equal(t, lab.ServiceResponse{Status: 200, Body: `{"n": 3}`}, res)
}

func TestACallCarriesItsKeyAndACredentialOnlyOverTLSOrOnANetworkOfOnesOwn(t *testing.T) {
	t.Parallel()
	var got http.Header
	url, host := service(t, func(_ http.ResponseWriter, r *http.Request) { got = r.Header })
	c := client(t, outgoing.Settings{Hosts: []string{host}, Networks: []string{"127.0.0.0/8"}, Credentials: map[string]string{"ledger": "Bearer secret"}})
	_, err := c.Call(t.Context(), lab.ServiceRequest{Method: "POST", URL: url, Body: "{}", Headers: map[string]string{"X-Lab": "a"}, Credential: "ledger", Key: "run/n/1"})
	require.NoError(t, err)
	require.Equal(t, "Bearer secret run/n/1 a", strings.Join([]string{got.Get("Authorization"), got.Get("Idempotency-Key"), got.Get("X-Lab")}, " "))
	_, err = c.Call(t.Context(), lab.ServiceRequest{Method: "GET", URL: url, Credential: "other"})
	require.ErrorContains(t, err, `no credential "other"`)
	_, err = c.Call(t.Context(), lab.ServiceRequest{Method: "GET", URL: url, Headers: map[string]string{"authorization": "x"}})
	require.ErrorContains(t, err, "cannot set the header")
	_, err = client(t, outgoing.Settings{Hosts: []string{"example.org"}, Credentials: map[string]string{"ledger": "Bearer secret"}}).
		Call(t.Context(), lab.ServiceRequest{Method: "GET", URL: "http://example.org/", Credential: "ledger"})
	require.ErrorContains(t, err, "without TLS")
}

func TestAnswersThatWillNotChangeAreToldFromThoseThatMay(t *testing.T) {
	t.Parallel()
	code, body := 200, ""
	url, host := service(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "http://127.0.0.1:1/")
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	})
	c := client(t, outgoing.Settings{Hosts: []string{host}, Networks: []string{"127.0.0.0/8"}, Webhooks: map[string]string{"chat": url + "/secret"}})
	for code = range map[int]bool{302: true, 404: true, 409: true} { // a redirect is not followed
		_, err := c.Call(t.Context(), lab.ServiceRequest{Method: "GET", URL: url})
		require.Equal(t, lab.State, lab.CodeOf(err))
	}
	for code = range map[int]bool{500: true, 503: true, 429: true} {
		_, err := c.Call(t.Context(), lab.ServiceRequest{Method: "GET", URL: url})
		require.Equal(t, lab.Internal, lab.CodeOf(err), "%v", err)
	}
	code, body = 200, strings.Repeat("x", outgoing.MaxResponse+1)
	_, err := c.Call(t.Context(), lab.ServiceRequest{Method: "GET", URL: url})
	require.Equal(t, lab.TooLarge, lab.CodeOf(err))
	code, body = 404, ""
	err = c.Webhook(t.Context(), "chat", map[string]string{"text": "x"}, "k")
	require.ErrorContains(t, err, "404")
	require.NotContains(t, err.Error(), "secret")
	require.ErrorContains(t, c.Webhook(t.Context(), "other", nil, "k"), `no webhook "other"`)
}

func TestSettingsAreReadStrictly(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "outside.yaml")
	require.NoError(t, os.WriteFile(file, []byte("hosts: [ledger.example.org]\nsmtp: {host: mail, from: lics@example.org}\n"), 0o600))
	s, err := outgoing.Read(file)
	require.NoError(t, err)
	require.Equal(t, "mail", s.SMTP.Host)
	require.NoError(t, os.WriteFile(file, []byte("host: [x]\n"), 0o600))
	_, err = outgoing.Read(file)
	require.ErrorContains(t, err, "host")
	for _, bad := range []outgoing.Settings{{Networks: []string{"10.0.0.1"}}, {Webhooks: map[string]string{"chat": "not a secret url"}}} {
		_, err := outgoing.New(bad)
		require.Error(t, err)
		require.NotContains(t, err.Error(), "secret")
	}
	require.ErrorContains(t, client(t, outgoing.Settings{}).Send(t.Context(), lab.Mail{}), "no mail server")
}
