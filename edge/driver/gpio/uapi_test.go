//go:build linux

package gpio

import (
	"encoding/binary"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// The kernel's own sizes, from include/uapi/linux/gpio.h; they are also in the
// numbers of the requests.
func TestStructuresHaveTheKernelsSizes(t *testing.T) {
	t.Parallel()
	size := func(nr uintptr) uintptr { return nr >> 16 & 0x3fff }
	require.EqualValues(t, 592, unsafe.Sizeof(lineRequest{}))
	require.Equal(t, size(getLine), unsafe.Sizeof(lineRequest{}))
	require.EqualValues(t, 272, unsafe.Sizeof(lineConfig{}))
	require.EqualValues(t, 24, unsafe.Sizeof(lineAttribute{}))
	require.Equal(t, size(getLineValues), unsafe.Sizeof(lineValues{}))
	require.Equal(t, size(getChipInfo), unsafe.Sizeof(chipInfo{}))
	require.Equal(t, 48, eventBytes)
	var r lineRequest
	require.EqualValues(t, 256, unsafe.Offsetof(r.Consumer))
	require.EqualValues(t, 288, unsafe.Offsetof(r.Config))
	require.EqualValues(t, 560, unsafe.Offsetof(r.NumLines))
	require.EqualValues(t, 588, unsafe.Offsetof(r.FD))
}

func TestARequestGroupsSettings(t *testing.T) {
	t.Parallel()
	r, err := request([]input{
		{offset: 4, pull: "up", activeLow: true},
		{offset: 5, pull: "up", activeLow: true, debounce: 5 * time.Millisecond},
		{offset: 6, pull: "down", debounce: 5 * time.Millisecond},
	})
	require.NoError(t, err)
	require.EqualValues(t, 3, r.NumLines)
	require.Equal(t, []uint32{4, 5, 6, 0}, r.Offsets[:4])
	require.EqualValues(t, flagInput|flagRising|flagFalling|flagPullUp|flagActiveLow, r.Config.Flags)
	require.EqualValues(t, 2, r.Config.NumAttrs)
	require.Equal(t, lineAttribute{ID: attrDebounce, Value: debounceValue(5 * time.Millisecond), Mask: 0b110}, r.Config.Attrs[0])
	require.Equal(t, lineAttribute{ID: attrFlags, Value: flagInput | flagRising | flagFalling | flagPullDown, Mask: 0b100}, r.Config.Attrs[1])
	var b [8]byte
	binary.NativeEndian.PutUint64(b[:], r.Config.Attrs[0].Value)
	require.EqualValues(t, 5000, binary.NativeEndian.Uint32(b[:4]))
	_, err = request(make([]input, 65))
	require.Error(t, err)
}

func TestEventsAreDecoded(t *testing.T) {
	t.Parallel()
	b := make([]byte, 2*eventBytes+10)
	binary.NativeEndian.PutUint64(b, 1_000_000_007)
	binary.NativeEndian.PutUint32(b[8:], eventRising)
	binary.NativeEndian.PutUint32(b[12:], 17)
	binary.NativeEndian.PutUint32(b[16:], 1)
	binary.NativeEndian.PutUint32(b[eventBytes+8:], 2)
	var got []lineEvent
	decodeEvents(b, func(e lineEvent) { got = append(got, e) })
	require.Equal(t, []lineEvent{{Timestamp: 1_000_000_007, ID: 1, Offset: 17, Seqno: 1}, {ID: 2}}, got)
}
