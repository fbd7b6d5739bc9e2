package protocol

import (
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

// Library finds the document of a saved version by its id or the hash of its
// content. The message of an error is for a person.
type Library func(version string) (document []byte, err error)

// maxDepth bounds protocols inside protocols.
const maxDepth = 8

// CheckWith is Check for protocols that use others.
func CheckWith(g *Graph, lib Library) []Diagnostic {
	c := newChecker(g)
	c.library = lib
	return c.run()
}

// CompileWith is Compile for protocols that use others. What they use is
// compiled into the plan.
func CompileWith(g *Graph, lib Library) (*plan.Plan, []Diagnostic) { return compileWith(g, lib, nil) }

func compileWith(g *Graph, lib Library, inside []string) (*plan.Plan, []Diagnostic) {
	c := newChecker(g)
	c.library, c.inside = lib, inside
	ds := c.run()
	if diagnostic.HasErrors(ds) {
		return nil, ds
	}
	c.planRoles()
	c.plan.Hash = hash(g, c.dataOfNode, c.dataOfEdge)
	return c.plan, ds
}
