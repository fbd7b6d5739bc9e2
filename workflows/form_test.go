package workflows_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/wire"
	"github.com/lics-lab/lics/workflows"
)

// weighing asks for a weight, with reminders, an escalation and a signature.
func weighing(p *plan.Plan) {
	h := p.Node("human").Human
	h.Choices, h.Variable, h.Timeout = nil, "", "3h"
	h.Role, h.Remind, h.Escalate, h.EscalateTo, h.Sign = "technician", "30min", "1h", "veterinarian", "I have looked."
	h.Form = []plan.Field{{Variable: "x", Label: "Weight", Required: true, PlausibleMinimum: "18", Keep: plan.KeepWeight}}
}

func entered(x string, confirmed bool, signature string) workflows.Answer {
	return workflows.Answer{
		Step: wire.CommandID(runID, "human", "1"), By: "alice", Values: map[string]json.RawMessage{"x": json.RawMessage(x)},
		Confirmed: confirmed, Signature: signature,
	}
}

func TestPeopleAreRemindedAndOthersAskedUntilTheFormIsFilledIn(t *testing.T) {
	t.Parallel()
	p := plantest.Draw(t, "start -> human\nhuman -> end1\nhuman -timeout> end2", weighing)
	b := newBench(t)
	b.refused(10*time.Minute, workflows.UpdateAnswer, entered("20", false, ""), "has to be signed: I have looked.")
	b.refused(11*time.Minute, workflows.UpdateAnswer, entered("12", false, "Alice"), "usually at least 18")
	b.refused(12*time.Minute, workflows.UpdateAnswer, entered(`"x"`, false, "Alice"), "Weight: ")
	b.update(100*time.Minute, workflows.UpdateAnswer, entered("12", true, "Alice"))
	require.Equal(t, "end1", b.run(input(p)).Outcome)
	require.Equal(t, []string{
		"human human asked", "human human reminded", "human human reminded", "human human escalated", "human human reminded",
		"human human answered", "variable human x", "step_done human out",
	}, b.store.Told()[3:11])
	step := wire.CommandID(runID, "human", "1")
	require.Equal(t, []string{step, step + " veterinarian", step + " veterinarian"}, b.store.Reminded())
	asked := b.store.Asked()[step]
	require.Equal(t, "technician I have looked.", asked.Role+" "+asked.Sign)
	require.JSONEq(t, `[{"name":"x","type":"int","label":"Weight","required":true,"plausible_minimum":18,"keep":"weight"}]`, string(asked.Form))
	weight := b.store.Weights()[step+"/x"]
	require.Equal(t, "alice", weight.By)
	require.InDelta(t, 12, weight.Grams, 0)
	for _, e := range b.store.Events() {
		if e.Name == "answered" {
			require.JSONEq(t, `{"step":"`+step+`","choice":"","by":"alice","values":{"x":12},"confirmed":true,"signature":"Alice","statement":"I have looked."}`, string(e.Body))
		}
	}
}

func TestAFormThatNobodyFillsInTimesOut(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := plantest.Draw(t, "start -> human\nhuman -> end1\nhuman -timeout> end2", weighing)
	require.Equal(t, "end2", b.run(input(p)).Outcome)
	require.Len(t, b.store.Reminded(), 5)
	require.Empty(t, b.store.Weights())
}

func TestAWeightWithoutASubjectIsANote(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := plantest.Draw(t, "start -> human\nhuman -> end1\nhuman -timeout> end2", weighing)
	b.update(time.Minute, workflows.UpdateAnswer, entered("20", false, "Alice"))
	in := input(p)
	in.Subject = ""
	require.Equal(t, lab.RunCompleted, b.run(in).Status)
	require.Contains(t, b.store.Told(), "note human weight_not_stored")
}

func TestRemindersGoOnInTheNextHistory(t *testing.T) {
	t.Parallel()
	p := plantest.Draw(t, "start -> human\nhuman -> end1\nhuman -timeout> end2", weighing)
	once, _, _ := histories(t, p, nil, nil)
	again, _, res := histories(t, p, []time.Duration{45 * time.Minute, 40 * time.Minute}, nil)
	require.Equal(t, "end2", res.Outcome)
	require.Equal(t, once.Told(), again.Told())
	require.Equal(t, once.Reminded(), again.Reminded())
}
