package server

import (
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// static serves the web app. Files under assets/ have their hash in their name
// and are kept for ever; a path that is no file is one of the app's own pages.
func static(files fs.FS) http.Handler {
	server := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "There is nothing here but pages.", http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
		info, err := fs.Stat(files, name)
		switch {
		case name != "" && err == nil && !info.IsDir() && name != "index.html":
			if strings.HasPrefix(name, "assets/") {
				w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			} else {
				w.Header().Set("Cache-Control", "no-cache")
			}
			server.ServeHTTP(w, r)
		case strings.HasPrefix(name, "assets/") || strings.HasPrefix(name, "api/"):
			http.NotFound(w, r) // a page in place of a script only confuses
		default:
			w.Header().Set("Cache-Control", "no-cache")
			http.ServeFileFS(w, r, files, "index.html")
		}
	})
}
