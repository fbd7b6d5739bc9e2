package store_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/wire"
)

func TestAFileOfARunKeepsItsNameAndIsStoredOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.run(t)
	require.NoError(t, w.MarkExports(t.Context(), r.ID, "files", []string{"csv", "nwb"}))
	wanted := func() []lab.RunFile {
		fs, err := w.RunFiles(t.Context(), w.org, r.ID)
		require.NoError(t, err)
		return fs
	}
	require.Equal(t, []lab.RunFile{
		{Run: r.ID, Format: "csv", Table: lab.RunFileEvents, State: lab.RunFilePending},
		{Run: r.ID, Format: "nwb", Table: lab.RunFileEvents, State: lab.RunFilePending},
	}, wanted())

	f := lab.RunFile{Run: r.ID, Format: "csv", Table: lab.RunFileTrials, Error: "the object store is away"}
	require.NoError(t, w.FailRunFile(t.Context(), f, false))
	require.Equal(t, lab.RunFilePending, wanted()[0].State)
	require.Equal(t, "the object store is away", wanted()[0].Error)
	for _, name := range []string{"m1-trials.csv", "renamed-trials.csv"} {
		f.Name = name
		begun, err := w.BeginRunFile(t.Context(), f)
		require.NoError(t, err)
		require.Equal(t, "m1-trials.csv", begun.Name)
	}
	_, err := w.RunFile(t.Context(), w.org, r.ID, "m1-trials.csv")
	requireCode(t, lab.NotFound, err)

	f.Key, f.Size, f.SHA256, f.Rows, f.Missing = "runs/x", 3, strings.Repeat("ab", 32), 7, "some"
	require.NoError(t, w.KeepRunFile(t.Context(), f))
	first, err := w.RunFile(t.Context(), w.org, r.ID, "m1-trials.csv")
	require.NoError(t, err)
	require.Equal(t, lab.RunFileStored, first.State)
	require.Empty(t, first.Error)
	require.NotNil(t, first.StoredAt)
	require.NoError(t, w.KeepRunFile(t.Context(), f))
	again, err := w.RunFile(t.Context(), w.org, r.ID, "m1-trials.csv")
	require.NoError(t, err)
	require.Equal(t, first, again, "the same bytes are no other file")
	f.Error = "late"
	require.NoError(t, w.FailRunFile(t.Context(), f, true))
	require.Equal(t, lab.RunFileStored, wanted()[0].State)

	other := lab.RunFile{Run: r.ID, Format: "nwb", Table: lab.RunFileEvents, Error: "no object store"}
	require.NoError(t, w.FailRunFile(t.Context(), other, true))
	require.Equal(t, lab.RunFileFailed, wanted()[1].State)

	require.NoError(t, w.RetryRunFiles(t.Context(), r.ID))
	require.Equal(t, []lab.RunFileState{lab.RunFileStored, lab.RunFilePending}, []lab.RunFileState{wanted()[0].State, wanted()[1].State})

	_, err = w.RunFile(t.Context(), "01935b1e-0000-7000-8000-00000000000f", r.ID, "m1-trials.csv")
	requireCode(t, lab.NotFound, err)
	requireCode(t, lab.NotFound, w.KeepRunFile(t.Context(), lab.RunFile{Run: r.ID, Format: "tsv", Table: lab.RunFileEvents, SHA256: f.SHA256, Key: "k"}))
}

func TestRowsThatADeviceStillHasAreMissing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.run(t)
	_, err := w.EnsureDevice(t.Context(), w.org, "box-1")
	require.NoError(t, err)
	missing := func() []lab.MissingRows {
		m, err := w.MissingRows(t.Context(), r.ID)
		require.NoError(t, err)
		return m
	}
	require.Empty(t, missing())
	id := r.ID + "/n1/1"
	for _, verb := range []string{"task", "set"} {
		_, err = w.SaveCommand(t.Context(), lab.Command{ID: id + strings.TrimPrefix(verb, "task"), Run: r.ID, Device: "box-1", Node: "n1", Verb: verb})
		require.NoError(t, err)
	}
	require.Equal(t, []lab.MissingRows{{Device: "box-1", Node: "n1"}}, missing())
	require.Equal(t, "Device box-1 has not said how its task n1 ended.", missing()[0].String())
	_, err = w.SaveReply(t.Context(), "box-1", wire.Reply{Command: id, State: wire.Done, Result: json.RawMessage(`{"boot":"b1","last_seq":9}`)})
	require.NoError(t, err)
	require.Equal(t, int64(9), missing()[0].Rows)
	_, _, err = w.StoreBatch(t.Context(), batch("box-1", "b1", r.ID, 1, 5))
	require.NoError(t, err)
	require.Equal(t, "4 rows of device box-1 had not come in.", missing()[0].String())
	_, _, err = w.StoreBatch(t.Context(), batch("box-1", "b1", r.ID, 6, 9))
	require.NoError(t, err)
	require.Empty(t, missing())
}
