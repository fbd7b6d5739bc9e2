package local_test

import (
	"context"
	"io"
	"net/http"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	sdktemporal "go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/local"
)

const queue = "local-test"

var subject = sdktemporal.NewSearchAttributeKeyKeyword("LicsSubject")

func TestAWorkflowSurvivesTemporalAndPostgresBeingKilled(t *testing.T) {
	t.Parallel()
	ctx := within(t)
	pg := startPostgres(t, tempDir(t))
	temporal := startTemporal(t, local.TemporalConfig{Postgres: pg})
	c := temporalClient(t, temporal)
	serve(t, c)

	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		TaskQueue:             queue,
		TypedSearchAttributes: sdktemporal.NewSearchAttributes(subject.ValueSet("mouse 7")),
	}, waitForLever)
	require.NoError(t, err)

	pid := temporal.PID()
	require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
	require.NoError(t, temporal.Restarted(ctx, pid))
	pid = pg.PID()
	require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
	require.NoError(t, pg.Restarted(ctx, pid))

	require.EventuallyWithT(t, func(t *assert.CollectT) {
		require.NoError(t, c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), "lever", "left"))
	}, patience, poll)
	var pressed string
	require.NoError(t, run.Get(ctx, &pressed))
	require.Equal(t, "left", pressed)

	require.EventuallyWithT(t, func(t *assert.CollectT) {
		found, err := c.ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{Query: `LicsSubject = "mouse 7"`})
		require.NoError(t, err)
		require.Len(t, found.Executions, 1)
	}, patience, poll)
}

func TestTemporalStartsAgainOnTheDatabasesOfAnEarlierStart(t *testing.T) {
	t.Parallel()
	pg := startPostgres(t, tempDir(t))
	first := startTemporal(t, local.TemporalConfig{Postgres: pg, NoUI: true})
	require.NoError(t, first.Stop())
	second := startTemporal(t, local.TemporalConfig{Postgres: pg, NoUI: true, StockSettings: true})
	require.Empty(t, second.UI())
	require.NoError(t, second.Stop())
}

func TestTheWebInterfaceOfTemporalAnswers(t *testing.T) {
	t.Parallel()
	temporal := startTemporal(t, local.TemporalConfig{})
	require.Contains(t, get(t, temporal.UI()+"/"), "<html")
	require.Contains(t, get(t, temporal.UI()+"/api/v1/namespaces/lics"), `"lics"`)
	require.Contains(t, get(t, temporal.UI()+"/api/v1/settings"), `"DefaultNamespace":"lics"`)
}

func TestTemporalIsNeverReachableFromElsewhere(t *testing.T) {
	t.Parallel()
	_, err := local.StartTemporal(within(t), local.TemporalConfig{Standalone: standalone(t), Frontend: "0.0.0.0:0"})
	require.ErrorContains(t, err, "not on the loopback interface")
}

// waitForLever ends when the lever is pressed.
func waitForLever(ctx workflow.Context) (string, error) {
	var side string
	workflow.GetSignalChannel(ctx, "lever").Receive(ctx, &side)
	err := workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
	}), echo, side).Get(ctx, &side)
	return side, err
}

func echo(_ context.Context, side string) (string, error) { return side, nil }

func startTemporal(t *testing.T, cfg local.TemporalConfig) *local.Temporal {
	t.Helper()
	cfg.Standalone = standalone(t)
	temporal, err := local.StartTemporal(within(t), cfg)
	require.NoError(t, err)
	t.Cleanup(func() { _ = temporal.Stop() })
	return temporal
}

func temporalClient(t *testing.T, temporal *local.Temporal) client.Client {
	t.Helper()
	c, err := client.Dial(client.Options{HostPort: temporal.Frontend(), Namespace: temporal.Namespace(), Logger: silent{}})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}

func serve(t *testing.T, c client.Client) {
	t.Helper()
	w := worker.New(c, queue, worker.Options{})
	w.RegisterWorkflow(waitForLever)
	w.RegisterActivity(echo)
	require.NoError(t, w.Start())
	t.Cleanup(w.Stop)
}

func get(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, resp.StatusCode, "%s: %s", url, body)
	return string(body)
}

// silent keeps the SDK, which is told of every kill, out of the test's output.
type silent struct{}

var _ log.Logger = silent{}

func (silent) Debug(string, ...any) {}
func (silent) Info(string, ...any)  {}
func (silent) Warn(string, ...any)  {}
func (silent) Error(string, ...any) {}
