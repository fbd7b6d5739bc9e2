package export_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/lics-lab/lics/export"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/licstest/python"
)

// nwbFile is a file as h5py and hdmf see it.
type nwbFile struct {
	Problems []string                    `json:"problems"`
	Tables   map[string]map[string][]any `json:"tables"`
	Values   map[string]any              `json:"values"`
}

func readNWB(t *testing.T, dir string, r export.Run, s export.Source) nwbFile {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, export.Write(t.Context(), &b, export.NWB, export.Events, r, s))
	file := filepath.Join(dir, "run.nwb")
	require.NoError(t, os.WriteFile(file, b.Bytes(), 0o600))
	var f nwbFile
	require.NoError(t, json.Unmarshal(python.Run(t, "testdata/nwb/validate.py", file), &f))
	return f
}

func TestAnNWBFileIsValidAndHoldsTheRecord(t *testing.T) {
	t.Parallel()
	f := readNWB(t, t.TempDir(), run(), record())
	require.Empty(t, f.Problems)

	trials := f.Tables["intervals/trials"]
	require.Equal(t, []any{2.0}, trials["start_time"])
	require.Equal(t, []any{9.0}, trials["stop_time"])
	require.Equal(t, []any{"correct"}, trials["outcome"])
	require.Equal(t, []any{"left"}, trials["draw_side"])
	require.Equal(t, []any{true}, trials["complete"])
	require.Equal(t, []any{"wait"}, f.Tables["intervals/states"]["state"])

	events := f.Tables["acquisition/events"]
	require.Len(t, events["timestamp"], len(record())+1)
	require.Equal(t, []any{"step_started", "trial", "state", "note", "event", "output", "print", "variable", "draw", "outcome", "variable", "warning", "output", "end"}, events["kind"])
	require.InDelta(t, 3.234567, events["timestamp"][4], 1e-12)
	require.Equal(t, "a tab\tand a\nline", events["value"][6])
	require.InDelta(t, 1, events["value_number"][5], 0)
	require.Equal(t, "NaN", events["value_number"][6])
	require.Equal(t, []any{"NaN", 0.005}, []any{events["ramp_s"][5], events["ramp_s"][12]})
	require.Equal(t, []any{"NaN", 4000.5}, []any{events["frequency_hz"][5], events["frequency_hz"][12]})

	for name, want := range map[string]string{
		"session_start_time": "2026-03-01T09:30:00.000000+00:00", "identifier": run().Run.ID,
		"general/subject/species": "Mus musculus", "general/subject/sex": "F", "general/subject/age": "P90D",
		"general/subject/weight": "0.0245 kg", "general/subject/date_of_birth": "2025-12-01T09:30:00.000000+00:00",
		"general/session_id": "m1-2026-03-01-093000", "general/experiment_description": "pilot: Do they press?",
		"general/protocol": "lever, version 2, sha256 abc",
	} {
		require.Equal(t, want, f.Values[name], name)
	}
	var session map[string]any
	require.NoError(t, json.Unmarshal([]byte(f.Values["general/data_collection"].(string)), &session))
	require.Equal(t, "lics.session", session["kind"])
}

func TestARunWithoutAnythingIsAValidNWBFileToo(t *testing.T) {
	t.Parallel()
	r := export.Run{Run: lab.Run{ID: "r", CreatedAt: began, Status: lab.RunFailed}}
	f := readNWB(t, t.TempDir(), r, stored{})
	require.Empty(t, f.Problems)
	require.NotContains(t, f.Tables, "intervals/trials")
}

// rows is a record of one task, as random as a hostile device can make it.
func rows(t *rapid.T) stored {
	var s stored
	at := time.Duration(0)
	kinds := []string{"trial", "state", "event", "output", "draw", "outcome", "print", "end", "x"}
	values := []string{``, `1`, `2.5`, `true`, `"left"`, `{"duration_ns":1500000000}`, `[1,2]`, `{"list":"int","values":[]}`, `null`, `"\u0000"`}
	for i := range rapid.IntRange(0, 300).Draw(t, "rows") {
		at += time.Duration(rapid.Int64Range(0, 1e9).Draw(t, "step"))
		e := row(int64(i+1), at, rapid.SampledFrom(kinds).Draw(t, "kind"), rapid.StringN(0, 12, -1).Draw(t, "name"), rapid.SampledFrom(values).Draw(t, "value"))
		e.Row.Command = rapid.SampledFrom([]string{"a", "b"}).Draw(t, "command")
		s = append(s, e)
	}
	return s
}

func TestWhateverADeviceRecordsGivesAValidNWBFile(t *testing.T) {
	t.Parallel()
	test, dir, n := t, t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		if n++; n > 6 {
			return // each starts an interpreter
		}
		s := rows(t)
		f := readNWB(test, dir, run(), s)
		require.Empty(t, f.Problems)
		require.Len(t, f.Tables["acquisition/events"]["timestamp"], len(s)+1)
	})
}
