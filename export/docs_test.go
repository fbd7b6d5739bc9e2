package export_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/export"
)

func TestTheManualTellsOfEveryFormatAndColumn(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../docs/export.md")
	require.NoError(t, err)
	manual := string(raw)
	for _, f := range export.Formats() {
		require.Contains(t, manual, "| `"+string(f)+"` |")
	}
	for _, table := range []export.Table{export.Events, export.Trials} {
		head, _, _ := strings.Cut(string(written(t, export.CSV, table, run(), record())), "\n")
		for column := range strings.SplitSeq(head, ",") {
			if strings.HasPrefix(column, "draw_") {
				column = "draw_<stream>"
			}
			require.Contains(t, manual, "`"+column+"`")
		}
	}
	for name, columns := range readNWB(t, t.TempDir(), run(), record()).Tables {
		require.Contains(t, manual, "`/"+name+"`")
		for column := range columns {
			if strings.HasPrefix(column, "draw_") {
				continue
			}
			require.Contains(t, manual, "`"+column+"`")
		}
	}
}
