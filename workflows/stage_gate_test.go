package workflows_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/plan/plantest"
)

func TestAStageGateTakesThePortOfItsVerdictAndKeepsItWithTheRun(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := plantest.Draw(t, "start -> add\nadd -> gate\ngate -advance> end1\ngate -stay> end2")
	require.Equal(t, "end1", b.run(input(p)).Outcome)
	for _, e := range b.store.Events() {
		if e.Kind == "stage" {
			require.JSONEq(t, `{"visit":"1","gate":"training","stage":"1","value":0.9,"score":0.9}`, string(e.Body))
		}
	}
	require.Contains(t, b.store.Told(), "stage gate advance")
	p.Node("gate").Gate.Sessions = "2"
	b = newBench(t)
	require.Equal(t, "end2", b.run(input(p)).Outcome)
}
