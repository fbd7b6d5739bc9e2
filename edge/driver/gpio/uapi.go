//go:build linux

package gpio

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The kernel's GPIO character device, version 2 (include/uapi/linux/gpio.h).
// The structures have no implicit padding on any architecture.
const (
	maxLines = 64
	maxAttrs = 10

	flagActiveLow    = 1 << 1
	flagInput        = 1 << 2
	flagRising       = 1 << 4
	flagFalling      = 1 << 5
	flagPullUp       = 1 << 8
	flagPullDown     = 1 << 9
	flagBiasDisabled = 1 << 10

	attrFlags    = 1
	attrDebounce = 3

	eventRising = 1

	getChipInfo   = 0x8044b401
	getLine       = unix.GPIO_V2_GET_LINE_IOCTL
	getLineValues = unix.GPIO_V2_LINE_GET_VALUES_IOCTL
)

type chipInfo struct {
	Name, Label [32]byte
	Lines       uint32
}

type lineAttribute struct {
	ID, _ uint32
	Value uint64 // flags, values, or the debounce time in µs in its first half
	Mask  uint64
}

type lineConfig struct {
	Flags    uint64
	NumAttrs uint32
	_        [5]uint32
	Attrs    [maxAttrs]lineAttribute
}

type lineRequest struct {
	Offsets         [maxLines]uint32
	Consumer        [32]byte
	Config          lineConfig
	NumLines        uint32
	EventBufferSize uint32
	_               [5]uint32
	FD              int32
}

type lineValues struct{ Bits, Mask uint64 }

type lineEvent struct {
	Timestamp uint64 // CLOCK_MONOTONIC, from the interrupt
	ID        uint32
	Offset    uint32
	Seqno     uint32
	LineSeqno uint32
	_         [6]uint32
}

const eventBytes = int(unsafe.Sizeof(lineEvent{}))

// input is one line to be watched.
type input struct {
	offset    uint32
	activeLow bool
	pull      string
	debounce  time.Duration
}

func (i input) flags() uint64 {
	f := uint64(flagInput | flagRising | flagFalling)
	if i.activeLow {
		f |= flagActiveLow
	}
	switch i.pull {
	case "up":
		f |= flagPullUp
	case "down":
		f |= flagPullDown
	case "none":
		f |= flagBiasDisabled
	}
	return f
}

// request asks for all inputs of a chip at once, so that their edges come in
// one order.
func request(inputs []input) (*lineRequest, error) {
	if len(inputs) == 0 || len(inputs) > maxLines {
		return nil, fmt.Errorf("%d inputs of one chip; %d are possible", len(inputs), maxLines)
	}
	r := &lineRequest{NumLines: uint32(len(inputs)), EventBufferSize: 1024}
	copy(r.Consumer[:31], "lics")
	r.Config.Flags = inputs[0].flags()
	attr := func(id uint32, value, bit uint64) error {
		for i := range r.Config.Attrs[:r.Config.NumAttrs] {
			if a := &r.Config.Attrs[i]; a.ID == id && a.Value == value {
				a.Mask |= bit
				return nil
			}
		}
		if r.Config.NumAttrs == maxAttrs {
			return fmt.Errorf("the inputs of one chip have more than %d different settings", maxAttrs)
		}
		r.Config.Attrs[r.Config.NumAttrs] = lineAttribute{ID: id, Value: value, Mask: bit}
		r.Config.NumAttrs++
		return nil
	}
	for i, in := range inputs {
		r.Offsets[i] = in.offset
		if f := in.flags(); f != r.Config.Flags {
			if err := attr(attrFlags, f, 1<<i); err != nil {
				return nil, err
			}
		}
		if in.debounce > 0 {
			if err := attr(attrDebounce, debounceValue(in.debounce), 1<<i); err != nil {
				return nil, err
			}
		}
	}
	return r, nil
}

// debounceValue puts the 32-bit debounce time into the union's first half.
func debounceValue(d time.Duration) uint64 {
	var b [8]byte
	binary.NativeEndian.PutUint32(b[:], uint32(min(d.Microseconds(), 1<<31)))
	return binary.NativeEndian.Uint64(b[:])
}

// decodeEvents reads what the kernel wrote; events come whole.
func decodeEvents(b []byte, f func(lineEvent)) {
	for len(b) >= eventBytes {
		f(lineEvent{
			Timestamp: binary.NativeEndian.Uint64(b),
			ID:        binary.NativeEndian.Uint32(b[8:]),
			Offset:    binary.NativeEndian.Uint32(b[12:]),
			Seqno:     binary.NativeEndian.Uint32(b[16:]),
			LineSeqno: binary.NativeEndian.Uint32(b[20:]),
		})
		b = b[eventBytes:]
	}
}

func ioctl[T any](fd uintptr, nr uintptr, arg *T) error {
	_, _, errno := unix.Syscall(unix.SYS_IOCTL, fd, nr, uintptr(unsafe.Pointer(arg))) //nolint:gosec // the kernel reads and writes it
	if errno != 0 {
		return errno
	}
	return nil
}

func text(b []byte) string {
	if i := bytes.IndexByte(b, 0); i >= 0 {
		b = b[:i]
	}
	return string(b)
}
