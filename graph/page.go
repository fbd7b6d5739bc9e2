package graph

import (
	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
)

// connect reads a page and puts it into the form of a Relay connection.
func connect[T, E any](
	first int, after *string, most int,
	list func(store.Page) ([]T, bool, error),
	cursor func(T) string,
	edge func(cursor string, node T) E,
) (edges []E, nodes []T, info gen.PageInfo, err error) {
	if first < 1 || first > most {
		return nil, nil, info, lab.FieldErrorf("first", "Ask for 1 to %d items.", most)
	}
	nodes, more, err := list(store.Page{First: first, After: value(after)})
	if err != nil {
		return nil, nil, info, err
	}
	info.HasNextPage, info.HasPreviousPage = more, value(after) != ""
	edges = make([]E, len(nodes))
	for i, n := range nodes {
		c := cursor(n)
		edges[i] = edge(c, n)
		if i == 0 {
			info.StartCursor = &c
		}
		info.EndCursor = &c
	}
	return edges, nodes, info, nil
}
