// Package store keeps the lab's data in PostgreSQL: one file per noun, SQL in
// sight, rows read straight into the types of package lab. It imports lab and
// the messages of wire that it must keep, nothing else of the project.
//
// Every method takes the organisation where a person asks, and none where a
// part of the system does. Errors are lab.Errors wherever a caller can act on
// them; lab.Unavailable means that the database cannot be reached and that the
// same call may work later.
package store

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Store is safe for use by many goroutines.
type Store struct {
	db *pgxpool.Pool

	mu     sync.Mutex
	months map[string]bool // partitions of telemetry known to exist
}

// The limits of the pool. Two processes, server and worker, fit four times
// into the 100 connections PostgreSQL allows by default, and leave room for
// Temporal in the same cluster.
const (
	maxConnections    = 12
	connectTimeout    = 5 * time.Second
	healthCheckPeriod = 5 * time.Second // finds broken connections after a restart of PostgreSQL
)

// Open connects to the database that dsn names. It does not migrate.
func Open(ctx context.Context, dsn string) (*Store, error) {
	c, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, invalidDSN(err)
	}
	if !strings.Contains(dsn, "pool_max_conns") {
		c.MaxConns = maxConnections
	}
	c.HealthCheckPeriod = healthCheckPeriod
	if c.ConnConfig.ConnectTimeout == 0 {
		c.ConnConfig.ConnectTimeout = connectTimeout
	}
	if c.ConnConfig.RuntimeParams["application_name"] == "" {
		c.ConnConfig.RuntimeParams["application_name"] = "lics"
	}
	// A transaction that lost its client, or forgot itself, must not hold the
	// lock of a device for ever.
	c.ConnConfig.RuntimeParams["idle_in_transaction_session_timeout"] = "60s"
	db, err := pgxpool.NewWithConfig(ctx, c)
	if err != nil {
		return nil, fail(err, "the database")
	}
	s := &Store{db: db, months: map[string]bool{}}
	if err := s.Ping(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return s, nil
}

// Close waits for running queries and closes all connections.
func (s *Store) Close() { s.db.Close() }

// Ping asks whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return fail(s.db.Ping(ctx), "the database") }

// DatabaseInfo says what the database is.
type DatabaseInfo struct {
	Version   string // of PostgreSQL, "15.8"
	Timescale string // version of TimescaleDB when it is used, else empty
	Schema    int64  // number of the last migration
}

// DatabaseInfo asks the database what it is.
func (s *Store) DatabaseInfo(ctx context.Context) (DatabaseInfo, error) {
	return one[DatabaseInfo](ctx, s.db, "the database", `
		SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
		       coalesce((SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'), '') AS timescale,
		       (SELECT max(version_id) FROM schema_migration WHERE is_applied) AS schema`)
}

// querier is what a pool, a connection and a transaction have in common.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// one reads exactly one row; none is a lab.NotFound that names the noun.
func one[T any](ctx context.Context, q querier, noun, sql string, args ...any) (T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err == nil {
		var v T
		if v, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[T]); err == nil {
			return v, nil
		}
	}
	var zero T
	return zero, fail(err, noun)
}

// many reads all rows.
func many[T any](ctx context.Context, q querier, noun, sql string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err == nil {
		var vs []T
		if vs, err = pgx.CollectRows(rows, pgx.RowToStructByName[T]); err == nil {
			return vs, nil
		}
	}
	return nil, fail(err, noun)
}

// inTx runs f in a transaction. It does not repeat it.
func (s *Store) inTx(ctx context.Context, noun string, f func(pgx.Tx) error) error {
	return fail(pgx.BeginFunc(ctx, s.db, f), noun)
}

// newID is a UUIDv7: ids sort by the time they were made.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// idOr keeps an id that the caller made, else makes one.
func idOr(id string) string {
	if id == "" {
		return newID()
	}
	return id
}
