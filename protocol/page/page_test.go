package page_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/page"
	"github.com/lics-lab/lics/protocol/template"
)

var update = flag.Bool("update", false, "write the pages of the templates")

const folder = "../../docs/templates/"

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, got, 0o644))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got), "%s is old; run go test ./protocol/... -update", path)
}

func TestEveryTemplateHasItsPageAndItsPicture(t *testing.T) {
	t.Parallel()
	var index bytes.Buffer
	index.WriteString("# Templates\n\nPublished tasks that come with LICS, to start from instead of an empty canvas. Each page is written from its template.\n")
	index.WriteString("\n| Template | Task | Parameters | Reference |\n|---|---|---|---|\n")
	files := []string{"README.md"}
	for _, tpl := range template.All() {
		g, err := protocol.Parse(tpl.Document)
		require.NoError(t, err)
		golden(t, folder+tpl.Name+".md", page.Markdown(g, page.Source{Document: "template:" + tpl.Name, Picture: tpl.Name + ".svg"}))
		golden(t, folder+tpl.Name+".svg", page.Picture(g))
		fmt.Fprintf(&index, "| [`%s`](%s.md) | %s | %d | %s |\n", tpl.Name, tpl.Name, g.Name, len(g.Parameters), page.Reference(g.Reference))
		files = append(files, tpl.Name+".md", tpl.Name+".svg")
	}
	index.WriteString("\n`lics protocol list --templates` lists them, `lics protocol export template:NAME mine.json` makes a file of one to change,\n" +
		"and `lics protocol export mine.json --to page mine.md` and `--to picture mine.svg` write the same of your own.\n")
	golden(t, folder+"README.md", index.Bytes())

	there, err := filepath.Glob(folder + "*")
	require.NoError(t, err)
	names := make([]string, len(there))
	for i, f := range there {
		names[i] = filepath.Base(f)
	}
	require.ElementsMatch(t, files, names, "a page of a template that is no more")
}

// What a page must hold is told of one that has everything.
func TestAPageSaysWhatARunNeedsAndGives(t *testing.T) {
	t.Parallel()
	least, most := 0.5, 3.0
	g := &protocol.Graph{
		Name: "A | B", Description: "First <b>.", Reference: "Doe 2001, Some J 1:2, doi:10.1000/x(1)2",
		Roles: []protocol.Role{{Name: "box", Label: "Box", Channels: []protocol.Channel{
			{Name: "poke", Direction: "in", Rising: "Port1In", Label: "Nose poke"}, {Name: "led", Direction: "out"},
		}}},
		Parameters: []protocol.Parameter{
			{Name: "hold", Type: "duration", Default: []byte(`"2s"`), Minimum: &least, Maximum: &most, Unit: "", Live: true, Label: "Hold", Help: "How long."},
			{Name: "side", Type: "string", Options: []byte(`["left","right"]`)},
		},
		Variables: []protocol.Variable{{Name: "hits", Type: "int", Initial: "1", Help: "So far."}},
		Nodes: []protocol.Node{
			{ID: "t", Type: "task", Data: []byte(`{"role":"box","initial":"a","variables":[{"name":"n","type":"int","note":"Of the task."}]}`)},
			{ID: "a", Type: "state", Parent: "t", Data: []byte(`{"entry":[{"do":"outcome","outcome":"hit"}]}`)},
			{ID: "end", Type: "end", Data: []byte(`{"outcome":"done"}`)},
		},
		Edges: []protocol.Edge{{ID: "e", Source: "a", Target: "a", Data: []byte(`{"event":"Port1In","actions":[{"do":"outcome","outcome":"miss"}]}`)}},
	}
	text := string(page.Markdown(g, page.Source{Document: "mine.json", Picture: "mine.svg"}))
	for _, want := range []string{
		"# A \\| B\n", "First &lt;b>.", "[doi:10.1000/x(1)2](https://doi.org/10.1000/x(1)2)", "](mine.svg)",
		"| `hold` | `duration` |  | `2s` | 0.5 to 3 s | yes | **Hold.** How long. |",
		"| `side` | `string` |  |  | `left`, `right` |  |  |",
		"| `poke` | input | `Port1In`, `poke_out` | Nose poke |", "| `led` | output |  |  |",
		"Of a trial: `hit`, `miss`.", "Of the session: `done`.",
		"| `hits` | session | `int` | `1` | So far. |", "| `n` | t | `int` |  | Of the task. |",
		"lics run start mine.json --device box=DEVICE --subject SUBJECT", "`--param hold=2s`",
	} {
		require.Contains(t, text, want)
	}
}

func TestAPictureShowsStatesEventsAndEndsInBothColours(t *testing.T) {
	t.Parallel()
	tpl, err := template.Get("progressive-ratio")
	require.NoError(t, err)
	g, err := protocol.Parse(tpl.Document)
	require.NoError(t, err)
	svg := string(page.Picture(g))
	for _, want := range []string{
		">Respond</text>", ">ratio complete</text>", ">poke_1_in</text>", ">[responses &gt;= ratio]</text>", ">◆ rewarded</text>",
		`class="card terminal"`, `class="card session"`, `class="card task"`, "prefers-color-scheme:dark", ">trial</text>",
	} {
		require.Contains(t, svg, want)
	}
	require.Equal(t, 7, strings.Count(svg, `class="port"`), "one for each wire")
}

// A drawing that is not finished, or hostile, is drawn as far as it goes.
func TestWhatCannotBeReadIsDrawnAllTheSame(t *testing.T) {
	t.Parallel()
	g := &protocol.Graph{Name: "<&", Nodes: []protocol.Node{
		{ID: "a", Type: "state", Parent: "b", Data: []byte(`{"timer":[]}`)},
		{ID: "b", Type: "repeat", Parent: "a"},
		{ID: "c", Type: "nothing", Parent: "gone", Position: protocol.Position{X: 1e300}},
	}, Edges: []protocol.Edge{{ID: "e", Source: "c", Target: "c"}, {ID: "f", Source: "c", Target: "gone"}}}
	svg := string(page.Picture(g))
	require.Contains(t, svg, "<title>&lt;&amp;</title>")
	require.Contains(t, svg, ">nothing</text>")
	require.NotEmpty(t, page.Markdown(g, page.Source{Document: "x.json"}))
}
