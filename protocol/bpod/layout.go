package bpod

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/task"
)

// The measures of the drawing.
const (
	columnWidth = 260
	rowHeight   = 140
	margin      = 40
	head        = 80 // of a container
)

// graph puts the task between a start and an end, and its states into columns:
// each stands one to the right of the first one that leads to it.
func (d *drawing) graph() (*protocol.Graph, error) {
	column := d.columns()
	g := &protocol.Graph{
		Kind: protocol.DocumentKind, Format: protocol.Format, Name: d.m.Name,
		Description: "Imported from a state machine of Bpod. The task is one trial; put it into a loop for a session.",
		Roles:       []protocol.Role{{Name: "box", Label: "Bpod", Channels: d.lines()}},
	}
	ids := map[string]bool{}
	for _, s := range d.data {
		ids[s.id] = true
	}
	ids[exitState] = true
	start, taskID, end, always := unique("start", ids), unique("trial", ids), unique("end", ids), unique("always", ids)

	used := map[int]int{}
	place := func(id string) protocol.Position {
		c := column[id]
		used[c]++
		return protocol.Position{X: margin + float64(c*columnWidth), Y: head + float64((used[c]-1)*rowHeight)}
	}
	var inside protocol.Graph
	put := func(to *protocol.Graph, id, kind, parent string, at protocol.Position, data any) error {
		raw, err := json.Marshal(data)
		to.Nodes = append(to.Nodes, protocol.Node{ID: id, Type: kind, Parent: parent, Position: at, Data: raw})
		return err
	}
	for _, s := range d.data {
		if err := put(&inside, s.id, "state", taskID, place(s.id), s); err != nil {
			return nil, err
		}
	}
	if d.exits {
		if err := put(&inside, exitState, "exit", taskID, place(exitState), struct{}{}); err != nil {
			return nil, err
		}
	}
	width, height := 1, 1
	for c, n := range used {
		width, height = max(width, c+1), max(height, n)
	}
	if len(d.on) > 0 {
		at := protocol.Position{X: margin, Y: head + float64(height*rowHeight)}
		height++
		if err := put(&inside, always, "always", taskID, at, map[string]any{"on": d.on}); err != nil {
			return nil, err
		}
	}
	d.describe()
	box := protocol.Position{X: 160, Y: 0, Width: float64(2*margin + width*columnWidth), Height: float64(head + margin + height*rowHeight)}
	middle := box.Height / 2
	err := put(g, start, "start", "", protocol.Position{Y: middle}, struct{}{})
	if err == nil {
		err = put(g, taskID, "task", "", box, d.task)
	}
	if err != nil {
		return nil, err
	}
	g.Nodes = append(g.Nodes, inside.Nodes...)
	g.Edges = append(g.Edges, protocol.Edge{ID: "e_start", Source: start, Target: taskID})
	if d.exits {
		if err := put(g, end, "end", "", protocol.Position{X: box.X + box.Width + 80, Y: middle}, map[string]string{"outcome": "completed"}); err != nil {
			return nil, err
		}
		g.Edges = append(g.Edges, protocol.Edge{ID: "e_end", Source: taskID, SourceHandle: exitState, Target: end})
	}
	for i, e := range d.edges {
		raw, err := json.Marshal(e.handler)
		if err != nil {
			return nil, err
		}
		g.Edges = append(g.Edges, protocol.Edge{ID: fmt.Sprintf("t%d", i+1), Source: e.source, Target: e.target, Data: raw})
	}
	return g, nil
}

// describe completes the task.
func (d *drawing) describe() {
	d.task.Name, d.task.Label, d.task.Role = plainName(d.m.Name), d.m.Name, "box"
	d.task.Initial = d.states[d.m.States[0].Name]
	if len(d.cameFrom) > 0 {
		d.task.Variables = append(d.task.Variables, variable{Name: cameFrom, Type: "string", Note: "The state before, for >back."})
	}
}

// lines are the channels of the role: inputs, then outputs, each by name.
func (d *drawing) lines() []protocol.Channel {
	var in, out []protocol.Channel
	for _, name := range slices.Sorted(maps.Keys(d.channels)) {
		if c := d.channels[name]; c.Direction == string(task.In) {
			in = append(in, c)
		} else {
			out = append(out, c)
		}
	}
	return append(in, out...)
}

// columns is how far each state is from the first.
func (d *drawing) columns() map[string]int {
	first := d.data[0].id
	column := map[string]int{first: 0}
	for todo := []string{first}; len(todo) > 0; todo = todo[1:] {
		for _, e := range d.edges {
			if _, known := column[e.target]; e.source == todo[0] && !known {
				column[e.target] = column[todo[0]] + 1
				todo = append(todo, e.target)
			}
		}
	}
	return column
}
