package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// wanted are the files of a run; the content of each is its name.
func (f *fakeServer) wanted(files ...map[string]any) {
	f.data["Files"] = func(map[string]any) any { return map[string]any{"run": map[string]any{"files": files}} }
}

func storedFile(name, content string) map[string]any {
	sum := sha256.Sum256([]byte(content))
	return map[string]any{
		"format": "CSV", "table": "EVENTS", "name": name, "state": "STORED", "size": len(content), "sha256": hex.EncodeToString(sum[:]), "rows": 3,
		"missing": "", "createdAt": "2026-03-01T10:02:11Z", "downloadUrl": "/api/v1/runs/" + someRun + "/files/" + name, "error": "",
	}
}

func TestTheFilesOfARunAreShownAndDownloaded(t *testing.T) {
	t.Parallel()
	f := newFakeServer(t)
	f.wanted(storedFile("m12.csv", "m12.csv"), map[string]any{
		"format": "NWB", "table": "EVENTS", "name": "", "state": "FAILED", "missing": "", "error": "No object store is configured.",
	})
	dir := filepath.Join(t.TempDir(), "new")
	out, errs, code := f.against(t.Context(), t, "run", "files", someRun, "--wait", "--save", dir)
	require.Zero(t, code, errs)
	require.Regexp(t, `csv +events +m12\.csv +stored +7 +3 `, out)
	require.Regexp(t, `nwb +events +- +failed +- +- .*No object store is configured\.`, out)
	raw, err := os.ReadFile(filepath.Join(dir, "m12.csv"))
	require.NoError(t, err)
	require.Equal(t, "m12.csv", string(raw))
}

func TestFurtherFilesOfARunAreMade(t *testing.T) {
	t.Parallel()
	f := newFakeServer(t)
	f.wanted(storedFile("m12.csv", "m12.csv"))
	var input any
	f.data["Make"] = func(v map[string]any) any {
		input = v["input"]
		return map[string]any{"makeRunFiles": map[string]any{"run": map[string]any{"id": someRun}}}
	}
	_, errs, code := f.against(t.Context(), t, "run", "files", someRun, "--make", "nwb", "--make", "csv")
	require.Zero(t, code, errs)
	require.Equal(t, map[string]any{"run": someRun, "formats": []any{"NWB", "CSV"}}, input)
	_, errs, code = f.against(t.Context(), t, "run", "files", someRun, "--make", "xlsx")
	require.Equal(t, exitUsage, code)
	require.Contains(t, errs, "xlsx")
}

func TestAFileThatIsNotTheRecordedOneIsNotKept(t *testing.T) {
	t.Parallel()
	f := newFakeServer(t)
	dir := t.TempDir()
	f.wanted(storedFile("m12.csv", "something else"))
	_, errs, code := f.against(t.Context(), t, "run", "files", someRun, "--save", dir)
	require.Equal(t, exitFailed, code)
	require.Contains(t, errs, "The file is not the one that was recorded")
	require.NoFileExists(t, filepath.Join(dir, "m12.csv"))

	f.wanted(storedFile("../m12.csv", "x"))
	_, errs, code = f.against(t.Context(), t, "run", "files", someRun, "--save", dir)
	require.NotZero(t, code)
	require.Contains(t, errs, "is no name for a file here")
	require.NoFileExists(t, filepath.Join(filepath.Dir(dir), "m12.csv"))
}

func TestARunWhoseProtocolWantsNoFilesSaysWhatElseThereIs(t *testing.T) {
	t.Parallel()
	f := newFakeServer(t)
	f.wanted()
	_, errs, code := f.against(t.Context(), t, "run", "files", someRun)
	require.Zero(t, code)
	require.Contains(t, errs, "lics run export "+someRun)
}
