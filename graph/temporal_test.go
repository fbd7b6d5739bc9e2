package graph_test

import (
	"encoding/json"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"

	"github.com/lics-lab/lics/graph"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/licstest"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/workflows"
)

func TestTemporalStartsARunOnceAndSaysWhatItCannot(t *testing.T) {
	t.Parallel()
	address, namespace := licstest.Temporal(t)
	c, err := client.Dial(client.Options{HostPort: address, Namespace: namespace, Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler))})
	require.NoError(t, err)
	runner := graph.Temporal{Client: c}
	run := lab.Run{
		ID: "01900000-0000-7000-8000-000000000001", Organisation: "o", ProtocolName: "lever",
		Bindings: json.RawMessage(`[]`), Parameters: json.RawMessage(`{}`),
	}
	p := plan.Plan{Format: plan.Format, Name: "lever"}

	require.NoError(t, runner.Start(t.Context(), run, "m1", p))
	require.NoError(t, runner.Start(t.Context(), run, "m1", p), "begun already")
	require.NoError(t, c.TerminateWorkflow(t.Context(), workflows.WorkflowID(run.ID), "", "over"))
	require.NoError(t, runner.Start(t.Context(), run, "m1", p), "never twice, also when it is over")
	d, err := c.DescribeWorkflowExecution(t.Context(), workflows.WorkflowID(run.ID), "")
	require.NoError(t, err)
	require.Equal(t, "Terminated", d.GetWorkflowExecutionInfo().GetStatus().String())

	err = runner.Control(t.Context(), run.ID, graph.Control{Action: graph.Pause})
	require.Equal(t, lab.State, lab.CodeOf(err), err)
	err = runner.Answer(t.Context(), lab.HumanStep{Run: "nobody"})
	require.Equal(t, lab.State, lab.CodeOf(err), err)

	var begun []string
	for range 2 { // nobody works: the first would wait for ever
		require.NoError(t, runner.MakeFiles(t.Context(), run))
		d, err := c.DescribeWorkflowExecution(t.Context(), workflows.ExportID(run.ID), "")
		require.NoError(t, err)
		require.Equal(t, "Running", d.GetWorkflowExecutionInfo().GetStatus().String())
		begun = append(begun, d.GetWorkflowExecutionInfo().GetExecution().GetRunId())
	}
	require.NotEqual(t, begun[0], begun[1], "the later one knows of every format")

	c.Close()
	err = runner.Start(t.Context(), run, "m1", p)
	require.Equal(t, lab.Unavailable, lab.CodeOf(err), err)
}
