package protocol_test

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

// FuzzTrialsTable gives a trials node whatever a spreadsheet may export.
func FuzzTrialsTable(f *testing.F) {
	for _, table := range []string{
		"side,delay\nleft,2s\nright,4s",
		"\ufeffside,delay\r\nleft,2s\r\n",
		"side;delay\nleft;2s",
		"side,delay\nleft",
		"side,delay\nleft,2s,3",
		"side,side\na,b",
		"side,delay\nleft,2",
		"n\n1e999",
		"n\n9223372036854775808",
		"x\n1e999",
		"x\nNaN",
		"\"side\n",
		"side\n\"a\"b\n",
		"list\n1",
		",\n,",
		"\n\n\n",
		"side\n\x00",
		"flag\nyes",
	} {
		for _, order := range []string{"sequential", "pseudo_random", "latin_square", "blocked"} {
			f.Add(table, order, "side", "2")
		}
	}
	f.Add("n\n1\n2\n3\n4", "random", "", "4611686018427387904")
	f.Fuzz(func(t *testing.T, table, order, by, number string) {
		if !utf8.ValidString(table) || !utf8.ValidString(order) || !utf8.ValidString(by) || !utf8.ValidString(number) {
			return // JSON has none
		}
		g := tableGraph(object{"table": table, "order": order, "by": by, "max_run": number, "row": number, "repetitions": number})
		raw, err := g.Encode()
		require.NoError(t, err)
		holds(t, raw)
	})
}

func tableGraph(trials object) *protocol.Graph {
	return &protocol.Graph{
		Kind: protocol.DocumentKind, Format: protocol.Format, Name: "t",
		Variables: []protocol.Variable{
			{Name: "side", Type: "string"},
			{Name: "delay", Type: "duration"},
			{Name: "n", Type: "int"},
			{Name: "x", Type: "float"},
			{Name: "flag", Type: "bool"},
			{Name: "list", Type: "list<int>"},
		},
		Nodes: []protocol.Node{
			made("start", "start", "", object{}), made("trials", "trials", "", trials),
			made("wait", "wait", "trials", object{"duration": "5s"}), made("end", "end", "", object{}),
		},
		Edges: []protocol.Edge{
			wired("start", "trials", object{}),
			{ID: "body", Source: "trials", SourceHandle: "body", Target: "wait"},
			{ID: "done", Source: "trials", SourceHandle: "done", Target: "end"},
		},
	}
}

func TestATableThatDoesNotFitSaysWhere(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ table, says string }{
		{"sied\nleft", "sied"},
		{"side,delay\nleft", "line 2 has 1 columns, and the first line names 2"},
		{"side,side\na,b", "two columns are called side"},
		{"delay\nlong", "line 2, column delay"},
		{"n\n1e999", "line 2, column n"},
		{"x\n1e999", "line 2, column x"},
		{"list\n1", "a cell holds one value"},
		{"side\n", "the table has no condition"},
		{"side\n\"a", "the table cannot be read: line 2"},
	} {
		ds := protocol.Check(tableGraph(object{"table": tt.table}))
		require.True(t, diagnostic.HasErrors(ds), tt.table)
		require.Equal(t, "trials", ds[0].Node, tt.table)
		require.Equal(t, "table", ds[0].Field, tt.table)
		require.Contains(t, ds[0].Message, tt.says)
	}
}

// Four times this number of repetitions is 0 in 64 bits.
func TestRepetitionsBeyondAllMeasureAreRefused(t *testing.T) {
	t.Parallel()
	ds := protocol.Check(tableGraph(object{"table": "n\n1\n2\n3\n4", "repetitions": "4611686018427387904"}))
	require.Equal(t, "repetitions", ds[0].Field)
	require.Contains(t, ds[0].Message, "between 1 and 10000 trials are possible")
}

// An error must not drown in warnings, or a protocol that has one would pass.
func TestAnErrorBehindManyWarningsIsSaid(t *testing.T) {
	t.Parallel()
	g := tableGraph(object{"table": "side\nleft"})
	for i := range protocol.MostDiagnostics + 1 {
		g.Parameters = append(g.Parameters, protocol.Parameter{Name: longName("p", i), Type: "int"}) // none has a default
	}
	g.Nodes[2].Data = []byte(`{"duration":"1 +"}`)
	p, ds := protocol.Compile(g)
	require.Nil(t, p)
	require.Len(t, ds, protocol.MostDiagnostics)
	require.Equal(t, diagnostic.TypeError, ds[0].Code)
}
