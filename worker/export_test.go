package worker_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"

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

func TestTheKeysOfTheObjectStoreAreInNoHistoryNoRowAndNoLog(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	var log lockedLog
	s.log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	gateway := licstest.S3(t)
	const access, secret = "an-access-key", "a-secret-of-the-lab"
	var err error
	s.objects, err = objects.New(objects.Config{URL: gateway.URL, Access: access, Secret: secret, Bucket: gateway.Bucket})
	require.NoError(t, err)
	s.work()
	run := s.start(plantest.Draw(t, "start -> export\nexport -> end"))
	require.Equal(t, lab.RunCompleted, s.result(run).Status, "a store that refuses us is no failure of the run")
	export := s.client.GetWorkflow(t.Context(), workflows.ExportID(run.GetID()[len("run-"):]), "")
	require.Eventually(t, func() bool { return s.store.Files()["csv events"].Error != "" }, time.Minute, 10*time.Millisecond)
	about, err := s.client.DescribeWorkflowExecution(t.Context(), export.GetID(), "")
	require.NoError(t, err)
	said := log.String() + about.String()
	for _, f := range s.store.Files() {
		require.Contains(t, f.Error, "refuses our key")
		said += f.Error
	}
	for _, id := range []string{run.GetID(), export.GetID()} {
		for it := s.client.GetWorkflowHistory(t.Context(), id, "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT); it.HasNext(); {
			e, err := it.Next()
			require.NoError(t, err)
			said += e.String()
		}
	}
	require.Contains(t, log.String(), "file of a run not made")
	require.NotContains(t, said, access)
	require.NotContains(t, said, secret)
}

// lockedLog is what the worker's goroutines log.
type lockedLog struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
