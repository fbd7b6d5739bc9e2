package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const someRun = "0195a000-0000-7000-8000-00000000abcd"

func event(cursor, kind, name string, trial int) *runEvent {
	device, at := "box-1", int64(2400*time.Millisecond)
	return &runEvent{
		Cursor: cursor, Source: "DEVICE", Kind: kind, Name: name, Trial: &trial, DeviceID: &device, TaskTimeNS: &at,
		At: time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC), Value: json.RawMessage("null"),
	}
}

func TestWaitingOutlivesABrokenLinkAndEndsWithTheRun(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]int{"COMPLETED": exitOK, "STOPPED": exitOK, "FAILED": exitFailed, "ABORTED": exitFailed, "HALTED": exitFailed} {
		f := newFakeServer(t)
		f.data["Start"] = func(v map[string]any) any {
			input, _ := v["input"].(map[string]any)
			require.NotEmpty(t, input["key"])
			require.Equal(t, map[string]any{"ratio": 3.0}, input["parameters"])
			require.Equal(t, []any{map[string]any{"role": "box", "device": "box-1"}}, input["devices"])
			require.Contains(t, input, "document")
			return map[string]any{"startRun": map[string]any{"created": true, "run": aRun("STARTING")}}
		}
		f.data["Run"] = func(map[string]any) any { return map[string]any{"run": aRun(status)} }
		f.streams = [][]*runEvent{
			{event("c1", "trial", "", 1), event("c2", "outcome", "correct", 1)}, // breaks off
			{event("c3", "trial", "", 2), event("c4", "outcome", "omission", 2), nil},
		}
		out, errs, code := f.against(t.Context(), t, "run", "start", "template:fixed-ratio", "--device", "box=box-1", "--param", "ratio=3", "--wait")
		require.Equal(t, want, code, errs)
		require.Equal(t, []any{nil, "c2"}, f.after)
		require.Contains(t, out, someRun+"  "+status)
		require.Contains(t, out, "2 trials (correct 1, omission 1)")
		require.Contains(t, errs, "trial 1: correct\n")
		require.Contains(t, errs, "the server is back")
	}
}

// A server that stops may end its streams well. Only the run's status counts.
func TestACompleteStreamOfARunThatGoesOnIsFollowedAgain(t *testing.T) {
	t.Parallel()
	f := newFakeServer(t)
	asked := 0
	f.data["Run"] = func(map[string]any) any {
		if asked++; asked < 3 {
			return map[string]any{"run": aRun("RUNNING")}
		}
		return map[string]any{"run": aRun("COMPLETED")}
	}
	f.streams = [][]*runEvent{{event("c1", "state", "iti", 1), nil}, {event("c2", "state", "choice", 1), nil}}
	out, errs, code := f.against(t.Context(), t, "run", "watch", someRun, "-o", "jsonl")
	require.Equal(t, exitOK, code, errs)
	require.Equal(t, 2, strings.Count(out, "\n"), out)
	require.Equal(t, []any{nil, "c1"}, f.after)
}

func TestCtrlCLeavesTheRunRunningAndSaysSo(t *testing.T) {
	t.Parallel()
	f := newFakeServer(t)
	ctx, cancel := context.WithCancel(t.Context())
	f.data["Start"] = func(map[string]any) any {
		time.AfterFunc(200*time.Millisecond, cancel)
		return map[string]any{"startRun": map[string]any{"created": true, "run": aRun("STARTING")}}
	}
	_, errs, code := f.against(ctx, t, "run", "start", "template:fixed-ratio", "--device", "box=box-1", "--wait")
	require.Equal(t, exitInterrupted, code)
	require.Contains(t, errs, "The run goes on.")
	require.Contains(t, errs, "lics run watch "+someRun)
}

func TestARunIsFoundByTheBeginningOrTheEndOfItsID(t *testing.T) {
	t.Parallel()
	f := newFakeServer(t)
	f.data["RunIDs"] = func(map[string]any) any {
		return map[string]any{"runs": map[string]any{"pageInfo": map[string]any{"hasNextPage": false}, "nodes": []any{
			map[string]any{"id": someRun}, map[string]any{"id": "0195a000-0000-7000-8000-00000000ef01"},
		}}}
	}
	f.data["Pause"] = func(v map[string]any) any {
		require.Equal(t, map[string]any{"run": someRun, "reason": "lunch"}, v["input"])
		return map[string]any{"control": map[string]any{"run": aRun("PAUSED")}}
	}
	out, errs, code := f.against(t.Context(), t, "run", "pause", "abcd", "--why", "lunch")
	require.Equal(t, exitOK, code, errs)
	require.Equal(t, someRun+"  PAUSED\n", out)

	_, errs, code = f.against(t.Context(), t, "run", "pause", "0195a")
	require.Equal(t, exitFailed, code)
	require.Contains(t, errs, "0195a is not enough")
	_, errs, code = f.against(t.Context(), t, "run", "pause", "ffff")
	require.Equal(t, exitFailed, code)
	require.Contains(t, errs, "No run's id begins or ends with ffff")
}

func TestAnExportIsWrittenWholeIntoItsFile(t *testing.T) {
	t.Parallel()
	f := newFakeServer(t)
	path := filepath.Join(t.TempDir(), "run.tsv")
	_, errs, code := f.against(t.Context(), t, "run", "export", someRun, "--format", "tsv", path)
	require.Equal(t, exitOK, code, errs)
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(raw), "/api/v1/runs/"+someRun+"/export?format=tsv")
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1)
}

func TestARunFolderIsUnpackedWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	f := newFakeServer(t)
	f.folder = []string{"m1/task.json", "m1/events.csv"}
	dir := t.TempDir()
	path := filepath.Join(dir, "run")
	_, errs, code := f.against(t.Context(), t, "run", "export", someRun, "--format", "folder", path)
	require.Equal(t, exitOK, code, errs)
	raw, err := os.ReadFile(filepath.Join(path, "task.json"))
	require.NoError(t, err)
	require.Equal(t, "m1/task.json", string(raw))

	_, errs, code = f.against(t.Context(), t, "run", "export", someRun, "--format", "folder", path)
	require.Equal(t, exitUsage, code)
	require.Contains(t, errs, "is there already")

	_, errs, code = f.against(t.Context(), t, "run", "export", someRun, "--format", "folder", path+".zip")
	require.Equal(t, exitOK, code, errs)
	f.folder = []string{"m1/fine.csv", "m1/../../../evil"}
	_, errs, code = f.against(t.Context(), t, "run", "export", someRun, "--format", "folder", filepath.Join(dir, "other"))
	require.Equal(t, exitFailed, code)
	require.Contains(t, errs, "does not belong there")
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 2, "the folder and the zip, nothing half done")
}

func TestTheServersNoIsSaidWithItsCode(t *testing.T) {
	t.Parallel()
	f := newFakeServer(t)
	_, errs, code := f.against(t.Context(), t, "device", "list")
	require.Equal(t, exitFailed, code)
	require.Contains(t, errs, "lics: Nobody expected Devices.")
	f.token = "another"
	var buf bytes.Buffer
	env := map[string]string{"LICS_URL": f.URL, "LICS_TOKEN": "wrong", "LICS_DATA_DIR": t.TempDir()}
	code = run(t.Context(), []string{"device", "list"}, func(n string) string { return env[n] }, strings.NewReader(""), &buf, &buf)
	require.Equal(t, exitFailed, code)
	require.Contains(t, buf.String(), "Set LICS_TOKEN")
}

func TestALocalLICSIsFoundByItsReadyFileAndKeepsItsTokenToItself(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ready := `{"url": "http://127.0.0.1:9999", "token": "local", "graphql": "http://127.0.0.1:9999/graphql"}`
	require.NoError(t, os.WriteFile(filepath.Join(dir, "ready.json"), []byte(ready), 0o600))
	find := func(env map[string]string) endpoint {
		env["LICS_DATA_DIR"] = dir
		a := &app{env: func(n string) string { return env[n] }}
		e, err := a.endpoint()
		require.NoError(t, err)
		e.found = ""
		return e
	}
	require.Equal(t, endpoint{URL: "http://127.0.0.1:9999", Token: "local", GraphQL: "http://127.0.0.1:9999/graphql"}, find(map[string]string{}))
	require.Equal(t, "mine", find(map[string]string{"LICS_TOKEN": "mine"}).Token)
	require.Equal(t, "local", find(map[string]string{"LICS_URL": "http://127.0.0.1:9999/"}).Token)
	require.Equal(t, endpoint{URL: "https://lab.example", GraphQL: "https://lab.example/graphql"}, find(map[string]string{"LICS_URL": "https://lab.example/"}))
}

func TestADeviceThatRefusesIsAFailure(t *testing.T) {
	t.Parallel()
	f := newFakeServer(t)
	f.data["Command"] = func(v map[string]any) any {
		input, _ := v["input"].(map[string]any)
		require.Equal(t, "PULSE", input["verb"])
		require.InDelta(t, 30, input["durationMs"], 0)
		return map[string]any{"sendDeviceCommand": map[string]any{"state": "REFUSED", "reasonCode": "busy", "reason": "A run holds it."}}
	}
	out, _, code := f.against(t.Context(), t, "device", "command", "box-1", "pulse", "valve_1", "--for", "30ms")
	require.Equal(t, exitFailed, code)
	require.Equal(t, "REFUSED  A run holds it.\n", out)
}
