package hdf5

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

const superblockSize = 48

// Write writes a file whose root is g: first everything that describes, then
// the texts of attributes and small values, then the columns. Nothing of g may
// be changed meanwhile.
func Write(w io.Writer, g *Group) error {
	f := file{w: w}
	if err := g.check(""); err != nil {
		return err
	}
	if err := g.object.check("/"); err != nil {
		return err
	}
	f.collect(g, map[Object]bool{})
	if err := f.place(); err != nil {
		return err
	}
	return f.write()
}

type file struct {
	w       io.Writer
	at      uint64
	objects []Object // in the order in which they are written
	shared  heap     // texts of attributes and small values
	base    uint64   // where it begins
	columns []column
	end     uint64
	err     error
}

// column is where the values and the texts of a dataset are.
type column struct {
	*Column
	values, texts uint64
}

// collect lists every object once, each before those it holds.
func (f *file) collect(o Object, seen map[Object]bool) {
	if seen[o] {
		return
	}
	seen[o] = true
	f.objects = append(f.objects, o)
	if g, ok := o.(*Group); ok {
		for _, l := range g.links {
			f.collect(l.to, seen)
		}
	}
}

// place gives everything its address.
func (f *file) place() error {
	defined := map[*object]bool{}
	for _, o := range f.objects {
		defined[o.common()] = true
	}
	at := uint64(superblockSize)
	for _, o := range f.objects {
		c := o.common()
		for i := range c.attributes {
			if err := c.attributes[i].value.place(&f.shared, defined); err != nil {
				return err
			}
		}
		if d, ok := o.(*Dataset); ok && d.column == nil {
			if err := d.value.place(&f.shared, defined); err != nil {
				return err
			}
		}
		b, err := f.header(o, 0)
		if err != nil {
			return err
		}
		c.address, c.size = at, len(b)
		at += uint64(pad8(len(b)))
	}
	if err := f.shared.end(); err != nil {
		return err
	}
	f.base = at
	at += uint64(f.shared.done.Size())
	for _, o := range f.objects {
		d, ok := o.(*Dataset)
		if !ok || d.column == nil {
			continue
		}
		if err := d.column.texts.end(); err != nil {
			return err
		}
		c := column{Column: d.column, values: at}
		at += uint64(pad8(int(c.Column.values.Size())))
		c.texts = at
		at += uint64(c.Column.texts.done.Size())
		f.columns = append(f.columns, c)
	}
	f.end = at
	return nil
}

// place puts the texts into the shared heap, and looks whether references
// point into the file.
func (v *Value) place(h *heap, defined map[*object]bool) error {
	for i, s := range v.texts {
		v.texts[i] = plain(s)
	}
	for _, o := range v.to {
		if !defined[o.common()] {
			return errors.New("hdf5: a reference points to an object that is not in the file")
		}
	}
	return v.store(h)
}

// plain is a text that every reader reads alike.
func plain(s string) string {
	s, _, _ = strings.Cut(s, "\x00")
	return strings.ToValidUTF8(s, "\uFFFD")
}

func (f *file) header(o Object, values uint64) ([]byte, error) {
	switch o := o.(type) {
	case *Group:
		return o.header(f.base)
	case *Dataset:
		return o.header(f.base, values)
	}
	return nil, fmt.Errorf("hdf5: %T is no object of a file", o)
}

func (f *file) write() error {
	f.put(f.superblock())
	next := 0
	for _, o := range f.objects {
		var values uint64
		if d, ok := o.(*Dataset); ok && d.column != nil {
			values = f.columns[next].values
			next++
		}
		b, err := f.header(o, values)
		if err != nil {
			return err
		}
		f.put(b)
		f.pad()
	}
	f.copy(f.shared.done.Reader())
	for _, c := range f.columns {
		if f.err == nil {
			f.err = c.write(counted{f}, c.texts)
		}
		f.pad()
		f.copy(c.Column.texts.done.Reader())
	}
	if f.err == nil && f.at != f.end {
		f.err = fmt.Errorf("hdf5: the file ends at %d and should at %d", f.at, f.end)
	}
	if err := f.shared.done.Close(); f.err == nil {
		f.err = err
	}
	return f.err
}

func (f *file) superblock() []byte {
	le := binary.LittleEndian
	b := []byte("\x89HDF\r\n\x1a\n")
	b = append(b, 2, 8, 8, 0) // version; eight bytes for addresses and lengths
	b = le.AppendUint64(b, 0)
	b = le.AppendUint64(b, undefined)
	b = le.AppendUint64(b, f.end)
	b = le.AppendUint64(b, f.objects[0].common().address)
	return le.AppendUint32(b, lookup3(b))
}

func (f *file) put(b []byte) {
	if f.err == nil {
		_, f.err = counted{f}.Write(b)
	}
}

func (f *file) copy(r io.Reader) {
	if f.err == nil {
		_, f.err = io.Copy(counted{f}, r)
	}
}

// pad goes on to a multiple of eight.
func (f *file) pad() {
	var zero [8]byte
	f.put(zero[:-f.at&7])
}

// counted keeps the position.
type counted struct{ f *file }

func (c counted) Write(p []byte) (int, error) {
	n, err := c.f.w.Write(p)
	c.f.at += uint64(n)
	return n, err
}
