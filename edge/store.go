package edge

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	_ "modernc.org/sqlite" // the database driver
)

const schema = `
CREATE TABLE IF NOT EXISTS setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS boot (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS run (
	id     TEXT PRIMARY KEY,
	epoch  INTEGER NOT NULL DEFAULT 0,
	halted INTEGER NOT NULL DEFAULT 0,
	at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS command (
	id       TEXT PRIMARY KEY,
	boot     INTEGER NOT NULL REFERENCES boot (n),
	run      TEXT NOT NULL,
	node     TEXT NOT NULL,
	verb     TEXT NOT NULL,
	at       INTEGER NOT NULL,
	progress BLOB,          -- the last known, a wire.TaskProgress
	tally    BLOB,          -- what the rows on disk say, a tally
	reply    BLOB           -- the final one, a wire.Reply
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS command_open ON command (at) WHERE reply IS NULL;
CREATE TABLE IF NOT EXISTS batch (
	boot    INTEGER NOT NULL REFERENCES boot (n),
	first   INTEGER NOT NULL CHECK (first > 0),
	last    INTEGER NOT NULL CHECK (last >= first),
	payload BLOB NOT NULL,  -- as sent, byte for byte
	PRIMARY KEY (boot, first)
) STRICT;
`

// store is what the agent remembers on disk: the command journal and the
// outbox. One connection writes, under a mutex: SQLite has one writer anyway,
// and waiting for it here is cheaper than being told that it is busy.
type store struct {
	db   *sql.DB
	mu   sync.Mutex
	conn *sql.Conn
	full bool // what `synchronous` is at the moment
	// stmts are the statements of every command, prepared once: to prepare one
	// costs more than to run it.
	stmts map[string]*sql.Stmt
}

func openStore(ctx context.Context, dir string) (*store, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("state directory: %w", err)
	}
	path := filepath.Join(dir, "agent.db")
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_txlock=immediate")
	if err != nil {
		return nil, fmt.Errorf("journal %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	conn, err := db.Conn(ctx)
	if err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("journal %s: %w", path, err)
	}
	s := &store{db: db, conn: conn, stmts: map[string]*sql.Stmt{}}
	if _, err := conn.ExecContext(ctx, schema); err != nil {
		_ = s.close()
		return nil, fmt.Errorf("journal %s: %w", path, err)
	}
	return s, nil
}

func (s *store) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return errors.Join(s.conn.Close(), s.db.Close())
}

// durable says whether a write must survive a power failure before going on,
// or only the end of the process.
type durable bool

const (
	onDisk   durable = true
	inSystem durable = false
)

// write runs f in a transaction.
func (s *store) write(ctx context.Context, d durable, f func(*sql.Conn) error) (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.sync(ctx, d); err != nil {
		return err
	}
	if _, err := s.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := f(s.conn); err != nil {
		_, rollback := s.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return errors.Join(err, rollback)
	}
	if _, err := s.conn.ExecContext(ctx, "COMMIT"); err != nil {
		_, _ = s.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return err
	}
	return nil
}

// exec runs one statement, which is a transaction by itself.
func (s *store) exec(ctx context.Context, d durable, query string, args ...any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.sync(ctx, d); err != nil {
		return err
	}
	stmt, err := s.prepared(ctx, query) //nolint:sqlclosecheck // kept for the next command
	if err != nil {
		return err
	}
	_, err = stmt.ExecContext(ctx, args...)
	return err
}

// row runs a query of one row. It needs the lock, also while the row is read.
func (s *store) row(ctx context.Context, query string, args ...any) interface{ Scan(...any) error } {
	stmt, err := s.prepared(ctx, query) //nolint:sqlclosecheck // kept for the next command
	if err != nil {
		return failedRow{err}
	}
	return stmt.QueryRowContext(ctx, args...)
}

type failedRow struct{ err error }

func (r failedRow) Scan(...any) error { return r.err }

// prepared needs the lock.
func (s *store) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt := s.stmts[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := s.conn.PrepareContext(context.WithoutCancel(ctx), query)
	if err == nil {
		s.stmts[query] = stmt
	}
	return stmt, err
}

// sync says how the next transaction is to be written. It needs the lock.
func (s *store) sync(ctx context.Context, d durable) error {
	if bool(d) == s.full {
		return nil
	}
	mode := "NORMAL"
	if d {
		mode = "FULL"
	}
	if _, err := s.conn.ExecContext(ctx, "PRAGMA synchronous="+mode); err != nil {
		return err
	}
	s.full = bool(d)
	return nil
}

// setting is a remembered value, empty when there is none.
func (s *store) setting(ctx context.Context, key string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var v string
	err := s.conn.QueryRowContext(ctx, "SELECT value FROM setting WHERE key = ?", key).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return v, err
}

func (s *store) remember(ctx context.Context, key, value string) error {
	return s.exec(ctx, onDisk, "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
}

// begin registers this start of the process and gives it its number.
func (s *store) begin(ctx context.Context, boot string) (n int64, err error) {
	err = s.write(ctx, onDisk, func(c *sql.Conn) error {
		r, err := c.ExecContext(ctx, "INSERT INTO boot (id) VALUES (?)", boot)
		if err == nil {
			n, err = r.LastInsertId()
		}
		return err
	})
	return n, err
}
