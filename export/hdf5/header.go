package hdf5

import (
	"encoding/binary"
	"fmt"
)

// The kinds of messages in the header of an object.
const (
	messageDataspace = 0x01
	messageLinkInfo  = 0x02
	messageDatatype  = 0x03
	messageFill      = 0x05
	messageLink      = 0x06
	messageLayout    = 0x08
	messageGroupInfo = 0x0a
	messageAttribute = 0x0c
)

const undefined = ^uint64(0)

// header is the header of an object, version 2, in one chunk. Its length does
// not depend on addresses, so that it can be asked for before they are known.
type header struct {
	b   []byte
	err error
}

func newHeader() *header {
	return &header{b: append([]byte("OHDR"), 2, 0x02, 0, 0, 0, 0)} // four bytes for the length of the chunk
}

func (h *header) message(kind byte, data []byte) {
	if len(data) > 0xffff && h.err == nil {
		h.err = fmt.Errorf("hdf5: a message of %d bytes does not fit into a header", len(data))
	}
	h.b = append(h.b, kind)
	h.b = binary.LittleEndian.AppendUint16(h.b, uint16(len(data)))
	h.b = append(h.b, 0)
	h.b = append(h.b, data...)
}

func (h *header) end() ([]byte, error) {
	le := binary.LittleEndian
	le.PutUint32(h.b[6:], uint32(len(h.b)-10))
	return le.AppendUint32(h.b, lookup3(h.b)), h.err
}

func (h *header) attributes(as []attribute, heap uint64) {
	le := binary.LittleEndian
	for i := range as {
		a := &as[i]
		kind, space := a.value.kind.message(), dataspace(a.value.dims)
		b := []byte{3, 0}
		b = le.AppendUint16(b, uint16(len(a.name)+1))
		b = le.AppendUint16(b, uint16(len(kind)))
		b = le.AppendUint16(b, uint16(len(space)))
		b = append(b, 1) // the name is UTF-8
		b = append(append(b, a.name...), 0)
		b = append(append(b, kind...), space...)
		h.message(messageAttribute, append(b, a.value.encode(heap)...))
	}
}

func (g *Group) header(heap uint64) ([]byte, error) {
	le := binary.LittleEndian
	h := newHeader()
	info := []byte{0, 0}
	info = le.AppendUint64(info, undefined) // links are in the header,
	info = le.AppendUint64(info, undefined) // not in a heap with an index
	h.message(messageLinkInfo, info)
	h.message(messageGroupInfo, []byte{0, 0})
	for _, l := range g.links {
		b := []byte{1, 0x10 | 0x01, 1} // the name is UTF-8; two bytes for its length
		b = le.AppendUint16(b, uint16(len(l.name)))
		b = append(b, l.name...)
		h.message(messageLink, le.AppendUint64(b, l.to.common().address))
	}
	h.attributes(g.common().attributes, heap)
	return h.end()
}

// header of a dataset whose values begin at an address.
func (d *Dataset) header(heap, values uint64) ([]byte, error) {
	le := binary.LittleEndian
	h := newHeader()
	kind, dims := d.shape()
	h.message(messageDataspace, dataspace(dims))
	h.message(messageDatatype, kind.message())
	h.message(messageFill, []byte{3, 0x0a}) // nothing defined: every value is written
	if d.column == nil {
		data := d.value.encode(heap)
		h.message(messageLayout, append(le.AppendUint16([]byte{3, 0}, uint16(len(data))), data...))
	} else {
		size := uint64(d.column.values.Size())
		if size == 0 {
			values = undefined
		}
		b := le.AppendUint64([]byte{3, 1}, values)
		h.message(messageLayout, le.AppendUint64(b, size))
	}
	h.attributes(d.common().attributes, heap)
	return h.end()
}

func (d *Dataset) shape() (datatype, []uint64) {
	if d.column != nil {
		return d.column.kind, []uint64{d.column.n}
	}
	return d.value.kind, d.value.dims
}
