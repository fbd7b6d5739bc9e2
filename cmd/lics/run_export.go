package main

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	"github.com/lics-lab/lics/lab"
)

type runExportCmd struct {
	RunID  string `arg:"" name:"run" help:"The run's id, or its beginning or end as far as it is unique."`
	File   string `arg:"" optional:"" help:"Where to write; standard output when absent."`
	Format string `short:"f" enum:"csv,tsv,json" default:"csv" help:"csv, tsv (pyControl's columns) or json."`
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
	address := e.URL + "/api/v1/runs/" + url.PathEscape(id) + "/export?format=" + c.Format
	res, err := a.request(a.ctx, e, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return refusal(e, res)
	}
	if c.File == "" || c.File == "-" {
		_, err = io.Copy(a.stdout, res.Body)
		return cutShort(err)
	}
	n, err := save(c.File, res.Body)
	if err == nil {
		a.note("%s: %d bytes", c.File, n)
	}
	return cutShort(err)
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
