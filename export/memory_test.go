package export_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/export"
	"github.com/lics-lab/lics/lab"
)

// endless makes the rows of a run of any length when they are asked for, and
// looks how much memory is in use meanwhile.
type endless struct {
	rows int64
	peak uint64
}

func (s *endless) RunStream(_ context.Context, _ string, after lab.Position, limit int) ([]lab.StreamEvent, error) {
	var m runtime.MemStats
	if next := after.Row("rig-1", "b1"); next%50_000 == 0 {
		runtime.GC()
		runtime.ReadMemStats(&m)
		s.peak = max(s.peak, m.HeapAlloc)
	}
	var out []lab.StreamEvent
	for seq := after.Row("rig-1", "b1") + 1; seq <= s.rows && len(out) < limit; seq++ {
		e := row(seq, time.Duration(seq)*10*time.Millisecond, []string{"trial", "state", "event", "draw", "output"}[seq%5], fmt.Sprint("name", seq%50), "1")
		e.Row.Trial = int(seq / 5)
		e.Row.Value = json.RawMessage(fmt.Sprintf(`"value %d"`, seq))
		after = after.After(e)
		e.Position = after
		out = append(out, e)
	}
	return out, nil
}

// Not parallel: it looks at the memory of the whole process.
func TestALongRunNeedsNoMoreMemoryThanAShortOne(t *testing.T) {
	for _, f := range export.Formats() {
		s := &endless{rows: 150_000}
		r := run()
		require.NoError(t, export.Write(t.Context(), io.Discard, f, export.Events, r, s))
		t.Logf("%s: at most %d MB", f, s.peak>>20)
		require.Less(t, s.peak, uint64(64<<20), "%s", f)
	}
}
