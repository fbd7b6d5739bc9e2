package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/template"
)

const templatePrefix = "template:"

// source is a document that somebody named on the command line.
type source struct {
	name  string // as it was named
	raw   []byte
	graph *protocol.Graph // nil when it cannot be read
	wrong error           // why it cannot be read
}

// isDocument reports whether an argument names a document and not a protocol
// that the server has: a template, standard input, or something that exists or
// is spelled like a file.
func isDocument(arg string) bool {
	if strings.HasPrefix(arg, templatePrefix) || arg == "-" || strings.ContainsRune(arg, os.PathSeparator) ||
		strings.HasSuffix(strings.ToLower(arg), ".json") {
		return true
	}
	info, err := os.Stat(arg)
	return err == nil && !info.IsDir()
}

// read gets a document. That it is no protocol is not an error of reading it.
func (a *app) read(arg string) (source, error) {
	s := source{name: arg}
	var err error
	switch name, is := strings.CutPrefix(arg, templatePrefix); {
	case is:
		s.raw, err = templateDocument(name)
	case arg == "-":
		s.name = "standard input"
		s.raw, err = io.ReadAll(io.LimitReader(a.stdin, protocol.MaxBytes+1))
	default:
		s.raw, err = readFile(arg)
	}
	if err != nil {
		return s, err
	}
	s.graph, s.wrong = protocol.Parse(s.raw)
	return s, nil
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, usagef("%v", err)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, protocol.MaxBytes+1))
	if err != nil {
		return nil, usagef("%v", err)
	}
	return raw, nil
}

func templateDocument(name string) ([]byte, error) {
	t, err := template.Get(name)
	if err != nil {
		return nil, usagef("%v `lics protocol list --templates` says more.", err)
	}
	return t.Document, nil
}

// unreadable is the code of a document that is no protocol at all, as the API
// has it.
const unreadable diagnostic.Code = "unreadable"

// check compiles a document. What cannot be read at all is one diagnostic, so
// that a script has one shape to read.
func (s source) check() (*plan.Plan, []protocol.Diagnostic) {
	if s.wrong != nil {
		d := protocol.Diagnostic{Code: unreadable, Severity: diagnostic.Error, Message: s.wrong.Error()}
		if ours, ok := errors.AsType[*lab.Error](s.wrong); ok {
			d.Field = ours.Field
		}
		return nil, []protocol.Diagnostic{d}
	}
	return protocol.Compile(s.graph)
}

// document is the JSON to send to a server.
func (s source) document() (json.RawMessage, error) {
	if s.wrong != nil {
		return nil, &lab.Error{Code: lab.Invalid, Message: s.name + ": " + s.wrong.Error()}
	}
	return s.graph.Encode()
}

// place is where a diagnostic belongs, in one word.
func place(d protocol.Diagnostic) string {
	var parts []string
	for _, p := range [...]struct{ name, value string }{
		{"node", d.Node}, {"port", d.Port}, {"edge", d.Edge}, {"field", d.Field},
	} {
		if p.value != "" {
			parts = append(parts, p.name+"="+p.value)
		}
	}
	if d.Column > 0 {
		parts = append(parts, "column="+itoa(d.Column))
	}
	return strings.Join(parts, " ")
}
