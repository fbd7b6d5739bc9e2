package server

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// noncePlace is where index.html wants the nonce of its answer.
const noncePlace = "{{nonce}}"

// site is the web app as files: one page for every address, and what it needs.
type site struct {
	files fs.FS
	known map[string]file
	page  []string // what stands between the places of the nonce
}

type file struct {
	kind     string
	tag      string            // empty when the name has a hash already
	variants map[string]string // names of its packed forms, by encoding
}

// Encodings in which the build leaves the files beside them, the better first.
var encodings = []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// newSite reads what there is; files do not change while the server runs.
func newSite(files fs.FS) (*site, error) {
	s := &site{files: files, known: map[string]file{}}
	page, err := fs.ReadFile(files, "index.html")
	if err != nil {
		return nil, fmt.Errorf("web app: %w", err)
	}
	s.page = strings.Split(string(page), noncePlace)
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() || name == "index.html" || packed(name):
			return nil
		}
		return s.add(name)
	})
	if err != nil {
		return nil, fmt.Errorf("web app: %w", err)
	}
	return s, nil
}

func packed(name string) bool {
	for _, e := range encodings {
		if strings.HasSuffix(name, e.suffix) {
			return true
		}
	}
	return false
}

func (s *site) add(name string) error {
	f := file{kind: kindOf(name), variants: map[string]string{}}
	if !strings.HasPrefix(name, "assets/") {
		content, err := fs.ReadFile(s.files, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(content)
		f.tag = `"` + hex.EncodeToString(sum[:8]) + `"`
	}
	for _, e := range encodings {
		if _, err := fs.Stat(s.files, name+e.suffix); err == nil {
			f.variants[e.name] = name + e.suffix
		}
	}
	s.known[name] = f
	return nil
}

// kindOf does not leave the kinds that matter to the tables of the machine: with
// nosniff, a wrong one is a page that does not start.
func kindOf(name string) string {
	switch ext := path.Ext(name); ext {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".webmanifest":
		return "application/manifest+json"
	default:
		if kind := mime.TypeByExtension(ext); kind != "" {
			return kind
		}
		return "application/octet-stream"
	}
}

// ServeHTTP serves the app. Files under assets/ have their hash in their name
// and are kept for ever; a path that is no file is one of the app's own pages.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "There is nothing here but pages.", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if f, ok := s.known[name]; ok {
		s.serveFile(w, r, name, f)
		return
	}
	if strings.HasPrefix(name, "assets/") || strings.HasPrefix(name, "api/") {
		http.NotFound(w, r) // a page in place of a script only confuses
		return
	}
	s.servePage(w)
}

func (s *site) serveFile(w http.ResponseWriter, r *http.Request, name string, f file) {
	h := w.Header()
	h.Set("Content-Type", f.kind)
	if f.tag == "" {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
		h.Set("ETag", f.tag)
	}
	if len(f.variants) > 0 {
		h.Set("Vary", "Accept-Encoding")
		if encoding := choose(r.Header.Values("Accept-Encoding"), f.variants); encoding != "" {
			h.Set("Content-Encoding", encoding)
			name = f.variants[encoding]
		}
	}
	content, err := s.files.Open(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer content.Close()
	info, err := content.Stat()
	seeker, ok := content.(io.ReadSeeker)
	if err != nil || !ok {
		http.NotFound(w, r)
		return
	}
	http.ServeContent(w, r, "", info.ModTime(), seeker)
}

// choose is the best encoding that there is and that the client takes.
func choose(accepted []string, variants map[string]string) string {
	takes := map[string]bool{}
	for _, header := range accepted {
		for part := range strings.SplitSeq(header, ",") {
			name, parameters, _ := strings.Cut(part, ";")
			q := strings.ReplaceAll(parameters, " ", "")
			refused := strings.HasPrefix(q, "q=0") && strings.Trim(q, "q=0.") == ""
			takes[strings.ToLower(strings.TrimSpace(name))] = !refused
		}
	}
	for _, e := range encodings {
		if _, ok := variants[e.name]; ok && takes[e.name] {
			return e.name
		}
	}
	return ""
}

// servePage serves the page with a nonce of its own: the app makes style
// elements, and only those that carry it count.
func (s *site) servePage(w http.ResponseWriter) {
	nonce := rand.Text()
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Security-Policy", contentPolicy(nonce))
	_, _ = io.WriteString(w, strings.Join(s.page, nonce)) //nolint:gosec // both are our own
}

// contentPolicy keeps a page from loading, running and sending anything that is
// not the server's own. Without a nonce it may not make styles either.
func contentPolicy(nonce string) string {
	style := "'self'"
	if nonce != "" {
		style += " 'nonce-" + nonce + "'"
	}
	return "default-src 'none'; script-src 'self'; style-src " + style + "; img-src 'self' data:; font-src 'self'; " +
		"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}
