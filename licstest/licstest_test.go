package licstest_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"go.uber.org/goleak"

	"github.com/lics-lab/lics/licstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, licstest.Leaks()...) }

func TestEveryTestHasADatabaseOfItsOwn(t *testing.T) {
	t.Parallel()
	for i := range 4 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			conn := connect(t, licstest.Postgres(t))
			_, err := conn.Exec(t.Context(), "CREATE TABLE note ()")
			require.NoError(t, err)
		})
	}
}

func TestADatabaseIsPreparedOnceAndCopied(t *testing.T) {
	t.Parallel()
	var prepared atomic.Int32
	name := fmt.Sprintf("notes %p", &prepared) // also with -count=3
	for range 3 {
		dsn := licstest.PostgresFrom(t, name, func(ctx context.Context, dsn string) error {
			prepared.Add(1)
			conn, err := pgx.Connect(ctx, dsn)
			if err != nil {
				return err
			}
			defer conn.Close(ctx)
			_, err = conn.Exec(ctx, "CREATE TABLE note AS SELECT 'prepared' AS body")
			return err
		})
		var body string
		require.NoError(t, connect(t, dsn).QueryRow(t.Context(), "DELETE FROM note RETURNING body").Scan(&body))
		require.Equal(t, "prepared", body)
	}
	require.EqualValues(t, 1, prepared.Load())
}

func TestABrokerCanBeTakenAwayAndComesBackEmpty(t *testing.T) {
	t.Parallel()
	broker := licstest.StartBroker(t)
	for range 2 {
		c := paho.NewClient(paho.NewClientOptions().AddBroker("tcp://" + broker.Addr()).SetAutoReconnect(false))
		token := c.Connect()
		require.True(t, token.WaitTimeout(time.Minute))
		require.NoError(t, token.Error())
		c.Disconnect(0)
		broker.Stop()
		broker.Start()
	}
}

func TestEveryTestHasANamespaceOfItsOwn(t *testing.T) {
	t.Parallel()
	for i := range 3 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			hostPort, namespace := licstest.Temporal(t)
			c, err := client.Dial(client.Options{HostPort: hostPort, Namespace: namespace, Logger: slog.New(slog.DiscardHandler)})
			require.NoError(t, err)
			defer c.Close()
			w := worker.New(c, "queue", worker.Options{})
			w.RegisterWorkflow(nothing)
			require.NoError(t, w.Start())
			defer w.Stop()

			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
				ID: "the same in all", TaskQueue: "queue",
				TypedSearchAttributes: temporal.NewSearchAttributes(
					temporal.NewSearchAttributeKeyKeywordList("LicsDevice").ValueSet([]string{"box1", "box2"}),
				),
			}, nothing)
			require.NoError(t, err)
			require.NoError(t, run.Get(ctx, nil))
			require.Eventually(t, func() bool {
				n, err := c.CountWorkflow(ctx, &workflowservice.CountWorkflowExecutionsRequest{Query: `LicsDevice = "box2"`})
				return err == nil && n.GetCount() == 1
			}, time.Minute, 10*time.Millisecond)
		})
	}
}

func nothing(workflow.Context) error { return nil }

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}
