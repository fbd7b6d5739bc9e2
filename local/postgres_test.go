package local_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/local"
)

const poll = 10 * time.Millisecond

func TestPostgresSurvivesKill9AndRestartsWithItsData(t *testing.T) {
	t.Parallel()
	ctx := within(t)
	pg := startPostgres(t, tempDir(t))
	require.NoError(t, pg.EnsureDatabase(ctx, "lab"))
	require.NoError(t, pg.EnsureDatabase(ctx, "lab"), "the second time it is there")
	exec1(t, ctx, pg, "CREATE TABLE note (body text)")
	exec1(t, ctx, pg, "INSERT INTO note VALUES ('lever pressed')")

	for range 3 {
		pid := pg.PID()
		require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
		require.NoError(t, pg.Restarted(ctx, pid))
	}
	require.Equal(t, "lever pressed", query(t, ctx, pg, "SELECT body FROM note"))
	require.NoError(t, pg.Stop())
}

func TestPostgresKeepsItsDataOverAStopAndHoldsItsPromises(t *testing.T) {
	t.Parallel()
	ctx := within(t)
	dir := tempDir(t)
	pg := startPostgres(t, dir)
	require.NoError(t, pg.EnsureDatabase(ctx, "lab"))
	exec1(t, ctx, pg, "CREATE TABLE note AS SELECT 'Mäuse' AS body")
	require.NoError(t, pg.Stop())

	pg = startPostgres(t, dir)
	require.Equal(t, "MÄUSE", query(t, ctx, pg, "SELECT upper(body) FROM note"))
	for setting, want := range map[string]string{
		"fsync": "on", "synchronous_commit": "on", "listen_addresses": "",
		"TimeZone": "UTC", "data_checksums": "on", "max_connections": "200",
	} {
		require.Equal(t, want, query(t, ctx, pg, "SELECT current_setting('"+setting+"')"), setting)
	}
}

func TestAPostgresThatWasLeftBehindIsStoppedFirst(t *testing.T) {
	t.Parallel()
	ctx := within(t)
	dir := tempDir(t)
	pg := startPostgres(t, dir)
	require.NoError(t, pg.EnsureDatabase(ctx, "lab"))
	exec1(t, ctx, pg, "CREATE TABLE note AS SELECT 'kept' AS body")
	require.NoError(t, pg.Stop())

	left := runPostgresByHand(t, filepath.Join(dir, "data"))
	pg = startPostgres(t, dir)
	require.Equal(t, "kept", query(t, ctx, pg, "SELECT body FROM note"))
	require.NoError(t, left.Wait(), "it was shut down, not killed")
}

func TestTwoCannotRunOnOneDirectory(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	startPostgres(t, dir)
	_, err := local.StartPostgres(within(t), local.PostgresConfig{Dir: dir})
	require.ErrorIs(t, err, local.ErrInUse)
	require.ErrorContains(t, err, dir)
}

func TestADirectoryWithALongNameGetsASocketThatWorks(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(tempDir(t), strings.Repeat("long", 30))
	pg := startPostgres(t, dir)
	require.Equal(t, "1", query(t, within(t), pg, "SELECT '1'", "postgres"))
}

func TestAnInterruptedCreationIsDoneAgain(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "data.new", "base"), 0o700))
	startPostgres(t, dir)
}

func TestAMissingPostgresSaysHowToGetIt(t *testing.T) {
	t.Parallel()
	_, err := local.StartPostgres(within(t), local.PostgresConfig{Dir: tempDir(t), BinDir: t.TempDir()})
	require.ErrorContains(t, err, "apt-get install postgresql")
}

func TestADirectoryThatPostgresCannotEnterIsExplained(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root runs PostgreSQL as somebody else")
	}
	closed := tempDir(t)
	require.NoError(t, os.Chmod(closed, 0o700))
	_, err := local.StartPostgres(within(t), local.PostgresConfig{Dir: filepath.Join(closed, "cluster")})
	require.ErrorContains(t, err, "may not enter "+closed)
}

func startPostgres(t *testing.T, dir string) *local.Postgres {
	t.Helper()
	pg, err := local.StartPostgres(within(t), local.PostgresConfig{Dir: dir})
	require.NoError(t, err)
	t.Cleanup(func() { _ = pg.Stop() })
	return pg
}

// runPostgresByHand runs a server nobody looks after.
func runPostgresByHand(t *testing.T, data string) *exec.Cmd {
	t.Helper()
	programs, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	require.NoError(t, err)
	if len(programs) == 0 {
		t.Skip("PostgreSQL is not where Debian puts it")
	}
	var owner syscall.Stat_t
	require.NoError(t, syscall.Stat(data, &owner))
	socket := filepath.Join(filepath.Dir(data), "run")
	cmd := exec.Command(programs[len(programs)-1], "-D", data, "-c", "listen_addresses=", "-c", "unix_socket_directories="+socket)
	cmd.Dir = "/"
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: owner.Uid, Gid: owner.Gid}}
	}
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	require.Eventually(t, func() bool {
		status, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
		return err == nil && strings.Contains(string(status), "ready")
	}, patience, poll)
	return cmd
}

func exec1(t *testing.T, ctx context.Context, pg *local.Postgres, sql string) {
	t.Helper()
	conn, err := pgx.Connect(ctx, pg.DSN("lab"))
	require.NoError(t, err)
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, sql)
	require.NoError(t, err)
}

func query(t *testing.T, ctx context.Context, pg *local.Postgres, sql string, database ...string) string {
	t.Helper()
	name := "lab"
	if len(database) > 0 {
		name = database[0]
	}
	conn, err := pgx.Connect(ctx, pg.DSN(name))
	require.NoError(t, err)
	defer conn.Close(ctx)
	var value string
	require.NoError(t, conn.QueryRow(ctx, sql).Scan(&value))
	return value
}
