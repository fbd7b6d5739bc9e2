package local

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
)

// ErrInUse is the error of a directory on which another lics runs.
var ErrInUse = errors.New("another lics runs on it")

// lockFile takes a lock that the kernel gives back when we die, however we die.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("%s: %w", filepath.Dir(path), ErrInUse)
		}
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}

// Lock keeps a second `lics up` away from a data directory, until it is closed
// or we die, however we die.
func Lock(path string) (io.Closer, error) { return lockFile(path) }
