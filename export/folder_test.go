package export_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/export"
)

// written is the export of a run.
func written(t *testing.T, f export.Format, table export.Table, r export.Run, s export.Source) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, export.Write(t.Context(), &b, f, table, r, s))
	return b.Bytes()
}

// unpacked are the files of a run folder by name.
func unpacked(t *testing.T, raw []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	require.NoError(t, err)
	files := map[string][]byte{}
	for _, f := range z.File {
		require.Equal(t, "m1-2026-03-01-093000", path.Dir(f.Name))
		r, err := f.Open()
		require.NoError(t, err)
		b, err := io.ReadAll(r)
		require.NoError(t, err)
		files[path.Base(f.Name)] = b
	}
	return files
}

func TestARunFolderIsAsItsFilesShow(t *testing.T) {
	t.Parallel()
	files := unpacked(t, written(t, export.Folder, export.Events, run(), record()))
	names := []string{"task.json", "rig.json", "session.json", "events.tsv", "events.csv", "events.parquet", "trials.csv", "trials.parquet", "README.md"}
	require.Len(t, files, len(names))
	for _, name := range names {
		got, ok := files[name]
		require.True(t, ok, name)
		if filepath.Ext(name) == ".parquet" {
			continue // read in another test; its bytes are the library's
		}
		file := filepath.Join("testdata/folder", name)
		if name == "session.json" {
			got = withoutFiles(t, files)
		}
		if *update {
			require.NoError(t, os.MkdirAll("testdata/folder", 0o755))
			require.NoError(t, os.WriteFile(file, got, 0o644))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), name)
	}
	require.Equal(t, files["events.csv"], written(t, export.CSV, export.Events, run(), record()))
	require.Equal(t, files["events.tsv"], written(t, export.TSV, export.Events, run(), record()))
	require.Equal(t, files["trials.csv"], written(t, export.CSV, export.Trials, run(), record()))
	require.Equal(t, files["trials.parquet"], written(t, export.Parquet, export.Trials, run(), record()))
	require.Equal(t, files["events.parquet"], written(t, export.Parquet, export.Events, run(), record()))
}

// withoutFiles is session.json without the hashes, which are compared with the
// files.
func withoutFiles(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var session map[string]any
	require.NoError(t, json.Unmarshal(files["session.json"], &session))
	listed := session["files"].([]any)
	require.Len(t, listed, len(files)-1)
	for _, v := range listed {
		f := v.(map[string]any)
		content := files[f["name"].(string)]
		sum := sha256.Sum256(content)
		require.Equal(t, hex.EncodeToString(sum[:]), f["sha256"], f["name"])
		require.EqualValues(t, len(content), f["bytes"], f["name"])
	}
	delete(session, "files")
	b, err := json.MarshalIndent(session, "", "  ")
	require.NoError(t, err)
	return append(b, '\n')
}

func TestEveryExportOfAFinishedRunHasTheSameBytes(t *testing.T) {
	t.Parallel()
	for _, f := range export.Formats() {
		a, b := written(t, f, export.Events, run(), record()), written(t, f, export.Events, run(), record())
		require.True(t, bytes.Equal(a, b), f)
		require.NotEmpty(t, a)
	}
}
