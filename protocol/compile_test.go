package protocol_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/node"
	"github.com/lics-lab/lics/protocol/template"
	"github.com/lics-lab/lics/task"
)

func compiledPlan(t testing.TB, raw []byte) *plan.Plan {
	t.Helper()
	g, err := protocol.Parse(raw)
	require.NoError(t, err)
	p, ds := protocol.CompileWith(g, library)
	require.Empty(t, report(ds))
	return p
}

func goldenPlan(t *testing.T, name string, raw []byte) {
	t.Helper()
	out, err := json.MarshalIndent(compiledPlan(t, raw), "", "  ")
	require.NoError(t, err)
	golden(t, "testdata/plans/"+name+".golden.json", append(out, '\n'))
}

func TestTheTemplatesCompileToTheirPlans(t *testing.T) {
	t.Parallel()
	for _, tpl := range template.All() {
		goldenPlan(t, tpl.Name, tpl.Document)
	}
}

// One protocol with most kinds of nodes, and one for each of the others, so
// that no kind goes untested.
func TestEveryKindOfNodeCompiles(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/kinds/*.json")
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, file := range append(files, "testdata/every-kind.json") {
		raw, err := os.ReadFile(file)
		require.NoError(t, err)
		goldenPlan(t, strings.TrimSuffix(filepath.Base(file), ".json"), raw)
		g, err := protocol.Parse(raw)
		require.NoError(t, err)
		for _, n := range g.Nodes {
			seen[n.Type] = true
		}
		_, err = plan.NewRunner(compiledPlan(t, raw), nil, nil)
		require.NoError(t, err, file)
	}
	for _, kind := range node.Types() {
		require.True(t, seen[kind], kind)
	}
}

func TestTheOrderOfNodesAndEdgesDoesNotMatter(t *testing.T) {
	t.Parallel()
	for _, tpl := range template.All() {
		g, err := protocol.Parse(tpl.Document)
		require.NoError(t, err)
		before, _ := protocol.Compile(g)
		slices.Reverse(g.Nodes)
		slices.Reverse(g.Edges)
		after, _ := protocol.Compile(g)
		require.Equal(t, before, after, tpl.Name)
	}
}

func TestAnswersAreAskedInOrderThenStayingThenGuardedThenTheRest(t *testing.T) {
	t.Parallel()
	tpl, err := template.Get("5csrtt")
	require.NoError(t, err)
	p := compiledPlan(t, tpl.Document)
	program := p.Node("session_task").Task.Program
	i := slices.IndexFunc(program.States, func(s task.State) bool { return s.Name == "choice" })
	var asked []string
	for _, h := range program.States[i].On {
		asked = append(asked, h.Edge)
	}
	require.Equal(t, []string{"choice", "choice-correct-reward", "choice-incorrect-penalty", "choice-timeup-penalty"}, asked)
}

// wide is a protocol of about n nodes: tasks with ten states each, in a row.
func wide(n int) *protocol.Graph {
	g := &protocol.Graph{
		Kind: protocol.DocumentKind, Format: protocol.Format, Name: "wide",
		Roles:      []protocol.Role{{Name: "box", Channels: []protocol.Channel{{Name: "poke", Direction: "in"}, {Name: "led", Direction: "out"}}}},
		Parameters: []protocol.Parameter{{Name: "hold", Type: "duration", Default: json.RawMessage(`"1s"`)}},
	}
	add := func(id, kind, parent, data string) {
		g.Nodes = append(g.Nodes, protocol.Node{ID: id, Type: kind, Parent: parent, Data: json.RawMessage(data)})
	}
	wire := func(from, port, to, data string) {
		g.Edges = append(g.Edges, protocol.Edge{ID: fmt.Sprintf("e%d", len(g.Edges)), Source: from, SourceHandle: port, Target: to, Data: json.RawMessage(data)})
	}
	add("start", "start", "", `{}`)
	last, port := "start", "out"
	for i := range n / 12 {
		t := fmt.Sprintf("t%d", i)
		add(t, "task", "", `{"initial":"s0_`+t+`","limits":{"duration":"10 * hold"},"variables":[{"name":"n","type":"int"}]}`)
		wire(last, port, t, "")
		last, port = t, "limit"
		for k := range 10 {
			s := fmt.Sprintf("s%d_%s", k, t)
			add(s, "state", t, fmt.Sprintf(`{"timer":"hold + %dms","outputs":[{"channel":"led","level":"n > %d"}],"entry":[{"do":"assign","variable":"n","value":"n + %d"}]}`, k+1, k, k+1))
			wire(s, "out", fmt.Sprintf("s%d_%s", (k+1)%10, t), `{"event":"timeup"}`)
			wire(s, "out", fmt.Sprintf("s%d_%s", (k+2)%10, t), fmt.Sprintf(`{"event":"poke_in","guard":"n > %d","actions":[{"do":"print","text":"{n}"}]}`, k))
		}
	}
	add("end", "end", "", `{}`)
	wire(last, port, "end", "")
	return g
}

func BenchmarkCheckThousandNodes(b *testing.B) {
	g := wide(1000)
	require.Empty(b, report(protocol.Check(g)))
	for b.Loop() {
		protocol.Check(g)
	}
}

func BenchmarkParseThousandNodes(b *testing.B) {
	raw, err := wide(1000).Encode()
	require.NoError(b, err)
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, err := protocol.Parse(raw); err != nil {
			b.Fatal(err)
		}
	}
}

// The worst documents that the limits let pass must not occupy a server: without
// bounds on the work, each of these takes minutes.
func TestHostileGraphsAreCheckedToTheEnd(t *testing.T) {
	t.Parallel()
	const nodes, edges = protocol.MaxNodes, protocol.MaxEdges
	g := func() *protocol.Graph {
		return &protocol.Graph{Kind: protocol.DocumentKind, Format: protocol.Format, Name: "hostile"}
	}
	add := func(g *protocol.Graph, id, kind, parent, data string) {
		g.Nodes = append(g.Nodes, protocol.Node{ID: id, Type: kind, Parent: parent, Data: json.RawMessage(data)})
	}
	wire := func(g *protocol.Graph, from, port, to, data string) {
		g.Edges = append(g.Edges, protocol.Edge{ID: fmt.Sprintf("e%05d", len(g.Edges)), Source: from, SourceHandle: port, Target: to, Data: json.RawMessage(data)})
	}
	mesh, forks, row, deep, waits := g(), g(), g(), g(), g()

	timers, starts := []string{}, []string{}
	for i := range 64 {
		timers = append(timers, fmt.Sprintf(`{"name":"g%d","duration":"1s"}`, i))
		starts = append(starts, fmt.Sprintf(`{"do":"start_timer","timer":"g%d","if":"trial > %d"}`, i, i))
	}
	add(mesh, "t", "task", "", `{"initial":"s0","timers":[`+strings.Join(timers, ",")+`]}`)
	for i := range task.MaxStates {
		add(mesh, fmt.Sprintf("s%d", i), "state", "t", `{"timer":"0s","entry":[`+starts[i%64]+`]}`)
	}
	for i := range edges {
		wire(mesh, fmt.Sprintf("s%d", i%task.MaxStates), "out", fmt.Sprintf("s%d", (i*7+i/task.MaxStates)%task.MaxStates), fmt.Sprintf(`{"event":"timeup","guard":"trial > %d"}`, i))
	}

	ports := make([]string, 900)
	for i := range ports {
		ports[i] = fmt.Sprintf(`"p%d"`, i)
	}
	add(forks, "start", "start", "", `{}`)
	for i := range nodes - 1 {
		add(forks, fmt.Sprintf("f%04d", i), "parallel", "", `{"branches":["a","b","c","d"]}`)
	}
	for i := range edges {
		wire(forks, fmt.Sprintf("f%04d", i/4), string(rune('a'+i%4)), fmt.Sprintf("f%04d", min(i/4+1+i%4, nodes-2)), "")
	}

	for i := range nodes {
		add(row, fmt.Sprintf("w%d", i), "wait", "", `{"duration":"nothing + 1"}`)
		wire(row, fmt.Sprintf("w%d", i), "out", fmt.Sprintf("w%d", (i+1)%nodes), "")
	}

	for i := range nodes {
		add(deep, fmt.Sprintf("l%d", i), "repeat", fmt.Sprintf("l%d", (i+1)%nodes), `{"count":"2"}`)
	}

	events := strings.Repeat(`"e",`, 49) + `"e"`
	responses := make([]string, 50)
	for i := range responses {
		responses[i] = fmt.Sprintf(`{"port":"p%d","events":[%s]}`, i, events)
	}
	add(waits, "t", "task", "", `{"initial":"w0"}`)
	for i := range protocol.MaxBytes / (50 * 50 * 4) {
		add(waits, fmt.Sprintf("w%d", i), "wait_response", "t", `{"hold":"1s","responses":[`+strings.Join(responses, ",")+`]}`)
	}

	for name, g := range map[string]*protocol.Graph{"mesh": mesh, "forks": forks, "row": row, "deep": deep, "waits": waits} {
		p, ds := protocol.Compile(g)
		require.Nil(t, p, name)
		require.NotEmpty(t, ds, name)
		require.LessOrEqual(t, len(ds), protocol.MostDiagnostics, name)
	}
}
