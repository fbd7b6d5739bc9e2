// Package protocol is the graph that people draw: reading it, finding
// everything that is wrong with it, and compiling it to a plan for the
// workflow with programs for the devices.
//
// The document is a contract with editors and with files people keep: every
// released format opens for ever. Parse refuses what cannot be a protocol at
// all; Check reports what is wrong with one that can, so that a half-finished
// drawing can be saved.
package protocol

import (
	"encoding/json"

	"github.com/lics-lab/lics/protocol/diagnostic"
)

// DocumentKind is the field kind of every document.
const DocumentKind = "lics.protocol"

// Format is the version of the document this package writes. Older ones are
// migrated by Parse.
const Format = 1

// Diagnostic is one thing about a graph that a person should change or know.
type Diagnostic = diagnostic.Diagnostic

// Graph is a protocol as it is drawn, and its JSON. The order of the fields is
// the order of the document.
type Graph struct {
	Kind        string      `json:"kind"`
	Format      int         `json:"format"`
	Name        string      `json:"name"`
	Description string      `json:"description,omitempty"`
	Reference   string      `json:"reference,omitempty"` // the publication it follows
	Roles       []Role      `json:"roles,omitempty"`
	Parameters  []Parameter `json:"parameters,omitempty"`
	Variables   []Variable  `json:"variables,omitempty"`
	Nodes       []Node      `json:"nodes"`
	Edges       []Edge      `json:"edges"`
	Notes       []Note      `json:"notes,omitempty"`
	Groups      []Group     `json:"groups,omitempty"`
	// Metadata is the editor's: viewport, colours. It has no meaning.
	Metadata map[string]json.RawMessage `json:"metadata,omitempty"`
}

// Role is a device by the name the protocol uses for it, with the channels it
// must have.
type Role struct {
	Name     string    `json:"name"`
	Label    string    `json:"label,omitempty"`
	Channels []Channel `json:"channels,omitempty"`
}

// Channel is a named line of a role. Rising and Falling name the events of an
// input's edges; empty is <name>_in and <name>_out.
type Channel struct {
	Name      string `json:"name"`
	Direction string `json:"direction"` // in or out
	Rising    string `json:"rising,omitempty"`
	Falling   string `json:"falling,omitempty"`
	Label     string `json:"label,omitempty"`
}

// Parameter is a value that is chosen when a run starts.
type Parameter struct {
	Name    string          `json:"name"`
	Type    string          `json:"type"`
	Default json.RawMessage `json:"default,omitempty"`
	Label   string          `json:"label,omitempty"`
	Help    string          `json:"help,omitempty"`
	Unit    string          `json:"unit,omitempty"`
	Minimum *float64        `json:"minimum,omitempty"` // of a number; of a duration in seconds
	Maximum *float64        `json:"maximum,omitempty"`
	Options json.RawMessage `json:"options,omitempty"` // a list of what is allowed
	Live    bool            `json:"live,omitempty"`    // may be changed while a run goes on
}

// Variable is a value of the run that steps change.
type Variable struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Initial string `json:"initial,omitempty"` // an expression on parameters
	Help    string `json:"help,omitempty"`
}

// Node is a node of the graph; its data is described by the catalogue of
// package node.
type Node struct {
	ID       string          `json:"id"`
	Type     string          `json:"type"`
	Position Position        `json:"position"`
	Parent   string          `json:"parent,omitempty"` // the loop or task it stands in
	Data     json.RawMessage `json:"data,omitempty"`
}

// Position is where a node is drawn, relative to its parent. Width and height
// are those of a container.
type Position struct {
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
	Width  float64 `json:"width,omitempty"`
	Height float64 `json:"height,omitempty"`
}

// Note is a sticky note on the canvas: words about the drawing. Nothing that
// runs depends on it.
type Note struct {
	ID       string   `json:"id"`
	Text     string   `json:"text"`
	Position Position `json:"position"`
	Parent   string   `json:"parent,omitempty"` // the loop or task it sticks in
	Color    string   `json:"color,omitempty"`
}

// Group is a frame with a title around nodes and notes that stand in the same
// place. Nothing that runs depends on it.
type Group struct {
	ID    string   `json:"id"`
	Title string   `json:"title,omitempty"`
	Nodes []string `json:"nodes,omitempty"`
	Notes []string `json:"notes,omitempty"`
	Color string   `json:"color,omitempty"`
}

// Edge is a wire between two ports, or a transition between two states, which
// has data. An empty handle is out for the source and in for the target.
type Edge struct {
	ID           string          `json:"id"`
	Source       string          `json:"source"`
	SourceHandle string          `json:"sourceHandle,omitempty"`
	Target       string          `json:"target"`
	TargetHandle string          `json:"targetHandle,omitempty"`
	Data         json.RawMessage `json:"data,omitempty"`
}

// Port is the source handle, with the default filled in.
func (e *Edge) Port() string {
	if e.SourceHandle == "" {
		return "out"
	}
	return e.SourceHandle
}
