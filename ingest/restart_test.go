package ingest_test

import (
	"context"
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/lics-lab/lics/ingest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/local"
	"github.com/lics-lab/lics/store"
)

// killable is a PostgreSQL of this test alone, which keeps its promises when
// it is killed.
func killable(t *testing.T) *local.Postgres {
	t.Helper()
	dir, err := os.MkdirTemp("", "lics-test-")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o711))
	pg, err := local.StartPostgres(t.Context(), local.PostgresConfig{Dir: dir})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, pg.Stop()) })
	return pg
}

func TestNothingIsLostOrDoubledWhenPostgresIsKilledInMidStream(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	pg := killable(t)
	require.NoError(t, pg.EnsureDatabase(ctx, "lab"))
	require.NoError(t, store.Migrate(ctx, pg.DSN("lab")))
	w := openWorld(t, pg.DSN("lab"))
	run := w.run(t)
	b := newBus()
	feed := &ingest.Feed{Source: w.Store, Poll: 50 * time.Millisecond}
	in := start(t, &ingest.Ingest{Store: w, Messages: b, Organisation: w.org, Feed: feed, Retry: 50 * time.Millisecond})

	const devices, rows = 4, 8000
	var g errgroup.Group
	for n := range devices {
		g.Go(func() error {
			return device{id: fmt.Sprint("box-", n), boot: "b1", run: run, rows: rows, size: 10, bus: b}.record(ctx)
		})
	}
	progress := make(chan int, 1)
	g.Go(func() error {
		r := reader{run: run}
		for r.n < devices*rows {
			at, err := store.DecodeCursor(run, r.at)
			if err != nil {
				return err
			}
			sub, err := feed.Subscribe(ctx, run, at)
			for err == nil && r.n < devices*rows {
				var es []lab.StreamEvent
				if es, err = sub.Next(ctx); err == nil {
					if err := r.take(es); err != nil {
						return err
					}
					select {
					case <-progress:
					default:
					}
					progress <- r.n
				}
			}
			if sub != nil {
				sub.Close()
			}
			if err != nil && lab.CodeOf(err) != lab.Unavailable {
				return err
			}
		}
		return nil
	})
	for kill := 1; kill <= 2; kill++ {
		for n := 0; n < kill*devices*rows/4; {
			select {
			case n = <-progress:
			case <-ctx.Done():
				t.Fatal(ctx.Err())
			}
		}
		pid := pg.PID()
		require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
		require.NoError(t, pg.Restarted(ctx, pid))
	}
	require.NoError(t, g.Wait())
	requireRecordedOnce(t, w, run, devices, rows)
	require.Zero(t, in.Stats().Refused, "a database that is away is nobody's fault")
}
