package edge

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/lics-lab/lics/wire"
)

// keepCommands is how long a finished command is remembered. A server that
// asks again after that has lost its own memory too.
const keepCommands = 30 * 24 * time.Hour

// entry is one command in the journal.
type entry struct {
	id, run, node string
	verb          wire.Verb
	boot          int64
	progress      []byte // a wire.TaskProgress, or nil
	tally         []byte // a tally, or nil
	reply         []byte // the final wire.Reply as it was sent, or nil
}

const entryColumns = "id, run, node, verb, boot, progress, tally, reply"

func (e *entry) scan(row interface{ Scan(...any) error }) error {
	return row.Scan(&e.id, &e.run, &e.node, &e.verb, &e.boot, &e.progress, &e.tally, &e.reply)
}

// find looks a command up; nil when it was never taken.
func (s *store) find(ctx context.Context, id string) (*entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var e entry
	err := e.scan(s.row(ctx, "SELECT "+entryColumns+" FROM command WHERE id = ?", id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil //nolint:nilnil // not having it is an answer
	}
	return &e, err
}

// receive writes a command down before anything is done about it. Its body is
// not needed afterwards; programs would only wear out the card.
func (s *store) receive(ctx context.Context, boot int64, c wire.Command) error {
	// A pulse or a task must not begin twice, not even after a power failure. To
	// do anything else twice is to do it once, so it need not wait for the card.
	d := durable(c.Verb == wire.VerbTask || c.Verb == wire.VerbPulse)
	return s.exec(ctx, d,
		"INSERT INTO command (id, boot, run, node, verb, at) VALUES (?, ?, ?, ?, ?, ?)",
		c.ID, boot, c.Run, c.Node, string(c.Verb), time.Now().UnixNano())
}

// progress keeps the last known progress of a task.
func (s *store) progress(ctx context.Context, id string, p wire.TaskProgress) error {
	b, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return s.exec(ctx, inSystem, "UPDATE command SET progress = ? WHERE id = ? AND reply IS NULL", b, id)
}

// finish keeps the final reply. A final reply is never replaced.
func (s *store) finish(ctx context.Context, d durable, id string, reply []byte) error {
	return s.exec(ctx, d, "UPDATE command SET reply = ? WHERE id = ? AND reply IS NULL", reply, id)
}

// unfinished are the commands that an earlier process left in the middle.
func (s *store) unfinished(ctx context.Context) ([]entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rows, err := s.conn.QueryContext(ctx, "SELECT "+entryColumns+" FROM command WHERE reply IS NULL ORDER BY at, id")
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
func (s *store) forget(ctx context.Context) error {
	limit := time.Now().Add(-keepCommands).UnixNano()
	return s.write(ctx, inSystem, func(c *sql.Conn) error {
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
func (s *store) run(ctx context.Context, id string) (r runState, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	err = s.row(ctx, "SELECT epoch, halted FROM run WHERE id = ?", id).Scan(&r.epoch, &r.halted)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return r, err
}

// raise remembers a higher epoch of a run. It need not reach the disk at once:
// what a power failure could bring back is an old master, and the commands it
// gives are written after this in the same file.
func (s *store) raise(ctx context.Context, id string, epoch int64) error {
	return s.exec(ctx, inSystem, `
		INSERT INTO run (id, epoch, at) VALUES (?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET epoch = max(epoch, excluded.epoch), at = excluded.at`,
		id, epoch, time.Now().UnixNano())
}

// halt remembers that a run was halted.
func (s *store) halt(ctx context.Context, id string) error {
	return s.exec(ctx, onDisk, `
		INSERT INTO run (id, halted, at) VALUES (?, 1, ?)
		ON CONFLICT (id) DO UPDATE SET halted = 1, at = excluded.at`, id, time.Now().UnixNano())
}

// extent is the id of a boot and the number of its last row that still waits.
func (s *store) extent(ctx context.Context, boot int64) (id string, last int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	err = s.conn.QueryRowContext(ctx, `
		SELECT id, coalesce((SELECT max(last) FROM batch WHERE boot = n), 0) FROM boot WHERE n = ?`, boot).Scan(&id, &last)
	return id, last, err
}
