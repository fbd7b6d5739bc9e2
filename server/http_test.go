package server_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/server"
)

func TestHealthSaysWhatIsThereAndNotWhy(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *server.Config) {
		c.Checks["temporal"] = func(context.Context) error { return errors.New("10.0.0.7 refused") }
		c.Checks["broker"] = func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	})
	res, body := s.get("/api/v1/health/live")
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, body, "ok")
	began := time.Now()
	res, body = s.get("/api/v1/health/ready")
	require.Less(t, time.Since(began), soon)
	require.Equal(t, http.StatusServiceUnavailable, res.StatusCode)
	require.JSONEq(t, `{"status":"unavailable","parts":{"store":"ok","temporal":"unavailable","broker":"unavailable"}}`, body)
	require.Contains(t, s.log.String(), "10.0.0.7 refused")
}

func TestAnExportIsTheWholeRecord(t *testing.T) {
	t.Parallel()
	s := ready(t)
	r := &record{s: s, run: s.begun()}
	r.event("step_started", "")
	for range 30 {
		r.batch("wait", "reward")
	}
	for _, format := range []string{"tsv", "csv", "json"} {
		res, body := s.get("/api/v1/runs/" + r.run + "/export?format=" + format)
		require.Equal(t, http.StatusOK, res.StatusCode)
		require.Contains(t, res.Header.Get("Content-Disposition"), "attachment; filename=")
		require.Equal(t, 30, strings.Count(body, "reward")-strings.Count(body, `"reward"`)+strings.Count(body, `"name":"reward"`), format)
	}
	for path, status := range map[string]int{
		"/api/v1/runs/" + r.run + "/export?format=xlsx": http.StatusBadRequest,
		"/api/v1/runs/x/export":                         http.StatusNotFound,
		"/api/v1/else":                                  http.StatusNotFound,
	} {
		res, _ := s.get(path)
		require.Equal(t, status, res.StatusCode, path)
	}
	res, _ := s.get("/api/v1/runs/"+r.run+"/export", func(r *http.Request) { r.Header.Del("Authorization") })
	require.Equal(t, http.StatusUnauthorized, res.StatusCode)
}

func TestMetricsHaveBoundedLabels(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get("/api/v1/runs/abcdef/export")
	s.get("/made/up/path")
	_, body := s.get("/metrics")
	require.Contains(t, body, `lics_http_requests_total{method="GET",route="/api/v1/runs/{id}/export",status="404"} 1`)
	require.NotContains(t, body, "abcdef")
	require.NotContains(t, body, "made")
}

func TestTheLogHasNoSecrets(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get("/login?token=very-secret")
	s.get("/api/v1/runs/x/export?format=csv&token=very-secret")
	s.post([]byte(viewer), "Bearer very-secret")
	require.NotContains(t, s.log.String(), "very-secret")
	require.NotContains(t, s.log.String(), s.token)
}

func TestAServerStopsAndLetsRequestsFinish(t *testing.T) {
	t.Parallel()
	started, finish := make(chan struct{}), make(chan struct{})
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(started)
		<-finish
		w.WriteHeader(http.StatusTeapot)
	})
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx, l, handler) }()
	answered := make(chan int, 1)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	go func() {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+l.Addr().String(), nil)
		if err != nil {
			return
		}
		if res, err := client.Do(req); err == nil {
			res.Body.Close()
			answered <- res.StatusCode
		}
	}()
	<-started
	stop()
	close(finish)
	require.Equal(t, http.StatusTeapot, <-answered)
	require.NoError(t, <-served)
}
