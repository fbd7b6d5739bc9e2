package nwb_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/export/hdf5"
	"github.com/lics-lab/lics/export/nwb"
	"github.com/lics-lab/lics/licstest/python"
)

func floats(t *testing.T, vs ...float64) *hdf5.Column {
	t.Helper()
	c := hdf5.NewFloats()
	for _, v := range vs {
		require.NoError(t, c.Float(v))
	}
	return c
}

func file(t *testing.T) *nwb.File {
	t.Helper()
	return &nwb.File{
		Identifier: "id", Description: "d", Start: time.Unix(0, 0), Created: time.Unix(0, 0),
		Devices: []nwb.Device{{Name: "a/b"}, {Name: "a_b"}},
		Trials: &nwb.Table{Description: "t", Columns: []nwb.Column{
			{Name: "start_time", Description: "s", Values: floats(t, 1, 2)},
			{Name: "stop_time", Description: "s", Values: floats(t, 2, 3)},
			{Name: "id", Description: "a column that is called like the rows' numbers", Values: floats(t, 0, 0)},
		}},
	}
}

// problems are what hdmf finds.
func problems(t *testing.T, f *nwb.File) []string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	path := filepath.Join(t.TempDir(), "x.nwb")
	require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
	var out struct {
		Problems []string `json:"problems"`
	}
	require.NoError(t, json.Unmarshal(python.Run(t, "../testdata/nwb/validate.py", path), &out))
	return out.Problems
}

func TestNamesThatCollideGetNumbers(t *testing.T) {
	t.Parallel()
	require.Empty(t, problems(t, file(t)))
}

func TestTheValidatorFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	without := file(t)
	without.Trials.Columns = without.Trials.Columns[:1]
	require.Contains(t, strings.Join(problems(t, without), "\n"), "missing data type VectorData (stop_time)")

	text := file(t)
	text.Trials.Columns[1].Values = hdf5.NewStrings()
	require.NoError(t, text.Trials.Columns[1].Values.String("2"))
	require.NoError(t, text.Trials.Columns[1].Values.String("3"))
	require.Contains(t, strings.Join(problems(t, text), "\n"), "incorrect type")
}

func TestColumnsOfDifferentLengthsAreRefused(t *testing.T) {
	t.Parallel()
	f := file(t)
	f.Trials.Columns[1].Values = floats(t, 1)
	require.ErrorContains(t, f.Write(&bytes.Buffer{}), "1 rows and not 2")
}
