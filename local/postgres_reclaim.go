package local

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// reclaim makes sure that no process of an earlier PostgreSQL is left on a data
// directory. After a kill -9 of ours it may still be shutting down; after a
// kill -9 of its own, its sessions may not have noticed yet. Both must be gone
// before the next one starts: two at once would destroy the data.
//
// The caller holds the lock of the directory, so it is not another lics whose
// PostgreSQL is found here.
func reclaim(ctx context.Context, data, socket string, log *slog.Logger) error {
	for _, step := range []struct {
		signal syscall.Signal
		wait   time.Duration
	}{
		{syscall.SIGINT, 15 * time.Second}, // fast shutdown
		{syscall.SIGQUIT, 5 * time.Second}, // immediate shutdown, recovery at the next start
		{syscall.SIGKILL, 5 * time.Second},
	} {
		left := processesIn(data)
		if len(left) == 0 {
			return removeStale(data, socket)
		}
		log.Info("stopping a PostgreSQL that was left behind", "pids", fmt.Sprint(left), "signal", step.signal.String())
		targets := left
		if pid := postmaster(data); step.signal == syscall.SIGINT && pid != 0 {
			targets = []int{pid} // it stops its sessions itself
		}
		for _, pid := range targets {
			_ = syscall.Kill(pid, step.signal) // it may be gone already
		}
		if err := awaitNobody(ctx, data, step.wait); err != nil {
			return err
		}
	}
	if left := processesIn(data); len(left) != 0 {
		return fmt.Errorf("processes %v of an earlier PostgreSQL cannot be stopped", left)
	}
	return removeStale(data, socket)
}

// awaitNobody returns when nobody is left or the time is up.
func awaitNobody(ctx context.Context, data string, wait time.Duration) error {
	ctx, cancel := context.WithTimeoutCause(ctx, wait, errWaited)
	defer cancel()
	every := time.NewTicker(10 * time.Millisecond)
	defer every.Stop()
	for len(processesIn(data)) > 0 {
		select {
		case <-ctx.Done():
			if errors.Is(context.Cause(ctx), errWaited) {
				return nil
			}
			return ctx.Err()
		case <-every.C:
		}
	}
	return nil
}

var errWaited = errors.New("waited long enough")

// removeStale removes what a killed PostgreSQL left for its successor to find.
// It would take a process that has got the same number since for the old one,
// and refuse to start.
func removeStale(data, socket string) error {
	name := fmt.Sprintf(".s.PGSQL.%d", postgresPort)
	for _, file := range []string{
		filepath.Join(data, "postmaster.pid"),
		filepath.Join(socket, name),
		filepath.Join(socket, name+".lock"),
	} {
		if err := os.Remove(file); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}

// processesIn lists the processes that work in a directory. Everything that
// belongs to a PostgreSQL does so in its data directory.
func processesIn(dir string) []int {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil
	}
	links, _ := filepath.Glob("/proc/[0-9]*/cwd") // only a bad pattern fails
	var pids []int
	for _, link := range links {
		cwd, err := os.Readlink(link)
		if err != nil || cwd != real {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(link)))
		// A person may have a shell there.
		if err == nil && isPostgres(pid) {
			pids = append(pids, pid)
		}
	}
	return pids
}

func isPostgres(pid int) bool {
	exe, err := os.Readlink(fmt.Sprintf("/proc/%d/exe", pid))
	if err != nil {
		return false
	}
	// An upgrade of the package replaces the file under a running server.
	return filepath.Base(strings.TrimSuffix(exe, " (deleted)")) == "postgres"
}

// postmaster is the first process of the PostgreSQL on a data directory, 0 when
// unknown.
func postmaster(data string) int {
	body, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(body), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || !isPostgres(pid) {
		return 0
	}
	return pid
}
