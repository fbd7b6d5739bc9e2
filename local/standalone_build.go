package local

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// buildFlags strip what only a debugger needs, a third of the program.
var buildFlags = []string{"-trimpath", "-buildvcs=false", "-ldflags=-s -w"}

// BuildStandalone builds lics-standalone from its module into bin/ at the root
// of the source tree, or, where that cannot be written, into the user's cache.
// It does nothing when the program there is that of these sources. Several
// processes may ask at once; one builds, the others wait.
func BuildStandalone(ctx context.Context, source string, progress func(string)) (string, error) {
	source, err := filepath.Abs(source)
	if err != nil {
		return "", err
	}
	key, err := standaloneKey(ctx, source)
	if err != nil {
		return "", err
	}
	places := []string{filepath.Join(source, "..", "..", "bin")}
	if cache, err := os.UserCacheDir(); err == nil {
		places = append(places, filepath.Join(cache, "lics", "standalone-"+key))
	}
	for _, dir := range places {
		if path := filepath.Join(dir, standaloneName); builtFrom(path, key) {
			return path, nil
		}
	}
	for _, dir := range places {
		path, err := buildInto(ctx, dir, source, key, progress)
		if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
			continue
		}
		return path, err
	}
	return "", fmt.Errorf("none of %v can be written", places)
}

// standaloneKey stands for the sources and the toolchain: two programs with the
// same key are the same.
func standaloneKey(ctx context.Context, source string) (string, error) {
	hash := sha256.New()
	goEnv := exec.CommandContext(ctx, "go", "env", "GOVERSION", "GOOS", "GOARCH")
	goEnv.Dir = source
	out, err := goEnv.Output()
	if err != nil {
		return "", fmt.Errorf("%s has to be built, which takes Go: %w", standaloneName, err)
	}
	fmt.Fprintf(hash, "%s%q\n", out, buildFlags)
	files, err := filepath.Glob(filepath.Join(source, "*.go"))
	if err != nil {
		return "", err
	}
	files = append(files, filepath.Join(source, "go.mod"), filepath.Join(source, "go.sum"))
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		body, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(hash, "%s %d\n%s", filepath.Base(file), len(body), body)
	}
	return hex.EncodeToString(hash.Sum(nil)[:8]), nil
}

// builtFrom reports whether the program at path was built from the sources of a
// key, which is written beside it.
func builtFrom(path, key string) bool {
	have, err := os.ReadFile(path + ".key")
	return err == nil && string(have) == key && executable(path) == nil
}

func buildInto(ctx context.Context, dir, source, key string, progress func(string)) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	path := filepath.Join(dir, standaloneName)
	lock, err := awaitLock(ctx, path+".lock")
	if err != nil {
		return "", err
	}
	defer lock.Close()
	if builtFrom(path, key) { // while we waited
		return path, nil
	}
	if progress != nil {
		progress("building " + standaloneName + ", the Temporal server and the S3 gateway: this takes about five minutes, once")
	}
	fresh := path + ".new"
	args := append([]string{"build"}, buildFlags...)
	build := exec.CommandContext(ctx, "go", append(args, "-o", fresh, ".")...)
	build.Dir = source
	build.Env = append(os.Environ(), "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", standaloneName, err, out)
	}
	// The key follows the program: cut off in between, it is built once more.
	if err := os.Rename(fresh, path); err != nil {
		return "", err
	}
	return path, os.WriteFile(path+".key", []byte(key), 0o644)
}

// awaitLock waits for a lock that the kernel gives back when its holder dies.
func awaitLock(ctx context.Context, path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	every := time.NewTicker(50 * time.Millisecond)
	defer every.Stop()
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			f.Close()
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		select {
		case <-ctx.Done():
			f.Close()
			return nil, ctx.Err()
		case <-every.C:
		}
	}
}
