package server

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"time"
)

// checkTimeout is how long a part may take to answer a check of readiness.
const checkTimeout = 2 * time.Second

// live says that the process answers; nothing else, so that nobody restarts a
// server because its database is away.
func live(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"status":"ok"}` + "\n"))
}

// ready says whether each part that the server needs answers. Why not is in
// the log: the answer is public.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), checkTimeout)
	defer cancel()
	var (
		mu    sync.Mutex
		wait  sync.WaitGroup
		parts = map[string]string{}
		whole = "ok"
	)
	for name, check := range s.checks {
		wait.Go(func() {
			err := check(ctx)
			mu.Lock()
			defer mu.Unlock()
			parts[name] = "ok"
			if err != nil {
				parts[name], whole = "unavailable", "unavailable"
				s.log.WarnContext(ctx, "not ready", "part", name, "error", err)
			}
		})
	}
	wait.Wait()
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if whole != "ok" {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"status": whole, "parts": parts})
}
