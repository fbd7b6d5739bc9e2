package main

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/lics-lab/lics/lab"
)

// saveFolder unpacks a run folder. It is there complete or not at all, and
// never mixed with what was there before.
func (a *app) saveFolder(path string, r io.Reader) (err error) {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return usagef("%s is there already; name a folder that is not, or move it away", path)
	}
	packed, err := os.CreateTemp("", "lics-run-*.zip")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, packed.Close(), os.Remove(packed.Name())) }()
	size, err := io.Copy(packed, r)
	if err != nil {
		return err
	}
	z, err := zip.NewReader(packed, size)
	if err != nil {
		return lab.Errorf(lab.Unavailable, "The server's answer is no zip: %v.", err)
	}
	unpacked, err := os.MkdirTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(unpacked)
	for _, f := range z.File {
		if err := unpack(unpacked, f); err != nil {
			return err
		}
	}
	if err := os.Chmod(unpacked, 0o755); err != nil { //nolint:gosec // data to be read by others, like a file that is saved
		return err
	}
	if err := os.Rename(unpacked, path); err != nil {
		return err
	}
	a.note("%s: %d files", path, len(z.File))
	return nil
}

// unpack writes one file of the zip without the folder that it has there.
func unpack(folder string, f *zip.File) error {
	_, name, _ := strings.Cut(f.Name, "/")
	if !filepath.IsLocal(name) || strings.ContainsAny(name, `/\`) {
		return lab.Errorf(lab.Invalid, "The run folder holds a file named %q, which does not belong there.", f.Name)
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = save(filepath.Join(folder, name), r)
	return err
}
