package main

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/lics-lab/lics/lab"
)

type runExportCmd struct {
	RunID  string `arg:"" name:"run" help:"The run's id, or its beginning or end as far as it is unique."`
	File   string `arg:"" optional:"" help:"Where to write. Without it, csv, tsv and json go to standard output, the others into a file or folder named after the subject and the time. - is standard output."`
	Format string `short:"f" enum:"csv,tsv,json,parquet,folder,nwb" default:"csv" help:"csv, tsv (pyControl's columns), json (a line for each row), parquet, folder (everything about the run; a zip when the name ends in .zip) or nwb."`
	Table  string `enum:"events,trials" default:"events" help:"Of csv and parquet: a row for everything recorded (events), or for each trial (trials)."`
}

func (c *runExportCmd) Run(a *app) error {
	id, err := a.runID(c.RunID)
	if err != nil {
		return err
	}
	e, err := a.endpoint()
	if err != nil {
		return err
	}
	address := e.URL + "/api/v1/runs/" + url.PathEscape(id) + "/export?" + url.Values{"format": {c.Format}, "table": {c.Table}}.Encode()
	res, err := a.request(a.ctx, e, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return refusal(e, res)
	}
	file := c.File
	if file == "" {
		file = c.defaultFile(res)
	}
	switch {
	case file == "-":
		_, err = io.Copy(a.stdout, res.Body)
	case c.Format == "folder" && !strings.EqualFold(filepath.Ext(file), ".zip"):
		err = a.saveFolder(file, res.Body)
	default:
		var n int64
		if n, err = save(file, res.Body); err == nil {
			a.note("%s: %d bytes", file, n)
		}
	}
	return cutShort(err)
}

// defaultFile is standard output for text. What a terminal cannot show is
// called as the server calls it.
func (c *runExportCmd) defaultFile(res *http.Response) string {
	switch c.Format {
	case "csv", "tsv", "json":
		return "-"
	}
	_, parameters, err := mime.ParseMediaType(res.Header.Get("Content-Disposition"))
	name := filepath.Base(parameters["filename"])
	if err != nil || name == "." || name == string(filepath.Separator) {
		name = "run." + c.Format
	}
	if c.Format == "folder" {
		name = strings.TrimSuffix(name, ".zip")
	}
	return name
}

// cutShort explains the only way in which the server can say that it failed in
// the middle.
func cutShort(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return lab.Errorf(lab.Unavailable, "The export broke off and is not complete. Ask for it again.")
	}
	return err
}

// save writes a file that is complete or not there: a download that breaks off
// must not look like a short run.
func save(path string, r io.Reader) (int64, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name())
	n, err := io.Copy(f, r)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return n, err
	}
	return n, os.Rename(f.Name(), path)
}

// refusal reads the error of a REST answer, which has the form of GraphQL's, or
// of RFC 9457.
func refusal(e endpoint, res *http.Response) error {
	raw, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return &unreachable{at: e, err: err}
	}
	var got struct {
		answer
		Title  string `json:"title"`
		Detail string `json:"detail"`
	}
	switch err := json.Unmarshal(raw, &got); {
	case err != nil:
		return notLICS(e, res)
	case len(got.Errors) > 0 && got.Errors[0].Message != "":
		return failure(got.Errors)
	case got.Detail != "" || got.Title != "":
		return &lab.Error{Code: codeOf(res.StatusCode), Message: cmpOr(got.Detail, got.Title)}
	}
	return notLICS(e, res)
}

func codeOf(status int) lab.Code {
	switch status {
	case http.StatusUnauthorized:
		return lab.Unauthenticated
	case http.StatusNotFound:
		return lab.NotFound
	case http.StatusServiceUnavailable:
		return lab.Unavailable
	}
	return lab.Invalid
}
