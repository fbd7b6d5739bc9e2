package graph

import (
	"encoding/json"
	"math"
	"strings"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/node"
)

// The size that editors draw a node with that has none.
const (
	nodeWidth  = 160
	nodeHeight = 60
)

// picture is a flow graph as far as a small drawing of it needs; nil when the
// document cannot be read.
func picture(document json.RawMessage) *gen.ProtocolPicture {
	g, err := protocol.Parse(document)
	if err != nil {
		return nil
	}
	p := &gen.ProtocolPicture{Nodes: []gen.PictureNode{}, Edges: []gen.PictureEdge{}}
	levels := map[string]gen.NodeLevel{}
	for _, k := range node.All() {
		levels[k.Type] = gen.NodeLevel(strings.ToUpper(string(k.Level)))
	}
	byID := map[string]*protocol.Node{}
	for i := range g.Nodes {
		byID[g.Nodes[i].ID] = &g.Nodes[i]
	}
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	drawn := map[string]bool{}
	var draw func(n *protocol.Node, depth int)
	draw = func(n *protocol.Node, depth int) {
		if drawn[n.ID] || depth > len(g.Nodes) { // a circle of parents
			return
		}
		if parent := byID[n.Parent]; parent != nil {
			draw(parent, depth+1)
		}
		drawn[n.ID] = true
		x, y := corner(n, byID)
		out := gen.PictureNode{ID: n.ID, Type: n.Type, Label: labelOf(n.Data), Level: levels[n.Type], Parent: n.Parent, X: x, Y: y}
		if out.Level == "" {
			out.Level = gen.NodeLevelSession
		}
		width, height := float64(nodeWidth), float64(nodeHeight)
		if n.Position.Width > 0 && n.Position.Height > 0 {
			width, height = n.Position.Width, n.Position.Height
			out.Width, out.Height = &width, &height
		}
		left, top = min(left, x), min(top, y)
		right, bottom = max(right, x+width), max(bottom, y+height)
		p.Nodes = append(p.Nodes, out)
	}
	for i := range g.Nodes {
		draw(&g.Nodes[i], 0)
	}
	for _, e := range g.Edges {
		p.Edges = append(p.Edges, gen.PictureEdge{Source: e.Source, Target: e.Target})
	}
	if len(p.Nodes) > 0 {
		p.X, p.Y, p.Width, p.Height = left, top, right-left, bottom-top
	}
	return p
}

// corner is where a node is on the canvas: positions are relative to the
// container.
func corner(n *protocol.Node, byID map[string]*protocol.Node) (x, y float64) {
	for depth := 0; n != nil && depth <= len(byID); depth++ {
		x, y = x+n.Position.X, y+n.Position.Y
		n = byID[n.Parent]
	}
	return x, y
}

func labelOf(data json.RawMessage) string {
	var d struct {
		Label string `json:"label"`
		Name  string `json:"name"`
	}
	if len(data) > 0 {
		_ = json.Unmarshal(data, &d) // data of another shape has no label
	}
	if d.Label != "" {
		return d.Label
	}
	return d.Name
}
