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

// exportChunk is how long a client may take for each page of an export.
const exportChunk = 30 * time.Second

// export streams the record of a run. It begins to answer when the first page
// was read; what fails later can only cut the file short, and ends the
// connection so that the client sees it.
func (s *Server) export(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	format := export.CSV
	if f := r.URL.Query().Get("format"); f != "" {
		var err error
		if format, err = export.ParseFormat(f); err != nil {
			graph.WriteError(w, status(err), err)
			return
		}
	}
	run, err := s.exportedRun(ctx, chi.URLParam(r, "id"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", format.ContentType())
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": run.FileName(format)}))
	h.Set("Cache-Control", "no-store")
	source := patient{s.resolver.Store, http.NewResponseController(w)}
	if err := export.Write(ctx, w, format, run, source); err != nil {
		s.log.WarnContext(ctx, "export cut short", "run", run.ID, "error", err, "request", graph.RequestID(ctx))
		panic(http.ErrAbortHandler)
	}
}

// patient gives the client time for the page that is being read.
type patient struct {
	export.Source
	client *http.ResponseController
}

func (p patient) RunStream(ctx context.Context, run string, after lab.Position, limit int) ([]lab.StreamEvent, error) {
	_ = p.client.SetWriteDeadline(time.Now().Add(exportChunk)) // not every ResponseWriter of a test can
	return p.Source.RunStream(ctx, run, after, limit)
}

func (s *Server) exportedRun(ctx context.Context, id string) (export.Run, error) {
	u, err := graph.User(ctx)
	if err != nil {
		return export.Run{}, err
	}
	store := s.resolver.Store
	run, err := store.Run(ctx, u.Organisation, id)
	if err != nil {
		return export.Run{}, err
	}
	out := export.Run{Run: run}
	version, err := store.Version(ctx, u.Organisation, run.Version)
	if err != nil {
		return out, err
	}
	out.VersionNumber, out.VersionHash = version.Number, version.Hash
	if run.Subject != nil {
		subject, err := store.Subject(ctx, u.Organisation, *run.Subject)
		if err != nil {
			return out, err
		}
		out.SubjectName = subject.Name
	}
	if run.Experiment != nil {
		experiment, err := store.Experiment(ctx, u.Organisation, *run.Experiment)
		if err != nil {
			return out, err
		}
		out.ExperimentName = experiment.Name
	}
	out.Notes, err = store.Notes(ctx, u.Organisation, run.ID)
	return out, err
}

// fail answers with an error; one that is not for people goes to the log.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	code := lab.CodeOf(err)
	if code == lab.Internal || code == lab.Unavailable {
		s.log.WarnContext(r.Context(), "request failed", "error", err, "request", graph.RequestID(r.Context()))
	}
	graph.WriteError(w, status(err), err)
}
