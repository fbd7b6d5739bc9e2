package hdf5

import (
	"encoding/binary"
	"math"
)

// Value is a small value or list, kept in the header of its object.
type Value struct {
	kind  datatype
	dims  []uint64
	bits  []uint64 // of numbers and truth values
	texts []string
	to    []Object
	heap  []place // where the texts are; set when the file is laid out
}

// String is a text.
func String(s string) Value { return Value{kind: text, texts: []string{s}} }

// Strings is a list of texts.
func Strings(s ...string) Value {
	return Value{kind: text, dims: []uint64{uint64(len(s))}, texts: s}
}

// Int is a whole number.
func Int(v int64) Value { return Value{kind: integer, bits: []uint64{uint64(v)}} }

// Float is a number.
func Float(v float64) Value { return Value{kind: float, bits: []uint64{math.Float64bits(v)}} }

// Bool is a truth value.
func Bool(v bool) Value { return Value{kind: boolean, bits: []uint64{bit(v)}} }

// Reference points to an object of the same file.
func Reference(to Object) Value { return Value{kind: reference, to: []Object{to}} }

func bit(v bool) uint64 {
	if v {
		return 1
	}
	return 0
}

// store puts the texts into a heap.
func (v *Value) store(h *heap) error {
	v.heap = v.heap[:0]
	for _, s := range v.texts {
		p, err := h.add(s)
		if err != nil {
			return err
		}
		v.heap = append(v.heap, p)
	}
	return nil
}

// encode is the value in a file whose shared heap begins at base.
func (v *Value) encode(base uint64) []byte {
	b := []byte{}
	for _, bits := range v.bits {
		if v.kind == boolean {
			b = append(b, byte(bits))
			continue
		}
		b = binary.LittleEndian.AppendUint64(b, bits)
	}
	for _, p := range v.heap {
		b = p.append(b, base)
	}
	for _, o := range v.to {
		b = binary.LittleEndian.AppendUint64(b, o.common().address)
	}
	return b
}
