package workflows_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/activities/activitiestest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/wire"
	"github.com/lics-lab/lics/workflows"
)

const toldOutside = "start -> add\nadd -> notify\nnotify -> call\ncall -> branch\nbranch -big> end1\nbranch -else> end2"

func abroad(t *testing.T, o *activitiestest.Outside) *bench {
	t.Helper()
	b := newBench(t)
	b.acts.Outside = o
	return b
}

func TestARunTellsPeopleAndAsksServices(t *testing.T) {
	t.Parallel()
	o := &activitiestest.Outside{Body: `{"n": 7, "secret": "x"}`}
	b := abroad(t, o)
	require.Equal(t, "end1", b.run(input(plantest.Draw(t, toldOutside))).Outcome)
	require.Equal(t, []string{"chat: x is 1\nin  " + wire.CommandID(runID, "notify", "1")}, o.Said())
	call := o.Calls()[0]
	require.Equal(t, "POST https://ledger.example.org/1 1 "+wire.CommandID(runID, "call", "1"), call.Method+" "+call.URL+" "+call.Body+" "+call.Key)
	require.Subset(t, b.store.Told(), []string{"service call answered", "variable call i", "variable call x"})
}

func TestAMessageThatCannotBeSentIsANoteAndACallThatFailsAFailure(t *testing.T) {
	t.Parallel()
	o := &activitiestest.Outside{Err: lab.Errorf(lab.Forbidden, "The host is not allowed.")}
	b := abroad(t, o)
	res := b.run(input(plantest.Draw(t, toldOutside)))
	require.Equal(t, "call: The host is not allowed.", res.Error)
	require.Contains(t, b.store.Told(), "note notify not_notified")

	b = abroad(t, o)
	res = b.run(input(plantest.Draw(t, toldOutside+"\nnotify -failed> end3\ncall -failed> end4")))
	require.Equal(t, "end3", res.Outcome)

	b = newBench(t) // a worker without settings
	res = b.run(input(plantest.Draw(t, toldOutside+"\ncall -failed> end4")))
	require.Equal(t, "end4", res.Outcome)

	b = abroad(t, &activitiestest.Outside{Body: `{}`})
	require.Contains(t, b.run(input(plantest.Draw(t, toldOutside))).Error, "the answer has no n")
}

func TestACallIsGivenUpAfterItsTimeAndStoppedWithTheRun(t *testing.T) {
	t.Parallel()
	o := &activitiestest.Outside{Err: errors.New("no route to host")}
	b := abroad(t, o)
	require.Equal(t, lab.RunFailed, b.run(input(plantest.Draw(t, "start -> call\ncall -> end"))).Status)
	require.Greater(t, len(o.Calls()), 2, "it is tried again")
	keys := map[string]bool{}
	for _, c := range o.Calls() {
		keys[c.Key] = true
	}
	require.Len(t, keys, 1, "with the same key")

	b = abroad(t, o)
	b.update(1, workflows.UpdateStop, alice)
	require.Equal(t, lab.RunStopped, b.run(input(plantest.Draw(t, "start -> call\ncall -> end"))).Status)
}

var _ activities.Outside = (*activitiestest.Outside)(nil)
