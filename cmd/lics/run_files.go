package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/lics-lab/lics/lab"
)

type runFilesCmd struct {
	RunID string   `arg:"" name:"run" help:"The run's id, or its beginning or end as far as it is unique."`
	Make  []string `placeholder:"FORMAT" enum:"csv,tsv,json,parquet,folder,nwb" help:"Have the files of a run that is over made once more, and those of these formats."`
	Wait  bool     `help:"Wait until the run is over and each file is stored or given up."`
	Save  string   `placeholder:"DIR" type:"path" help:"Download the stored files into this folder, which is made when it is missing."`
	outputFlag
}

// fileInfo is a file of a run in the object store.
type fileInfo struct {
	Format      string           `json:"format"`
	Table       string           `json:"table"`
	Name        string           `json:"name"`
	State       lab.RunFileState `json:"state"`
	Size        *int64           `json:"size"` // bytes
	SHA256      *string          `json:"sha256"`
	Rows        *int64           `json:"rows"`
	Missing     string           `json:"missing"`
	CreatedAt   *time.Time       `json:"createdAt"`
	DownloadURL *string          `json:"downloadUrl"`
	Error       string           `json:"error"`
}

const runFilesQuery = `query Files($id: ID!) {
  run(id: $id) { files { format table name state size sha256 rows missing createdAt downloadUrl error } }
}`

const makeRunFiles = `mutation Make($input: MakeRunFilesInput!) { makeRunFiles(input: $input) { run { id } } }`

// lookAgain is the pause between two looks: there is no stream of files.
const lookAgain = 500 * time.Millisecond

func (c *runFilesCmd) Run(a *app) error {
	id, err := a.runID(c.RunID)
	if err != nil {
		return err
	}
	if len(c.Make) > 0 {
		input := map[string]any{"run": id, "formats": upper(c.Make)}
		if _, err := query[any](a, makeRunFiles, map[string]any{"input": input}); err != nil {
			return err
		}
	}
	files, err := c.files(a, id)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		a.note("The protocol of this run wants no files; lics run export %s downloads what it recorded.", id)
	}
	if c.Save != "" {
		if err := a.saveFiles(c.Save, files); err != nil {
			return err
		}
	}
	return printList(a, c.Output, files, []column[fileInfo]{
		{"FORMAT", func(f fileInfo) string { return strings.ToLower(f.Format) }},
		{"TABLE", func(f fileInfo) string { return strings.ToLower(f.Table) }},
		{"NAME", func(f fileInfo) string { return dash(f.Name) }},
		{"STATE", func(f fileInfo) string { return strings.ToLower(string(f.State)) }},
		{"BYTES", func(f fileInfo) string { return known(f.Size) }},
		{"ROWS", func(f fileInfo) string { return known(f.Rows) }},
		{"CREATED", func(f fileInfo) string { return when(f.CreatedAt) }},
		{"REMARK", func(f fileInfo) string { return strings.TrimSpace(f.Error + " " + f.Missing) }},
	})
}

func (c *runFilesCmd) files(a *app, id string) ([]fileInfo, error) {
	for {
		got, err := query[struct {
			Run *struct {
				Files []fileInfo `json:"files"`
			} `json:"run"`
		}](a, runFilesQuery, map[string]any{"id": id})
		if err != nil {
			return nil, err
		}
		if got.Run == nil {
			return nil, lab.Errorf(lab.NotFound, "There is no run %s.", id)
		}
		pending := false
		for _, f := range got.Run.Files {
			pending = pending || f.State == lab.RunFilePending
		}
		if !c.Wait || !pending {
			return got.Run.Files, nil
		}
		select {
		case <-a.ctx.Done():
			return nil, a.ctx.Err()
		case <-time.After(lookAgain):
		}
	}
}

func upper(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = strings.ToUpper(n)
	}
	return out
}

func known(n *int64) string {
	if n == nil {
		return "-"
	}
	return strconv.FormatInt(*n, 10)
}

// saveFiles downloads files and compares each with its hash.
func (a *app) saveFiles(folder string, files []fileInfo) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if f.DownloadURL == nil {
			continue
		}
		if err := a.saveFile(folder, f); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return nil
}

func (a *app) saveFile(folder string, f fileInfo) error {
	if f.Name != filepath.Base(f.Name) || !filepath.IsLocal(f.Name) {
		return lab.Errorf(lab.Invalid, "The run has a file named %q, which is no name for a file here.", f.Name)
	}
	e, err := a.endpoint()
	if err != nil {
		return err
	}
	res, err := a.request(a.ctx, e, http.MethodGet, e.URL+*f.DownloadURL, nil)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return refusal(e, res)
	}
	path, hash := filepath.Join(folder, f.Name), sha256.New()
	n, err := save(path, io.TeeReader(res.Body, hash))
	if err != nil {
		return cutShort(err)
	}
	if got := hex.EncodeToString(hash.Sum(nil)); f.SHA256 != nil && got != *f.SHA256 {
		_ = os.Remove(path)
		return lab.Errorf(lab.Conflict, "The file is not the one that was recorded: its SHA-256 is %s and not %s. It may have been made again just now; ask once more.", got, *f.SHA256)
	}
	a.note("%s: %d bytes", path, n)
	return nil
}
