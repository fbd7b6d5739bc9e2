package edge

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/lics-lab/lics/wire"
)

const journalSchema = `
CREATE TABLE IF NOT EXISTS setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS run (
	id     TEXT PRIMARY KEY,
	epoch  INTEGER NOT NULL DEFAULT 0,
	halted INTEGER NOT NULL DEFAULT 0,
	at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS command (
	id    TEXT PRIMARY KEY,
	boot  TEXT NOT NULL,
	run   TEXT NOT NULL,
	node  TEXT NOT NULL,
	verb  TEXT NOT NULL,
	at    INTEGER NOT NULL,
	reply BLOB           -- the final one, a wire.Reply
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS command_long ON command (at) WHERE reply IS NULL AND verb IN ('task', 'pulse');
`

const (
	// journalAhead is how many pages may be in the journal's log before a
	// command has to wait for them to be moved; usually tidy was there first.
	journalAhead = 2000
	// tidyEvery is how long no command came when the log is moved, and tidyFrom
	// how many writes make that worth it.
	tidyEvery = 2 * time.Second
	tidyFrom  = 50
)

// journal is what commands were taken, in the file journal.db. It has the file
// for itself, because a command must not wait until rows are on the disk.
type journal struct {
	*database
	log  *slog.Logger
	runs map[string]runState // what of table run was asked for, with the lock

	writes atomic.Int64 // since the log was moved
}

func openJournal(ctx context.Context, dir string, log *slog.Logger) (*journal, error) {
	d, err := openDatabase(ctx, dir, "journal.db", journalSchema, journalAhead)
	if err != nil {
		return nil, err
	}
	return &journal{database: d, log: log, runs: map[string]runState{}}, nil
}

// tidy moves the log into the database while nobody waits for the journal, for
// as long as ctx lasts.
func (j *journal) tidy(ctx context.Context) {
	tick := time.NewTicker(tidyEvery)
	defer tick.Stop()
	var before int64
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		n := j.writes.Load()
		if n != before || n < tidyFrom {
			before = n
			continue
		}
		if err := j.checkpoint(ctx); err != nil {
			j.log.Error("the journal's log cannot be moved", "error", err)
		}
		before = 0
	}
}

func (j *journal) checkpoint(ctx context.Context) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.writes.Store(0)
	_, err := j.conn.ExecContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)")
	return err
}

// put runs a statement that changes the journal.
func (j *journal) put(ctx context.Context, d durable, query string, args ...any) (changed int64, err error) {
	j.writes.Add(1)
	return j.exec(ctx, d, query, args...)
}

// setting is a remembered value, empty when there is none.
func (j *journal) setting(ctx context.Context, key string) (string, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	var v string
	err := j.row(ctx, "SELECT value FROM setting WHERE key = ?", key).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return v, err
}

func (j *journal) remember(ctx context.Context, key, value string) error {
	_, err := j.put(ctx, onDisk, "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
	return err
}

// keepCommands is how long a finished command is remembered. A server that
// asks again after that has lost its own memory too.
const keepCommands = 30 * 24 * time.Hour

// entry is one command in the journal.
type entry struct {
	id, run, node string
	verb          wire.Verb
	boot          string
	reply         []byte // the final wire.Reply as it was sent, or nil
}

const entryColumns = "id, run, node, verb, boot, reply"

func (e *entry) scan(row interface{ Scan(...any) error }) error {
	return row.Scan(&e.id, &e.run, &e.node, &e.verb, &e.boot, &e.reply)
}

// find looks a command up; nil when it was never taken.
func (j *journal) find(ctx context.Context, id string) (*entry, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	var e entry
	err := e.scan(j.row(ctx, "SELECT "+entryColumns+" FROM command WHERE id = ?", id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil //nolint:nilnil // not having it is an answer
	}
	return &e, err
}

// receive writes a command down before anything is done about it, unless it
// was taken before. Its body is not needed afterwards; programs would only wear
// out the card.
func (j *journal) receive(ctx context.Context, boot string, c wire.Command) (fresh bool, err error) {
	// A pulse or a task must not begin twice, not even after a power failure. To
	// do anything else twice is to do it once, so it need not wait for the card.
	d := durable(c.Verb == wire.VerbTask || c.Verb == wire.VerbPulse)
	n, err := j.put(ctx, d,
		"INSERT INTO command (id, boot, run, node, verb, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
		c.ID, boot, c.Run, c.Node, string(c.Verb), time.Now().UnixNano())
	return n > 0, err
}

// finish keeps the final reply. A final reply is never replaced.
func (j *journal) finish(ctx context.Context, d durable, id string, reply []byte) error {
	_, err := j.put(ctx, d, "UPDATE command SET reply = ? WHERE id = ? AND reply IS NULL", reply, id)
	return err
}

// unfinished are the tasks and pulses that an earlier process left in the
// middle. Of the others it can have left one at most; who wants to know asks
// for it, and to find it here would cost each of them an index.
func (j *journal) unfinished(ctx context.Context) ([]entry, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	rows, err := j.conn.QueryContext(ctx, "SELECT "+entryColumns+" FROM command WHERE reply IS NULL AND verb IN ('task', 'pulse') ORDER BY at, id")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []entry
	for rows.Next() {
		var e entry
		if err := e.scan(rows); err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

// forget drops what nobody will ask about any more.
func (j *journal) forget(ctx context.Context) error {
	limit := time.Now().Add(-keepCommands).UnixNano()
	return j.write(ctx, inSystem, func(c *sql.Conn) error {
		_, err := c.ExecContext(ctx, "DELETE FROM command WHERE at < ? AND reply IS NOT NULL", limit)
		if err != nil {
			return err
		}
		_, err = c.ExecContext(ctx, "DELETE FROM run WHERE at < ?", limit)
		return err
	})
}

// runState is what the device knows of a run.
type runState struct {
	epoch  int64
	halted bool
}

// run tells the highest epoch heard for a run and whether it was halted here.
func (j *journal) run(ctx context.Context, id string) (runState, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if r, known := j.runs[id]; known {
		return r, nil
	}
	var r runState
	err := j.row(ctx, "SELECT epoch, halted FROM run WHERE id = ?", id).Scan(&r.epoch, &r.halted)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return r, err
	}
	j.runs[id] = r
	return r, nil
}

// change changes what is known of a run, also when the disk will not have it.
func (j *journal) change(ctx context.Context, id string, f func(*runState)) error {
	r, err := j.run(ctx, id)
	j.mu.Lock()
	defer j.mu.Unlock()
	if now, known := j.runs[id]; known {
		r = now
	}
	f(&r)
	j.runs[id] = r
	return err
}

// raise remembers a higher epoch of a run. It need not reach the disk at once:
// what a power failure could bring back is an old master, and the commands it
// gives are written after this in the same file.
func (j *journal) raise(ctx context.Context, id string, epoch int64) error {
	known := j.change(ctx, id, func(r *runState) { r.epoch = max(r.epoch, epoch) })
	_, err := j.put(ctx, inSystem, `
		INSERT INTO run (id, epoch, at) VALUES (?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET epoch = max(epoch, excluded.epoch), at = excluded.at`,
		id, epoch, time.Now().UnixNano())
	return errors.Join(known, err)
}

// halt remembers that a run was halted.
func (j *journal) halt(ctx context.Context, id string) error {
	known := j.change(ctx, id, func(r *runState) { r.halted = true })
	_, err := j.put(ctx, onDisk, `
		INSERT INTO run (id, halted, at) VALUES (?, 1, ?)
		ON CONFLICT (id) DO UPDATE SET halted = 1, at = excluded.at`, id, time.Now().UnixNano())
	return errors.Join(known, err)
}
