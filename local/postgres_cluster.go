package local

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// cluster is a data directory and what it takes to run it.
type cluster struct {
	data     string
	socket   string
	bin      string
	user     *syscall.Credential
	volatile bool
	log      *slog.Logger
}

// create makes the data directory unless there is one. It is made under another
// name and renamed, so that one that was interrupted is never taken for whole.
func (c *cluster) create(ctx context.Context) error {
	if _, err := os.Stat(filepath.Join(c.data, "PG_VERSION")); err == nil {
		return nil
	}
	fresh := c.data + ".new"
	if err := os.RemoveAll(fresh); err != nil {
		return err
	}
	if err := makePrivate(fresh, c.user); err != nil {
		return err
	}
	args := []string{
		"--pgdata", fresh,
		"--username", superuser,
		"--auth-local", "trust",
		"--auth-host", "reject",
		"--encoding", "UTF8",
		// Text is ordered by code point: that order is the same on every machine
		// and never changes with an upgrade of its C library, which would silently
		// corrupt every index on text.
		"--lc-collate", "C",
		"--lc-ctype", "C.UTF-8",
		"--lc-messages", "C",
		"--data-checksums",
		"--no-instructions",
	}
	if c.volatile {
		args = append(args, "--no-sync")
	}
	p, err := startProcess(command{
		path: filepath.Join(c.bin, "initdb"), args: args, env: postgresEnv(c.bin),
		user: c.user, onOrphan: syscall.SIGKILL, log: c.log,
	})
	if err != nil {
		return err
	}
	select {
	case <-p.done:
	case <-ctx.Done():
		_ = p.stop(syscall.SIGKILL, 0)
		return ctx.Err()
	}
	if p.err != nil {
		return fmt.Errorf("initdb %w", p.death())
	}
	conf, err := os.OpenFile(filepath.Join(fresh, "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(conf, "\n# Rewritten at every start. ALTER SYSTEM wins over it.\ninclude = '%s'\n", settingsFile)
	if err := errors.Join(err, conf.Close()); err != nil {
		return err
	}
	return os.Rename(fresh, c.data)
}

const settingsFile = "lics.conf"

// settings are defaults an operator may override with ALTER SYSTEM.
func (c *cluster) settings() string {
	s := []string{
		"timezone = 'UTC'",
		"log_timezone = 'UTC'",
		// Temporal takes 64 at most; the rest is for the server and its tools.
		"max_connections = 200",
		"shared_buffers = '128MB'",
		// Our queries are short. Compiling them takes longer than running them.
		"jit = off",
	}
	if c.volatile {
		s = append(s,
			"fsync = off",
			"synchronous_commit = off",
			"full_page_writes = off",
			"wal_level = minimal",
			"max_wal_senders = 0",
			"autovacuum = off",
			"shared_buffers = '64MB'",
		)
	}
	for _, lib := range []string{"../lib", "../lib/postgresql"} {
		if _, err := os.Stat(filepath.Join(c.bin, lib, "timescaledb.so")); err == nil {
			s = append(s, "shared_preload_libraries = 'timescaledb'", "timescaledb.telemetry_level = off")
			break
		}
	}
	return strings.Join(s, "\n") + "\n"
}

// launch starts the server and waits until it answers under dsn.
func (c *cluster) launch(ctx context.Context, dsn string) (*process, error) {
	if err := reclaim(ctx, c.data, c.socket, c.log); err != nil {
		return nil, err
	}
	conf := filepath.Join(c.data, settingsFile)
	if err := os.WriteFile(conf, []byte(c.settings()), 0o600); err != nil {
		return nil, err
	}
	if c.user != nil {
		if err := os.Chown(conf, int(c.user.Uid), int(c.user.Gid)); err != nil {
			return nil, err
		}
	}
	p, err := startProcess(command{
		path: filepath.Join(c.bin, "postgres"),
		args: []string{
			"-D", c.data,
			// Not for an operator to change: we would not find it any more.
			"-c", "listen_addresses=",
			"-c", "unix_socket_directories=" + c.socket,
			"-c", "unix_socket_permissions=0700",
			"-c", fmt.Sprintf("port=%d", postgresPort),
			"-c", "logging_collector=off",
			"-c", "log_destination=stderr",
		},
		env:  postgresEnv(c.bin),
		user: c.user,
		// A fast shutdown, as if we had stopped it ourselves.
		onOrphan: syscall.SIGINT,
		log:      c.log,
	})
	if err != nil {
		return nil, err
	}
	if err := awaitPostgres(ctx, dsn, p); err != nil {
		_ = p.stop(syscall.SIGQUIT, 5*time.Second)
		return nil, err
	}
	return p, nil
}

// awaitPostgres waits until queries are answered, which after a crash is when
// the recovery is done.
func awaitPostgres(ctx context.Context, dsn string, p *process) error {
	every := time.NewTicker(10 * time.Millisecond)
	defer every.Stop()
	for {
		err := ping(ctx, dsn)
		if err == nil {
			return nil
		}
		select {
		case <-p.done:
			return p.death()
		case <-ctx.Done():
			return fmt.Errorf("not ready: %w: %w; last words: %s", ctx.Err(), err, p.last)
		case <-every.C:
		}
	}
}

func ping(ctx context.Context, dsn string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return conn.Ping(ctx)
}

// postgresEnv has nothing of ours: a PGDATA or PGPORT of the person who starts
// us is about another cluster.
func postgresEnv(bin string) []string {
	return []string{"PATH=" + bin + ":/usr/bin:/bin", "LANG=C"}
}
