package store_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/licstest"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// world is a migrated database with one lab in it.
type world struct {
	*store.Store
	dsn string
	org string
}

func newWorld(t testing.TB) world {
	t.Helper()
	dsn := licstest.PostgresFrom(t, "store", store.Migrate)
	s, err := store.Open(t.Context(), dsn)
	require.NoError(t, err)
	t.Cleanup(s.Close)
	org, _, err := s.EnsureOrganisation(t.Context())
	require.NoError(t, err)
	return world{s, dsn, org.ID}
}

// connect is a connection of its own, to hold locks and to look at tables.
func (w world) connect(t testing.TB) *pgx.Conn {
	t.Helper()
	c, err := pgx.Connect(t.Context(), w.dsn)
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close(context.WithoutCancel(t.Context())) })
	return c
}

func (w world) protocol(t testing.TB, name string) (lab.Protocol, lab.ProtocolVersion) {
	t.Helper()
	p, v, err := w.SaveProtocol(t.Context(), store.SaveProtocol{
		Organisation: w.org, Name: name, Document: json.RawMessage(`{"format":1, "x": 1.0}`), Hash: "hash-of-" + name, By: "ada",
	})
	require.NoError(t, err)
	return p, v
}

func (w world) run(t testing.TB) lab.Run {
	t.Helper()
	_, v := w.protocol(t, "lever "+uuid.NewString())
	r, created, err := w.CreateRun(t.Context(), lab.Run{Organisation: w.org, Version: v.ID, Seed: 7})
	require.NoError(t, err)
	require.True(t, created)
	return r
}

// batch is rows first to last of a boot.
func batch(device, boot, run string, first, last int64) wire.EventBatch {
	b := wire.EventBatch{
		V: wire.Major, Device: device, Boot: boot, First: first, Run: run, Command: run + "/n1/1", Node: "n1",
		Start: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC).UnixNano(),
	}
	for seq := first; seq <= last; seq++ {
		b.Rows = append(b.Rows, task.Row{
			At: time.Duration(seq) * time.Millisecond, Kind: task.KindEvent, Name: "lever_in",
			Value: expr.IntValue(seq), Trial: 1,
		})
	}
	return b
}

func runEvents(run string, first, last int64) []lab.RunEvent {
	var es []lab.RunEvent
	for seq := first; seq <= last; seq++ {
		es = append(es, lab.RunEvent{Run: run, Seq: seq, At: time.Now(), Kind: "note", Body: json.RawMessage(`{"n": 1.0}`)})
	}
	return es
}

func requireCode(t testing.TB, want lab.Code, err error) {
	t.Helper()
	require.Error(t, err)
	require.Equal(t, want, lab.CodeOf(err), "%v", err)
}
