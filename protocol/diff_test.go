package protocol_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/protocol"
)

func TestDiffSaysWhatChangedDownToTheField(t *testing.T) {
	t.Parallel()
	a, b := graphOf(t, "light-2afc"), graphOf(t, "light-2afc")
	require.Empty(t, protocol.Diff(a, b))

	b.Name = "Other"
	b.Parameters = b.Parameters[1:]
	b.Parameters[0].Default = json.RawMessage(`"4s"`)
	b.Nodes[0].Position.X = 9
	b.Nodes = append(b.Nodes, protocol.Node{ID: "new", Type: "end", Data: json.RawMessage(`{}`)})
	for i, n := range b.Nodes {
		if n.ID == "Punish" {
			b.Nodes[i].Data = json.RawMessage(`{"label":"Punish","timer":"punish * 2","entry":[{"do":"print","text":"no"}]}`)
		}
	}
	b.Edges = b.Edges[1:]
	a.Notes = []protocol.Note{{ID: "why", Text: "Too short for old animals?"}}
	b.Notes = []protocol.Note{{ID: "why", Text: "4 s suits old animals."}}
	b.Groups = []protocol.Group{{ID: "end", Title: "How it ends", Nodes: []string{"new"}}}

	raw, err := json.MarshalIndent(protocol.Diff(a, b), "", " ")
	require.NoError(t, err)
	golden(t, "testdata/diff.golden.json", append(raw, '\n'))
}

func TestDiffOfBrokenGraphsDoesNotPanic(t *testing.T) {
	t.Parallel()
	broken := &protocol.Graph{Nodes: []protocol.Node{{ID: "a", Data: json.RawMessage(`{`)}}}
	require.NotPanics(t, func() {
		protocol.Diff(broken, graphOf(t, "5csrtt"))
		protocol.Diff(&protocol.Graph{}, broken)
	})
}

func TestAGraphMadeByHandNeverPanics(t *testing.T) {
	t.Parallel()
	for _, g := range []*protocol.Graph{
		{},
		{Nodes: []protocol.Node{{}, {}, {ID: "a", Type: "task", Data: json.RawMessage(`[]`)}, {ID: "b", Type: "state", Parent: "a", Data: json.RawMessage(`{"on":[{"order":1e99}]}`)}}},
		{Edges: []protocol.Edge{{}, {Source: "a", Target: "a"}}, Nodes: []protocol.Node{{ID: "a", Type: "repeat", Parent: "a"}}},
		{Roles: []protocol.Role{{Name: "r", Channels: []protocol.Channel{{Name: "c", Direction: "sideways"}}}}},
		{Parameters: []protocol.Parameter{{Name: "p", Type: "int", Default: json.RawMessage(`{`), Options: json.RawMessage(`7`)}}},
	} {
		require.NotPanics(t, func() {
			p, ds := protocol.Compile(g)
			require.Nil(t, p)
			require.NotEmpty(t, ds)
			protocol.Hash(g)
		})
	}
}
