// Package spool keeps what has to be written later than it is known: in memory
// while it is little, in a temporary file when it is much. It imports the
// standard library.
package spool

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// memory is how much a Spool holds before it uses the disk.
const memory = 256 << 10

// Spool takes bytes, and gives them back from the beginning as often as asked.
// The zero Spool is empty and ready; Close gives its disk space back.
type Spool struct {
	buffer bytes.Buffer
	file   *os.File
	size   int64
}

// Size is how many bytes were written.
func (s *Spool) Size() int64 { return s.size }

func (s *Spool) Write(p []byte) (int, error) {
	if s.buffer.Len()+len(p) > memory {
		if err := s.flush(); err != nil {
			return 0, err
		}
	}
	s.size += int64(len(p))
	return s.buffer.Write(p)
}

func (s *Spool) flush() error {
	if s.file == nil {
		f, err := os.CreateTemp("", "lics-export-*")
		if err != nil {
			return fmt.Errorf("temporary file of an export: %w", err)
		}
		// Without a name it is gone when the process is, however it ends.
		_ = os.Remove(f.Name())
		s.file = f
	}
	if _, err := s.buffer.WriteTo(s.file); err != nil {
		return fmt.Errorf("temporary file of an export: %w", err)
	}
	return nil
}

// Reader reads everything from the beginning. Writing more, or another Reader,
// does not disturb it.
func (s *Spool) Reader() io.Reader {
	rest := bytes.NewReader(s.buffer.Bytes())
	if s.file == nil {
		return rest
	}
	return io.MultiReader(io.NewSectionReader(s.file, 0, s.size-int64(s.buffer.Len())), rest)
}

// ReadAt reads a part.
func (s *Spool) ReadAt(p []byte, at int64) (int, error) {
	onDisk := s.size - int64(s.buffer.Len())
	if at >= onDisk {
		return bytes.NewReader(s.buffer.Bytes()).ReadAt(p, at-onDisk)
	}
	n, err := s.file.ReadAt(p[:min(int64(len(p)), onDisk-at)], at)
	if err != nil || n == len(p) {
		return n, err
	}
	more, err := bytes.NewReader(s.buffer.Bytes()).ReadAt(p[n:], 0)
	return n + more, err
}

// Close forgets everything.
func (s *Spool) Close() error {
	s.buffer, s.size = bytes.Buffer{}, 0
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	s.file = nil
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}
