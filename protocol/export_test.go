package protocol

import "github.com/lics-lab/lics/protocol/node"

// FitsSchema is what this package's own validator says of the data of all
// nodes and edges.
func FitsSchema(g *Graph) bool {
	for _, n := range g.Nodes {
		data, err := object(n.Data)
		kind := node.ByType(n.Type)
		if err != nil || kind == nil || len(kind.Schema.Validate(data)) > 0 {
			return false
		}
	}
	for _, e := range g.Edges {
		data, err := object(e.Data)
		if err != nil || len(node.TransitionSchema.Validate(data)) > 0 {
			return false
		}
	}
	return true
}

// DecodeTree lets tests compare the reader with the standard library's.
var DecodeTree = decodeTree

// MostDiagnostics is what one check says at most.
const MostDiagnostics = maxDiagnostics
