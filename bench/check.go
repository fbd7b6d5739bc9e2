package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol"
)

// nodes is the size of the graph that is checked, far beyond what people draw.
const nodes = 1000

// drawing builds a graph node by node.
type drawing struct{ *protocol.Graph }

func (d drawing) node(id, kind, parent, data string) {
	d.Nodes = append(d.Nodes, protocol.Node{ID: id, Type: kind, Parent: parent, Data: json.RawMessage(data)})
}

// wires reads "a -> b" and "a:port -> b", one a line.
func (d drawing) wires(text string) {
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		from, to, _ := strings.Cut(strings.TrimSpace(line), " -> ")
		source, port, _ := strings.Cut(from, ":")
		d.wire(source, port, to, "")
	}
}

func (d drawing) wire(source, port, target, data string) {
	e := protocol.Edge{ID: fmt.Sprintf("e%d", len(d.Edges)), Source: source, SourceHandle: port, Target: target}
	if data != "" {
		e.Data = json.RawMessage(data)
	}
	d.Edges = append(d.Edges, e)
}

// bigGraph is a chain of blocks: a loop around commands, a branch and a task of
// twelve states.
func bigGraph() *protocol.Graph {
	d := drawing{&protocol.Graph{
		Kind: protocol.DocumentKind, Format: protocol.Format, Name: "big",
		Roles: []protocol.Role{{Name: "box", Channels: []protocol.Channel{
			{Name: "poke_1", Direction: "in"}, {Name: "led_1", Direction: "out"}, {Name: "valve_1", Direction: "out"},
		}}},
		Variables: []protocol.Variable{{Name: "x", Type: "float"}, {Name: "i", Type: "int"}},
	}}
	d.node("start", "start", "", `{}`)
	last, port := "start", ""
	for i := range nodes/20 - 1 {
		loop := fmt.Sprintf("loop%d", i)
		d.block(i, loop)
		d.wire(last, port, loop, "")
		last, port = loop, "done"
	}
	for len(d.Nodes) < nodes-1 {
		id := fmt.Sprintf("assign%d", len(d.Nodes))
		d.node(id, "assign", "", `{"set":[{"variable":"i","value":"i * 2 + 1"}]}`)
		d.wire(last, port, id, "")
		last, port = id, ""
	}
	d.node("end", "end", "", `{}`)
	d.wire(last, port, "end", "")
	return d.Graph
}

// block is twenty nodes.
func (d drawing) block(i int, loop string) {
	id := func(name string) string { return fmt.Sprintf("%s%d", name, i) }
	d.node(loop, "repeat", "", `{"count":"3","until":"x > 0.5 and i > 10"}`)
	d.node(id("set"), "set", loop, `{"role":"box","channel":"led_1"}`)
	d.node(id("pulse"), "pulse", loop, `{"role":"box","channel":"valve_1","duration":"50ms"}`)
	d.node(id("read"), "read", loop, `{"role":"box","channel":"poke_1","variable":"x"}`)
	d.node(id("branch"), "branch", loop, `{"cases":[{"port":"big","when":"x > 0.5"}]}`)
	d.node(id("count"), "assign", loop, `{"set":[{"variable":"i","value":"i + 1"}]}`)
	d.node(id("wait"), "wait", loop, `{"duration":"10s"}`)
	d.node(id("task"), "task", loop, fmt.Sprintf(`{"role":"box","name":"task-%d","initial":"s%d_0","limits":{"trials":"100"},"variables":[{"name":"n","type":"int"}]}`, i, i))
	d.wires(strings.NewReplacer("%", strconv.Itoa(i)).Replace(`
		loop%:body -> set%
		set% -> pulse%
		pulse% -> read%
		read% -> branch%
		branch%:big -> count%
		branch%:else -> wait%
		count% -> task%
		wait% -> task%`))
	const states = 12
	state := func(n int) string { return fmt.Sprintf("s%d_%d", i, n%states) }
	for n := range states {
		d.node(state(n), "state", id("task"), fmt.Sprintf(`{"timer":"500ms","outputs":[{"channel":"led_1"}],"trial":%t}`, n == 0))
	}
	for n := range states {
		d.wire(state(n), "", state(n+1), `{"event":"timeup"}`)
		d.wire(state(n), "", state(n+2), `{"event":"poke_1_in","guard":"n % 2 == 0","actions":[{"do":"assign","variable":"n","value":"n + 1"}]}`)
	}
}

// measureCheck is what an editor waits for after each change, and what the start
// of a run costs.
func measureCheck(_ context.Context, b *bench) ([]figure, error) {
	document, err := bigGraph().Encode()
	if err != nil {
		return nil, err
	}
	g, err := protocol.Parse(document)
	if err != nil {
		return nil, err
	}
	if len(g.Nodes) != nodes {
		return nil, fmt.Errorf("the graph has %d nodes", len(g.Nodes))
	}
	var parsing, checking, compiling []time.Duration
	for range 4 * b.rounds() {
		start := time.Now()
		if _, err := protocol.Parse(document); err != nil {
			return nil, err
		}
		parsed := time.Now()
		problems := protocol.Check(g)
		checked := time.Now()
		var p *plan.Plan
		if p, _ = protocol.Compile(g); p == nil {
			return nil, fmt.Errorf("%d problems: %v", len(problems), problems[0])
		}
		parsing = append(parsing, parsed.Sub(start))
		checking = append(checking, checked.Sub(parsed))
		compiling = append(compiling, time.Since(checked))
	}
	check, compile := median(checking), median(compiling)
	return []figure{
		{what: fmt.Sprintf("check %d nodes", nodes), ours: ms(check), goal: "< 30 ms", met: judge(check < 30*time.Millisecond)},
		{what: fmt.Sprintf("compile %d nodes", nodes), ours: ms(compile), goal: "< 100 ms", met: judge(compile < 100*time.Millisecond)},
		{what: fmt.Sprintf("read %d nodes", nodes), ours: fmt.Sprintf("%s for %d KB", ms(median(parsing)), len(document)>>10)},
	}, nil
}
