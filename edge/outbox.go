package edge

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

const (
	// flushEvery bounds how long a row stays in memory, and flushRows how many.
	flushEvery = 25 * time.Millisecond
	flushRows  = 200
	// syncEvery bounds what a power failure can take of rows that were not
	// sent yet; syncing each flush would wear out the card.
	syncEvery = time.Second
)

const outboxSchema = `
CREATE TABLE IF NOT EXISTS boot (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS batch (
	boot    INTEGER NOT NULL REFERENCES boot (n),
	first   INTEGER NOT NULL CHECK (first > 0),
	last    INTEGER NOT NULL CHECK (last >= first),
	payload BLOB NOT NULL,  -- as sent, byte for byte
	PRIMARY KEY (boot, first)
) STRICT;
CREATE TABLE IF NOT EXISTS stored ( -- what of a boot the server has
	boot INTEGER PRIMARY KEY REFERENCES boot (n),
	last INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS task (
	command  TEXT PRIMARY KEY,
	progress BLOB,          -- the last known, a wire.TaskProgress
	tally    BLOB           -- what the rows on disk say, a tally
) STRICT, WITHOUT ROWID;
`

// outboxAhead is how many pages are in the outbox's log before they are moved;
// only rows wait for that, and they wait in memory.
const outboxAhead = 1000

func openOutbox(ctx context.Context, dir string) (*database, error) {
	return openDatabase(ctx, dir, "outbox.db", outboxSchema, outboxAhead)
}

// header says whose rows they are. Rows of one header share batches.
type header struct {
	run, command, node string
	start              int64 // wall time of At 0, Unix nanoseconds
	tally              tally // of the rows on disk; belongs to flush
	checkpoints        checkpoints
	recorded           int64 // rows, under outbox.mu
}

type pendingRow struct {
	header *header
	row    task.Row
}

// outbox numbers the rows of this boot, forms them into batches on disk and
// forgets a batch only when the server says that it is stored. It also keeps
// how far tasks have come, which after a power failure must say no more than
// the rows do: what is in one file comes back as it was at one moment.
type outbox struct {
	disk   *database
	device string
	boot   string
	bootN  int64
	limit  int64 // bytes on disk
	log    *slog.Logger

	mu      sync.Mutex
	pending []pendingRow
	next    int64 // number of the next row to be formed
	wake    chan struct{}
	filled  chan struct{}

	forming  sync.Mutex // one flush at a time
	spare    []pendingRow
	synced   time.Time
	onFlush  func() // tells the sender
	sizeMu   sync.Mutex
	rows     int64
	bytes    int64
	diskFail error
}

func newOutbox(ctx context.Context, d *database, device, boot string, limit int64, log *slog.Logger) (*outbox, error) {
	o := &outbox{
		disk: d, device: device, boot: boot, limit: limit, log: log, next: 1,
		wake: make(chan struct{}, 1), filled: make(chan struct{}, 1), onFlush: func() {},
	}
	return o, errors.Join(o.begin(ctx), o.measure(ctx))
}

// begin registers this start of the process and gives it its number.
func (o *outbox) begin(ctx context.Context) error {
	return o.disk.write(ctx, onDisk, func(c *sql.Conn) error {
		r, err := c.ExecContext(ctx, "INSERT INTO boot (id) VALUES (?)", o.boot)
		if err == nil {
			o.bootN, err = r.LastInsertId()
		}
		return err
	})
}

// measure counts what is on disk.
func (o *outbox) measure(ctx context.Context) error {
	o.disk.mu.Lock()
	defer o.disk.mu.Unlock()
	return o.disk.conn.QueryRowContext(ctx,
		"SELECT coalesce(sum(last - first + 1), 0), coalesce(sum(length(payload)), 0) FROM batch").Scan(&o.rows, &o.bytes)
}

// record takes a row. It never blocks for the disk.
func (o *outbox) record(h *header, r task.Row) {
	o.mu.Lock()
	o.pending = append(o.pending, pendingRow{h, r})
	h.recorded++
	n := len(o.pending)
	o.mu.Unlock()
	switch n {
	case 1:
		nudge(o.wake)
	case flushRows:
		nudge(o.filled)
	}
}

// recorded is how many rows of a header there are.
func (o *outbox) recorded(h *header) int64 {
	o.mu.Lock()
	defer o.mu.Unlock()
	return h.recorded
}

func nudge(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default:
	}
}

// run flushes until ctx ends, and then once more.
func (o *outbox) run(ctx context.Context) {
	for ctx.Err() == nil {
		select {
		case <-o.wake:
		case <-ctx.Done():
		}
		wait := time.NewTimer(flushEvery)
		select {
		case <-wait.C:
		case <-o.filled:
		case <-ctx.Done():
		}
		wait.Stop()
		if _, err := o.flush(context.WithoutCancel(ctx), inSystem); err != nil {
			o.log.Error("rows cannot be written; they wait in memory", "error", err)
			retry := time.AfterFunc(time.Second, func() { nudge(o.wake) })
			defer retry.Stop()
		}
	}
}

// flush writes every recorded row and returns the number of the last one.
func (o *outbox) flush(ctx context.Context, d durable) (last int64, err error) {
	o.forming.Lock()
	defer o.forming.Unlock()
	o.mu.Lock()
	rows := o.pending
	o.pending = o.spare[:0]
	first := o.next
	o.mu.Unlock()
	if time.Since(o.synced) > syncEvery {
		d = onDisk
	}
	batches, bytes, err := o.form(first, rows)
	if err == nil && (len(batches) > 0 || d == onDisk) {
		tallies := count(rows)
		err = o.disk.write(ctx, d, func(c *sql.Conn) error {
			return errors.Join(insertBatches(ctx, c, o.bootN, batches), saveTallies(ctx, c, tallies))
		})
		if err == nil {
			for h, t := range tallies {
				h.tally = t
			}
		}
	}
	o.sizeMu.Lock()
	o.diskFail = err
	if err == nil {
		o.rows += int64(len(rows))
		o.bytes += bytes
	}
	o.sizeMu.Unlock()
	o.mu.Lock()
	defer o.mu.Unlock()
	if err != nil { // in front of what came meanwhile; numbers are not taken yet
		o.pending = append(rows, o.pending...)
		o.spare = nil
		return o.next - 1, err
	}
	if d == onDisk {
		o.synced = time.Now()
	}
	o.next = first + int64(len(rows))
	clear(rows)
	o.spare = rows[:0]
	if len(batches) > 0 {
		o.onFlush()
	}
	return o.next - 1, nil
}

type formed struct {
	first, last int64
	payload     []byte
}

func insertBatches(ctx context.Context, c *sql.Conn, boot int64, batches []formed) error {
	for _, b := range batches {
		_, err := c.ExecContext(ctx, "INSERT INTO batch (boot, first, last, payload) VALUES (?, ?, ?, ?)", boot, b.first, b.last, b.payload)
		if err != nil {
			return err
		}
	}
	return nil
}

// form cuts rows into batches of one header, flushRows rows and the size the
// wire allows.
func (o *outbox) form(first int64, rows []pendingRow) (all []formed, bytes int64, err error) {
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && n < flushRows && rows[n].header == rows[0].header {
			n++
		}
		var payload []byte
		for {
			payload, err = o.encode(first, rows[:n])
			var e *wire.Error
			if err == nil || !errors.As(err, &e) {
				break
			}
			if n == 1 {
				rows[0].row = shortened(rows[0].row)
				payload, err = o.encode(first, rows[:1])
				break
			}
			n /= 2
		}
		if err != nil {
			return nil, 0, err
		}
		all = append(all, formed{first, first + int64(n) - 1, payload})
		bytes += int64(len(payload))
		first += int64(n)
		rows = rows[n:]
	}
	return all, bytes, nil
}

// shortened is a row that no batch can carry, without what makes it so long.
// The row stays: that something was assigned is recorded even so.
func shortened(r task.Row) task.Row {
	n := len(r.Value.String())
	r.Value = expr.StringValue("(" + strconv.Itoa(n) + " bytes, too long to record)")
	if len(r.Name) > wire.MaxIDBytes {
		r.Name = r.Name[:wire.MaxIDBytes]
	}
	return r
}

func (o *outbox) encode(first int64, rows []pendingRow) ([]byte, error) {
	h := rows[0].header
	b := wire.EventBatch{
		Device: o.device, Boot: o.boot, First: first, Run: h.run, Command: h.command, Node: h.node,
		Start: h.start, Rows: make([]task.Row, len(rows)),
	}
	for i := range rows {
		b.Rows[i] = rows[i].row
	}
	return wire.EncodeBatch(b)
}

// last is the number of the last row that is on disk.
func (o *outbox) last() int64 {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.next - 1
}

// depth is how many rows the server does not have.
func (o *outbox) depth() int64 {
	o.sizeMu.Lock()
	defer o.sizeMu.Unlock()
	return o.rows
}

// full says why no new task should begin: rows are never dropped, so the only
// way to bound the disk is not to make more of them.
func (o *outbox) full() error {
	o.sizeMu.Lock()
	defer o.sizeMu.Unlock()
	switch {
	case o.diskFail != nil:
		return o.diskFail
	case o.bytes > o.limit:
		return errors.New("the outbox is full: " + strconv.FormatInt(o.rows, 10) + " rows wait for the server")
	}
	return nil
}
