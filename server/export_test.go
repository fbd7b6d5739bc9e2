package server_test

import (
	"archive/zip"
	"encoding/json"
	"io"
	"net/http"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// exports are the ways to download a run, as the API tells them.
func (s *site) exports(run string) map[string]string {
	s.t.Helper()
	a := s.ask(`query($id: ID!) { run(id: $id) { exports { format table url contentType } } }`, map[string]any{"id": run})
	require.Empty(s.t, a.Errors)
	var got struct {
		Run struct {
			Exports []struct{ Format, Table, URL, ContentType string }
		}
	}
	require.NoError(s.t, json.Unmarshal(a.Data, &got))
	urls := map[string]string{}
	for _, e := range got.Run.Exports {
		urls[e.Format+" "+e.Table] = e.URL
	}
	return urls
}

func TestEveryWayToExportThatTheAPINamesWorks(t *testing.T) {
	t.Parallel()
	s := ready(t)
	r := &record{s: s, run: s.begun()}
	r.event("step_started", "")
	r.batch("wait", "reward")
	urls := s.exports(r.run)
	require.Len(t, urls, 8, "csv and parquet have two tables")
	for name, begins := range map[string]string{
		"CSV EVENTS": "time_s,", "CSV TRIALS": "start_time_s,", "TSV EVENTS": "time\ttype\t", "JSON EVENTS": `{"kind":"run"`,
		"PARQUET EVENTS": "PAR1", "PARQUET TRIALS": "PAR1", "FOLDER EVENTS": "PK\x03\x04", "NWB EVENTS": "\x89HDF\r\n\x1a\n",
	} {
		res, body := s.get(urls[name])
		require.Equal(t, http.StatusOK, res.StatusCode, name)
		require.True(t, strings.HasPrefix(body, begins), name)
	}
	_, body := s.get("/api/v1/runs/" + r.run + "/export?format=nwb&table=trials")
	require.Contains(t, body, "no separate table of trials")
}

func TestARunFolderHoldsTheExactProtocolAndTheRigOfTheStart(t *testing.T) {
	t.Parallel()
	s := ready(t)
	run := s.begun()
	_, body := s.get(s.exports(run)["FOLDER EVENTS"])
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	require.NoError(t, err)
	files := map[string]map[string]any{}
	for _, f := range z.File {
		if path.Ext(f.Name) != ".json" {
			continue
		}
		r, err := f.Open()
		require.NoError(t, err)
		raw, err := io.ReadAll(r)
		require.NoError(t, err)
		var v map[string]any
		require.NoError(t, json.Unmarshal(raw, &v), f.Name)
		files[path.Base(f.Name)] = v
	}
	require.Equal(t, "lics.protocol", files["task.json"]["kind"])
	require.Equal(t, run, files["session.json"]["run"].(map[string]any)["id"])
	device := files["rig.json"]["devices"].([]any)[0].(map[string]any)
	require.NotEmpty(t, device["rig_hash"])
	require.NotContains(t, device, "rig_as_of_export")
	require.Equal(t, device["rig_hash"], device["rig"].(map[string]any)["hash"])
}
