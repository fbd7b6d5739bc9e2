package plan_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/lics-lab/lics/plan"
)

// anyPlan draws plans whose wires only lead forward, with loops in loops. A
// node without a way on gets an end, so that the top never stalls.
func anyPlan(t *rapid.T) *plan.Plan {
	p := &plan.Plan{
		Format:    plan.Format,
		Variables: []plan.Variable{{Name: "x", Type: "int"}, {Name: "item", Type: "int"}},
		Nodes:     []plan.Node{{ID: "start", Kind: plan.KindStart}},
	}
	level(t, p, "", 0)
	return p
}

func level(t *rapid.T, p *plan.Plan, parent string, depth int) {
	kinds := []plan.Kind{plan.KindWait, plan.KindSet, plan.KindBranch, plan.KindAssign, plan.KindParallel, plan.KindJoin, plan.KindRace, plan.KindEnd, plan.KindWatch}
	if depth < 2 {
		kinds = append(kinds, plan.KindRepeat, plan.KindForEach, plan.KindTrials)
	}
	first := len(p.Nodes)
	for range rapid.IntRange(1, 7).Draw(t, "nodes") {
		id := fmt.Sprintf("n%d", len(p.Nodes))
		p.Nodes = append(p.Nodes, anyNode(t, id, parent, rapid.SampledFrom(kinds).Draw(t, "kind")))
	}
	last := len(p.Nodes)
	if parent == "" {
		connect(t, p, 0, plan.PortOut, first, last)
	} else {
		for i := range p.Nodes[:first] {
			if p.Nodes[i].ID == parent {
				connect(t, p, i, plan.PortBody, first, last)
			}
		}
	}
	for i := first; i < last; i++ {
		for _, port := range ports(p.Nodes[i]) {
			if rapid.IntRange(0, 9).Draw(t, "wired") > 0 || parent == "" {
				connect(t, p, i, port, i+1, last)
			}
		}
		if rapid.IntRange(0, 3).Draw(t, "catches") == 0 && p.Nodes[i].Kind != plan.KindEnd {
			connect(t, p, i, plan.PortFailed, i+1, last)
		}
	}
	for i := first; i < last; i++ {
		if k := p.Nodes[i].Kind; k == plan.KindRepeat || k == plan.KindForEach || k == plan.KindTrials {
			level(t, p, p.Nodes[i].ID, depth+1)
		}
	}
}

// connect wires a port to one or two nodes of [low, high), or to an end of its own.
func connect(t *rapid.T, p *plan.Plan, from int, port string, low, high int) {
	if low >= high {
		end := plan.Node{ID: fmt.Sprintf("n%d", len(p.Nodes)), Kind: plan.KindEnd, End: &plan.End{}, Parent: p.Nodes[from].Parent}
		p.Nodes = append(p.Nodes, end)
		p.Nodes[from].Out = append(p.Nodes[from].Out, plan.Wire{Port: port, To: end.ID})
		return
	}
	for range rapid.IntRange(1, 2).Draw(t, "wires") {
		to := rapid.IntRange(low, high-1).Draw(t, "to")
		p.Nodes[from].Out = append(p.Nodes[from].Out, plan.Wire{Port: port, To: p.Nodes[to].ID})
	}
}

func ports(n plan.Node) []string {
	switch n.Kind {
	case plan.KindEnd:
		return nil
	case plan.KindBranch:
		return []string{"big", plan.PortElse}
	case plan.KindParallel:
		return n.Parallel.Branches
	case plan.KindRepeat, plan.KindForEach, plan.KindTrials:
		return []string{plan.PortDone}
	}
	return []string{plan.PortOut}
}

func anyNode(t *rapid.T, id, parent string, kind plan.Kind) plan.Node {
	n := plan.Node{ID: id, Parent: parent, Kind: kind}
	switch kind {
	case plan.KindWatch:
		n.Watch = &plan.Watch{What: plan.WatchSilent, Role: "box", For: "1min"}
	case plan.KindWait:
		n.Wait = &plan.Wait{Duration: "5s"}
	case plan.KindSet:
		n.Set = &plan.Set{Role: "box", Channel: "light", Level: "x > 1"}
	case plan.KindBranch:
		n.Branch = &plan.Branch{Cases: []plan.Case{{Port: "big", When: "x % 2 == 0"}}}
	case plan.KindAssign:
		n.Assign = &plan.Assign{Set: []plan.Assignment{{Variable: "x", Value: "x + 1"}}}
	case plan.KindParallel:
		n.Parallel = &plan.Parallel{Branches: []string{"a", "b", "c"}[:rapid.IntRange(1, 3).Draw(t, "branches")]}
	case plan.KindEnd:
		n.End = &plan.End{}
	case plan.KindRepeat:
		n.Repeat = &plan.Repeat{Count: fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "count"))}
		if rapid.Bool().Draw(t, "until") {
			n.Repeat.Until = "x > 3"
		}
	case plan.KindForEach:
		n.ForEach = &plan.ForEach{List: "[x, 2]", Item: "item"}
	case plan.KindTrials:
		n.Trials = &plan.Trials{
			Columns: []plan.Column{{Variable: "item", List: "[x, 2]"}}, Order: plan.OrderFullRandom, Repetitions: "2",
			RepeatIf: "item == 2", Repeat: plan.RepeatLater, MaxRepeats: "1",
		}
	}
	return n
}

// driven plays a plan with drawn choices and checks on the way.
func driven(t *rapid.T, p *plan.Plan) {
	r, err := plan.NewRunner(p, nil, nil)
	require.NoError(t, err)
	twin, err := plan.NewRunner(p, nil, nil)
	require.NoError(t, err)

	flying, seen := []string{}, map[string]bool{}
	fired := map[string]bool{}
	take := func(a plan.Actions) {
		for _, id := range a.Cancel {
			i := slices.Index(flying, id)
			require.GreaterOrEqual(t, i, 0, "%s cancelled but not in flight", id)
			flying = slices.Delete(flying, i, i+1)
		}
		for _, s := range a.Start {
			require.False(t, seen[s.ID], "%s started twice", s.ID)
			seen[s.ID] = true
			flying = append(flying, s.ID)
		}
		for _, e := range r.Events() {
			if e.Kind == plan.EventDone {
				key := e.Node + "/" + e.Visit
				require.False(t, fired[key], "%s fired twice", key)
				fired[key] = true
			}
		}
		ids := []string{}
		for _, s := range r.InFlight() {
			ids = append(ids, s.ID)
		}
		require.Equal(t, flying, ids)
	}
	equal := func(a, b plan.Actions) {
		require.Equal(t, text(a), text(b))
		one, err := r.State()
		require.NoError(t, err)
		other, err := twin.State()
		require.NoError(t, err)
		require.Equal(t, string(one), string(other))
	}
	a, err := r.Start()
	require.NoError(t, err)
	b, err := twin.Start()
	require.NoError(t, err)
	equal(a, b)
	take(a)
	twin.Events()
	for steps := 0; ; steps++ {
		_, failed, over := r.Over()
		if over {
			require.Empty(t, flying)
			require.NotContains(t, failed, "stalled")
			return
		}
		require.NotEmpty(t, flying, "neither over nor waiting")
		require.Less(t, steps, 20_000, "does not end")
		id := rapid.SampledFrom(flying).Draw(t, "next")
		c := plan.Completion{}
		if rapid.IntRange(0, 9).Draw(t, "fails") == 0 {
			c.Err = "drawn"
		}
		if rapid.IntRange(0, 4).Draw(t, "snapshot") == 0 { // only one of the two
			raw, err := r.State()
			require.NoError(t, err)
			r, err = plan.Restore(p, raw, nil)
			require.NoError(t, err)
		}
		a, err := r.Complete(id, c)
		require.NoError(t, err)
		b, err := twin.Complete(id, c)
		require.NoError(t, err)
		flying = slices.DeleteFunc(flying, func(x string) bool { return x == id })
		equal(a, b)
		take(a)
		twin.Events()
	}
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return strings.TrimSpace(string(b))
}

func TestAnyPlanEndsAndKeepsItsPromises(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) { driven(t, anyPlan(t)) })
}

func FuzzRestore(f *testing.F) {
	p := &plan.Plan{Format: plan.Format, Variables: []plan.Variable{{Name: "x", Type: "int"}}, Nodes: []plan.Node{
		{ID: "start", Kind: plan.KindStart, Out: []plan.Wire{{Port: "out", To: "loop"}}},
		{ID: "loop", Kind: plan.KindRepeat, Repeat: &plan.Repeat{Count: "2"}, Out: []plan.Wire{{Port: "body", To: "w"}, {Port: "done", To: "end"}}},
		{ID: "w", Parent: "loop", Kind: plan.KindWait, Wait: &plan.Wait{Duration: "2s"}},
		{ID: "end", Kind: plan.KindEnd},
	}}
	r, err := plan.NewRunner(p, nil, nil)
	require.NoError(f, err)
	_, err = r.Start()
	require.NoError(f, err)
	raw, err := r.State()
	require.NoError(f, err)
	f.Add([]byte(raw))
	f.Fuzz(func(_ *testing.T, raw []byte) {
		r, err := plan.Restore(p, raw, nil)
		if err != nil {
			return
		}
		for range 10 {
			for _, s := range r.InFlight() {
				_, _ = r.Complete(s.ID, plan.Completion{})
			}
		}
	})
}

func FuzzNewRunner(f *testing.F) {
	f.Add([]byte(`{"format":1,"nodes":[{"id":"s","kind":"start","out":[{"port":"out","to":"e"}]},{"id":"e","kind":"end"}]}`))
	f.Add([]byte(`{"format":1,"variables":[{"name":"x","type":"int"}],"nodes":[{"id":"s","kind":"start","out":[{"port":"out","to":"r"}]},{"id":"r","kind":"repeat","repeat":{"until":"x > 1"},"out":[{"port":"body","to":"a"}]},{"id":"a","parent":"r","kind":"assign","assign":{"set":[{"variable":"x","value":"x+1"}]}}]}`))
	f.Fuzz(func(_ *testing.T, raw []byte) {
		var p plan.Plan
		if json.Unmarshal(raw, &p) != nil {
			return
		}
		r, err := plan.NewRunner(&p, nil, nil)
		if err != nil {
			return
		}
		_, _ = r.Start()
		for range 20 {
			for _, s := range r.InFlight() {
				_, _ = r.Complete(s.ID, plan.Completion{})
			}
		}
	})
}
