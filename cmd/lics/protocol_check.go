package main

import (
	"strconv"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

// protocolCmd is `lics protocol`.
type protocolCmd struct {
	Check  protocolCheckCmd  `cmd:"" help:"Say everything that is wrong with a protocol. Needs no server."`
	DryRun protocolDryRunCmd `cmd:"" help:"Run a protocol in virtual time. Needs no server."`
	Import protocolImportCmd `cmd:"" help:"Save documents as versions of protocols."`
	Export protocolExportCmd `cmd:"" help:"Write a protocol's document into a file."`
	List   protocolListCmd   `cmd:"" help:"List protocols, or the templates."`
	Diff   protocolDiffCmd   `cmd:"" help:"Say what lies between two protocols."`
}

type protocolCheckCmd struct {
	Document string `arg:"" name:"document" help:"A file, - for standard input, or template:NAME."`
	outputFlag
}

// checked is the JSON of `lics protocol check`.
type checked struct {
	OK          bool                  `json:"ok"`
	Name        string                `json:"name"`
	Hash        string                `json:"hash"` // empty when it cannot be read
	Diagnostics []protocol.Diagnostic `json:"diagnostics"`
}

func (c *protocolCheckCmd) Run(a *app) error {
	s, err := a.read(c.Document)
	if err != nil {
		return err
	}
	_, ds := s.check()
	if err := c.print(a, s, ds); err != nil {
		return err
	}
	if diagnostic.HasErrors(ds) {
		return errSaid
	}
	return nil
}

func (c *protocolCheckCmd) print(a *app, s source, ds []protocol.Diagnostic) error {
	switch c.Output {
	case asJSON:
		out := checked{OK: !diagnostic.HasErrors(ds), Diagnostics: ds}
		if out.Diagnostics == nil {
			out.Diagnostics = []protocol.Diagnostic{}
		}
		if s.graph != nil {
			out.Name, out.Hash = s.graph.Name, protocol.Hash(s.graph)
		}
		return a.json(out)
	case asJSONL:
		return printList(a, asJSONL, ds, nil)
	}
	if err := a.table(diagnosticRows(ds), false); err != nil {
		return err
	}
	a.note("%s: %s", s.name, counted(ds))
	return nil
}

func diagnosticRows(ds []protocol.Diagnostic) [][]string {
	rows := make([][]string, 0, len(ds))
	for _, d := range ds {
		rows = append(rows, []string{string(d.Severity), string(d.Code), dash(place(d)), oneLine(d.Message), oneLine(d.Hint)})
	}
	return rows
}

// complain prints diagnostics where they are not the result.
func (a *app) complain(name string, ds []protocol.Diagnostic) {
	for _, d := range ds {
		a.note("%s: %s", name, oneLine(d.String()))
	}
}

func counted(ds []protocol.Diagnostic) string {
	errors := 0
	for _, d := range ds {
		if d.Severity == diagnostic.Error {
			errors++
		}
	}
	switch {
	case len(ds) == 0:
		return "ok"
	case errors == 0:
		return "ok, " + plural(len(ds), "warning")
	}
	return plural(errors, "error") + ", " + plural(len(ds)-errors, "warning")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return itoa(n) + " " + noun + "s"
}

func itoa(n int) string { return strconv.Itoa(n) }
