package server

import (
	"context"
	"encoding/json"
	"mime"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/lics-lab/lics/export"
	"github.com/lics-lab/lics/graph"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
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
	store := s.resolver.Store
	run, err := store.Run(ctx, u.Organisation, id)
	if err != nil {
		return export.Run{}, err
	}
	out := export.Run{Run: run, Exporter: s.resolver.Version}
	if out.Version, err = store.Version(ctx, u.Organisation, run.Version); err != nil {
		return out, err
	}
	if run.Subject != nil {
		subject, err := store.Subject(ctx, u.Organisation, *run.Subject)
		if err != nil {
			return out, err
		}
		out.Subject = &subject
		if out.Weight, err = s.weightOf(ctx, u, run); err != nil {
			return out, err
		}
	}
	if run.Experiment != nil {
		experiment, err := store.Experiment(ctx, u.Organisation, *run.Experiment)
		if err != nil {
			return out, err
		}
		out.Experiment = &experiment
	}
	if out.Boxes, err = s.boxesOf(ctx, u, run); err != nil {
		return out, err
	}
	out.Notes, err = store.Notes(ctx, u.Organisation, run.ID)
	return out, err
}

// recent is how old a weight may be to say something about a run.
const recent = 7 * 24 * time.Hour

// weightOf is the latest weight of a run's subject when the run was over, as
// it is known by now: a weight that is corrected later changes the export.
func (s *Server) weightOf(ctx context.Context, u lab.User, run lab.Run) (*lab.Weight, error) {
	until := time.Now()
	if run.EndedAt != nil {
		until = *run.EndedAt
	}
	ws, _, err := s.resolver.Store.Weights(ctx, u.Organisation, *run.Subject, store.WeightFilter{Since: until.Add(-recent), Until: until}, store.Page{First: 1})
	if err != nil || len(ws) == 0 {
		return nil, err
	}
	return &ws[0], nil
}

// boxesOf are the devices of a run with the rigs they had.
func (s *Server) boxesOf(ctx context.Context, u lab.User, run lab.Run) ([]export.Box, error) {
	var bindings []lab.Binding
	if err := json.Unmarshal(run.Bindings, &bindings); err != nil {
		return nil, err
	}
	boxes := make([]export.Box, len(bindings))
	for i, b := range bindings {
		box := export.Box{Binding: b}
		if b.Rig == "" { // an older run
			d, err := s.resolver.Store.Device(ctx, u.Organisation, b.Device)
			if err != nil && lab.CodeOf(err) != lab.NotFound {
				return nil, err
			}
			box.Binding.Rig, box.RigNow = d.RigHash, d.RigHash != ""
		}
		if box.Binding.Rig != "" {
			rig, err := s.resolver.Store.Rig(ctx, u.Organisation, box.Binding.Rig)
			if err != nil && lab.CodeOf(err) != lab.NotFound {
				return nil, err
			}
			box.Rig = rig.Document
		}
		boxes[i] = box
	}
	return boxes, nil
}

// fail answers with an error; one that is not for people goes to the log.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	code := lab.CodeOf(err)
	if code == lab.Internal || code == lab.Unavailable {
		s.log.WarnContext(r.Context(), "request failed", "error", err, "request", graph.RequestID(r.Context()))
	}
	graph.WriteError(w, status(err), err)
}
