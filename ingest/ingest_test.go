package ingest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/lics-lab/lics/ingest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/licstest"
	"github.com/lics-lab/lics/mqtt"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/wire"
)

func requireRecordedOnce(t *testing.T, w world, run string, devices, rows int) {
	t.Helper()
	last := map[string]int64{}
	n := 0
	for next := ""; ; {
		got, after, err := w.DeviceRows(t.Context(), run, next, 1000)
		require.NoError(t, err)
		for _, r := range got {
			require.Equal(t, last[r.Device]+1, r.Seq)
			last[r.Device] = r.Seq
			require.Equal(t, fmt.Sprint(r.Seq), string(r.Value))
		}
		n += len(got)
		if next = after; next == "" {
			break
		}
	}
	require.Len(t, last, devices)
	require.Equal(t, devices*rows, n)
}

func TestRowsAreRecordedOnceOverABrokerThatLosesAndRepeats(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run := w.run(t)
	b := newBus()
	r := rand.New(rand.NewPCG(1, 2))
	b.copies = func() int { return []int{0, 1, 1, 1, 2}[r.IntN(5)] }
	feed := &ingest.Feed{Source: w.Store}
	in := start(t, &ingest.Ingest{Store: w, Messages: b, Organisation: w.org, Feed: feed})

	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	const devices, rows = 8, 500
	var g errgroup.Group
	for n := range devices {
		g.Go(func() error {
			return device{id: fmt.Sprint("box-", n), boot: "b1", run: run, rows: rows, size: 20, bus: b}.record(ctx)
		})
	}
	g.Go(func() error {
		sub, err := feed.Subscribe(ctx, run, lab.Position{})
		if err != nil {
			return err
		}
		defer sub.Close()
		for r := (reader{run: run}); r.n < devices*rows; {
			es, err := sub.Next(ctx)
			if err != nil {
				return err
			}
			if err := r.take(es); err != nil {
				return err
			}
		}
		return nil
	})
	require.NoError(t, g.Wait())
	requireRecordedOnce(t, w, run, devices, rows)
	require.EqualValues(t, devices*rows, in.Stats().Rows)
	require.Zero(t, in.Stats().Refused)
}

func TestARealBrokerCarriesEverything(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run := w.run(t)
	url := licstest.Broker(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	connect := func() *mqtt.Client {
		c, err := mqtt.Connect(ctx, mqtt.Config{URL: "mqtt://" + url, Log: slog.New(slog.DiscardHandler)})
		require.NoError(t, err)
		t.Cleanup(c.Close)
		return c
	}
	in := &ingest.Ingest{
		Store: w, Messages: connect(), Organisation: w.org, Feed: &ingest.Feed{Source: w.Store},
		Devices: ingest.NewDeviceFeed(), Runs: ingest.NewRunFeed(), Questions: ingest.NewQuestionFeed(),
		Levels: ingest.NewLevelFeed(),
	}
	levels := in.Levels.Subscribe(nil)
	defer levels.Close()
	statuses, runs, questions := in.Devices.Subscribe(nil), in.Runs.Subscribe(nil), in.Questions.Subscribe(nil)
	defer statuses.Close()
	defer runs.Close()
	defer questions.Close()
	start(t, in)

	box := connect()
	acks := make(chan wire.Ack, 100)
	require.NoError(t, box.Subscribe(wire.Topic("box-1", wire.TopicAck), func(_ string, payload []byte) {
		var a wire.Ack
		if json.Unmarshal(payload, &a) == nil {
			acks <- a
		}
	}))
	publish := func(name string, payload any) {
		raw, err := json.Marshal(payload)
		require.NoError(t, err)
		require.NoError(t, box.Publish(ctx, wire.Topic("box-1", name), 1, name == wire.TopicStatus, raw))
	}
	publish(wire.TopicStatus, wire.Status{V: 1, Device: "box-1", Online: true})
	got, err := statuses.Next(ctx)
	require.NoError(t, err)
	require.True(t, got[0].Online)

	publish(wire.TopicEvents, batch("box-1", "b1", run, 1, 30))
	require.Equal(t, wire.Ack{V: 1, Boot: "b1", Seq: 30}, <-acks)
	publish(wire.TopicEvents, batch("box-1", "b1", run, 41, 50))
	require.EqualValues(t, 30, (<-acks).Seq, "after a gap the device hears where to go on")
	publish(wire.TopicEvents, batch("box-1", "b1", run, 1, 10))
	require.EqualValues(t, 30, (<-acks).Seq, "a repeat is acknowledged too")

	publish("temperature", 21.5)
	publish("air", map[string]any{"values": map[string]any{"co2": 400, "ok": true}})
	publish(wire.TopicEvents, batch("box-1", "b1", run, 31, 31)) // comes after them
	require.EqualValues(t, 31, (<-acks).Seq)
	require.Eventually(t, func() bool { // points are stored in a statement of their own
		names, err := w.Metrics(ctx, w.org, "box-1")
		return err == nil && len(names) == 3
	}, 10*time.Second, 5*time.Millisecond)

	_, err = w.BeginRun(ctx, run)
	require.NoError(t, err)
	require.NoError(t, connect().Publish(ctx, wire.RunTopic(run), 1, false, nil))
	changed, err := runs.Next(ctx)
	require.NoError(t, err)
	require.Equal(t, lab.RunRunning, changed[0].Status)

	require.NoError(t, w.AskHuman(ctx, lab.HumanStep{ID: run + "/ask/1", Run: run, Title: "Ready?"}))
	require.NoError(t, connect().Publish(ctx, wire.RunTopic(run), 1, false, nil))
	asked, err := questions.Next(ctx)
	require.NoError(t, err)
	require.Equal(t, "Ready?", asked[0].Title)
	require.Equal(t, w.org, asked[0].Organisation)

	publish(wire.TopicLevels, wire.Levels{V: 1, Device: "box-2", Channels: map[string]wire.Level{"lever": {}}}) // not its own
	publish(wire.TopicLevels, wire.Levels{V: 1, Device: "box-1", Channels: map[string]wire.Level{"lever": {Level: 1, Changes: 3}}})
	shown, err := levels.Next(ctx)
	require.NoError(t, err)
	require.Equal(t, wire.Level{Level: 1, Changes: 3}, shown[0].Channels["lever"])
	require.Len(t, shown, 1)
	require.EqualValues(t, 1, in.Stats().Refused)
	names, err := w.Metrics(ctx, w.org, "box-1")
	require.NoError(t, err)
	require.Len(t, names, 3, "levels are no metric")
}

func TestWhatCannotBeUnderstoodIsRefusedAndHoldsUpNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run := w.run(t)
	b := newBus()
	var log bytes.Buffer
	in := start(t, &ingest.Ingest{
		Store: w, Messages: b, Organisation: w.org, Workers: 1,
		Log: slog.New(slog.NewTextHandler(&log, nil)),
	})
	bad := func(change func(*wire.EventBatch)) []byte {
		x := batch("box-1", "b1", run, 1, 2)
		change(&x)
		raw, err := json.Marshal(x)
		require.NoError(t, err)
		return raw
	}
	for _, payload := range [][]byte{
		[]byte("{"), []byte("null"), []byte("[]"), []byte(`"x"`), []byte(`{"rows":[{"v":{"a":1}}]}`),
		bad(func(b *wire.EventBatch) { b.V = wire.Major + 1 }),
		bad(func(b *wire.EventBatch) { b.Device = "box-2" }),
		bad(func(b *wire.EventBatch) { b.Rows = nil }),
		bad(func(b *wire.EventBatch) { b.First = -1 }),
		bad(func(b *wire.EventBatch) { b.Boot = "" }),
		bad(func(b *wire.EventBatch) { *b = batch("box-1", "b1", run, 1, wire.MaxBatchRows+1) }),
		bytes.Repeat([]byte("x"), wire.MaxBatchBytes+1),
	} {
		b.send("box-1", wire.TopicEvents, payload)
	}
	for _, payload := range []string{"x", "{}", `{"v":9,"device":"box-1"}`, `{"v":1,"device":"box-2"}`} {
		b.send("box-1", wire.TopicStatus, []byte(payload))
	}
	b.send("box-1", "Not-A-Metric", []byte("1"))
	b.send("box-1", "temperature", []byte(`"warm"`))
	b.send("../x", wire.TopicEvents, []byte("{}"))
	b.send("box-1", wire.TopicEvents, []byte{})
	b.send("box-1", wire.TopicCommand, []byte("not ours"))
	require.NoError(t, device{id: "box-1", boot: "b1", run: run, rows: 5, size: 5, bus: b}.record(t.Context()))
	require.EqualValues(t, 19, in.Stats().Refused, log.String())
	require.Less(t, strings.Count(log.String(), "\n"), 12, "one line of a kind, not one of a message")
	requireRecordedOnce(t, w, run, 1, 5)
}

// faulty is a store that fails when it is told to.
type faulty struct {
	world
	mu   sync.Mutex
	fail func(batches []wire.EventBatch) error
}

func (f *faulty) set(fail func([]wire.EventBatch) error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fail = fail
}

func (f *faulty) failure(batches []wire.EventBatch) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fail == nil {
		return nil
	}
	return f.fail(batches)
}

func (f *faulty) StoreBatches(ctx context.Context, batches []wire.EventBatch) ([]store.Stored, error) {
	if err := f.failure(batches); err != nil {
		return nil, err
	}
	return f.world.StoreBatches(ctx, batches)
}

func (f *faulty) SaveDeviceStatus(ctx context.Context, org string, st wire.Status, raw json.RawMessage) (lab.Device, error) {
	if err := f.failure(nil); err != nil {
		return lab.Device{}, err
	}
	return f.world.SaveDeviceStatus(ctx, org, st, raw)
}

func TestAStatusIsSavedWhenTheDatabaseIsBack(t *testing.T) {
	t.Parallel()
	s := &faulty{world: newWorld(t)}
	asked := make(chan struct{}, 1000)
	s.set(func([]wire.EventBatch) error {
		asked <- struct{}{}
		return lab.Errorf(lab.Unavailable, "away")
	})
	b := newBus()
	devices := ingest.NewDeviceFeed()
	heard := devices.Subscribe(nil)
	defer heard.Close()
	start(t, &ingest.Ingest{Store: s, Messages: b, Organisation: s.org, Devices: devices, Retry: time.Millisecond})
	b.send("box-1", wire.TopicStatus, wire.Status{V: 1, Device: "box-1", Online: true, Boot: "old"})
	<-asked
	b.send("box-1", wire.TopicStatus, wire.Status{V: 1, Device: "box-1", Online: true, Boot: "new"})
	for range 10 {
		<-asked
	}
	s.set(nil)
	for {
		got, err := heard.Next(t.Context())
		require.NoError(t, err)
		require.Len(t, got, 1)
		if got[0].Boot == "new" {
			break
		}
	}
	d, err := s.Device(t.Context(), s.org, "box-1")
	require.NoError(t, err)
	require.Equal(t, "new", d.Boot)
}

func TestABatchThatTheStoreRefusesHoldsUpNoOtherDevice(t *testing.T) {
	t.Parallel()
	s := &faulty{world: newWorld(t)}
	run := s.run(t)
	s.set(func(batches []wire.EventBatch) error {
		for _, b := range batches {
			if b.Device == "bad" {
				return errors.New("a bug")
			}
		}
		return nil
	})
	b := newBus()
	in := start(t, &ingest.Ingest{Store: s, Messages: b, Organisation: s.org, Workers: 1})
	for n := range int64(50) {
		b.send("bad", wire.TopicEvents, batch("bad", "b1", run, n+1, n+1))
	}
	require.NoError(t, device{id: "good", boot: "b1", run: run, rows: 100, size: 5, bus: b}.record(t.Context()))
	requireRecordedOnce(t, s.world, run, 1, 100)
	require.Positive(t, in.Stats().Refused)
}

func TestADeviceThatTalksTooMuchFillsOnlyItsOwnLine(t *testing.T) {
	t.Parallel()
	s := &faulty{world: newWorld(t)}
	run := s.run(t)
	entered, leave := make(chan struct{}), make(chan struct{})
	var once sync.Once
	s.set(func([]wire.EventBatch) error {
		once.Do(func() { close(entered); <-leave })
		return nil
	})
	b := newBus()
	in := start(t, &ingest.Ingest{Store: s, Messages: b, Organisation: s.org, Workers: 1})
	b.send("loud", wire.TopicEvents, batch("loud", "b1", run, 1, 1))
	<-entered // the only worker is held up
	for range 1000 {
		b.send("loud", wire.TopicEvents, batch("loud", "b1", run, 2, 2))
	}
	require.EqualValues(t, 1000-256, in.Stats().Dropped)
	done := make(chan error, 1)
	go func() {
		done <- device{id: "quiet", boot: "b1", run: run, rows: 10, size: 5, bus: b}.record(t.Context())
	}()
	close(leave)
	require.NoError(t, <-done)
	seq, err := s.StoredSeq(t.Context(), "quiet", "b1")
	require.NoError(t, err)
	require.EqualValues(t, 10, seq)
}

func BenchmarkIngest(b *testing.B) {
	for _, size := range []int64{1, 10, 100} {
		b.Run(fmt.Sprint("rows=", size), func(b *testing.B) {
			w := newWorld(b)
			run := w.run(b)
			bus := newBus()
			start(b, &ingest.Ingest{Store: w, Messages: bus, Organisation: w.org, Feed: &ingest.Feed{Source: w.Store}})
			const devices = 16
			b.ResetTimer()
			var g errgroup.Group
			for n := range devices {
				g.Go(func() error {
					return device{
						id: fmt.Sprint("box-", n), boot: "b1", run: run, rows: int64(b.N) * size, size: size, bus: bus,
						patience: 5 * time.Second,
					}.record(b.Context())
				})
			}
			require.NoError(b, g.Wait())
			b.ReportMetric(float64(int64(b.N)*size*devices)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
