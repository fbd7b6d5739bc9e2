package main

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/page"
)

type protocolExportCmd struct {
	Protocol string   `arg:"" help:"NAME, NAME@VERSION, a file, or template:NAME."`
	File     string   `arg:"" optional:"" help:"Where to write; standard output when absent."`
	To       string   `enum:"lics,bpod,page,picture" default:"lics" help:"What to write: lics, a state machine of bpod-core (JSON), a page for people (Markdown), or a picture (SVG)."`
	Task     string   `help:"Of bpod: the id or the name of the task, when there are several."`
	Param    []string `sep:"none" placeholder:"NAME=VALUE" help:"Of bpod: a value for a parameter; others take their defaults."`
}

func (c *protocolExportCmd) Run(a *app) error {
	raw, err := a.documentOf(c.Protocol)
	if err != nil {
		return err
	}
	g, err := protocol.Parse(raw)
	if err != nil {
		return err
	}
	if raw, err = c.encode(a, g); err != nil {
		return err
	}
	if c.File == "" || c.File == "-" {
		_, err = a.stdout.Write(raw)
		return err
	}
	n, err := save(c.File, bytes.NewReader(raw))
	if err == nil {
		a.note("%s: %s, %d bytes", c.File, g.Name, n)
	}
	return err
}

func (c *protocolExportCmd) encode(a *app, g *protocol.Graph) ([]byte, error) {
	switch {
	case c.To == "bpod":
		return a.asBpod(g, c.Protocol, c.Task, c.Param)
	case c.Task != "" || len(c.Param) > 0:
		return nil, usagef("--task and --param are for --to bpod")
	case c.To == "page":
		return page.Markdown(g, page.Source{Document: c.Protocol}), nil
	case c.To == "picture":
		return page.Picture(g), nil
	}
	// The canonical form, so that a file under version control changes only
	// where the protocol does.
	return g.Encode()
}

// documentOf gets the document of a file, a template or a protocol of the
// server.
func (a *app) documentOf(arg string) (json.RawMessage, error) {
	if isDocument(arg) {
		s, err := a.read(arg)
		return s.raw, err
	}
	v, err := a.protocolVersion(arg)
	if err != nil {
		return nil, err
	}
	got, err := query[struct {
		ProtocolVersion *struct {
			Document json.RawMessage `json:"document"`
		} `json:"protocolVersion"`
	}](a, documentQuery, map[string]any{"id": v.ID})
	if err != nil {
		return nil, err
	}
	if got.ProtocolVersion == nil {
		return nil, noProtocol(arg)
	}
	return got.ProtocolVersion.Document, nil
}

const documentQuery = `query Document($id: ID!) { protocolVersion(id: $id) { document } }`

const declarationsQuery = `query Declarations($id: ID!) {
  protocolVersion(id: $id) { check { parameters { name type } } }
}`

// declarations are the parameters of a version.
func (a *app) declarations(version string) ([]declared, error) {
	got, err := query[struct {
		ProtocolVersion *struct {
			Check struct {
				Parameters []declared `json:"parameters"`
			} `json:"check"`
		} `json:"protocolVersion"`
	}](a, declarationsQuery, map[string]any{"id": version})
	if err != nil || got.ProtocolVersion == nil {
		return nil, err
	}
	return got.ProtocolVersion.Check.Parameters, nil
}

const versionQuery = `query Version($name: String!, $number: Int!, $latest: Boolean!) {
  protocolByName(name: $name) {
    id
    latest @include(if: $latest) { id }
    version(number: $number) @skip(if: $latest) { id }
  }
}`

// versionRef is a version of a protocol of the server.
type versionRef struct{ Protocol, ID string }

// protocolVersion finds NAME or NAME@N.
func (a *app) protocolVersion(arg string) (versionRef, error) {
	name, number := arg, 0
	if i := strings.LastIndexByte(arg, '@'); i > 0 {
		n, err := strconv.Atoi(arg[i+1:])
		if err != nil || n < 1 {
			return versionRef{}, usagef("%s: a version is a number from 1, as in %s@3", arg, arg[:i])
		}
		name, number = arg[:i], n
	}
	type id struct {
		ID string `json:"id"`
	}
	got, err := query[struct {
		ProtocolByName *struct {
			ID      string `json:"id"`
			Latest  *id    `json:"latest"`
			Version *id    `json:"version"`
		} `json:"protocolByName"`
	}](a, versionQuery, map[string]any{"name": name, "number": max(number, 1), "latest": number == 0})
	if err != nil {
		return versionRef{}, err
	}
	switch p := got.ProtocolByName; {
	case p == nil:
		return versionRef{}, noProtocol(name)
	case p.Latest != nil:
		return versionRef{p.ID, p.Latest.ID}, nil
	case p.Version != nil:
		return versionRef{p.ID, p.Version.ID}, nil
	}
	return versionRef{}, lab.Errorf(lab.NotFound, "The protocol %s has no version %d.", name, number)
}

func (a *app) protocolID(name string) (string, error) {
	v, err := a.protocolVersion(name)
	return v.Protocol, err
}

func noProtocol(name string) error {
	return lab.Errorf(lab.NotFound, "There is no protocol %q, and no such file. `lics protocol list` shows the protocols, "+
		"`lics protocol list --templates` the templates.", name)
}
