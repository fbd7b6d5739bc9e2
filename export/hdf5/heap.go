package hdf5

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/lics-lab/lics/export/spool"
)

// heap is a row of global heap collections, which hold the texts. Each text is
// there once for each value, never shared: a program that later changes one
// value frees its text.
type heap struct {
	done spool.Spool
	open []byte // the collection being filled
	next uint16 // index of its next object
}

// place is where a text is. The zero place is the empty text.
type place struct {
	length     uint32
	collection uint64 // from the beginning of the heap
	index      uint32 // from 1
}

const (
	collectionSize     = 64 << 10
	smallestCollection = 4 << 10 // the format's own least
	objectHead         = 16
	maxText            = math.MaxInt32 / 2
)

func (h *heap) add(s string) (place, error) {
	if s == "" {
		return place{}, nil
	}
	if len(s) > maxText {
		return place{}, fmt.Errorf("hdf5: a text has %d bytes, at most %d are possible", len(s), maxText)
	}
	need := objectHead + pad8(len(s))
	if len(h.open) > 0 && len(h.open)+need > collectionSize {
		if err := h.flush(collectionSize); err != nil {
			return place{}, err
		}
	}
	if len(h.open) == 0 {
		h.open = append(h.open, "GCOL\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"...)
		h.next = 1
	}
	le := binary.LittleEndian
	p := place{uint32(len(s)), uint64(h.done.Size()), uint32(h.next)}
	h.open = le.AppendUint16(h.open, h.next)
	h.open = append(h.open, 1, 0, 0, 0, 0, 0) // one value refers to it
	h.open = le.AppendUint64(h.open, uint64(len(s)))
	h.open = append(h.open, s...)
	h.open = append(h.open, make([]byte, pad8(len(s))-len(s))...)
	h.next++
	return p, nil
}

// end completes the last collection, which is no larger than it must be: a file
// of a short run has many short columns.
func (h *heap) end() error { return h.flush(smallestCollection) }

// flush completes the open collection.
func (h *heap) flush(least int) error {
	if len(h.open) == 0 {
		return nil
	}
	size := max(least, len(h.open))
	le := binary.LittleEndian
	le.PutUint64(h.open[8:], uint64(size))
	if free := size - len(h.open); free >= objectHead {
		h.open = append(h.open, 0, 0, 0, 0, 0, 0, 0, 0) // object 0 is the space that is left
		h.open = le.AppendUint64(h.open, uint64(free))
	}
	h.open = append(h.open, make([]byte, size-len(h.open))...)
	_, err := h.done.Write(h.open)
	h.open = h.open[:0]
	return err
}

// append writes the place as a value refers to it, in a heap that begins at
// base.
func (p place) append(b []byte, base uint64) []byte {
	le := binary.LittleEndian
	address := p.collection + base
	if p.length == 0 {
		address = 0
	}
	b = le.AppendUint32(b, p.length)
	b = le.AppendUint64(b, address)
	return le.AppendUint32(b, p.index)
}

func pad8(n int) int { return (n + 7) &^ 7 }
