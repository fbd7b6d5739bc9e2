package protocol_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

// hostile are documents that somebody sends to keep a server busy: each is as
// large as a document can be, or close to it, in the way that costs most.
var hostile = map[string]func() *protocol.Graph{
	"unknown names":            unknownNames,
	"columns of a table":       wideTable,
	"many tables":              manyTables,
	"states that lead to all":  denseTask,
	"results that are unknown": unknownResults,
	"parents in a circle":      cyclicParents,
	"loops in loops":           deepLoops,
	"long expressions":         longExpressions,
	"channels and deliveries":  deliveries,
	"parallel branches":        branches,
	"outcomes of passes":       outcomes,
}

func box(channels ...protocol.Channel) []protocol.Role {
	return []protocol.Role{{Name: "box", Channels: channels}}
}

func made(id, kind, parent string, data any) protocol.Node {
	raw, err := json.Marshal(data)
	if err != nil {
		panic(err)
	}
	return protocol.Node{ID: id, Type: kind, Parent: parent, Data: raw}
}

func wired(from, to string, data any) protocol.Edge {
	raw, err := json.Marshal(data)
	if err != nil {
		panic(err)
	}
	return protocol.Edge{ID: from + "-" + to, Source: from, Target: to, Data: raw}
}

type object = map[string]any

func many[T any](n int, f func(i int) T) []T {
	all := make([]T, n)
	for i := range all {
		all[i] = f(i)
	}
	return all
}

// longName is as long as a name may be and still be compared with others.
func longName(prefix string, i int) string {
	name := fmt.Sprintf("%s%d", prefix, i)
	return name + strings.Repeat("x", 40-len(name))
}

func unknownNames() *protocol.Graph {
	g := &protocol.Graph{Roles: box()}
	g.Variables = many(500, func(i int) protocol.Variable { return protocol.Variable{Name: longName("v", i), Type: "int"} })
	g.Nodes = many(2000, func(i int) protocol.Node {
		return made(fmt.Sprint("n", i), "assign", "", object{"set": many(10, func(k int) object {
			return object{"variable": longName("w", 10*i+k), "value": longName("w", 10*i+k)}
		})})
	})
	return g
}

func wideTable() *protocol.Graph {
	g := &protocol.Graph{}
	g.Variables = many(500, func(i int) protocol.Variable { return protocol.Variable{Name: longName("v", i), Type: "int"} })
	head := strings.Join(many(2400, func(i int) string { return longName("w", i) }), ",")
	g.Nodes = many(30, func(i int) protocol.Node { return made(fmt.Sprint("n", i), "trials", "", object{"table": head}) })
	return g
}

func manyTables() *protocol.Graph {
	list := "[" + strings.TrimSuffix(strings.Repeat("1,", 100), ",") + "]"
	g := &protocol.Graph{Variables: many(16, func(i int) protocol.Variable { return protocol.Variable{Name: fmt.Sprint("v", i), Type: "int"} })}
	g.Nodes = many(4000, func(i int) protocol.Node {
		return made(fmt.Sprint("n", i), "trials", "", object{
			"order": "pseudo_random", "max_run": "1", "by": "v0",
			"factors": []object{{"variable": "v0", "values": list}, {"variable": "v1", "values": list}},
		})
	})
	return g
}

func denseTask() *protocol.Graph {
	const n = 110 // n² wires, and each may be taken
	g := &protocol.Graph{Roles: box(protocol.Channel{Name: "poke", Direction: "in"})}
	g.Nodes = append(many(n, func(i int) protocol.Node {
		return made(fmt.Sprint("s", i), "state", "t", object{"timer": "1s", "entry": []object{{"do": "start_timer", "timer": fmt.Sprint("t", i%60)}}})
	}), made("t", "task", "", object{"initial": "s0", "timers": many(60, func(i int) object { return object{"name": fmt.Sprint("t", i), "duration": "1s"} })}))
	for i := range n {
		for k := range n {
			g.Edges = append(g.Edges, wired(fmt.Sprint("s", i), fmt.Sprint("s", k), object{"event": "poke_in", "guard": "trial > 3", "order": k}))
		}
	}
	return g
}

func unknownResults() *protocol.Graph {
	results := object{}
	for i := range 40_000 {
		results["outcome."+longName("w", i)] = "n"
	}
	return &protocol.Graph{Roles: box(), Variables: []protocol.Variable{{Name: "n", Type: "int"}}, Nodes: []protocol.Node{
		made("t", "task", "", object{"initial": "a", "results": results}),
		made("a", "state", "t", object{"entry": many(500, func(i int) object { return object{"do": "outcome", "outcome": longName("o", i)} })}),
	}}
}

func cyclicParents() *protocol.Graph {
	return &protocol.Graph{Nodes: many(protocol.MaxNodes, func(i int) protocol.Node {
		return made(fmt.Sprint("n", i), "repeat", fmt.Sprint("n", (i+1)%protocol.MaxNodes), object{"count": "2"})
	})}
}

func deepLoops() *protocol.Graph {
	return &protocol.Graph{Nodes: many(protocol.MaxNodes, func(i int) protocol.Node {
		parent := ""
		if i > 0 {
			parent = fmt.Sprint("n", i-1)
		}
		return made(fmt.Sprint("n", i), "repeat", parent, object{"count": "2"})
	})}
}

func longExpressions() *protocol.Graph {
	return &protocol.Graph{Variables: []protocol.Variable{{Name: "v", Type: "bool"}}, Nodes: many(3000, func(i int) protocol.Node {
		return made(fmt.Sprint("n", i), "assign", "", object{"set": []object{
			{"variable": "v", "value": fmt.Sprint(i, " < ") + strings.TrimSuffix(strings.Repeat("1+", 100), "+")},
			{"variable": "v", "value": strings.Repeat("(", 500) + fmt.Sprint(i)},
		}})
	})}
}

func deliveries() *protocol.Graph {
	return &protocol.Graph{
		Roles: box(many(500, func(i int) protocol.Channel { return protocol.Channel{Name: fmt.Sprint("c", i), Direction: "out"} })...),
		Nodes: append(many(200, func(i int) protocol.Node {
			return made(fmt.Sprint("s", i), "state", "t", object{"timer": "1s", "entry": many(60, func(k int) object {
				o := object{"do": "pulse", "channel": fmt.Sprint("c", (60*i+k)%500)}
				if i < 10 {
					o["volume"] = "1.0"
				} else {
					o["duration"] = "1s"
				}
				return o
			})})
		}), made("t", "task", "", object{"initial": "s0", "limits": object{"volume": "0.0"}})),
		Edges: many(200, func(i int) protocol.Edge {
			return wired(fmt.Sprint("s", i), fmt.Sprint("s", (i+1)%200), object{"event": "timeup"})
		}),
	}
}

func branches() *protocol.Graph {
	const n = 2000
	g := &protocol.Graph{Roles: box()}
	for i := range n {
		g.Nodes = append(g.Nodes, made(fmt.Sprint("n", i), "parallel", "", object{"branches": []string{"a", "b"}}))
		for _, port := range []string{"a", "b"} {
			for _, to := range []int{i + 1, i + 2} {
				if to < n {
					g.Edges = append(g.Edges, protocol.Edge{ID: fmt.Sprint(port, i, "-", to), Source: fmt.Sprint("n", i), Target: fmt.Sprint("n", to), SourceHandle: port})
				}
			}
		}
	}
	return g
}

func outcomes() *protocol.Graph {
	const n = 900
	g := &protocol.Graph{Roles: box(), Nodes: []protocol.Node{made("t", "task", "", object{"initial": "n0", "limits": object{"trials": "5"}})}}
	for i := range n {
		g.Nodes = append(g.Nodes, made(fmt.Sprint("n", i), "outcome", "t", object{"outcome": "same"}))
		g.Edges = append(g.Edges, protocol.Edge{ID: fmt.Sprint("e", i), Source: fmt.Sprint("n", i), Target: fmt.Sprint("n", (i+1)%n), SourceHandle: "out"})
	}
	return g
}

func TestAHostileDocumentIsAnsweredInBoundedWork(t *testing.T) {
	t.Parallel()
	for name, document := range hostile {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := document()
			g.Kind, g.Format, g.Name = protocol.DocumentKind, protocol.Format, "x"
			raw, err := g.Encode()
			require.NoError(t, err)
			back, err := protocol.Parse(raw)
			require.NoError(t, err)
			ds := protocol.Check(back)
			require.True(t, diagnostic.HasErrors(ds))
			require.LessOrEqual(t, len(ds), protocol.MostDiagnostics)
		})
	}
}
