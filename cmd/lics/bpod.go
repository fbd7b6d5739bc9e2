package main

import (
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/bpod"
)

// readAs reads a document that is written in the way of LICS or of another
// program.
func (a *app) readAs(from, arg string) (source, error) {
	s, err := a.read(arg)
	if err != nil || from != "bpod" {
		return s, err
	}
	g, ds := bpod.Import(s.raw)
	a.complain(s.name, ds)
	if g == nil {
		return s, lab.Errorf(lab.Invalid, "%s is not imported: %s. Each line above names the state and says what to do.", s.name, counted(ds))
	}
	s.graph, s.wrong = g, nil
	s.raw, err = g.Encode()
	return s, err
}

// asBpod writes a task as a state machine.
func (a *app) asBpod(g *protocol.Graph, name, task string, given []string) ([]byte, error) {
	known := make([]declared, len(g.Parameters))
	for i, p := range g.Parameters {
		known[i] = declared{p.Name, p.Type}
	}
	values, err := parameters("--param ", given, known)
	if err != nil {
		return nil, err
	}
	m, ds := bpod.Export(g, bpod.Options{Task: task, Parameters: values})
	a.complain(name, ds)
	if m == nil {
		return nil, lab.Errorf(lab.Invalid, "%s is not exported: %s. Each line above names the state and says what to do.", name, counted(ds))
	}
	return m.Encode()
}
