// Package plantest draws plans for tests in a few lines of text.
package plantest

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/plan"
)

// Draw reads a plan with one wire a line: "from -port> to", no port being "out".
// A node's id is its kind, and a number where there are several; one inside a
// loop is written loop:node. There are the variables x, item and i (int) and
// word (string).
func Draw(tb testing.TB, wires string, edit ...func(p *plan.Plan)) *plan.Plan {
	tb.Helper()
	p := &plan.Plan{
		Format:    plan.Format,
		Variables: []plan.Variable{{Name: "x", Type: "int"}, {Name: "item", Type: "int"}, {Name: "i", Type: "int"}, {Name: "word", Type: "string"}},
	}
	node := func(name string) *plan.Node {
		parent, id, ok := strings.Cut(name, ":")
		if !ok {
			parent, id = "", name
		}
		if n := p.Node(id); n != nil {
			return n
		}
		p.Nodes = append(p.Nodes, newNode(tb, id, parent))
		return &p.Nodes[len(p.Nodes)-1]
	}
	for line := range strings.Lines(wires) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		from, rest, _ := strings.Cut(line, " -")
		port, to, ok := strings.Cut(rest, "> ")
		require.True(tb, ok, line)
		if port == "" {
			port = plan.PortOut
		}
		_, toID, nested := strings.Cut(to, ":")
		if !nested {
			toID = to
		}
		node(to)
		n := node(from)
		n.Out = append(n.Out, plan.Wire{Port: port, To: toID})
		if n.Kind == plan.KindParallel {
			n.Parallel.Branches = append(n.Parallel.Branches, port)
		}
	}
	for _, e := range edit {
		e(p)
	}
	return p
}

func newNode(tb testing.TB, id, parent string) plan.Node {
	tb.Helper()
	n := plan.Node{ID: id, Parent: parent}
	switch strings.TrimRight(id, "0123456789") {
	case "start":
		n.Kind = plan.KindStart
	case "end":
		n.Kind, n.End = plan.KindEnd, &plan.End{Outcome: id}
	case "wait":
		n.Kind, n.Wait = plan.KindWait, &plan.Wait{Duration: "10s"}
	case "notify":
		n.Kind, n.Notify = plan.KindNotify, &plan.Notify{Webhook: "chat", Title: "x is {x}", Text: "in {word}"}
	case "call":
		n.Kind, n.Call = plan.KindCall, &plan.Call{Method: "POST", URL: "https://ledger.example.org/{x}", Body: "{x}", Timeout: "10s", Variable: "x", Field: "n", Status: "i"}
	case "gate":
		n.Kind, n.Gate = plan.KindGate, &plan.Gate{Gate: "training", Stage: "{x}", Value: "0.9", Threshold: "0.8"}
	case "keep":
		n.Kind = plan.KindCalibrate
		n.Calibrate = &plan.Calibrate{Role: "box", Channel: "pump", Open: []time.Duration{20e6, 50e6}, Grams: []string{"0.2", "x * 0.0 + 0.6"}, Pulses: 100, Density: 1}
	case "check":
		n.Kind = plan.KindCheck
		n.Check = &plan.Check{Role: "box", Within: "5s", Inputs: []plan.CheckInput{{Channel: "beam", Maximum: "0"}, {Channel: "scale", Minimum: "0"}}, Variable: "word"}
	case "export":
		n.Kind, n.Export = plan.KindExport, &plan.Export{Formats: []string{"csv"}}
	case "watch":
		n.Kind, n.Watch = plan.KindWatch, &plan.Watch{What: plan.WatchNoEvent, Role: "box", Event: "lick_in", For: "10min", Variable: "word"}
	case "until":
		n.Kind, n.WaitUntil = plan.KindWaitUntil, &plan.WaitUntil{At: "07:00", Zone: "Europe/Lisbon"}
	case "set":
		n.Kind, n.Set = plan.KindSet, &plan.Set{Role: "box", Channel: "light", Level: "true"}
	case "task":
		n.Kind, n.Task = plan.KindTask, &plan.Task{Role: "box"}
	case "read":
		n.Kind, n.Read = plan.KindRead, &plan.Read{Role: "box", Channel: "scale", Variable: "x"}
	case "human":
		n.Kind, n.Human = plan.KindHuman, &plan.Human{Title: "Well?", Text: "x is {x}", Choices: []string{"yes", "no"}, Variable: "word"}
	case "branch":
		n.Kind, n.Branch = plan.KindBranch, &plan.Branch{Cases: []plan.Case{{Port: "big", When: "x > 2"}}}
	case "add":
		n.Kind, n.Assign = plan.KindAssign, &plan.Assign{Set: []plan.Assignment{{Variable: "x", Value: "x + 1"}}}
	case "repeat":
		n.Kind, n.Repeat = plan.KindRepeat, &plan.Repeat{Count: "2", Index: "i"}
	case "each":
		n.Kind, n.ForEach = plan.KindForEach, &plan.ForEach{List: "[7, 8]", Item: "item"}
	case "stairs":
		n.Kind, n.Staircase = plan.KindStaircase, &plan.Staircase{Method: plan.MethodUpDown, Level: "level", Correct: "x > 0", Start: "8", Steps: "[2, 1]", Trials: "4"}
	case "trials":
		n.Kind, n.Trials = plan.KindTrials, &plan.Trials{Columns: []plan.Column{{Variable: "x", List: "[1, 2, 3]"}}, Order: plan.OrderSequential, Index: "i"}
	case "parallel":
		n.Kind, n.Parallel = plan.KindParallel, &plan.Parallel{}
	case "join":
		n.Kind = plan.KindJoin
	case "race":
		n.Kind = plan.KindRace
	default:
		require.Fail(tb, "no kind", id)
	}
	return n
}
