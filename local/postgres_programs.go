package local

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// minPostgres is the oldest major version LICS is tested with.
const minPostgres = 15

// programs is one installed PostgreSQL.
type programs struct {
	bin   string
	major int
}

// findPostgres returns the directory of the programs that can run the cluster in
// data: those of its version when it exists, else the first in PATH, else the
// newest.
func findPostgres(ctx context.Context, bin, data string) (string, error) {
	var found []programs
	for _, dir := range postgresDirs(bin) {
		if major, err := postgresMajor(ctx, dir); err == nil {
			found = append(found, programs{dir, major})
		}
	}
	if bin == "" && len(found) > 1 && !inPath(found[0].bin) {
		slices.SortStableFunc(found, func(a, b programs) int { return cmp.Compare(b.major, a.major) })
	}
	version, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if err != nil {
		for _, p := range found {
			if p.major >= minPostgres {
				return p.bin, nil
			}
		}
		return "", fmt.Errorf("no PostgreSQL %d or newer was found (%s): install it with `apt-get install postgresql`, or name the directory of initdb and postgres",
			minPostgres, describe(found))
	}
	want, err := strconv.Atoi(strings.TrimSpace(string(version)))
	if err != nil {
		return "", fmt.Errorf("%s/PG_VERSION: %w", data, err)
	}
	for _, p := range found {
		if p.major == want {
			return p.bin, nil
		}
	}
	return "", fmt.Errorf("the data in %s were written by PostgreSQL %d, which was not found (%s): install it with `apt-get install postgresql-%d`, or upgrade the data with pg_upgrade",
		data, want, describe(found), want)
}

func describe(found []programs) string {
	if len(found) == 0 {
		return "there is none at all"
	}
	var all []string
	for _, p := range found {
		all = append(all, fmt.Sprintf("%d in %s", p.major, p.bin))
	}
	return "there is " + strings.Join(all, ", ")
}

// postgresDirs are the places where distributions put the programs. Debian
// leaves them out of PATH.
func postgresDirs(bin string) []string {
	if bin != "" {
		return []string{bin}
	}
	var dirs []string
	if path, err := exec.LookPath("postgres"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(path))
		}
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/lib64/pgsql/bin", "/usr/local/pgsql/bin"} {
		matches, _ := filepath.Glob(pattern) // only a bad pattern fails
		dirs = append(dirs, matches...)
	}
	return dirs
}

func inPath(dir string) bool {
	path, err := exec.LookPath("postgres")
	if err != nil {
		return false
	}
	path, err = filepath.EvalSymlinks(path)
	return err == nil && filepath.Dir(path) == dir
}

// postgresMajor asks the server program of a directory for its version.
func postgresMajor(ctx context.Context, dir string) (int, error) {
	if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
		return 0, err
	}
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return 0, err
	}
	// postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1), or 18beta2
	fields := strings.Fields(string(out))
	if len(fields) < 3 {
		return 0, fmt.Errorf("%s/postgres says %q", dir, out)
	}
	digits := strings.IndexFunc(fields[2], func(r rune) bool { return r < '0' || r > '9' })
	if digits < 0 {
		digits = len(fields[2])
	}
	return strconv.Atoi(fields[2][:digits])
}
