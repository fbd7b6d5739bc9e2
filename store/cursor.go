package store

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"math"

	"github.com/lics-lab/lics/lab"
)

// The first byte of a cursor says how the rest is written.
const cursorVersion = 1

const (
	sumBytes    = 8
	cursorBytes = 64 << 10 // of its text: thousands of boots
)

// EncodeCursor is the text of a position in a run's stream. It is opaque, and
// belongs to the run.
func EncodeCursor(run string, p lab.Position) string {
	b := make([]byte, 0, 64)
	b = append(b, cursorVersion)
	b = binary.AppendUvarint(b, uint64(p.Events))
	for _, r := range p.Boots {
		b = appendString(b, r.Device)
		b = appendString(b, r.Boot)
		b = binary.AppendUvarint(b, uint64(r.Seq))
	}
	return base64.RawURLEncoding.EncodeToString(append(b, sum(run, b)...))
}

// DecodeCursor reads what EncodeCursor wrote; the empty text is the beginning.
// A cursor that was changed, cut, or is another run's is lab.Invalid: to
// believe it would skip events silently.
func DecodeCursor(run, text string) (lab.Position, error) {
	var p lab.Position
	if text == "" {
		return p, nil
	}
	if len(text) > cursorBytes {
		return p, badCursor()
	}
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(b) < 1+sumBytes {
		return p, badCursor()
	}
	b, check := b[:len(b)-sumBytes], b[len(b)-sumBytes:]
	if b[0] != cursorVersion || string(check) != string(sum(run, b)) {
		return p, badCursor()
	}
	d := decoder{b: b[1:]}
	p.Events = d.number()
	for len(d.b) > 0 && !d.bad {
		device, boot, seq := d.text(), d.text(), d.number()
		p = p.WithRow(device, boot, seq)
	}
	if d.bad {
		return lab.Position{}, badCursor()
	}
	return p, nil
}

func sum(run string, b []byte) []byte {
	h := sha256.New()
	h.Write([]byte("lics cursor " + run + "\x00"))
	h.Write(b)
	return h.Sum(nil)[:sumBytes]
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

type decoder struct {
	b   []byte
	bad bool
}

func (d *decoder) number() int64 {
	v, n := binary.Uvarint(d.b)
	if n <= 0 || v > math.MaxInt64 {
		d.bad, d.b = true, nil
		return 0
	}
	d.b = d.b[n:]
	return int64(v)
}

func (d *decoder) text() string {
	n := d.number()
	if d.bad || n > int64(len(d.b)) {
		d.bad, d.b = true, nil
		return ""
	}
	s := string(d.b[:n])
	d.b = d.b[n:]
	return s
}
