package protocol

import (
	"encoding/json"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

// Check finds everything that is wrong with a graph at once, in an order that
// depends only on the graph. A graph without an error compiles: checking is
// compiling, so that the two cannot disagree.
func Check(g *Graph) []Diagnostic { return newChecker(g).run() }

// Compile makes the plan of a graph, or nil when Check finds an error in it.
// The diagnostics are the same as Check's.
func Compile(g *Graph) (*plan.Plan, []Diagnostic) { return compileWith(g, nil, nil) }

func newChecker(g *Graph) *checker {
	return &checker{
		g:    g,
		plan: &plan.Plan{Format: plan.Format, Name: g.Name},
		byID: map[string]*item{}, top: &item{Node: &Node{}}, edgeData: map[string]map[string]any{},
		roles: map[string]*role{}, tasks: map[string]string{}, types: map[string]expr.Type{},
		usedParameters: map[string]bool{}, usedVariables: map[string]bool{}, assigned: map[string]bool{}, computed: map[string]bool{},
		compiled: map[string]map[source]compiled{},
	}
}

func (c *checker) run() []Diagnostic {
	c.declarations()
	c.items()
	c.wires()
	c.flows()
	c.steps()
	c.busyRoles()
	c.unused()
	return diagnostic.Sort(c.ds)
}

// checker collects diagnostics instead of stopping at the first.
type checker struct {
	g    *Graph
	plan *plan.Plan
	ds   []Diagnostic

	nodes []*item // sorted by id, so that nothing depends on the order of the document
	byID  map[string]*item
	top   *item // stands for the canvas: the parent of nodes without one

	roles map[string]*role
	tasks map[string]string // name of a task's draws → node

	edgeData map[string]map[string]any // by the id of the edge

	composed int // names and answers that composites have brought so far

	compiled map[string]map[source]compiled // by the scope of a task: copies of a task share it

	words          *words               // the scope of the session level
	types          map[string]expr.Type // of parameters and variables
	usedParameters map[string]bool
	usedVariables  map[string]bool
	assigned       map[string]bool // variables that steps change
	computed       map[string]bool // variables that begin with what parameters give
	library        Library
	inside         []string // the protocols this one stands in, by version and hash
	subs           int      // protocols in this one
	inlined        []plan.Variable

	failed bool // an error was reported
	work   int  // spent on what is tried out

	// incomplete is set when part of the graph could not be looked at: then
	// nothing can be called unused.
	incomplete bool
}

// place is where a diagnostic belongs.
type place struct {
	c    *checker
	node string
	edge string
	at   string // put before each field
}

// Report implements node.Reporter.
func (p place) Report(code diagnostic.Code, field, message, hint string) {
	p.report(Diagnostic{Code: code, Field: field, Message: message, Hint: hint})
}

// maxDiagnostics is what one check says at most: a hostile document must not
// make a page that no browser opens.
const maxDiagnostics = 2000

func (p place) report(d Diagnostic) {
	d.Severity = d.Code.Severity()
	failed := p.c.failed
	p.c.failed = failed || d.Severity == diagnostic.Error
	switch {
	case len(p.c.ds) < maxDiagnostics:
	case failed || !p.c.failed:
		return
	default: // one error among so many warnings must show
		p.c.ds = p.c.ds[:maxDiagnostics-1]
	}
	d.Node, d.Edge = p.node, p.edge
	if p.at != "" || d.Field != "" {
		d.Field = p.at + d.Field
	}
	p.c.ds = append(p.c.ds, d)
}

// full says whether nothing more will be said of a graph that has errors: then
// what costs time is left out.
func (c *checker) full() bool { return c.failed && len(c.ds) >= maxDiagnostics }

// suggest is the hint for a name that does not exist.
func (c *checker) suggest(name string, candidates func() []string) string {
	if c.full() {
		return ""
	}
	return diagnostic.DidYouMean(name, candidates())
}

// maxWork bounds what one check tries out, in trials: a hundred times what a
// protocol needs, and less than a second.
const maxWork = 100_000

// spend takes from that, and says whether there was enough.
func (c *checker) spend(work int) bool {
	c.work += work
	return c.work <= maxWork && !c.full()
}

// dataOfNode and dataOfEdge are what hashing needs of a graph that was checked.
func (c *checker) dataOfNode(i int) (map[string]any, bool) {
	n := c.byID[c.g.Nodes[i].ID]
	return n.data, true
}

func (c *checker) dataOfEdge(i int) (map[string]any, bool) {
	data, ok := c.edgeData[c.g.Edges[i].ID]
	return data, ok
}

// document is the place of what belongs to no node.
func (c *checker) document(at string) place { return place{c: c, at: at} }

func (c *checker) unused() {
	for _, n := range c.nodes {
		c.incomplete = c.incomplete || n.broken || n.misplaced
	}
	if c.incomplete {
		return
	}
	for i, p := range c.g.Parameters {
		if _, known := c.types[p.Name]; known && !c.usedParameters[p.Name] {
			c.document("").Report(diagnostic.UnusedParameter, "parameters["+itoa(i)+"].name", "nothing uses the parameter "+p.Name, "use it in an expression, or remove it")
		}
	}
	for i, v := range c.g.Variables {
		_, known := c.types[v.Name]
		switch field := "variables[" + itoa(i) + "].name"; {
		case !known:
		case !c.usedVariables[v.Name]:
			c.document("").Report(diagnostic.UnusedVariable, field, "nothing uses the variable "+v.Name, "use it, or remove it")
		case !c.assigned[v.Name] && !c.computed[v.Name]:
			c.document("").Report(diagnostic.UnwrittenVariable, field, "the variable "+v.Name+" is read, but nothing ever changes it", "change it in a step, or make it a parameter")
		}
	}
	for i, r := range c.g.Roles {
		if known := c.roles[r.Name]; known != nil && !known.used {
			c.document("").Report(diagnostic.UnusedDeclaration, "roles["+itoa(i)+"].name", "nothing uses the device "+r.Name, "use it, or remove it")
		}
	}
}

// planRoles gives the plan the roles with the channels that are used.
func (c *checker) planRoles() {
	for _, declared := range c.g.Roles {
		r := c.roles[declared.Name]
		if !r.used {
			continue
		}
		out := plan.Role{Name: declared.Name}
		for _, ch := range r.channels {
			if r.usedChannels[ch.Name] {
				out.Channels = append(out.Channels, ch)
			}
			if r.volumes[ch.Name] {
				out.Volumes = append(out.Volumes, ch.Name)
			}
			if r.shaped[ch.Name] {
				out.Shaped = append(out.Shaped, ch.Name)
			}
		}
		c.plan.Roles = append(c.plan.Roles, out)
	}
	for _, p := range c.g.Parameters {
		c.plan.Parameters = append(c.plan.Parameters, plan.Parameter(p))
	}
	for _, v := range c.g.Variables {
		c.plan.Variables = append(c.plan.Variables, plan.Variable{Name: v.Name, Type: v.Type, Initial: v.Initial})
	}
	c.plan.Variables = append(c.plan.Variables, c.inlined...)
}

// object decodes the data of a node or an edge into the form that schemas are
// checked against.
func object(raw json.RawMessage) (map[string]any, error) {
	if len(raw) == 0 {
		return map[string]any{}, nil
	}
	v, err := decodeData(raw)
	if err != nil {
		return nil, err
	}
	m, ok := v.(map[string]any)
	if !ok {
		return nil, errNoObject
	}
	return m, nil
}
