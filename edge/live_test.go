package edge_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// counts is blinks with a live parameter for how long the led is on, and
// variables that count trials, one of them silent.
func counts() wire.TaskBody {
	b := blinks("", "on_for")
	b.Program.Variables = []task.Variable{
		{Name: "on_for", Type: "duration", Parameter: true, Live: true, Initial: "5ms"},
		{Name: "fixed", Type: "int", Parameter: true, Initial: "1"},
		{Name: "n", Type: "int"},
		{Name: "quiet", Type: "int", Silent: true},
	}
	for _, name := range []string{"n", "quiet"} {
		on := &b.Program.States[1].On[0]
		on.Actions = append(on.Actions, task.Action{Do: task.DoAssign, Variable: name, Value: name + " + 1"})
	}
	return b
}

func set(command string, number int64, value string) wire.ParametersBody {
	return wire.ParametersBody{Command: command, Number: number, Values: map[string]json.RawMessage{"on_for": json.RawMessage(value)}}
}

func TestLiveParametersReachARunningTask(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.start()
	done := make(chan wire.Reply, 1)
	go func() { done <- w.server.do(wire.Command{ID: "t", Run: "r", Node: "n", Verb: wire.VerbTask}, counts()) }()
	w.server.await("progress", func() bool { return w.server.progress("t") != nil })
	refuse := func(id, code, message string, run string, body wire.ParametersBody) {
		t.Helper()
		r := w.server.do(wire.Command{ID: id, Run: run, Verb: wire.VerbParameters}, body)
		require.Equal(t, wire.Refused, r.State)
		require.Equal(t, code, r.Reason.Code)
		require.Contains(t, r.Reason.Message, message)
	}
	refuse("1", wire.ReasonNoTask, "no such task", "r", set("other", 1, `"7ms"`))
	refuse("2", wire.ReasonNoTask, "no such task", "other", set("t", 1, `"7ms"`))
	refuse("3", wire.ReasonParameter, "is not a duration", "r", set("t", 1, `7`))
	refuse("4", wire.ReasonParameter, "not live", "r", wire.ParametersBody{Command: "t", Number: 1, Values: map[string]json.RawMessage{"fixed": json.RawMessage("2")}})

	second := wire.Command{ID: "5", Run: "r", Verb: wire.VerbParameters}
	require.Equal(t, wire.Done, w.server.do(second, set("t", 2, `"7ms"`)).State)
	require.Equal(t, wire.Done, w.server.do(second, set("t", 9, `"99ms"`)).State, "a repeat does nothing")
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "6", Run: "r", Verb: wire.VerbParameters}, set("t", 1, `"3ms"`)).State, "it came late")
	w.server.await("the change", func() bool {
		for _, rows := range w.server.stored {
			for _, r := range rows {
				if r.Kind == task.KindParameter {
					return true
				}
			}
		}
		return false
	})
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "stop", Run: "r", Verb: wire.VerbStop}, nil).State)
	res := decode[wire.TaskResult](t, (<-done).Result)
	rows := w.server.rows("t", res.Boot, res.LastSeq)
	var changes []string
	for i, r := range rows {
		if r.Kind == task.KindParameter {
			require.Equal(t, task.KindTrial, rows[i-1].Kind)
			changes = append(changes, r.Old.String()+" "+r.Text())
		}
	}
	require.Equal(t, []string{"5ms on_for=7ms"}, changes)
	refuse("7", wire.ReasonNoTask, "no such task", "r", set("t", 3, `"7ms"`))
}

func TestAKilledAgentKnowsWhereItsTaskWas(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	agent := w.spawn()
	interrupted := make(chan wire.Reply, 1)
	go func() {
		interrupted <- w.server.do(wire.Command{ID: "t", Run: "r", Node: "n", Verb: wire.VerbTask}, counts())
	}()
	w.server.await("some trials", func() bool { p := w.server.progress("t"); return p != nil && p.Trial > 10 })
	require.NoError(t, agent.Process.Kill())
	_ = agent.Wait()
	w.start()
	reply := <-interrupted
	require.Equal(t, wire.Interrupted, reply.State)
	p := decode[wire.TaskProgress](t, reply.Result)
	rows := w.server.rows("t", p.Boot, p.LastSeq)
	n := expr.IntValue(0) // when the last trial that counts was left, or at the last state after its outcome
	for i, ended := 0, 0; i < len(rows) && ended < p.Outcomes["done"]; i++ {
		switch rows[i].Kind {
		case task.KindOutcome:
			ended++
		case task.KindVariable:
			n = rows[i].Value
		}
	}
	require.GreaterOrEqual(t, p.Outcomes["done"], 10)
	require.InDelta(t, n.Int(), p.Variables["n"].Int(), 1)
	require.Equal(t, p.Variables["n"], p.Variables["quiet"])
	require.NotContains(t, p.Variables, "on_for")
	require.Positive(t, p.Elapsed)

	body := counts()
	body.Start = task.Start{Trial: p.Outcomes["done"], Variables: p.Variables, Elapsed: p.Elapsed}
	body.Program.Limits.Trials = ""
	body.Program.Limits.Duration = "1ms"
	r := w.server.do(wire.Command{ID: "t2", Run: "r", Node: "n", Verb: wire.VerbTask}, body)
	res := decode[wire.TaskResult](t, r.Result)
	require.Equal(t, task.ReasonTime, res.Reason, "the time before counts")
	again := w.server.rows("t2", res.Boot, res.LastSeq)
	require.Contains(t, strings.Join(texts(again), "|"), "variable n="+p.Variables["n"].String())
}
