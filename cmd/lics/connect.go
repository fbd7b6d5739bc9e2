package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/local"
)

// endpoint is a server to talk to; its JSON is part of the ready file's.
type endpoint struct {
	URL     string `json:"url"`
	Token   string `json:"token"`
	GraphQL string `json:"graphql"`
	found   string // where it was found, for messages
}

// endpoint finds the server: the one of LICS_URL, or the local `lics up`. It is
// asked again before every new connection, because a `lics up` that was
// restarted may be at another port.
func (a *app) endpoint() (endpoint, error) {
	e, err := a.ready()
	given := strings.TrimRight(a.env("LICS_URL"), "/")
	switch {
	case given != "" && given != strings.TrimRight(e.URL, "/"):
		// Another server must not be told the token of this machine's.
		e = endpoint{URL: given, found: "LICS_URL"}
	case err != nil:
		return endpoint{}, err
	}
	if token := a.env("LICS_TOKEN"); token != "" {
		e.Token = token
	}
	e.URL = strings.TrimRight(e.URL, "/")
	if u, err := url.Parse(e.URL); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return endpoint{}, usagef("%s: %q is not an address like http://127.0.0.1:8080", e.found, e.URL)
	}
	if e.GraphQL == "" {
		e.GraphQL = e.URL + "/graphql"
	}
	return e, nil
}

// ready reads the ready file of the local `lics up`.
func (a *app) ready() (endpoint, error) {
	dir, err := a.dataDir()
	if err != nil {
		return endpoint{}, err
	}
	path := filepath.Join(dir, readyName)
	raw, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return endpoint{}, lab.Errorf(lab.Unavailable, "No running LICS was found: there is no %s.\n"+
			"Start one with `lics up`, or set LICS_URL and LICS_TOKEN to one that runs elsewhere.", path)
	case err != nil:
		return endpoint{}, lab.Errorf(lab.Unavailable, "The address of the local LICS cannot be read: %v.\n"+
			"Ask who started it, or set LICS_URL and LICS_TOKEN.", err)
	}
	e := endpoint{found: path}
	if err := json.Unmarshal(raw, &e); err != nil {
		return endpoint{}, lab.Errorf(lab.Unavailable, "%s cannot be understood: %v. Restart `lics up`.", path, err)
	}
	return e, nil
}

// dataDir is where a `lics up` of this user keeps its data.
func (a *app) dataDir() (string, error) {
	if dir := a.env("LICS_DATA_DIR"); dir != "" {
		return dir, nil
	}
	return local.DefaultDataDir()
}
