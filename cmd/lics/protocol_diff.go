package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/lics-lab/lics/protocol"
)

type protocolDiffCmd struct {
	From   string `arg:"" help:"The older: a file, template:NAME, NAME (its latest version) or NAME@VERSION."`
	To     string `arg:"" help:"The newer."`
	Layout bool   `help:"Also where nodes are drawn, and what editors keep for themselves."`
	outputFlag
}

// change is one difference between two documents, by the names of the API.
type change struct {
	Kind    string          `json:"kind"`    // ADDED, REMOVED or CHANGED
	Subject string          `json:"subject"` // protocol, role, parameter, variable, node or edge
	ID      string          `json:"id"`
	Field   string          `json:"field"` // empty when the whole was added or removed
	Before  json.RawMessage `json:"before"`
	After   json.RawMessage `json:"after"`
}

func (c *protocolDiffCmd) Run(a *app) error {
	var graphs [2]*protocol.Graph
	for i, arg := range []string{c.From, c.To} {
		raw, err := a.documentOf(arg)
		if err != nil {
			return err
		}
		if graphs[i], err = protocol.Parse(raw); err != nil {
			return fmt.Errorf("%s: %w", arg, err)
		}
	}
	changes := []change{}
	moved := 0
	for _, d := range protocol.Diff(graphs[0], graphs[1]) {
		if layout(d) && !c.Layout {
			moved++
			continue
		}
		changes = append(changes, change{
			Kind: strings.ToUpper(d.What), Subject: d.Object, ID: d.ID, Field: d.Field, Before: d.Before, After: d.After,
		})
	}
	if c.Output != asTable {
		return printList(a, c.Output, changes, nil)
	}
	switch {
	case len(changes) == 0 && moved == 0:
		a.note("They are the same.")
	case len(changes) == 0:
		a.note("They do the same; only the drawing differs (--layout shows how).")
	}
	return a.table(changeRows(changes), false)
}

// layout reports whether a difference has no meaning for a run.
func layout(d protocol.Change) bool {
	return d.Object == "node" && strings.HasPrefix(d.Field, "position") ||
		d.Object == "protocol" && strings.HasPrefix(d.Field, "metadata")
}

func changeRows(changes []change) [][]string {
	rows := make([][]string, 0, len(changes))
	for _, d := range changes {
		sign, value := "~", brief(d.Before)+" → "+brief(d.After)
		switch d.Kind {
		case "ADDED":
			sign, value = "+", brief(d.After)
		case "REMOVED":
			sign, value = "-", brief(d.Before)
		}
		rows = append(rows, []string{sign, d.Subject, dash(d.ID), dash(d.Field), value})
	}
	return rows
}

// brief is a value for a column.
func brief(raw json.RawMessage) string {
	const most = 100
	if len(raw) == 0 {
		return "nothing"
	}
	if r := []rune(string(raw)); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return string(raw)
}
