package wire_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/wire"
)

func TestASendingIsGoodForAsLongAsItsSenderAsks(t *testing.T) {
	t.Parallel()
	now := time.Now()
	soon, cancel := context.WithDeadline(t.Context(), now.Add(3*time.Second))
	defer cancel()
	late, cancel := context.WithDeadline(t.Context(), now.Add(time.Hour))
	defer cancel()
	pulse := wire.Command{ID: "c", Verb: wire.VerbPulse}
	for name, tt := range map[string]struct {
		ctx  context.Context
		cmd  wire.Command
		want int64
	}{
		"quick":       {soon, pulse, now.Add(3 * time.Second).UnixMilli()},
		"patient":     {late, pulse, now.Add(wire.GoodFor).UnixMilli()},
		"for ever":    {t.Context(), pulse, now.Add(wire.GoodFor).UnixMilli()},
		"its own":     {soon, wire.Command{Verb: wire.VerbPulse, Deadline: 7}, 7},
		"it ends all": {soon, wire.Command{Verb: wire.VerbSafe}, 0},
	} {
		got := tt.cmd.Dated(tt.ctx, now)
		require.Equal(t, tt.want, got.Deadline, name)
		require.Equal(t, now.UnixNano(), got.At, name)
	}
}
