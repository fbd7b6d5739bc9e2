package licstest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/lics-lab/lics/local"
)

// Postgres returns the DSN of a new empty database, which is dropped when the
// test ends. It is not safe against power failures, and that is the only
// difference to the one of `lics up`.
func Postgres(t testing.TB) string {
	t.Helper()
	return createDatabase(t, "template0")
}

// PostgresFrom is Postgres with a database that prepare has filled, with the
// tables of a store for example. It is called once in a test binary for each
// name; all further databases are copies.
func PostgresFrom(t testing.TB, name string, prepare func(ctx context.Context, dsn string) error) string {
	t.Helper()
	pg := sharedPostgres(t)
	once, _ := templates.LoadOrStore(name, sync.OnceValues(func() (string, error) {
		ctx, cancel := context.WithTimeout(context.Background(), startWithin)
		defer cancel()
		template := "template_" + unique()
		if err := pg.EnsureDatabase(ctx, template); err != nil {
			return "", err
		}
		return template, prepare(ctx, pg.DSN(template))
	}))
	template, err := once.(func() (string, error))()
	if err != nil {
		t.Fatalf("prepare the database %s: %v", name, err)
	}
	return createDatabase(t, template)
}

var templates sync.Map // of sync.OnceValues functions, by name

func createDatabase(t testing.TB, template string) string {
	t.Helper()
	pg := sharedPostgres(t)
	name := "test_" + unique()
	admin(t, pg, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", name, template))
	t.Cleanup(func() { admin(t, pg, fmt.Sprintf("DROP DATABASE %s WITH (FORCE)", name)) })
	return pg.DSN(name)
}

func admin(t testing.TB, pg *local.Postgres, sql string) {
	t.Helper()
	ctx := context.Background() // the test's own has ended when it cleans up
	conn, err := pgx.Connect(ctx, pg.DSN("postgres"))
	if err != nil {
		t.Errorf("connect: %v", err)
		return
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, sql); err != nil {
		t.Errorf("%s: %v", sql, err)
	}
}

func sharedPostgres(t testing.TB) *local.Postgres {
	t.Helper()
	pg, err := startedPostgres()
	if err != nil {
		t.Fatal(err)
	}
	return pg
}

// startedPostgres starts one cluster for this test binary. The clusters stay in
// the directory for temporary files and are used again by the next binary: to
// make a new one each time would take half a second and leave 40 MB behind.
var startedPostgres = sync.OnceValues(func() (*local.Postgres, error) {
	ctx, cancel := context.WithTimeout(context.Background(), startWithin)
	defer cancel()
	root, err := clustersDir()
	if err != nil {
		return nil, err
	}
	for slot := 0; ; slot++ {
		dir := filepath.Join(root, strconv.Itoa(slot))
		pg, err := startSlot(ctx, dir)
		if errors.Is(err, local.ErrInUse) { // by another test binary
			continue
		}
		return pg, err
	}
})

// clustersDir is ours alone to write: its name can be guessed by everybody.
func clustersDir() (string, error) {
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("lics-test-%d", os.Geteuid()))
	if err := os.Mkdir(dir, 0o711); err != nil && !errors.Is(err, os.ErrExist) {
		return "", err
	}
	var stat syscall.Stat_t
	if err := syscall.Lstat(dir, &stat); err != nil {
		return "", err
	}
	if stat.Mode&syscall.S_IFMT != syscall.S_IFDIR || stat.Uid != uint32(os.Geteuid()) || stat.Mode&0o022 != 0 {
		return "", fmt.Errorf("%s is not a directory of ours", dir)
	}
	return dir, nil
}

func startSlot(ctx context.Context, dir string) (*local.Postgres, error) {
	cfg := local.PostgresConfig{Dir: dir, Volatile: true}
	pg, err := local.StartPostgres(ctx, cfg)
	if errors.Is(err, local.ErrInUse) {
		return nil, err
	}
	if err == nil {
		if err = dropOld(ctx, pg); err == nil {
			return pg, nil
		}
		_ = pg.Stop()
	}
	// The machine may have crashed under it, or got another PostgreSQL since.
	if err := os.RemoveAll(filepath.Join(dir, "data")); err != nil {
		return nil, err
	}
	return local.StartPostgres(ctx, cfg)
}

// dropOld drops the databases of earlier binaries.
func dropOld(ctx context.Context, pg *local.Postgres) error {
	conn, err := pgx.Connect(ctx, pg.DSN("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, `SELECT datname FROM pg_database WHERE datname ~ '^(test|template)_' ORDER BY datname`)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := conn.Exec(ctx, "DROP DATABASE "+pgx.Identifier{name}.Sanitize()); err != nil {
			return err
		}
	}
	return nil
}
