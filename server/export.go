package server

import (
	"context"
	"mime"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/lics-lab/lics/export"
	"github.com/lics-lab/lics/graph"
	"github.com/lics-lab/lics/lab"
)

// exportChunk is how long a client may take for each part of an export.
const exportChunk = 30 * time.Second

// export streams the record of a run. It begins to answer when the first page
// was read; what fails later can only cut the file short, and ends the
// connection so that the client sees it.
func (s *Server) export(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	format, table, err := exportOf(r)
	if err != nil {
		graph.WriteError(w, status(err), err)
		return
	}
	run, err := s.exportedRun(ctx, chi.URLParam(r, "id"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", format.ContentType())
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": run.FileName(format, table)}))
	h.Set("Cache-Control", "no-store")
	client := patient{w, http.NewResponseController(w), s.resolver.Store}
	if err := export.Write(ctx, client, format, table, run, client); err != nil {
		s.log.WarnContext(ctx, "export cut short", "run", run.Run.ID, "error", err, "request", graph.RequestID(ctx))
		panic(http.ErrAbortHandler)
	}
}

// exportOf reads what is asked for; csv of the events when nothing is.
func exportOf(r *http.Request) (export.Format, export.Table, error) {
	q := r.URL.Query()
	format := export.CSV
	if f := q.Get("format"); f != "" {
		var err error
		if format, err = export.ParseFormat(f); err != nil {
			return "", "", err
		}
	}
	table, err := export.ParseTable(q.Get("table"), format)
	return format, table, err
}

// patient gives the client time for each part that it is sent, and for each
// page that is read before anything can be sent.
type patient struct {
	http.ResponseWriter
	client *http.ResponseController
	source export.Source
}

func (p patient) RunStream(ctx context.Context, run string, after lab.Position, limit int) ([]lab.StreamEvent, error) {
	_ = p.client.SetWriteDeadline(time.Now().Add(exportChunk)) // not every ResponseWriter of a test can
	return p.source.RunStream(ctx, run, after, limit)
}

func (p patient) Write(b []byte) (int, error) {
	_ = p.client.SetWriteDeadline(time.Now().Add(exportChunk))
	return p.ResponseWriter.Write(b)
}

func (s *Server) exportedRun(ctx context.Context, id string) (export.Run, error) {
	u, err := graph.User(ctx)
	if err != nil {
		return export.Run{}, err
	}
	return export.Load(ctx, s.resolver.Store, u.Organisation, id, s.resolver.Version)
}

// fail answers with an error; one that is not for people goes to the log.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	code := lab.CodeOf(err)
	if code == lab.Internal || code == lab.Unavailable {
		s.log.WarnContext(r.Context(), "request failed", "error", err, "request", graph.RequestID(r.Context()))
	}
	graph.WriteError(w, status(err), err)
}
