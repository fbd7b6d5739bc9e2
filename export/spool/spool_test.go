package spool_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/lics-lab/lics/export/spool"
)

func TestASpoolGivesBackWhatWasWrittenWhereverItIsKept(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var s spool.Spool
		defer s.Close()
		var want []byte
		for range rapid.IntRange(0, 20).Draw(t, "writes") {
			p := bytes.Repeat([]byte{byte(len(want))}, rapid.IntRange(0, 100_000).Draw(t, "length"))
			_, err := s.Write(p)
			require.NoError(t, err)
			want = append(want, p...)
		}
		require.EqualValues(t, len(want), s.Size())
		for range 2 {
			got, err := io.ReadAll(s.Reader())
			require.NoError(t, err)
			require.True(t, bytes.Equal(want, got))
		}
		if len(want) > 0 {
			at := rapid.IntRange(0, len(want)-1).Draw(t, "at")
			p := make([]byte, rapid.IntRange(1, len(want)-at).Draw(t, "part"))
			n, err := s.ReadAt(p, int64(at))
			require.NoError(t, err)
			require.True(t, bytes.Equal(want[at:at+n], p))
		}
	})
}
