package local

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// standaloneName is the program that holds what is too big for lics itself.
const standaloneName = "lics-standalone"

// StandaloneConfig says where lics-standalone may be. The zero value works.
type StandaloneConfig struct {
	// Path names it; then nothing else is looked at.
	Path string
	// Version of lics, to tell the cached programs of several versions apart.
	Version string
	// Progress is told, in a line for people, when something takes long.
	Progress func(string)
}

// FindStandalone returns the path of lics-standalone: the one named; else, when
// our own program is inside a source tree, the tree's, built if it is missing or
// older than its sources; else the one beside our own program; else the cached
// one of this version; else that of a source tree around the working directory,
// which is how tests find it.
func FindStandalone(ctx context.Context, cfg StandaloneConfig) (string, error) {
	if cfg.Path != "" {
		if err := executable(cfg.Path); err != nil {
			return "", fmt.Errorf("%s: %w", standaloneName, err)
		}
		return cfg.Path, nil
	}
	var looked []string
	if self, err := os.Executable(); err == nil {
		if real, err := filepath.EvalSymlinks(self); err == nil {
			self = real
		}
		if source, ok := sourceAround(filepath.Dir(self)); ok {
			return BuildStandalone(ctx, source, cfg.Progress)
		}
		looked = append(looked, filepath.Join(filepath.Dir(self), standaloneName))
	}
	if cache, err := os.UserCacheDir(); err == nil && cfg.Version != "" {
		looked = append(looked, filepath.Join(cache, "lics", "standalone-"+cfg.Version, standaloneName))
	}
	for _, path := range looked {
		if executable(path) == nil {
			return path, nil
		}
	}
	if wd, err := os.Getwd(); err == nil {
		if source, ok := sourceAround(wd); ok {
			return BuildStandalone(ctx, source, cfg.Progress)
		}
	}
	return "", fmt.Errorf("%s, which holds the Temporal server and the S3 gateway, was not found (looked for %s): install it beside lics, or run `make standalone` in a source tree",
		standaloneName, strings.Join(looked, " and "))
}

func executable(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.IsDir() || info.Mode()&0o111 == 0 {
		return fmt.Errorf("%s is not a program", path)
	}
	return nil
}

// sourceAround finds the sources of lics-standalone in the source tree that dir
// is in, if it is in one.
func sourceAround(dir string) (string, bool) {
	for {
		source := filepath.Join(dir, "local", "standalone")
		mod, err := os.ReadFile(filepath.Join(source, "go.mod"))
		if err == nil && strings.HasPrefix(string(mod), "module github.com/lics-lab/lics/local/standalone\n") {
			return source, true
		}
		if dir == filepath.Dir(dir) {
			return "", false
		}
		dir = filepath.Dir(dir)
	}
}

// startStandalone starts one half of lics-standalone and waits until it has said
// where it is.
func startStandalone(ctx context.Context, path, part string, config, ready any, log *slog.Logger) (*process, error) {
	if path == "" {
		return nil, errors.New("the path of lics-standalone is required")
	}
	for attempt := 1; ; attempt++ {
		p, err := tryStandalone(ctx, path, part, config, ready, log)
		// Somebody may take a port between the moment it is found free and the
		// moment it is used.
		if err == nil || attempt == 3 || !strings.Contains(err.Error(), "address already in use") {
			return p, err
		}
	}
}

func tryStandalone(ctx context.Context, path, part string, config, ready any, log *slog.Logger) (*process, error) {
	p, err := startProcess(command{
		path: path, args: []string{part}, env: childEnv(),
		onOrphan: syscall.SIGKILL, config: config, log: log,
	})
	if err != nil {
		return nil, err
	}
	if err := p.announced(ctx, ready); err != nil {
		_ = p.stop(syscall.SIGKILL, 0)
		return nil, err
	}
	return p, nil
}

func orFree(addr string) string {
	if addr == "" {
		return "127.0.0.1:0"
	}
	return addr
}

func hostPort(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Host
}
