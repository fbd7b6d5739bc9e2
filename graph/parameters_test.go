package graph_test

import (
	"encoding/json"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	sdkworker "go.temporal.io/sdk/worker"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/activities/activitiestest"
	"github.com/lics-lab/lics/graph"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/licstest"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/workflows"
)

func TestARunSaysWhatIsWrongWithAValueByACode(t *testing.T) {
	t.Parallel()
	address, namespace := licstest.Temporal(t)
	c, err := client.Dial(client.Options{HostPort: address, Namespace: namespace, Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler))})
	require.NoError(t, err)
	defer c.Close()
	w := sdkworker.New(c, workflows.TaskQueue, sdkworker.Options{})
	w.RegisterWorkflow(workflows.Run)
	w.RegisterActivity(&activities.Activities{
		Store:   &activitiestest.Store{},
		Devices: &activitiestest.Devices{After: func(d time.Duration, f func()) { time.AfterFunc(d, f) }},
	})
	require.NoError(t, w.Start())
	defer w.Stop()

	runner := graph.Temporal{Client: c}
	run := lab.Run{
		ID: "01900000-0000-7000-8000-000000000002", Organisation: "o", ProtocolName: "lever",
		Bindings: json.RawMessage(`[]`), Parameters: json.RawMessage(`{}`),
	}
	p := plantest.Draw(t, "start -> wait1\nwait1 -> end")
	p.Node("wait1").Wait.Duration = "1h"
	most := 10.0
	p.Parameters = []plan.Parameter{
		{Name: "reward", Type: "float", Default: json.RawMessage("3"), Maximum: &most, Live: true},
		{Name: "fixed", Type: "int", Default: json.RawMessage("1")},
	}
	require.NoError(t, runner.Start(t.Context(), run, "m1", *p))
	set := func(name, value string) ([]workflows.ParameterChange, error) {
		return runner.SetParameters(t.Context(), run.ID, workflows.SetParameters{Values: map[string]json.RawMessage{name: json.RawMessage(value)}, By: "alice"})
	}
	changes, err := set("reward", "4.5")
	require.NoError(t, err)
	require.Equal(t, []workflows.ParameterChange{{
		Change:  plan.Change{Name: "reward", Old: json.RawMessage("3.0"), New: json.RawMessage("4.5")},
		Applies: workflows.AppliesNextStep,
	}}, changes)
	for _, tt := range []struct {
		name, value string
		code        lab.Code
	}{
		{"reward", `"much"`, lab.WrongType},
		{"reward", "11", lab.OutOfLimits},
		{"fixed", "2", lab.NotLive},
		{"rewards", "2", lab.UnknownParameter},
	} {
		_, err := set(tt.name, tt.value)
		require.Equal(t, tt.code, lab.CodeOf(err), err)
		var e *lab.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, "values."+tt.name, e.Field)
	}
	require.NoError(t, runner.Control(t.Context(), run.ID, graph.Control{Action: graph.Abort}))
	require.NoError(t, c.GetWorkflow(t.Context(), workflows.WorkflowID(run.ID), "").Get(t.Context(), nil))
	_, err = set("reward", "5")
	require.Equal(t, lab.State, lab.CodeOf(err), err)
}
