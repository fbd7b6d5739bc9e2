package graph

import (
	"context"
	"net/url"

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
