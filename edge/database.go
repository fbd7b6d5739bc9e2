package edge

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	_ "modernc.org/sqlite" // the database driver
)

// database is one SQLite file. One connection has it for itself, under a mutex:
// SQLite has one writer anyway, and waiting for it here is cheaper than being
// told that it is busy. That nobody else may open the file saves the locks of
// each transaction, and keeps a second agent out of the directory.
type database struct {
	db   *sql.DB
	mu   sync.Mutex
	conn *sql.Conn
	full bool // what `synchronous` is at the moment
	// stmts are the statements of every command, prepared once: to prepare one
	// costs more than to run it.
	stmts map[string]*sql.Stmt
}

// openDatabase opens a file of the state directory. It is moved from the
// write-ahead log into the database, with two syncs, in the transaction that
// makes the log longer than ahead pages.
func openDatabase(ctx context.Context, dir, name, schema string, ahead int) (*database, error) {
	path := filepath.Join(dir, name)
	db, err := sql.Open("sqlite", fmt.Sprintf("file:%s?_pragma=busy_timeout(5000)&_pragma=locking_mode(EXCLUSIVE)"+
		"&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=wal_autocheckpoint(%d)&_txlock=immediate", path, ahead))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	conn, err := db.Conn(ctx)
	if err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("%s cannot be opened; does another agent use this state directory? %w", path, err)
	}
	d := &database{db: db, conn: conn, stmts: map[string]*sql.Stmt{}}
	if _, err := conn.ExecContext(ctx, schema); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), d.close())
	}
	return d, nil
}

func (d *database) close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	var errs []error
	for _, stmt := range d.stmts { // with one left open, the file stays locked
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, d.conn.Close(), d.db.Close())...)
}

// durable says whether a write must survive a power failure before going on,
// or only the end of the process.
type durable bool

const (
	onDisk   durable = true
	inSystem durable = false
)

// write runs f in a transaction.
func (d *database) write(ctx context.Context, safe durable, f func(*sql.Conn) error) (err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.sync(ctx, safe); err != nil {
		return err
	}
	if _, err := d.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := f(d.conn); err != nil {
		_, rollback := d.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return errors.Join(err, rollback)
	}
	if _, err := d.conn.ExecContext(ctx, "COMMIT"); err != nil {
		_, _ = d.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return err
	}
	return nil
}

// exec runs one statement, which is a transaction by itself, and tells how many
// rows it changed.
func (d *database) exec(ctx context.Context, safe durable, query string, args ...any) (changed int64, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.sync(ctx, safe); err != nil {
		return 0, err
	}
	stmt, err := d.prepared(ctx, query) //nolint:sqlclosecheck // kept for the next command
	if err != nil {
		return 0, err
	}
	r, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// row runs a query of one row. It needs the lock, also while the row is read.
func (d *database) row(ctx context.Context, query string, args ...any) interface{ Scan(...any) error } {
	stmt, err := d.prepared(ctx, query) //nolint:sqlclosecheck // kept for the next command
	if err != nil {
		return failedRow{err}
	}
	return stmt.QueryRowContext(ctx, args...)
}

type failedRow struct{ err error }

func (r failedRow) Scan(...any) error { return r.err }

// prepared needs the lock.
func (d *database) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt := d.stmts[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := d.conn.PrepareContext(context.WithoutCancel(ctx), query)
	if err == nil {
		d.stmts[query] = stmt
	}
	return stmt, err
}

// sync says how the next transaction is to be written. It needs the lock.
func (d *database) sync(ctx context.Context, safe durable) error {
	if bool(safe) == d.full {
		return nil
	}
	mode := "NORMAL"
	if safe {
		mode = "FULL"
	}
	if _, err := d.conn.ExecContext(ctx, "PRAGMA synchronous="+mode); err != nil {
		return err
	}
	d.full = bool(safe)
	return nil
}

// adopt copies what the statements take from another file, whose schema is
// `old` to them.
func (d *database) adopt(ctx context.Context, path string, statements ...string) (err error) {
	d.mu.Lock()
	_, err = d.conn.ExecContext(ctx, "ATTACH ? AS old", path)
	d.mu.Unlock()
	if err != nil {
		return err
	}
	err = d.write(ctx, onDisk, func(c *sql.Conn) error {
		var tables int
		if err := c.QueryRowContext(ctx, "SELECT count(*) FROM old.sqlite_master WHERE name = 'batch'").Scan(&tables); err != nil {
			return err
		}
		if tables == 0 { // ended before it was made, so nothing is in it
			return nil
		}
		for _, s := range statements {
			if _, err := c.ExecContext(ctx, s); err != nil {
				return err
			}
		}
		return nil
	})
	d.mu.Lock()
	defer d.mu.Unlock()
	_, detach := d.conn.ExecContext(context.WithoutCancel(ctx), "DETACH old")
	return errors.Join(err, detach)
}
