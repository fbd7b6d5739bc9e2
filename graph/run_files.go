package graph

import (
	"context"
	"net/url"
	"slices"

	"github.com/lics-lab/lics/export"
	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
)

// files are those that the protocol of a run wants.
func (r *Resolver) files(ctx context.Context, run *lab.Run) ([]gen.RunFile, error) {
	u, err := User(ctx)
	if err != nil {
		return nil, err
	}
	fs, err := r.Store.RunFiles(ctx, u.Organisation, run.ID)
	if err != nil {
		return nil, err
	}
	out := make([]gen.RunFile, len(fs))
	for i, f := range fs {
		out[i] = gen.RunFile{
			Format: exportFormats[export.Format(f.Format)], Table: exportTables[export.Table(f.Table)], Name: f.Name,
			State: gen.RunFileState(f.State), Missing: f.Missing, Error: f.Error, CreatedAt: f.StoredAt,
		}
		if f.State != lab.RunFileStored {
			continue
		}
		path := "/api/v1/runs/" + run.ID + "/files/" + url.PathEscape(f.Name)
		out[i].Size, out[i].Sha256, out[i].Rows, out[i].DownloadURL = &f.Size, &f.SHA256, &f.Rows, &path
	}
	return out, nil
}

// makeFiles lets the files of a run be made.
func (r *Resolver) makeFiles(ctx context.Context, in gen.MakeRunFilesInput) (lab.Run, error) {
	u, err := User(ctx)
	if err != nil {
		return lab.Run{}, err
	}
	run, err := r.Store.Run(ctx, u.Organisation, in.Run)
	if err != nil {
		return run, err
	}
	if !run.Status.Final() {
		return run, lab.Errorf(lab.State, "The run is not over. The files that its protocol wants are made at its end; what it has recorded until now can be downloaded (exports).")
	}
	var formats []string
	for name, f := range exportFormats {
		if slices.Contains(in.Formats, f) {
			formats = append(formats, string(name))
		}
	}
	if err := r.Store.MarkExports(ctx, run.ID, "", formats); err != nil {
		return run, err
	}
	wanted, err := r.Store.MarkedExports(ctx, run.ID)
	if err != nil {
		return run, err
	}
	if len(wanted) == 0 {
		return run, lab.FieldErrorf("formats", "The protocol of this run wants no files: name at least one format.")
	}
	if r.Runner == nil {
		return run, lab.Errorf(lab.Unavailable, "This server cannot make files: it has no Temporal.")
	}
	if err := r.Store.RetryRunFiles(ctx, run.ID); err != nil {
		return run, err
	}
	if err := r.Runner.MakeFiles(ctx, run); err != nil {
		return run, err
	}
	r.audit(ctx, u, "make_run_files", run.ID, in)
	return run, nil
}
