package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// What a lab's first weeks need; less works, and says so.
const (
	minPostgres    = 15
	enoughDisk     = 5 << 30
	leastDisk      = 1 << 30
	enoughFiles    = 4096
	enoughMemory   = 1 << 30
	postgresAsks   = 5 * time.Second
	postgresFolder = "/usr/lib/postgresql/*/bin" // where Debian puts it, outside of PATH
)

var versionNumber = regexp.MustCompile(`\) (\d+)`)

// postgres looks for the programs of a PostgreSQL that is new enough.
func postgres(ctx context.Context) finding {
	f := finding{Check: "PostgreSQL", Status: isMissing, Detail: "not found"}
	f.Fix = fmt.Sprintf("install PostgreSQL %d or newer: sudo apt-get install postgresql (`make postgresql` does so in a source tree).", minPostgres)
	dirs, _ := filepath.Glob(postgresFolder) // a constant pattern
	more, _ := filepath.Glob("/usr/pgsql-*/bin")
	dirs = append(append(dirs, more...), "/usr/lib64/pgsql/bin", "/usr/local/pgsql/bin")
	if path, err := exec.LookPath("postgres"); err == nil {
		dirs = append([]string{filepath.Dir(path)}, dirs...)
	}
	ctx, cancel := context.WithTimeout(ctx, postgresAsks)
	defer cancel()
	for _, dir := range dirs {
		out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output()
		found := versionNumber.FindSubmatch(out)
		if err != nil || found == nil {
			continue
		}
		detail := strings.TrimSpace(string(out)) + " in " + dir
		if major, err := strconv.Atoi(string(found[1])); err == nil && major >= minPostgres {
			return finding{Check: f.Check, Status: isOK, Detail: detail}
		}
		f.Detail = "only " + detail
	}
	return f
}

// existing is the directory, or the nearest one above it that exists.
func existing(dir string) string {
	for {
		if info, err := os.Stat(dir); err == nil && info.IsDir() || dir == filepath.Dir(dir) {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

// closedToOthers is the first directory on the way to dir that other users may
// not pass through; empty when there is none.
func closedToOthers(dir string) string {
	closed := ""
	for dir = existing(dir); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.Mode()&0o001 == 0 {
			closed = dir
		}
	}
	return closed
}

func disk(dir string) finding {
	f := finding{Check: "disk", Status: isOK}
	var fs unix.Statfs_t
	at := existing(dir)
	if err := unix.Statfs(at, &fs); err != nil {
		f.Status, f.Detail = isWarning, fmt.Sprintf("%s: %v", at, err)
		return f
	}
	free := fs.Bavail * uint64(fs.Bsize)
	f.Detail = fmt.Sprintf("%.1f GB free at %s", float64(free)/1e9, at)
	switch {
	case free < leastDisk:
		f.Status = isMissing
		f.Fix = "free some space, or choose another disk with --data-dir."
	case free < enoughDisk:
		f.Status = isWarning
		f.Fix = "recordings of some weeks need more; choose a larger disk with --data-dir."
	}
	return f
}

func descriptors() finding {
	f := finding{Check: "open files", Status: isOK}
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		f.Status, f.Detail = isWarning, err.Error()
		return f
	}
	f.Detail = fmt.Sprintf("%d for a process", limit.Max)
	if limit.Max < enoughFiles {
		f.Status = isWarning
		f.Fix = fmt.Sprintf("raise the limit: ulimit -n %d, or LimitNOFILE= in the systemd unit.", enoughFiles)
	}
	return f
}

func memory() finding {
	f := finding{Check: "memory", Status: isOK, Detail: "unknown"}
	raw, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return f
	}
	for line := range bytes.Lines(raw) {
		var kilobytes uint64
		if n, _ := fmt.Sscanf(string(line), "MemAvailable: %d kB", &kilobytes); n == 1 {
			f.Detail = fmt.Sprintf("%.1f GB available", float64(kilobytes)/1e6)
			if kilobytes<<10 < enoughMemory {
				f.Status = isWarning
				f.Fix = "`lics up` needs about 1 GB; close something."
			}
		}
	}
	return f
}

// clock asks the kernel whether somebody keeps its clock right. Durations do
// not depend on it, the wall times in the record do.
func clock() finding {
	f := finding{Check: "clock", Status: isOK, Detail: "synchronised"}
	const thisProgram = 2026 // was written then: an earlier clock is wrong
	state, err := unix.Adjtimex(&unix.Timex{})
	switch {
	case time.Now().Year() < thisProgram:
		f.Status, f.Detail = isWarning, "it says "+time.Now().Format(time.RFC1123)
		f.Fix = "set it: sudo timedatectl set-ntp true"
	case errors.Is(err, unix.EPERM) || errors.Is(err, unix.ENOSYS):
		f.Detail = "unknown, the kernel does not say"
	case err != nil:
		f.Status, f.Detail = isWarning, err.Error()
	case state == unix.TIME_ERROR:
		f.Status, f.Detail = isWarning, "not synchronised with a time server"
		f.Fix = "sudo timedatectl set-ntp true; without it the wall times in the record may be off (durations are not)."
	}
	return f
}
