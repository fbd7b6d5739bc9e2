package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
)

func TestARunIsMarkedForExportOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.run(t)
	for range 2 {
		require.NoError(t, w.MarkExports(t.Context(), r.ID, "files", []string{"nwb", "csv"}))
	}
	formats, err := w.MarkedExports(t.Context(), r.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"csv", "nwb"}, formats)
	requireCode(t, lab.Invalid, w.MarkExports(t.Context(), "01935b1e-0000-7000-8000-000000000001", "files", []string{"csv"}))
}
