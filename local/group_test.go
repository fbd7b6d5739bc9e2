package local_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/local"
)

type fakePart struct {
	name    string
	stopped *[]string
}

func (p fakePart) Detail() string { return "at " + p.name }

func (p fakePart) Stop() error {
	*p.stopped = append(*p.stopped, p.name)
	return nil
}

func TestAGroupStopsInReverseWhatItStarted(t *testing.T) {
	t.Parallel()
	var said []string
	group := &local.Group{Notify: func(e local.Event) { said = append(said, e.Part+" "+string(e.State)+" "+e.Detail) }}
	var stopped []string
	for _, name := range []string{"postgresql", "temporal"} {
		_, err := local.Start(t.Context(), group, name, func(context.Context) (fakePart, error) {
			return fakePart{name, &stopped}, nil
		})
		require.NoError(t, err)
	}
	broken := errors.New("no port left")
	_, err := local.Start(t.Context(), group, "broker", func(context.Context) (fakePart, error) {
		return fakePart{}, broken
	})
	require.ErrorIs(t, err, broken)
	require.ErrorContains(t, err, "broker: ")

	require.NoError(t, group.Stop())
	require.NoError(t, group.Stop(), "there is nothing left to stop")
	require.Equal(t, []string{"temporal", "postgresql"}, stopped)
	require.Equal(t, []string{
		"postgresql starting ", "postgresql ready at postgresql",
		"temporal starting ", "temporal ready at temporal",
		"broker starting ", "broker down ",
		"temporal stopping ", "temporal stopped ",
		"postgresql stopping ", "postgresql stopped ",
	}, said)
}
