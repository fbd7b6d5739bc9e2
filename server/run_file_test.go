package server_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/licstest"
	"github.com/lics-lab/lics/objects"
	"github.com/lics-lab/lics/server"
)

type runFile struct {
	Format, Table, Name, State, Missing, Error string
	Size, Rows                                 *int64
	Sha256, CreatedAt, DownloadURL             *string
}

func (s *site) files(run string) []runFile {
	s.t.Helper()
	var got struct{ Run struct{ Files []runFile } }
	s.ask(`query($id: ID!) { run(id: $id) { files { format table name state size sha256 rows missing createdAt downloadUrl error } } }`,
		map[string]any{"id": run}).into(s.t, &got)
	return got.Run.Files
}

// stored puts a file of a run where the worker would.
func (s *site) stored(o *objects.Store, run, content string) lab.RunFile {
	s.t.Helper()
	ctx := s.t.Context()
	require.NoError(s.t, s.store.MarkExports(ctx, run, "export", []string{"csv", "nwb"}))
	sum := sha256.Sum256([]byte(content))
	f := lab.RunFile{
		Run: run, Format: "csv", Table: lab.RunFileEvents, Name: "m 1-2026.csv", Key: "runs/" + run + "/m 1-2026.csv",
		Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:]), Rows: 2, Missing: "3 rows of device box-1 had not come in.",
	}
	if o != nil {
		require.NoError(s.t, o.Put(ctx, f.Key, "text/csv", f.Size, strings.NewReader(content)))
	}
	_, err := s.store.BeginRunFile(ctx, f)
	require.NoError(s.t, err)
	require.NoError(s.t, s.store.KeepRunFile(ctx, f))
	return f
}

func TestAFileOfARunIsDownloadedThroughTheServer(t *testing.T) {
	t.Parallel()
	gateway := licstest.S3(t)
	o, err := objects.New(objects.Config{URL: gateway.URL, Access: gateway.Access, Secret: gateway.Secret, Bucket: gateway.Bucket})
	require.NoError(t, err)
	s := ready(t, func(c *server.Config) { c.Files = o })
	run := s.begun()
	require.Empty(t, s.files(run))
	f := s.stored(o, run, "time_s,kind\n0,end\n")
	files := s.files(run)
	require.Len(t, files, 2)
	csv, nwb := files[0], files[1]
	require.Equal(t, "CSV EVENTS m 1-2026.csv STORED "+f.Missing, strings.Join([]string{csv.Format, csv.Table, csv.Name, csv.State, csv.Missing}, " "))
	require.Equal(t, []int64{18, 2}, []int64{*csv.Size, *csv.Rows})
	require.Equal(t, f.SHA256, *csv.Sha256)
	require.NotNil(t, csv.CreatedAt)
	require.Equal(t, "PENDING", nwb.State)
	require.Nil(t, nwb.DownloadURL)

	res, body := s.get(*csv.DownloadURL)
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Equal(t, "time_s,kind\n0,end\n", body)
	require.Equal(t, `"`+f.SHA256+`"`, res.Header.Get("ETag"))
	require.Equal(t, `attachment; filename="m 1-2026.csv"`, res.Header.Get("Content-Disposition"))
	res, body = s.get(*csv.DownloadURL, func(r *http.Request) { r.Header.Set("Range", "bytes=12-") })
	require.Equal(t, http.StatusPartialContent, res.StatusCode)
	require.Equal(t, "0,end\n", body)

	res, _ = s.get(*csv.DownloadURL, func(r *http.Request) { r.Header.Del("Authorization") })
	require.Equal(t, http.StatusUnauthorized, res.StatusCode)
	res, body = s.get("/api/v1/runs/" + run + "/files/..%2f..%2fsecrets.json")
	require.Equal(t, http.StatusNotFound, res.StatusCode)
	require.Contains(t, body, "There is no file")

	gateway.Stop()
	res, body = s.get(*csv.DownloadURL)
	require.Equal(t, http.StatusServiceUnavailable, res.StatusCode)
	require.Contains(t, body, "does not answer")
	require.NotContains(t, body, gateway.Access)
	require.NotContains(t, s.log.String(), gateway.Secret)
}

func TestAFileThatCannotBeReachedSaysWhatToDo(t *testing.T) {
	t.Parallel()
	s := ready(t)
	run := s.begun()
	s.stored(nil, run, "x")
	res, body := s.get(*s.files(run)[0].DownloadURL)
	require.Equal(t, http.StatusServiceUnavailable, res.StatusCode)
	require.Contains(t, body, "This server has no object store")

	gateway := licstest.S3(t)
	o, err := objects.New(objects.Config{URL: gateway.URL, Access: gateway.Access, Secret: gateway.Secret, Bucket: gateway.Bucket})
	require.NoError(t, err)
	s = ready(t, func(c *server.Config) { c.Files = o })
	run = s.begun()
	s.stored(nil, run, "x")
	res, body = s.get(*s.files(run)[0].DownloadURL)
	require.Equal(t, http.StatusNotFound, res.StatusCode)
	require.Contains(t, body, "Download the export from the run instead.")
}

func TestTheFilesOfARunThatIsOverAreMadeWhenSomebodyAsks(t *testing.T) {
	t.Parallel()
	s := ready(t)
	run := s.begun()
	make := func(formats ...string) answer {
		return s.ask(`mutation($in: MakeRunFilesInput!) { makeRunFiles(input: $in) { run { files { format state } } } }`,
			map[string]any{"in": map[string]any{"run": run, "formats": formats}})
	}
	require.Equal(t, "WRONG_STATE", make("CSV").code(), "its files are made at its end")
	_, err := s.store.FinishRun(t.Context(), run, lab.RunAborted, "", "")
	require.NoError(t, err)
	require.Equal(t, "INVALID", make().code(), "nothing is wanted")
	var got struct {
		MakeRunFiles struct {
			Run struct {
				Files []struct{ Format, State string }
			}
		}
	}
	make("NWB", "CSV").into(t, &got)
	make("NWB").into(t, &got)
	require.Equal(t, []struct{ Format, State string }{{"CSV", "PENDING"}, {"NWB", "PENDING"}}, got.MakeRunFiles.Run.Files)
	require.Equal(t, []string{run, run}, s.runner.made)
	run = "01935b1e-0000-7000-8000-00000000000f"
	require.Equal(t, "NOT_FOUND", make("CSV").code())
}
