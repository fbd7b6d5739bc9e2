package protocol_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/template"
)

func TestAnUnreadableDocumentSaysWhereAndWhatToDo(t *testing.T) {
	t.Parallel()
	const head = `{"kind":"lics.protocol","format":1,"name":"x",`
	for _, tt := range []struct{ name, document, field, message string }{
		{"nothing", "  ", "", "The protocol is empty. Give its JSON."},
		{"no JSON", "{\n  \"kind\": lics}", "", "Line 2, column 11: this is not JSON"},
		{"cut off", head, "", "the file ends too early"},
		{"two documents", head + `"nodes":[],"edges":[]} {}`, "", "something follows the end"},
		{"not text", "\xff\xfe", "", "Save the file as UTF-8"},
		{"a list", "[]", "", "A protocol is a JSON object"},
		{"another kind", `{"kind":"node-red"}`, "kind", `its field kind is "node-red"`},
		{"no format", `{"kind":"lics.protocol"}`, "format", `Write "format": 1.`},
		{"a newer format", `{"kind":"lics.protocol","format":7}`, "format", "Update the server."},
		{"a twin", head + `"nodes":[{"id":"a","id":"b"}],"edges":[]}`, "nodes[0].id", "nodes[0].id stands twice"},
		{"an unknown field", head + `"nodes":[{"id":"a","type":"end","position":{"x":0,"y":0},"dta":{}}],"edges":[]}`, "nodes[0].dta", "did you mean data?"},
		{"a missing field", head + `"nodes":[{"id":"a","position":{"x":0,"y":0}}],"edges":[]}`, "nodes[0].type", "nodes[0].type: type is missing"},
		{"a wrong type", head + `"nodes":{},"edges":[]}`, "nodes", "nodes is an object, and an array is needed"},
		{"a bad id", head + `"nodes":[{"id":"a/b","type":"end","position":{"x":0,"y":0}}],"edges":[]}`, "nodes[0].id", "must be letters, digits"},
		{"a number out of range", head + `"nodes":[{"id":"a","type":"end","position":{"x":1e999,"y":0}}],"edges":[]}`, "nodes[0].position.x", "the number 1e999 is too large"},
		{"a limit out of range", head + `"parameters":[{"name":"a","type":"float","minimum":-1e999}],"nodes":[],"edges":[]}`, "parameters[0].minimum", "the number -1e999 is too large"},
		{"a note without a place", head + `"nodes":[],"edges":[],"notes":[{"id":"a","text":"b"}]}`, "notes[0].position", "position is missing"},
		{"a colour nobody has", head + `"nodes":[],"edges":[],"groups":[{"id":"a","color":"url(x)"}]}`, "groups[0].color", "yellow"},
		{"a book on a note", head + `"nodes":[],"edges":[],"notes":[{"id":"a","text":"` + strings.Repeat("b", 10_001) + `","position":{"x":0,"y":0}}]}`, "notes[0].text", "10000"},
		{"a deep one", head + `"nodes":[],"edges":[],"metadata":{"a":` + strings.Repeat("[", 50) + strings.Repeat("]", 50) + `}}`, "", "more than 32 levels of brackets"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := protocol.Parse([]byte(tt.document))
			var e *lab.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, lab.Invalid, e.Code)
			require.Contains(t, e.Message, tt.message)
			if tt.field != "" {
				require.Equal(t, tt.field, e.Field)
			}
		})
	}
}

func TestADocumentThatIsTooLargeIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	_, err := protocol.Parse(bytes.Repeat([]byte(" "), protocol.MaxBytes+1))
	require.Equal(t, lab.TooLarge, lab.CodeOf(err))
	nodes := strings.Repeat(`{"id":"a","type":"end","position":{"x":0,"y":0}},`, protocol.MaxNodes+1)
	_, err = protocol.Parse([]byte(`{"kind":"lics.protocol","format":1,"name":"x","nodes":[` + strings.TrimSuffix(nodes, ",") + `],"edges":[]}`))
	require.ErrorContains(t, err, "nodes has 5001 entries, at most 5000 are possible")
	notes := strings.Repeat(`{"id":"a","text":"","position":{"x":0,"y":0}},`, protocol.MaxNotes+1)
	_, err = protocol.Parse([]byte(`{"kind":"lics.protocol","format":1,"name":"x","nodes":[],"edges":[],"notes":[` + strings.TrimSuffix(notes, ",") + `]}`))
	require.ErrorContains(t, err, "notes has 501 entries, at most 500 are possible")
}

func TestAllProblemsOfADocumentAreSaidUpToFive(t *testing.T) {
	t.Parallel()
	_, err := protocol.Parse([]byte(`{"kind":"lics.protocol","format":1,"name":"","nodes":[{"a":1,"b":2,"c":3}],"edges":7}`))
	require.ErrorContains(t, err, "name is empty")
	require.ErrorContains(t, err, "and 3 more.")
}

func graphOf(t testing.TB, name string) *protocol.Graph {
	t.Helper()
	tpl, err := template.Get(name)
	require.NoError(t, err)
	g, err := protocol.Parse(tpl.Document)
	require.NoError(t, err)
	return g
}

func TestTheHashIsOfBehaviourAndWordsNotOfTheCanvas(t *testing.T) {
	t.Parallel()
	before := protocol.Hash(graphOf(t, "5csrtt"))
	for name, tt := range map[string]struct {
		change func(*protocol.Graph)
		same   bool
	}{
		"a moved node":      {func(g *protocol.Graph) { g.Nodes[0].Position.X += 17 }, true},
		"a sticky note":     {func(g *protocol.Graph) { g.Notes = []protocol.Note{{ID: "n", Text: "Tired animals skip this."}} }, true},
		"a group":           {func(g *protocol.Graph) { g.Groups = []protocol.Group{{ID: "g", Nodes: []string{g.Nodes[0].ID}}} }, true},
		"other metadata":    {func(g *protocol.Graph) { g.Metadata = nil }, true},
		"nodes reordered":   {func(g *protocol.Graph) { g.Nodes[0], g.Nodes[1] = g.Nodes[1], g.Nodes[0] }, true},
		"spaces in data":    {func(g *protocol.Graph) { g.Nodes[0].Data = []byte(" { } ") }, true},
		"a default handle":  {func(g *protocol.Graph) { g.Edges[2].TargetHandle = "" }, true},
		"a default":         {func(g *protocol.Graph) { g.Parameters[0].Default = []byte("2") }, false},
		"a renamed graph":   {func(g *protocol.Graph) { g.Name += "!" }, false},
		"a label":           {func(g *protocol.Graph) { g.Nodes[0].Data = []byte(`{"label":"Go"}`) }, false},
		"a wire less":       {func(g *protocol.Graph) { g.Edges = g.Edges[1:] }, false},
		"broken hand-made":  {func(g *protocol.Graph) { g.Nodes[0].Data = []byte(`{`) }, false},
		"another direction": {func(g *protocol.Graph) { g.Roles[0].Channels[0].Direction = "out" }, false},
	} {
		g := graphOf(t, "5csrtt")
		tt.change(g)
		require.Equal(t, tt.same, before == protocol.Hash(g), name)
	}
	require.Len(t, before, 64)
}

func TestGuardsStayReadableInFiles(t *testing.T) {
	t.Parallel()
	g := graphOf(t, "light-2afc")
	g.Description = "a < b && c > d"
	raw, err := g.Encode()
	require.NoError(t, err)
	require.Contains(t, string(raw), "a < b && c > d")
	require.Contains(t, string(raw), `"guard": "event == (trial_type == \"left\" ? \"Port1In\" : \"Port3In\")"`)
}
