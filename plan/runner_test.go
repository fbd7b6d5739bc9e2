package plan_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/plan/plantest"
)

// played drives a runner by lines like "set1/1" or "task1/2 failed: boom" and
// tells what came of each: "+started -cancelled", then how the run ended.
func played(t *testing.T, p *plan.Plan, lines ...string) []string {
	t.Helper()
	r, err := plan.NewRunner(p, nil, nil)
	require.NoError(t, err)
	a, err := r.Start()
	require.NoError(t, err)
	said := []string{told(r, a)}
	for _, line := range lines {
		id, port, _ := strings.Cut(line, " ")
		c := plan.Completion{Port: port}
		if reason, ok := strings.CutPrefix(port, "failed: "); ok {
			c = plan.Completion{Err: reason}
		}
		if reading, ok := strings.CutPrefix(port, "="); ok {
			v, err := expr.ParseText(expr.Int, reading)
			require.NoError(t, err)
			c = plan.Completion{Values: map[string]expr.Value{plan.ValueRead: v}}
		}
		r = restored(t, p, r)
		a, err := r.Complete(id, c)
		require.NoError(t, err)
		said = append(said, told(r, a))
	}
	return said
}

func restored(t *testing.T, p *plan.Plan, r *plan.Runner) *plan.Runner {
	t.Helper()
	raw, err := r.State()
	require.NoError(t, err)
	r, err = plan.Restore(p, raw, nil)
	require.NoError(t, err)
	again, err := r.State()
	require.NoError(t, err)
	require.JSONEq(t, string(raw), string(again))
	return r
}

func told(r *plan.Runner, a plan.Actions) string {
	var words []string
	for _, id := range a.Cancel {
		words = append(words, "-"+id)
	}
	for _, s := range a.Start {
		words = append(words, "+"+s.ID)
	}
	if outcome, failed, ok := r.Over(); ok {
		words = append(words, "over "+outcome)
		if failed != "" {
			words = append(words, "because "+failed)
		}
	}
	return strings.Join(words, " ")
}

func TestRunnerMovesTokens(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		wires string
		edit  func(p *plan.Plan)
		do    []string
		want  []string
	}{
		{
			name:  "one after the other",
			wires: "start -> set1\nset1 -> wait1\nwait1 -> end",
			do:    []string{"set1/1", "wait1/1"},
			want:  []string{"+set1/1", "+wait1/1", "over end"},
		},
		{
			name:  "a join waits for all live branches",
			wires: "start -> parallel\nparallel -a> set1\nparallel -b> set2\nset1 -> join\nset2 -> join\njoin -> end",
			do:    []string{"set2/1", "set1/1"},
			want:  []string{"+set1/1 +set2/1", "", "over end"},
		},
		{
			name: "a branch that was never taken does not block a join",
			wires: `start -> parallel
				parallel -a> branch
				parallel -b> set2
				branch -big> wait1
				branch -else> end2
				wait1 -> join
				set2 -> join
				join -> end1`,
			do:   []string{"set2/1"},
			want: []string{"+set2/1", "over end1"},
		},
		{
			name:  "the first into a race cancels the rest",
			wires: "start -> parallel\nparallel -a> task1\nparallel -b> wait1\ntask1 -> set1\nset1 -> race\nwait1 -> race\nrace -> set2\nset2 -> end",
			do:    []string{"wait1/1", "set2/1"},
			want:  []string{"+task1/1 +wait1/1", "-task1/1 +set2/1", "over end"},
		},
		{
			name: "a race cancels a loop with what is inside it, and what waits for it",
			wires: `start -> parallel
				parallel -a> repeat
				parallel -b> wait1
				repeat -body> repeat:task1
				repeat -done> join
				wait1 -> race
				parallel -c> wait2
				wait2 -> join
				join -> race
				race -> end`,
			do:   []string{"task1/1", "wait1/1"},
			want: []string{"+wait1/1 +wait2/1 +task1/1", "+task1/2", "-task1/2 -wait2/1 over end"},
		},
		{
			name:  "a loop repeats its body and hands on when it is done",
			wires: "start -> repeat\nrepeat -body> repeat:set1\nrepeat:set1 -> repeat:set2\nrepeat -done> end",
			do:    []string{"set1/1", "set2/1", "set1/2", "set2/2"},
			want:  []string{"+set1/1", "+set2/1", "+set1/2", "+set2/2", "over end"},
		},
		{
			name:  "loops nest",
			wires: "start -> repeat\nrepeat -body> repeat:each\nrepeat:each -body> each:set1\nrepeat -done> end",
			do:    []string{"set1/1.1", "set1/1.2", "set1/2.1", "set1/2.2"},
			want:  []string{"+set1/1.1", "+set1/1.2", "+set1/2.1", "+set1/2.2", "over end"},
		},
		{
			name:  "a loop ends when its condition holds",
			wires: "start -> repeat\nrepeat -body> repeat:add\nrepeat:add -> repeat:wait1\nrepeat -done> end",
			edit:  func(p *plan.Plan) { p.Node("repeat").Repeat = &plan.Repeat{Until: "x >= 2"} },
			do:    []string{"wait1/1", "wait1/2"},
			want:  []string{"+wait1/1", "+wait1/2", "over end"},
		},
		{
			name:  "a reading decides a branch",
			wires: "start -> read1\nread1 -> branch\nbranch -big> end1\nbranch -else> end2",
			do:    []string{"read1/1 =3"},
			want:  []string{"+read1/1", "over end1"},
		},
		{
			name:  "a failure takes its port",
			wires: "start -> set1\nset1 -> end1\nset1 -failed> end2",
			do:    []string{"set1/1 failed: boom"},
			want:  []string{"+set1/1", "over end2"},
		},
		{
			name:  "a failure without a port fails the run and cancels the others",
			wires: "start -> parallel\nparallel -a> set1\nparallel -b> wait1\nset1 -> end\nwait1 -> end",
			do:    []string{"set1/1 failed: boom"},
			want:  []string{"+set1/1 +wait1/1", "-wait1/1 over  because set1: boom"},
		},
		{
			name: "a failure inside a loop takes the loop's port and cancels the rest of the body",
			wires: `start -> repeat
				repeat -body> repeat:parallel
				repeat:parallel -a> repeat:set1
				repeat:parallel -b> repeat:wait1
				repeat -done> end1
				repeat -failed> end2`,
			do:   []string{"set1/1 failed: boom"},
			want: []string{"+set1/1 +wait1/1", "-wait1/1 over end2"},
		},
		{
			name:  "a token that has nowhere to go is an error at the top",
			wires: "start -> human\nhuman -yes> end",
			do:    []string{"human/1 no"},
			want:  []string{"+human/1", "over  because stalled: nothing is wired to port no of node human"},
		},
		{
			name:  "a token that has nowhere to go ends an iteration",
			wires: "start -> repeat\nrepeat -body> repeat:human\nrepeat:human -yes> repeat:set1\nrepeat -done> end",
			do:    []string{"human/1 no", "human/2 yes", "set1/2"},
			want:  []string{"+human/1", "+human/2", "+set1/2", "over end"},
		},
		{
			name:  "the run waits for every token",
			wires: "start -> parallel\nparallel -a> set1\nparallel -b> set2\nset1 -> end1\nset2 -> end2",
			do:    []string{"set2/1", "set1/1"},
			want:  []string{"+set1/1 +set2/1", "", "over end1"},
		},
		{
			name:  "an expression that cannot be computed fails its node",
			wires: "start -> add\nadd -> end1\nadd -failed> end2",
			edit:  func(p *plan.Plan) { p.Node("add").Assign.Set[0].Value = "10 / x > 0.0 ? 1 : 2" },
			want:  []string{"over end2"},
		},
		{
			name:  "a loop without a body in time is stopped",
			wires: "start -> repeat\nrepeat -body> repeat:add\nrepeat -done> end",
			edit:  func(p *plan.Plan) { p.Node("repeat").Repeat = &plan.Repeat{Until: "x < 0"} },
			want:  []string{"over  because repeat: more than 2000 iterations in a row take no time; does the loop miss a task or a wait?"},
		},
		{
			name:  "no iterations at all",
			wires: "start -> repeat\nrepeat -body> repeat:set1\nrepeat -done> end",
			edit:  func(p *plan.Plan) { p.Node("repeat").Repeat.Count = "x" },
			want:  []string{"over end"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := plantest.Draw(t, tt.wires)
			if tt.edit != nil {
				tt.edit(p)
			}
			require.Equal(t, tt.want, played(t, p, tt.do...))
		})
	}
}

func TestRunnerRecordsWhatHappens(t *testing.T) {
	t.Parallel()
	p := plantest.Draw(t, "start -> each\neach -body> each:add\neach:add -> each:human\neach -done> end", func(p *plan.Plan) {
		p.Node("each").ForEach.List = "[7]"
	})
	r, err := plan.NewRunner(p, nil, nil)
	require.NoError(t, err)
	a, err := r.Start()
	require.NoError(t, err)
	require.Equal(t, "x is 1", a.Start[0].Text)
	_, err = r.Complete("human/1", plan.Completion{Port: "no"})
	require.NoError(t, err)
	var said []string
	for _, e := range r.Events() {
		said = append(said, strings.Join([]string{e.Kind, e.Node, e.Visit, e.Name, e.Value.String()}, " "))
	}
	require.Equal(t, []string{
		"step_done start 1 out ",
		"step_started each 1  ",
		"iteration each 1  7",
		"variable add 1 x 1",
		"step_done add 1 out ",
		"step_started human 1  ",
		"variable human 1 word no",
		"step_done human 1 no ",
		"step_done each 1 done ",
		"step_done end 1  ",
	}, said)
	require.Equal(t, "no", r.Variables()["word"].Str())
	require.Equal(t, int64(7), r.Variables()["item"].Int())
	require.Empty(t, r.Events())
}

func TestRunnerStopsWell(t *testing.T) {
	t.Parallel()
	p := plantest.Draw(t, "start -> parallel\nparallel -a> task1\nparallel -b> wait1\ntask1 -> set1\nset1 -> end\nwait1 -> end")
	r, err := plan.NewRunner(p, nil, nil)
	require.NoError(t, err)
	_, err = r.Start()
	require.NoError(t, err)
	require.Equal(t, []string{"wait1/1"}, r.Stop().Cancel)
	_, _, over := r.Over()
	require.False(t, over)
	r = restored(t, p, r)
	a, err := r.Complete("task1/1", plan.Completion{Port: "out"})
	require.NoError(t, err)
	require.Empty(t, a.Start)
	_, failed, over := r.Over()
	require.True(t, over)
	require.Empty(t, failed)
}

func TestRunnerRefusesAStepThatIsNotInFlight(t *testing.T) {
	t.Parallel()
	p := plantest.Draw(t, "start -> set1\nset1 -> end")
	r, err := plan.NewRunner(p, nil, nil)
	require.NoError(t, err)
	_, err = r.Start()
	require.NoError(t, err)
	_, err = r.Complete("set2/1", plan.Completion{})
	require.ErrorIs(t, err, plan.ErrNoStep)
	_, err = r.Start()
	require.Error(t, err)
}

func TestEvaluatorIsAskedOncePerNodeAndNotForLiterals(t *testing.T) {
	t.Parallel()
	p := plantest.Draw(t, "start -> wait1\nwait1 -> add\nadd -> human\nhuman -yes> end")
	p.Node("add").Assign.Set = append(p.Node("add").Assign.Set, plan.Assignment{Variable: "x", Value: "x * 10"})
	asked := 0
	r, err := plan.NewRunner(p, nil, func(evaluate func() plan.Evaluated) plan.Evaluated {
		asked++
		b, err := json.Marshal(evaluate())
		require.NoError(t, err)
		var e plan.Evaluated
		require.NoError(t, json.Unmarshal(b, &e))
		return e
	})
	require.NoError(t, err)
	_, err = r.Start()
	require.NoError(t, err)
	require.Zero(t, asked)
	_, err = r.Complete("wait1/1", plan.Completion{})
	require.NoError(t, err)
	require.Equal(t, 2, asked)
	require.Equal(t, int64(10), r.Variables()["x"].Int())
}
