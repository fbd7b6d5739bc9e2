package worker_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/licstest"
	"github.com/lics-lab/lics/objects"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/workflows"
)

// dying is an object store whose worker dies right after its first upload.
type dying struct {
	*objects.Store
	puts     atomic.Int32
	uploaded chan struct{}
}

func (d *dying) Put(ctx context.Context, key, contentType string, size int64, r io.ReadSeeker) error {
	if err := d.Store.Put(ctx, key, contentType, size, r); err != nil {
		return err
	}
	if d.puts.Add(1) == 1 {
		close(d.uploaded)
		<-ctx.Done()
		return ctx.Err()
	}
	return nil
}

func TestWorkerKilledBetweenUploadAndRecordLeavesTheSameFilesOnce(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	gateway := licstest.S3(t)
	kept, err := objects.New(objects.Config{URL: gateway.URL, Access: gateway.Access, Secret: gateway.Secret, Bucket: gateway.Bucket})
	require.NoError(t, err)
	store := &dying{Store: kept, uploaded: make(chan struct{})}
	s.objects = store
	stop := s.work()
	run := s.start(plantest.Draw(t, "start -> export\nexport -> end", func(p *plan.Plan) {
		p.Node("export").Export.Formats = []string{"json", "parquet"}
	}))
	require.Equal(t, lab.RunCompleted, s.result(run).Status, "the run does not wait for its files")
	<-store.uploaded
	require.Equal(t, lab.RunFilePending, s.store.Files()["json events"].State)
	stop()
	s.work()
	var out workflows.ExportResult
	id := run.GetID()[len("run-"):]
	require.NoError(t, s.client.GetWorkflow(t.Context(), workflows.ExportID(id), "").Get(t.Context(), &out))
	require.Equal(t, workflows.ExportResult{Stored: 3}, out)
	require.EqualValues(t, 4, store.puts.Load())
	files := s.store.Files()
	require.Len(t, files, 3)
	for _, f := range files {
		require.Equal(t, lab.RunFileStored, f.State)
		o, err := kept.Open(t.Context(), f.Key)
		require.NoError(t, err)
		raw, err := io.ReadAll(o)
		require.NoError(t, err)
		sum := sha256.Sum256(raw)
		require.Equal(t, f.SHA256, hex.EncodeToString(sum[:]), f.Key)
	}
}
