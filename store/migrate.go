package store

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migration/*.sql
var migrations embed.FS

// Migrate brings the database to the schema of this program. Many processes
// may call it at once: one works, the others wait. Open a Store after it, not
// before, because connections remember the types of columns.
func Migrate(ctx context.Context, dsn string) error {
	c, err := pgx.ParseConfig(dsn)
	if err != nil {
		return invalidDSN(err)
	}
	db := stdlib.OpenDB(*c)
	defer func() { _ = db.Close() }()
	if err := db.PingContext(ctx); err != nil {
		return fail(err, "the database")
	}
	p, err := provider(db)
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fail(err, "the migration of the database")
	}
	_, err = db.ExecContext(ctx, `SELECT telemetry_partition(now() + n * interval '1 month') FROM generate_series(0, 2) n`)
	return fail(err, "the partitions of the month")
}

func provider(db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migration")
	if err != nil {
		return nil, err
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, db, files,
		goose.WithSessionLocker(locker), goose.WithTableName("schema_migration"))
}
