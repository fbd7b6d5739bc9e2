package main

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/template"
)

type protocolImportCmd struct {
	Documents []string `arg:"" name:"document" help:"Files, - for standard input, or template:NAME."`
	Name      string   `help:"Name of the protocol, instead of the one in the document."`
	Note      string   `placeholder:"TEXT" help:"What has changed, for people."`
	outputFlag
}

// savedProtocol is one line of `lics protocol import`.
type savedProtocol struct {
	Document string `json:"document"` // as it was named
	Name     string `json:"name"`
	Number   int    `json:"number"`
	ID       string `json:"id"` // of the version
	Hash     string `json:"hash"`
	OK       bool   `json:"ok"` // it can be run
}

const saveProtocol = `mutation SaveProtocol($input: SaveProtocolInput!) {
  saveProtocol(input: $input) { protocol { name } version { id number hash } check { ok } }
}`

func (c *protocolImportCmd) Run(a *app) error {
	if c.Name != "" && len(c.Documents) > 1 {
		return usagef("--name is for one document")
	}
	var saved []savedProtocol
	for _, name := range c.Documents {
		one, err := c.save(a, name)
		if err != nil {
			if len(saved) > 0 {
				a.note("Saved before: %d of %d.", len(saved), len(c.Documents))
			}
			return err
		}
		saved = append(saved, one)
	}
	return printList(a, c.Output, saved, []column[savedProtocol]{
		{"PROTOCOL", func(s savedProtocol) string { return s.Name + "@" + itoa(s.Number) }},
		{"HASH", func(s savedProtocol) string { return s.Hash[:min(12, len(s.Hash))] }},
		{"CHECK", func(s savedProtocol) string { return map[bool]string{true: "ok", false: "error"}[s.OK] }},
		{"FROM", func(s savedProtocol) string { return s.Document }},
	})
}

func (c *protocolImportCmd) save(a *app, name string) (savedProtocol, error) {
	s, err := a.read(name)
	if err != nil {
		return savedProtocol{}, err
	}
	document, err := s.document()
	if err != nil {
		return savedProtocol{}, err
	}
	_, ds := s.check()
	a.complain(s.name, ds)
	input := map[string]any{"document": document}
	if c.Name != "" {
		input["name"] = c.Name
	}
	if c.Note != "" {
		input["note"] = c.Note
	}
	got, err := query[struct {
		SaveProtocol struct {
			Protocol struct {
				Name string `json:"name"`
			} `json:"protocol"`
			Version struct {
				ID     string `json:"id"`
				Number int    `json:"number"`
				Hash   string `json:"hash"`
			} `json:"version"`
			Check struct {
				OK bool `json:"ok"`
			} `json:"check"`
		} `json:"saveProtocol"`
	}](a, saveProtocol, map[string]any{"input": input})
	if err != nil {
		return savedProtocol{}, err
	}
	p := got.SaveProtocol
	if !p.Check.OK {
		a.note("%s is saved, but cannot be run before its errors are mended.", p.Protocol.Name)
	}
	return savedProtocol{s.name, p.Protocol.Name, p.Version.Number, p.Version.ID, p.Version.Hash, p.Check.OK}, nil
}

type protocolExportCmd struct {
	Protocol string `arg:"" help:"NAME, NAME@VERSION, or template:NAME."`
	File     string `arg:"" optional:"" help:"Where to write; standard output when absent."`
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
	// The canonical form, so that a file under version control changes only
	// where the protocol does.
	if raw, err = g.Encode(); err != nil {
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

type protocolListCmd struct {
	Templates bool   `help:"List the templates that come with LICS instead; needs no server."`
	Search    string `help:"Only those with this in their name or description."`
	Limit     int    `short:"n" default:"200" help:"How many at most."`
	outputFlag
}

// protocolInfo is a protocol as it is printed.
type protocolInfo struct {
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	Description  string    `json:"description"`
	LatestNumber int       `json:"latestNumber"`
	CreatedAt    time.Time `json:"createdAt"`
	UpdatedAt    time.Time `json:"updatedAt"`
}

// templateInfo is a template as it is printed.
type templateInfo struct {
	Name        string `json:"name"`
	Title       string `json:"title"`
	Description string `json:"description"`
}

const protocolsQuery = `query Protocols($filter: ProtocolFilter, $first: Int!, $after: Cursor) {
  protocols(filter: $filter, first: $first, after: $after) {
    nodes { id name description latestNumber createdAt updatedAt } pageInfo { hasNextPage endCursor }
  }
}`

func (c *protocolListCmd) Run(a *app) error {
	if c.Templates {
		return c.templates(a)
	}
	filter := map[string]any{}
	if c.Search != "" {
		filter["search"] = c.Search
	}
	all, err := pages(max(1, c.Limit), func(first int, after *string) (connection[protocolInfo], error) {
		got, err := query[struct {
			Protocols connection[protocolInfo] `json:"protocols"`
		}](a, protocolsQuery, map[string]any{"filter": filter, "first": first, "after": after})
		return got.Protocols, err
	})
	if err != nil {
		return err
	}
	return printList(a, c.Output, all, []column[protocolInfo]{
		{"PROTOCOL", func(p protocolInfo) string { return p.Name }},
		{"VERSION", func(p protocolInfo) string { return itoa(p.LatestNumber) }},
		{"UPDATED", func(p protocolInfo) string { return when(&p.UpdatedAt) }},
		{"DESCRIPTION", func(p protocolInfo) string { return heading(p.Description) }},
	})
}

func (c *protocolListCmd) templates(a *app) error {
	var all []templateInfo
	for _, t := range template.All() {
		info := templateInfo{Name: t.Name, Title: t.Title, Description: t.Description}
		text := strings.ToLower(info.Name + "\n" + info.Title + "\n" + info.Description)
		if strings.Contains(text, strings.ToLower(c.Search)) {
			all = append(all, info)
		}
	}
	return printList(a, c.Output, all, []column[templateInfo]{
		{"TEMPLATE", func(t templateInfo) string { return templatePrefix + t.Name }},
		{"TITLE", func(t templateInfo) string { return oneLine(t.Title) }},
		{"DESCRIPTION", func(t templateInfo) string { return heading(t.Description) }},
	})
}

// heading is the first sentence or line of a description, for a table.
func heading(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	if i := strings.Index(line, ". "); i > 0 {
		line = line[:i+1]
	}
	const most = 80
	if r := []rune(line); len(r) > most {
		line = string(r[:most-1]) + "…"
	}
	return oneLine(line)
}
