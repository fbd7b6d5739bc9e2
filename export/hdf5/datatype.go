package hdf5

import "encoding/binary"

// datatype is one of the types a file may hold.
type datatype int

const (
	integer   datatype = iota // 8 bytes, signed
	float                     // IEEE 754, 8 bytes
	boolean                   // h5py's: an enumeration of FALSE and TRUE over one byte
	text                      // UTF-8 of variable length
	reference                 // to an object
	count                     // 8 bytes, unsigned
)

// The classes of the format, with version 1 of their encoding in the upper
// half of the byte.
const (
	classFixed  = 0x10
	classFloat  = 0x11
	classString = 0x19 // a sequence of variable length, marked as text
	classRef    = 0x17
	classEnum   = 0x18
)

// message is the type as the datatype message describes it.
func (t datatype) message() []byte {
	le := binary.LittleEndian
	head := func(class byte, bits [3]byte, size int) []byte {
		return le.AppendUint32([]byte{class, bits[0], bits[1], bits[2]}, uint32(size))
	}
	fixed := func(size int, signed bool) []byte {
		bits := [3]byte{}
		if signed {
			bits[0] = 0x08
		}
		b := head(classFixed, bits, size)
		b = le.AppendUint16(b, 0)                 // bit offset
		return le.AppendUint16(b, uint16(size*8)) // precision
	}
	switch t {
	case integer:
		return fixed(8, true)
	case count:
		return fixed(8, false)
	case float:
		b := head(classFloat, [3]byte{0x20, 63, 0}, 8) // the leading bit is implied; the sign is bit 63
		b = le.AppendUint16(b, 0)
		b = le.AppendUint16(b, 64)
		b = append(b, 52, 11, 0, 52) // exponent at 52 of 11 bits, mantissa at 0 of 52 bits
		return le.AppendUint32(b, 1023)
	case boolean:
		b := append(head(classEnum, [3]byte{2, 0, 0}, 1), fixed(1, true)...)
		b = append(b, "FALSE\x00\x00\x00TRUE\x00\x00\x00\x00"...) // names padded to eight bytes
		return append(b, 0, 1)
	case text:
		return append(head(classString, [3]byte{0x01, 0x01, 0}, 16), fixed(1, false)...)
	default:
		return head(classRef, [3]byte{}, 8)
	}
}

// dataspace is the message that says the shape: nil is a single value.
func dataspace(dims []uint64) []byte {
	if dims == nil {
		return []byte{2, 0, 0, 0}
	}
	b := []byte{2, byte(len(dims)), 0, 1}
	for _, d := range dims {
		b = binary.LittleEndian.AppendUint64(b, d)
	}
	return b
}
