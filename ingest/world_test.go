package ingest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/ingest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/licstest"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, licstest.Leaks()...) }

type world struct {
	*store.Store
	dsn string
	org string
}

func newWorld(t testing.TB) world {
	t.Helper()
	return openWorld(t, licstest.PostgresFrom(t, "store", store.Migrate))
}

func openWorld(t testing.TB, dsn string) world {
	t.Helper()
	s, err := store.Open(t.Context(), dsn)
	require.NoError(t, err)
	t.Cleanup(s.Close)
	org, _, err := s.EnsureOrganisation(t.Context())
	require.NoError(t, err)
	return world{s, dsn, org.ID}
}

func (w world) connect(t testing.TB) *pgx.Conn {
	t.Helper()
	c, err := pgx.Connect(t.Context(), w.dsn)
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close(context.WithoutCancel(t.Context())) })
	return c
}

func (w world) run(t testing.TB) string {
	t.Helper()
	_, v, err := w.SaveProtocol(t.Context(), store.SaveProtocol{Organisation: w.org, Name: "lever", Document: json.RawMessage(`{}`), Hash: "h"})
	require.NoError(t, err)
	r, _, err := w.CreateRun(t.Context(), lab.Run{Organisation: w.org, Version: v.ID})
	require.NoError(t, err)
	return r.ID
}

// start runs an Ingest until the test ends.
func start(t testing.TB, in *ingest.Ingest) *ingest.Ingest {
	t.Helper()
	if in.Log == nil {
		in.Log = slog.New(slog.DiscardHandler)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan error, 1)
	go func() { done <- in.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		require.NoError(t, <-done)
	})
	return in
}

func batch(device, boot, run string, first, last int64) wire.EventBatch {
	b := wire.EventBatch{V: wire.Major, Device: device, Boot: boot, First: first, Run: run, Command: run + "/n1/1", Node: "n1", Start: 1e18}
	for seq := first; seq <= last; seq++ {
		b.Rows = append(b.Rows, task.Row{At: time.Duration(seq) * time.Millisecond, Kind: task.KindEvent, Name: "lever_in", Value: expr.IntValue(seq)})
	}
	return b
}

func streamRows(rows []lab.DeviceRow) []lab.StreamEvent {
	var es []lab.StreamEvent
	for i := range rows {
		es = append(es, lab.StreamEvent{Row: &rows[i]})
	}
	return es
}

// bus is a broker in memory whose messages a test may lose or repeat.
type bus struct {
	// copies says how often a message to the server arrives; nil is once.
	copies func() int

	mu       sync.Mutex
	handlers map[string]func(topic string, payload []byte)
	devices  map[string]func(wire.Ack)
	ready    chan struct{}
}

func newBus() *bus {
	return &bus{handlers: map[string]func(string, []byte){}, devices: map[string]func(wire.Ack){}, ready: make(chan struct{})}
}

func (b *bus) Subscribe(filter string, handler func(topic string, payload []byte)) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.handlers[filter] = handler
	if len(b.handlers) == 2 {
		close(b.ready)
	}
	return nil
}

func (b *bus) Publish(_ context.Context, topic string, qos byte, retained bool, payload []byte) error {
	device, name, err := wire.ParseTopic(topic)
	var a wire.Ack
	if err == nil {
		err = json.Unmarshal(payload, &a)
	}
	if err != nil || name != wire.TopicAck || qos != 1 || retained || a.V != wire.Major {
		return fmt.Errorf("not an acknowledgement: %s %s", topic, payload)
	}
	b.mu.Lock()
	f := b.devices[device]
	b.mu.Unlock()
	if f != nil {
		f(a)
	}
	return nil
}

func (b *bus) send(device, name string, payload any) {
	raw, ok := payload.([]byte)
	if !ok {
		var err error
		if raw, err = json.Marshal(payload); err != nil {
			panic(err)
		}
	}
	<-b.ready
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 1
	if b.copies != nil {
		n = b.copies()
	}
	for range n {
		b.handlers["lics/devices/+/+"](wire.Topic(device, name), raw)
	}
}

// device sends rows until all are acknowledged, and again what is not.
type device struct {
	id, boot, run string
	rows, size    int64
	bus           *bus
	patience      time.Duration // before it sends again: 20 ms when 0
}

func (d device) record(ctx context.Context) error {
	acks := make(chan int64, 1000)
	d.bus.mu.Lock()
	d.bus.devices[d.id] = func(a wire.Ack) {
		select {
		case acks <- a.Seq:
		default:
		}
	}
	d.bus.mu.Unlock()
	if d.patience == 0 {
		d.patience = 20 * time.Millisecond
	}
	again := time.NewTicker(d.patience)
	defer again.Stop()
	acked, sent := int64(0), int64(0)
	for acked < d.rows {
		for sent < min(d.rows, acked+8*d.size) { // a window
			last := min(sent+d.size, d.rows)
			d.bus.send(d.id, wire.TopicEvents, batch(d.id, d.boot, d.run, sent+1, last))
			sent = last
		}
		select {
		case seq := <-acks:
			if seq > d.rows || seq < acked && acked-seq > d.rows {
				return fmt.Errorf("%s: %d acknowledged", d.id, seq)
			}
			acked = max(acked, seq)
		case <-again.C:
			sent = acked // go back
		case <-ctx.Done():
			return fmt.Errorf("%s: %d of %d rows: %w", d.id, acked, d.rows, ctx.Err())
		}
	}
	return nil
}

// reader checks that a stream has everything once and in order.
type reader struct {
	run  string
	at   string // cursor
	seen map[string]int64
	n    int
}

func (r *reader) take(events []lab.StreamEvent) error {
	if r.seen == nil {
		r.seen = map[string]int64{}
	}
	for _, e := range events {
		var writer string
		var seq int64
		if e.Event != nil {
			writer, seq = "run", e.Event.Pos
		} else {
			writer, seq = e.Row.Device+"/"+e.Row.Boot, e.Row.Seq
		}
		if seq != r.seen[writer]+1 {
			return fmt.Errorf("%s: %d follows %d", writer, seq, r.seen[writer])
		}
		r.seen[writer] = seq
		r.n++
	}
	if len(events) > 0 {
		r.at = store.EncodeCursor(r.run, events[len(events)-1].Position)
	}
	return nil
}
