package edge

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// faultyLink is a link on which everything can go wrong, and the server behind it,
// without a clock: the test decides when something is sent.
type faultyLink struct {
	t       require.TestingT
	down    bool
	lose    bool // what is published
	mute    bool // no acks
	stored  map[string]map[int64]string
	payload map[string]string
	acks    []wire.Ack // on their way
}

func (l *faultyLink) publish(_ context.Context, p []byte) error {
	if l.down {
		return errors.New("offline")
	}
	if l.lose {
		return nil // the broker had it and died
	}
	b, err := wire.DecodeBatch(p)
	require.NoError(l.t, err)
	key := fmt.Sprint(b.Boot, "/", b.First)
	if was, ok := l.payload[key]; ok {
		require.Equal(l.t, was, string(p), "a batch that is sent again is the same")
	}
	l.payload[key] = string(p)
	rows := l.stored[b.Boot]
	if rows == nil {
		rows = map[int64]string{}
		l.stored[b.Boot] = rows
	}
	for i, r := range b.Rows {
		rows[b.First+int64(i)] = b.Command + " " + r.Name
	}
	seq := int64(0)
	for rows[seq+1] != "" {
		seq++
	}
	if !l.mute {
		l.acks = append(l.acks, wire.Ack{Boot: b.Boot, Seq: seq})
	}
	return nil
}

type outboxWorld struct {
	dir    string
	disk   *database
	outbox *outbox
	sender *sender
	link   *faultyLink
	want   map[string][]string // rows recorded and flushed, by boot
	loose  []string            // recorded, not flushed
	n      int
}

func (w *outboxWorld) boot(t require.TestingT) {
	ctx := context.Background()
	var err error
	w.disk, err = openOutbox(ctx, w.dir)
	require.NoError(t, err)
	boot := "boot-" + strconv.Itoa(len(w.want))
	w.outbox, err = newOutbox(ctx, w.disk, "box", boot, 1<<30, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	w.sender = newSender(w.outbox, slog.New(slog.DiscardHandler), w.link.publish)
	w.want[boot] = nil
	w.loose = nil
}

func (w *outboxWorld) flush(t require.TestingT) {
	last, err := w.outbox.flush(context.Background(), inSystem)
	require.NoError(t, err)
	w.want[w.outbox.boot] = append(w.want[w.outbox.boot], w.loose...)
	w.loose = nil
	require.EqualValues(t, len(w.want[w.outbox.boot]), last)
}

func (w *outboxWorld) deliver(n int) {
	for ; n > 0 && len(w.link.acks) > 0; n-- {
		a := w.link.acks[0]
		w.link.acks = w.link.acks[1:]
		w.sender.ack(context.Background(), a)
	}
}

// Whatever goes wrong in whatever order, the server has every row once, with
// the number it was given, and the outbox is empty in the end.
func TestEveryRowArrivesOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "outbox")
		require.NoError(t, err)
		defer func() { _ = os.RemoveAll(dir) }()
		w := &outboxWorld{dir: dir, want: map[string][]string{}, link: &faultyLink{
			t: t, stored: map[string]map[int64]string{}, payload: map[string]string{},
		}}
		w.boot(t)
		defer func() { _ = w.disk.close() }()
		ctx := context.Background()
		headers := []*header{{command: "a"}, {command: "b"}}
		for range rapid.IntRange(5, 40).Draw(t, "steps") {
			switch rapid.SampledFrom([]string{
				"record", "record", "record", "flush", "flush", "send", "send", "ack", "ack", "lost", "mute", "down", "reconnect",
				"dropped acks", "reordered acks", "doubled acks", "false ack", "killed", "timeout",
			}).Draw(t, "step") {
			case "record":
				h := headers[rapid.IntRange(0, 1).Draw(t, "header")]
				for range rapid.IntRange(1, 450).Draw(t, "rows") {
					w.n++
					w.outbox.record(h, task.Row{Kind: task.KindEvent, Name: strconv.Itoa(w.n)})
					w.loose = append(w.loose, h.command+" "+strconv.Itoa(w.n))
				}
			case "flush":
				w.flush(t)
			case "send":
				w.sender.fill(ctx)
			case "ack":
				w.deliver(rapid.IntRange(1, 5).Draw(t, "acks"))
			case "lost":
				w.link.lose = !w.link.lose
			case "mute":
				w.link.mute = !w.link.mute
			case "down":
				w.link.down = !w.link.down
			case "reconnect":
				w.sender.up()
			case "dropped acks":
				w.link.acks = nil
			case "reordered acks":
				for i, j := 0, len(w.link.acks)-1; i < j; i, j = i+1, j-1 {
					w.link.acks[i], w.link.acks[j] = w.link.acks[j], w.link.acks[i]
				}
			case "doubled acks":
				w.link.acks = append(w.link.acks, w.link.acks...)
			case "false ack":
				w.sender.ack(ctx, wire.Ack{Boot: "nobody", Seq: 5})
				w.sender.ack(ctx, wire.Ack{Boot: w.outbox.boot, Seq: 1 << 40})
			case "killed": // what was not flushed is gone, as it is with the process
				require.NoError(t, w.disk.close())
				w.boot(t)
			case "timeout":
				w.sender.moved = time.Time{}
			}
		}
		w.flush(t)
		w.link.down, w.link.lose, w.link.mute, w.link.acks = false, false, false, nil
		w.sender.up()
		for range 1000 {
			w.sender.fill(ctx)
			w.deliver(100)
			if w.outbox.depth() == 0 {
				break
			}
		}
		for boot, rows := range w.want {
			require.Len(t, w.link.stored[boot], len(rows))
			for i, row := range rows {
				require.Equal(t, row, w.link.stored[boot][int64(i)+1])
			}
		}
		require.Zero(t, w.outbox.depth(), "nothing is left")
	})
}

func TestEarlierBootsGoFirst(t *testing.T) {
	t.Parallel()
	var order []string
	w := &outboxWorld{dir: t.TempDir(), want: map[string][]string{}, link: &faultyLink{
		t: t, down: true, stored: map[string]map[int64]string{}, payload: map[string]string{},
	}}
	for range 3 {
		w.boot(t)
		w.outbox.record(&header{command: "c"}, task.Row{Kind: task.KindEvent, Name: "x"})
		w.loose = []string{"c x"}
		w.flush(t)
		require.NoError(t, w.disk.close())
	}
	w.boot(t)
	w.sender.publish = func(_ context.Context, p []byte) error {
		b, err := wire.DecodeBatch(p)
		order = append(order, b.Boot)
		return err
	}
	w.sender.fill(t.Context())
	require.Equal(t, []string{"boot-0", "boot-1", "boot-2"}, order)
	require.NoError(t, w.disk.close())
}

func TestALostBatchIsNoticedByTheNextAck(t *testing.T) {
	t.Parallel()
	w := &outboxWorld{dir: t.TempDir(), want: map[string][]string{}, link: &faultyLink{
		t: t, stored: map[string]map[int64]string{}, payload: map[string]string{},
	}}
	w.boot(t)
	defer func() { _ = w.disk.close() }()
	for range 3 {
		w.outbox.record(&header{command: "c"}, task.Row{Kind: task.KindEvent, Name: "x"})
		w.loose = []string{"c x"}
		w.flush(t)
	}
	w.link.lose = true
	w.sender.fill(t.Context())
	w.link.lose = false
	for i := range w.sender.ahead {
		w.sender.ahead[i].at = time.Now().Add(-time.Second)
	}
	w.sender.ack(t.Context(), wire.Ack{Boot: "boot-0", Seq: 0}) // it got another, and lacks the first
	w.sender.fill(t.Context())
	w.deliver(10)
	require.Zero(t, w.outbox.depth())
}

func TestALongRowIsRecordedShort(t *testing.T) {
	t.Parallel()
	w := &outboxWorld{dir: t.TempDir(), want: map[string][]string{}, link: &faultyLink{
		t: t, stored: map[string]map[int64]string{}, payload: map[string]string{},
	}}
	w.boot(t)
	defer func() { _ = w.disk.close() }()
	h := &header{command: "c"}
	w.outbox.record(h, task.Row{Kind: task.KindPrint, Value: expr.StringValue(strings.Repeat("x", wire.MaxBatchBytes))})
	for range 300 { // each fits, together they do not
		w.outbox.record(h, task.Row{Kind: task.KindPrint, Value: expr.StringValue(strings.Repeat("x", 4000))})
	}
	last, err := w.outbox.flush(t.Context(), onDisk)
	require.NoError(t, err)
	require.EqualValues(t, 301, last)
	w.sender.fill(t.Context())
	require.Len(t, w.link.stored["boot-0"], 301)
}

func TestAFullDiskLosesNoRow(t *testing.T) {
	t.Parallel()
	w := &outboxWorld{dir: t.TempDir(), want: map[string][]string{}, link: &faultyLink{
		t: t, stored: map[string]map[int64]string{}, payload: map[string]string{},
	}}
	w.boot(t)
	defer func() { _ = w.disk.close() }()
	ctx := t.Context()
	exec := func(q string) {
		_, err := w.disk.conn.ExecContext(ctx, q)
		require.NoError(t, err)
	}
	exec("PRAGMA max_page_count=20")
	h := &header{command: "c"}
	n := 0
	for w.outbox.full() == nil {
		for range 200 {
			n++
			w.outbox.record(h, task.Row{Kind: task.KindEvent, Name: strconv.Itoa(n)})
		}
		_, _ = w.outbox.flush(ctx, inSystem)
	}
	exec("PRAGMA max_page_count=1000000")
	_, err := w.outbox.flush(ctx, onDisk)
	require.NoError(t, err)
	require.NoError(t, w.outbox.full())
	for range 100 {
		w.sender.fill(ctx)
		w.deliver(100)
	}
	require.Len(t, w.link.stored["boot-0"], n)
	w.outbox.limit = 1
	w.outbox.record(h, task.Row{Kind: task.KindEvent, Name: "x"})
	_, _ = w.outbox.flush(ctx, inSystem)
	require.ErrorContains(t, w.outbox.full(), "wait for the server")
}
