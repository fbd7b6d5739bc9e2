package local

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const (
	// superuser owns everything in the private cluster. It has no password:
	// whoever can reach the socket, which is in a directory of mode 0700, could
	// read the data files too.
	superuser = "lics"
	// The port only gives the socket its name; nothing listens on it.
	postgresPort = 5432
)

// PostgresConfig says where and how the private cluster runs. Only Dir is
// required.
type PostgresConfig struct {
	// Dir belongs to the cluster alone; it is created when missing. When we are
	// root, PostgreSQL runs as another user, who must be able to reach it.
	Dir string
	// BinDir holds the programs of PostgreSQL; empty looks for them.
	BinDir string
	// Volatile trades the promise that committed data survives a power failure
	// for speed. It is for tests.
	Volatile bool
	Log      *slog.Logger
	Notify   Notify
}

// Postgres is a private cluster, reached through a Unix socket only. It is
// restarted when it dies.
type Postgres struct {
	*child
	socket string
	lock   *os.File
}

// StartPostgres starts the cluster in cfg.Dir, after making it if there is none,
// and returns when it answers. ctx bounds the start; Stop ends the cluster.
func StartPostgres(ctx context.Context, cfg PostgresConfig) (*Postgres, error) {
	log := logger(cfg.Log).With("part", "postgresql")
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o711); err != nil {
		return nil, err
	}
	lock, err := lockFile(filepath.Join(dir, "lock"))
	if err != nil {
		return nil, err
	}
	pg, err := startPostgres(ctx, cfg, dir, log)
	if err != nil {
		lock.Close()
		return nil, err
	}
	pg.lock = lock
	return pg, nil
}

func startPostgres(ctx context.Context, cfg PostgresConfig, dir string, log *slog.Logger) (*Postgres, error) {
	c := &cluster{data: filepath.Join(dir, "data"), volatile: cfg.Volatile, log: log}
	var err error
	if c.user, err = clusterUser(c.data); err != nil {
		return nil, err
	}
	if err := reachable(dir, c.user); err != nil {
		return nil, err
	}
	if c.bin, err = findPostgres(ctx, cfg.BinDir, c.data); err != nil {
		return nil, err
	}
	if c.socket, err = socketDir(dir, c.user); err != nil {
		return nil, err
	}
	if err := c.create(ctx); err != nil {
		return nil, err
	}
	pg := &Postgres{socket: c.socket}
	pg.child = &child{
		name:   "postgresql",
		launch: func(ctx context.Context) (*process, error) { return c.launch(ctx, pg.DSN("postgres")) },
		// Fast shutdown: sessions are closed, transactions rolled back.
		signal: syscall.SIGINT,
		grace:  20 * time.Second,
		log:    log,
		notify: cfg.Notify,
	}
	if err := pg.start(ctx); err != nil {
		return nil, err
	}
	return pg, nil
}

// DSN is the connection URL of a database. It stays the same over restarts.
func (p *Postgres) DSN(database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/" + database}
	u.RawQuery = url.Values{"host": {p.socket}, "port": {strconv.Itoa(postgresPort)}, "sslmode": {"disable"}}.Encode()
	return u.String()
}

// Detail says where the cluster is.
func (p *Postgres) Detail() string { return "socket in " + p.socket }

// EnsureDatabase creates a database unless it exists.
func (p *Postgres) EnsureDatabase(ctx context.Context, name string) error {
	conn, err := pgx.Connect(ctx, p.DSN("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize())
	var exists *pgconn.PgError
	if errors.As(err, &exists) && exists.Code == "42P04" {
		return nil
	}
	if err != nil {
		return fmt.Errorf("database %s: %w", name, err)
	}
	return nil
}

// Stop shuts the cluster down, and leaves it clean.
func (p *Postgres) Stop() error {
	err := p.child.Stop()
	p.lock.Close()
	return err
}

// logger makes the zero value of a config work.
func logger(log *slog.Logger) *slog.Logger {
	if log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return log
}
