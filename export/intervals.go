package export

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"github.com/lics-lab/lics/export/spool"
)

// intervals keeps what has a beginning and an end, in the order of the ends in
// which it becomes known, and gives it back in the order of the beginnings.
// Only where each one is stays in memory.
type intervals[T any] struct {
	kept  spool.Spool
	where []interval
}

type interval struct {
	start, stop time.Duration
	at          int64
	size        int32
}

func (s *intervals[T]) add(start, stop time.Duration, v T) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	s.where = append(s.where, interval{start, stop, s.kept.Size(), int32(len(b))})
	_, err = s.kept.Write(b)
	return err
}

// each gives them all; those that began together in the order in which they
// ended.
func (s *intervals[T]) each(f func(start, stop time.Duration, v T) error) error {
	slices.SortStableFunc(s.where, func(a, b interval) int { return cmp.Compare(a.start, b.start) })
	var buf []byte
	for _, w := range s.where {
		buf = slices.Grow(buf[:0], int(w.size))[:w.size]
		if _, err := s.kept.ReadAt(buf, w.at); err != nil {
			return err
		}
		var v T
		if err := json.Unmarshal(buf, &v); err != nil {
			return err
		}
		if err := f(w.start, w.stop, v); err != nil {
			return err
		}
	}
	return nil
}

func (s *intervals[T]) len() int { return len(s.where) }
