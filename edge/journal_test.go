package edge

import (
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/wire"
)

func TestOnlyWhatMustNotBeginTwiceWaitsForTheDisk(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	j, err := openJournal(ctx, t.TempDir(), slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	defer func() { _ = j.close() }()
	const normal, full = 1, 2 // of SQLite
	for _, c := range []struct {
		verb wire.Verb
		want int
	}{{wire.VerbSet, normal}, {wire.VerbTask, full}, {wire.VerbStop, normal}, {wire.VerbPulse, full}, {wire.VerbSafe, normal}} {
		fresh, err := j.receive(ctx, "boot", wire.Command{ID: string(c.verb), Verb: c.verb})
		require.NoError(t, err)
		require.True(t, fresh)
		var mode int
		require.NoError(t, j.conn.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&mode))
		require.Equal(t, c.want, mode, "%s", c.verb)
		fresh, err = j.receive(ctx, "boot", wire.Command{ID: string(c.verb), Verb: c.verb})
		require.NoError(t, err)
		require.False(t, fresh, "%s was taken", c.verb)
	}
}

func TestASecondAgentIsKeptOut(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j, err := openJournal(t.Context(), dir, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	_, err = openJournal(t.Context(), dir, slog.New(slog.DiscardHandler))
	require.ErrorContains(t, err, "another agent")
	require.NoError(t, j.close())
	j, err = openJournal(t.Context(), dir, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	require.NoError(t, j.close())
}
