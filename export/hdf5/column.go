package hdf5

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"

	"github.com/lics-lab/lics/export/spool"
)

// Column collects the values of a dataset one by one. Many values do not stay
// in memory. A column is used in one file, and closed afterwards.
type Column struct {
	kind   datatype
	n      uint64
	values spool.Spool
	texts  heap
	buf    [16]byte
}

// NewInts makes a column of whole numbers of 8 bytes.
func NewInts() *Column { return &Column{kind: integer} }

// NewCounts makes a column of whole numbers of 8 bytes without a sign.
func NewCounts() *Column { return &Column{kind: count} }

// NewFloats makes a column of numbers of 8 bytes.
func NewFloats() *Column { return &Column{kind: float} }

// NewBools makes a column of truth values.
func NewBools() *Column { return &Column{kind: boolean} }

// NewStrings makes a column of texts.
func NewStrings() *Column { return &Column{kind: text} }

// Len is how many values there are.
func (c *Column) Len() uint64 { return c.n }

// Int adds a whole number.
func (c *Column) Int(v int64) error { return c.number(integer, uint64(v)) }

// Count adds a whole number without a sign.
func (c *Column) Count(v uint64) error { return c.number(count, v) }

// Float adds a number.
func (c *Column) Float(v float64) error { return c.number(float, math.Float64bits(v)) }

// Bool adds a truth value.
func (c *Column) Bool(v bool) error { return c.put(boolean, []byte{byte(bit(v))}) }

// String adds a text. What is not UTF-8 is replaced; a text ends at its first
// zero, because readers in C end it there.
func (c *Column) String(s string) error {
	if c.kind != text {
		return c.put(text, nil)
	}
	p, err := c.texts.add(plain(s))
	if err != nil {
		return err
	}
	return c.put(text, p.append(c.buf[:0], 0))
}

func (c *Column) number(kind datatype, bits uint64) error {
	return c.put(kind, binary.LittleEndian.AppendUint64(c.buf[:0], bits))
}

func (c *Column) put(kind datatype, b []byte) error {
	if kind != c.kind {
		return errors.New("hdf5: a column of another type does not take this value")
	}
	c.n++
	_, err := c.values.Write(b)
	return err
}

// Close gives the column's disk space back.
func (c *Column) Close() error {
	err := c.values.Close()
	if e := c.texts.done.Close(); err == nil {
		err = e
	}
	return err
}

// write writes the values; their texts are in a heap at base.
func (c *Column) write(w io.Writer, base uint64) error {
	if c.kind != text {
		_, err := io.Copy(w, c.values.Reader())
		return err
	}
	in, out := bufio.NewReaderSize(c.values.Reader(), 64<<10), bufio.NewWriterSize(w, 64<<10)
	le := binary.LittleEndian
	var b [16]byte
	for range c.n {
		if _, err := io.ReadFull(in, b[:]); err != nil {
			return err
		}
		if le.Uint32(b[:]) > 0 {
			le.PutUint64(b[4:], le.Uint64(b[4:])+base)
		}
		if _, err := out.Write(b[:]); err != nil {
			return err
		}
	}
	return out.Flush()
}
