package export_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/export"
)

// table reads a Parquet file: the columns with their types, and the rows.
func table(t *testing.T, raw []byte) (columns []string, rows []map[string]any) {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(raw), int64(len(raw)))
	require.NoError(t, err)
	for _, field := range f.Schema().Fields() {
		optional := ""
		if field.Optional() {
			optional = "?"
		}
		columns = append(columns, fmt.Sprintf("%s%s %s", field.Name(), optional, field.Type()))
	}
	r := parquet.NewGenericReader[map[string]any](bytes.NewReader(raw), f.Schema())
	for range f.NumRows() {
		one := []map[string]any{{}}
		_, err := r.Read(one)
		if err != nil {
			require.EqualError(t, err, "EOF")
		}
		rows = append(rows, one[0])
	}
	return columns, rows
}

func TestParquetHasTypedColumns(t *testing.T) {
	t.Parallel()
	columns, rows := table(t, written(t, export.Parquet, export.Events, run(), record()))
	require.Equal(t, []string{
		"time_s DOUBLE", "at TIMESTAMP(isAdjustedToUTC=true,unit=NANOS)", "source STRING", "kind STRING", "name STRING", "value? STRING",
		"value_number? DOUBLE", "node STRING", "trial? INT(32,true)", "task_time_ns? INT(64,true)", "device STRING", "boot STRING", "seq INT(64,true)", "command STRING",
		"ramp_s? DOUBLE", "frequency_hz? DOUBLE",
	}, columns)
	require.Len(t, rows, len(record())+1)
	lever := rows[4]
	require.InDelta(t, 3.234567, lever["time_s"], 1e-12)
	require.Equal(t, "lever_in", lever["name"])
	require.EqualValues(t, 1234567000, lever["task_time_ns"])
	require.Nil(t, lever["value"])
	require.InDelta(t, 1, rows[5]["value_number"], 0)
	require.Nil(t, rows[5]["ramp_s"])
	require.InDelta(t, 0.005, rows[12]["ramp_s"], 0)
	require.InDelta(t, 4000.5, rows[12]["frequency_hz"], 0)
}

func TestTrialsHaveAColumnOfItsTypeForEachStream(t *testing.T) {
	t.Parallel()
	s := stored{
		row(1, 0, "trial", "", ""), row(2, 0, "draw", "side", `"left"`), row(3, 0, "draw", "iti", `{"duration_ns":1500000000}`),
		row(4, 0, "draw", "n", `3`), row(5, 0, "draw", "go", `true`), row(6, 0, "draw", "mixed", `true`),
		row(7, 1e9, "outcome", "correct", ""),
		row(8, 3e9, "trial", "", ""), row(9, 3e9, "draw", "n", `4`), row(10, 3e9, "draw", "n", `5`), row(11, 3e9, "draw", "mixed", `2`),
		row(12, 4e9, "state", "wait", ""),
	}
	columns, rows := table(t, written(t, export.Parquet, export.Trials, run(), s))
	require.Equal(t, []string{
		"draw_go? BOOLEAN", "draw_iti? DOUBLE", "draw_mixed? STRING", "draw_n? INT(64,true)", "draw_side? STRING",
	}, columns[len(columns)-5:])
	require.Len(t, rows, 2)
	require.InDelta(t, 1.5, rows[0]["draw_iti"], 0)
	require.Equal(t, true, rows[0]["draw_go"])
	require.Equal(t, "left", rows[0]["draw_side"])
	require.Equal(t, true, rows[0]["complete"])
	require.EqualValues(t, 5, rows[1]["draw_n"], "the last one of the trial")
	require.Nil(t, rows[1]["draw_go"])
	require.Equal(t, false, rows[1]["complete"], "nothing says that it ended")
	require.InDelta(t, 6, rows[1]["stop_time_s"], 1e-9)
	require.InDelta(t, 3, rows[0]["duration_s"], 1e-9)
	require.NotEqual(t, time.Duration(0), rows[0]["started_at"])
}
