package workflows_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/workflows"
)

func TestRunWaitsUntilATimeOfDayThroughAChangeOfTheClocks(t *testing.T) {
	t.Parallel()
	p := plantest.Draw(t, "start -> until1\nuntil1 -> until2\nuntil2 -> end")
	began := time.Date(2026, 3, 28, 6, 30, 0, 0, time.UTC) // clocks change in the night
	b := benchWith(t, newBench(t).store, newBench(t).devices, began)
	require.Equal(t, lab.RunCompleted, b.run(input(p)).Status)
	var until []string
	for _, e := range b.store.Events() {
		if e.Kind == "wait" {
			var body struct{ Until string }
			require.NoError(t, json.Unmarshal(e.Body, &body))
			until = append(until, body.Until)
		}
	}
	require.Equal(t, []string{"2026-03-28T07:00:00Z", "2026-03-29T06:00:00Z"}, until)
}

func TestAWaitForATimeOfDayIsStoppedAndAborted(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]lab.RunStatus{
		workflows.UpdateStop: lab.RunStopped, workflows.UpdateAbort: lab.RunAborted, workflows.UpdateHalt: lab.RunHalted,
	} {
		b := newBench(t)
		b.update(time.Minute, workflows.UpdatePause, alice)
		b.update(2*time.Minute, name, alice)
		require.Equal(t, want, b.run(input(plantest.Draw(t, "start -> until\nuntil -> end"))).Status)
		require.Contains(t, b.store.Told(), "step_cancelled until")
	}
}

func TestAWaitForATimeThatCannotBeFailsTheRun(t *testing.T) {
	t.Parallel()
	p := plantest.Draw(t, "start -> until\nuntil -> end")
	p.Node("until").WaitUntil.Zone = "{word}"
	b := newBench(t)
	require.Contains(t, b.run(input(p)).Error, `"" is not a time zone`)
}
