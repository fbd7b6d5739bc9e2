package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/lics-lab/lics/ingest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/wire"
)

// The promise of the feed: whoever comes, goes and comes back with a cursor
// sees every event of every writer once and in order, while transactions
// commit late, are published late, twice or not at all, and the ring is far
// too small.
func TestEveryEventIsSeenOnceByReadersThatComeAndGo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run := w.run(t)
	feed := &ingest.Feed{Source: w.Store, Ring: 16, Poll: 20 * time.Millisecond}
	const events, rows, boots = 80, 300, 2
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()

	var writers errgroup.Group
	for half := range int64(2) { // two branches of a workflow
		writers.Go(func() error {
			for seq := half + 1; seq <= events; seq += 2 {
				if err := w.AppendRunEvents(ctx, []lab.RunEvent{{Run: run, Seq: seq, At: time.Now(), Kind: "note"}}); err != nil {
					return err
				}
				if seq%7 != 0 { // some nudges are lost
					feed.Nudge(run)
				}
			}
			return nil
		})
	}
	for boot := range boots {
		writers.Go(func() error {
			r := rand.New(rand.NewPCG(11, uint64(boot)))
			for stored := int64(0); stored < rows; {
				first := stored + 1 - min(stored, r.Int64N(4))
				b := batch(fmt.Sprint("box-", boot), "b1", run, first, min(first+r.Int64N(25), rows))
				out, err := w.StoreBatches(ctx, []wire.EventBatch{b})
				if err != nil {
					return err
				}
				stored = out[0].Seq
				for range r.IntN(3) { // another server stored it, or it is told twice
					feed.Publish(run, streamRows(out[0].Fresh))
				}
			}
			return nil
		})
	}
	lock := w.connect(t)
	var holder errgroup.Group
	holding, stop := context.WithCancel(ctx)
	holder.Go(func() error {
		for n := 0; holding.Err() == nil; n++ {
			sql := `SELECT FROM run WHERE id = $1 FOR NO KEY UPDATE`
			if n%2 == 0 {
				sql = `SELECT FROM device_boot d JOIN run_boot rb ON rb.boot_id = d.id WHERE rb.run_id = $1 ORDER BY d.id LIMIT 1 FOR NO KEY UPDATE OF d`
			}
			tx, err := lock.Begin(ctx)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, sql, run); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `SELECT pg_sleep(0.004)`); err != nil {
				return err
			}
			if err := tx.Commit(ctx); err != nil {
				return err
			}
		}
		return nil
	})

	var readers errgroup.Group
	for n := range 6 {
		readers.Go(func() error {
			rnd := rand.New(rand.NewPCG(5, uint64(n)))
			r := reader{run: run}
			for r.n < events+boots*rows {
				at, err := store.DecodeCursor(run, r.at)
				if err != nil {
					return err
				}
				sub, err := feed.Subscribe(ctx, run, at)
				if err != nil {
					return err
				}
				for turns := rnd.IntN(6); turns >= 0 && r.n < events+boots*rows; turns-- {
					es, err := sub.Next(ctx)
					if errors.Is(err, ingest.ErrSlow) {
						break
					}
					if err != nil {
						return fmt.Errorf("%d events: %w", r.n, err)
					}
					es = es[:1+rnd.IntN(len(es))]
					if err := r.take(es); err != nil {
						return err
					}
					if !es[len(es)-1].Position.Equal(sub.Position()) {
						break // the connection broke in the middle of what was sent
					}
				}
				sub.Close()
			}
			return nil
		})
	}
	require.NoError(t, writers.Wait())
	stop()
	require.NoError(t, holder.Wait())
	require.NoError(t, readers.Wait())
	require.Zero(t, feed.Watched(), "nobody watches, nothing is kept")
}

func TestASlowReaderIsSentAwayAndMissesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run := w.run(t)
	feed := &ingest.Feed{Source: w.Store, Ring: 10, Poll: time.Hour}
	slow, err := feed.Subscribe(t.Context(), run, lab.Position{})
	require.NoError(t, err)
	defer slow.Close()
	tell := func(first, last int64) {
		out, err := w.StoreBatches(t.Context(), []wire.EventBatch{batch("box-1", "b1", run, first, last)})
		require.NoError(t, err)
		feed.Publish(run, streamRows(out[0].Fresh))
	}
	r := reader{run: run}
	tell(1, 5)
	for r.n < 5 {
		es, err := slow.Next(t.Context())
		require.NoError(t, err)
		require.NoError(t, r.take(es))
	}
	tell(6, 7)
	es, err := slow.Next(t.Context())
	require.NoError(t, err)
	require.NoError(t, r.take(es))
	tell(8, 100)
	_, err = slow.Next(t.Context())
	require.ErrorIs(t, err, ingest.ErrSlow)
	require.Equal(t, lab.Unavailable, lab.CodeOf(err))

	at, err := store.DecodeCursor(run, r.at)
	require.NoError(t, err)
	again, err := feed.Subscribe(t.Context(), run, at)
	require.NoError(t, err)
	defer again.Close()
	for r.n < 100 {
		es, err := again.Next(t.Context())
		require.NoError(t, err)
		require.NoError(t, r.take(es))
	}
}

func TestWhatNobodyToldIsFoundAllTheSame(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run := w.run(t)
	feed := &ingest.Feed{Source: w.Store, Poll: 10 * time.Millisecond}
	sub, err := feed.Subscribe(t.Context(), run, lab.Position{})
	require.NoError(t, err)
	defer sub.Close()
	next := make(chan []lab.StreamEvent, 1)
	go func() {
		es, _ := sub.Next(t.Context())
		next <- es
	}()
	_, _, err = w.StoreBatch(t.Context(), batch("box-1", "b1", run, 1, 3))
	require.NoError(t, err)
	require.Len(t, <-next, 3)

	_, err = feed.Subscribe(t.Context(), uuid.NewString(), lab.Position{})
	require.Equal(t, lab.NotFound, lab.CodeOf(err))
	_, err = feed.Subscribe(t.Context(), "nonsense", lab.Position{})
	require.Equal(t, lab.NotFound, lab.CodeOf(err))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = sub.Next(ctx)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, 1, feed.Watched())
}

func TestOnlyTheLatestWordAboutAThingWaits(t *testing.T) {
	t.Parallel()
	feed := ingest.NewDeviceFeed()
	all, one := feed.Subscribe(nil), feed.Subscribe(func(d lab.Device) bool { return d.ID == "b" })
	for _, d := range []lab.Device{{ID: "a"}, {ID: "b"}, {ID: "a", Online: true}} {
		feed.Publish(d)
	}
	got, err := all.Next(t.Context())
	require.NoError(t, err)
	require.Equal(t, []lab.Device{{ID: "a", Online: true}, {ID: "b"}}, got)
	got, err = one.Next(t.Context())
	require.NoError(t, err)
	require.Equal(t, []lab.Device{{ID: "b"}}, got)
	require.Equal(t, 2, feed.Readers())
	all.Close()
	one.Close()
	require.Zero(t, feed.Readers())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = all.Next(ctx)
	require.ErrorIs(t, err, context.Canceled)
}

// The fan-out to readers that stand at the end of the ring: what one message
// costs for each of a thousand.
func BenchmarkFanOut(b *testing.B) {
	w := newWorld(b)
	run := w.run(b)
	feed := &ingest.Feed{Source: w.Store, Poll: time.Hour}
	const readers = 1000
	subs := make([]*ingest.Subscription, readers)
	for i := range subs {
		s, err := feed.Subscribe(b.Context(), run, lab.Position{})
		require.NoError(b, err)
		defer s.Close()
		subs[i] = s
	}
	seq := int64(0)
	tell := func() {
		seq++
		feed.Publish(run, []lab.StreamEvent{{Row: &lab.DeviceRow{Device: "box-1", Boot: "b1", Seq: seq}}})
	}
	tell()
	for _, s := range subs { // out of the store, into the ring
		_, err := s.Next(b.Context())
		require.NoError(b, err)
	}
	b.ResetTimer()
	b.ReportAllocs()
	for range b.N {
		tell()
		for _, s := range subs {
			if _, err := s.Next(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*readers), "ns/reader")
}
