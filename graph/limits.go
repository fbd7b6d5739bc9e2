package graph

import (
	"context"
	"math"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/lics-lab/lics/graph/gen"
)

// Limits of what a client may ask. They are far above what our own clients
// need; their tests show that a request beyond them is refused at once.
const (
	maxQueryBytes  = 64 << 10 // documents travel in variables
	maxQueryTokens = 8000
	maxDepth       = 16 // the introspection query of graphql-js needs 14
	maxAliases     = 60
	maxFields      = 2000 // after fragments are put in
	maxRootFields  = 30
	maxComplexity  = 20_000
	maxSelections  = 400 // written in one query, before fragments are put in
	shortQuery     = 2 << 10
	maxPage        = 200  // items of a list
	maxRecordPage  = 1000 // rows of a run
	fleet          = 100  // devices of a lab, where all are asked for at once
	rowsRead       = 100  // cost of reading through what a run recorded
)

// limits refuses a query by its shape. It counts every fragment once and
// multiplies, so that fragments that spread fragments cannot make the count
// itself expensive; it must stand before the complexity limit, which walks
// them all.
type limits struct{}

var _ interface {
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
	graphql.HandlerExtension
} = limits{}

func (limits) ExtensionName() string                          { return "Limits" }
func (limits) Validate(schema graphql.ExecutableSchema) error { return nil }

func (limits) MutateOperationParameters(_ context.Context, p *graphql.RawParams) *gqlerror.Error {
	if len(p.Query) > maxQueryBytes {
		return tooLarge("The query text has %d bytes; %d is the limit. Send documents as variables.",
			len(p.Query), maxQueryBytes)
	}
	if len(p.Query) <= shortQuery {
		return nil
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: p.Query}, maxQueryTokens)
	if err != nil {
		return nil //nolint:nilerr // gqlgen parses it again, and says what is wrong
	}
	n := 0
	for _, o := range doc.Operations {
		n += selections(o.SelectionSet)
	}
	for _, f := range doc.Fragments {
		n += selections(f.SelectionSet)
	}
	if n > maxSelections {
		return tooLarge("The query has %d fields and fragments; %d is the limit.", n, maxSelections)
	}
	return nil
}

// selections counts what is written. It is asked before gqlgen validates: the
// rule that fields must not overlap compares each with each.
func selections(set ast.SelectionSet) int {
	n := len(set)
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			n += selections(s.SelectionSet)
		case *ast.InlineFragment:
			n += selections(s.SelectionSet)
		}
	}
	return n
}

func (limits) MutateOperationContext(_ context.Context, oc *graphql.OperationContext) *gqlerror.Error {
	m := meter{fragments: map[*ast.FragmentDefinition]shape{}}
	s := m.measure(oc.Operation.SelectionSet)
	switch {
	case s.depth > maxDepth:
		return tooLarge("The query is %d levels deep; %d is the limit.", s.depth, maxDepth)
	case s.aliases > maxAliases:
		return tooLarge("The query has more than %d aliases.", maxAliases)
	case s.fields > maxFields:
		return tooLarge("The query asks for more than %d fields.", maxFields)
	case m.roots(oc.Operation.SelectionSet) > maxRootFields:
		return tooLarge("The query has more than %d fields at its root.", maxRootFields)
	}
	return nil
}

// shape is the size of a selection.
type shape struct{ depth, aliases, fields int }

type meter struct {
	fragments map[*ast.FragmentDefinition]shape
}

func (m meter) measure(set ast.SelectionSet) shape {
	var total shape
	for _, selection := range set {
		var s shape
		switch n := selection.(type) {
		case *ast.Field:
			s = m.measure(n.SelectionSet)
			s.depth++
			s.fields = add(s.fields, 1)
			if n.Alias != n.Name {
				s.aliases = add(s.aliases, 1)
			}
		case *ast.InlineFragment:
			s = m.measure(n.SelectionSet)
		case *ast.FragmentSpread:
			s = m.fragment(n.Definition)
		}
		total.depth = max(total.depth, s.depth)
		total.aliases = add(total.aliases, s.aliases)
		total.fields = add(total.fields, s.fields)
	}
	return total
}

func (m meter) fragment(f *ast.FragmentDefinition) shape {
	if s, ok := m.fragments[f]; ok {
		return s
	}
	s := m.measure(f.SelectionSet) // validation has refused cycles
	m.fragments[f] = s
	return s
}

// roots counts the fields at the root. It runs after the fields as a whole
// were found to be few.
func (m meter) roots(set ast.SelectionSet) int {
	n := 0
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			n++
		case *ast.InlineFragment:
			n += m.roots(s.SelectionSet)
		case *ast.FragmentSpread:
			n += m.roots(s.Definition.SelectionSet)
		}
	}
	return n
}

func add(a, b int) int {
	if a > math.MaxInt32-b {
		return math.MaxInt32
	}
	return a + b
}

// complexity says that a page costs as much as its items.
func complexity() gen.ComplexityRoot {
	var c gen.ComplexityRoot
	page := func(child, first int) int { return 1 + child*max(1, min(first, maxRecordPage)) }
	plain := func(child, first int, _ *string) int { return page(child, first) }

	c.Query.Protocols = func(child int, _ *gen.ProtocolFilter, first int, _ *string) int { return page(child, first) }
	c.Query.Devices = func(child int, _ *gen.DeviceFilter, first int, _ *string) int { return page(child, first) }
	c.Query.Subjects = func(child int, _ *gen.SubjectFilter, first int, _ *string) int { return page(child, first) }
	c.Query.Runs = func(child int, _ *gen.RunFilter, first int, _ *string) int { return page(child, first) }
	c.Query.Experiments = func(child int, _ *gen.ExperimentFilter, first int, _ *string) int { return page(child, first) }
	c.Experiment.Subjects = plain
	c.Experiment.Protocols = plain
	c.Subject.Weights = func(child, first int, _ *string, _, _ *time.Time, _ bool) int { return page(child, first) }
	c.Query.BindingCandidates = func(child int, _ gen.BindingCandidatesInput) int { return page(child, fleet) }
	c.Protocol.Versions = plain
	c.ProtocolVersion.Picture = func(child int) int { return child + fleet }
	c.Template.Picture = func(child int) int { return child + fleet }
	c.Protocol.Runs = plain
	c.Subject.Runs = plain
	c.Experiment.Runs = plain
	c.Device.CalibrationHistory = func(child, first int, _, _ *string) int { return page(child, first) }
	c.Device.Metrics = func(child int) int { return page(child, fleet) }
	c.Device.Telemetry = func(child int, _ string, _ time.Time, _ *time.Time, most int) int {
		return rowsRead + child*max(1, min(most, maxBuckets))/10 // a point is cheaper than an item
	}
	c.Run.Events = func(child, first int, _ *string, last *int, _ *string) int {
		if last != nil {
			first = *last
		}
		return page(child, first)
	}
	c.Run.Variables = func(child int) int { return child + rowsRead }
	c.Run.Progress = func(child int) int { return child + rowsRead/5 } // of runs that are over it reads nothing
	c.Run.Counters = func(child int) int { return child + rowsRead }
	c.Run.Gaps = func(child int) int { return child + rowsRead }
	c.Run.Trials = plain
	c.Query.DryRuns = func(child int) int { return page(child, 11) } // what a user may have
	c.DryRunSession.Trials = plain
	c.DryRunSession.Rows = func(child, first int, _ *string, _ *int64, _ []string, _ *string) int { return page(child, first) }
	c.DryRunCohort.Subjects = plain
	return c
}
