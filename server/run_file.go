package server

import (
	"context"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/lics-lab/lics/export"
	"github.com/lics-lab/lics/graph"
	"github.com/lics-lab/lics/lab"
)

// Files keeps the files of runs.
type Files interface {
	// Open reads a file. One that is not there is a lab.NotFound error.
	Open(ctx context.Context, key string) (io.ReadSeekCloser, error)
}

// runFile sends a file of a run from the object store, whole or, when a
// download is taken up again, the rest.
func (s *Server) runFile(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	u, err := graph.User(ctx)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	run := chi.URLParam(r, "id")
	f, err := s.resolver.Store.RunFile(ctx, u.Organisation, run, chi.URLParam(r, "name"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if s.files == nil {
		s.fail(w, r, lab.Errorf(lab.Unavailable, "This server has no object store, and cannot reach the file %s. Give it --s3, or download the export from the run.", f.Name))
		return
	}
	file, err := s.files.Open(ctx, f.Key)
	if lab.CodeOf(err) == lab.NotFound && err != nil {
		err = lab.Errorf(lab.NotFound, "The file %s is not in the object store any more. Download the export from the run instead.", f.Name)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	defer file.Close()
	h := w.Header()
	h.Set("Content-Type", export.Format(f.Format).ContentType())
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	h.Set("Cache-Control", "no-store")
	h.Set("ETag", `"`+f.SHA256+`"`)
	http.ServeContent(slow{w, http.NewResponseController(w)}, r, "", time.Time{}, file)
}

// slow gives the client time for each part that it is sent.
type slow struct {
	http.ResponseWriter
	client *http.ResponseController
}

func (s slow) Write(b []byte) (int, error) {
	_ = s.client.SetWriteDeadline(time.Now().Add(exportChunk)) // not every ResponseWriter of a test can
	return s.ResponseWriter.Write(b)
}
