package local_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"golang.org/x/sync/errgroup"

	"github.com/lics-lab/lics/local"
)

// BenchmarkStep is the time of one step of a workflow, an activity that does
// nothing: with our settings and with Temporal's own, one run alone and a
// hundred at once.
func BenchmarkStep(b *testing.B) {
	for _, store := range []string{"memory", "postgres"} {
		for _, stock := range []bool{false, true} {
			name := store + "/ours"
			if stock {
				name = store + "/stock"
			}
			b.Run(name, func(b *testing.B) { benchmarkStep(b, store == "postgres", stock) })
		}
	}
}

func benchmarkStep(b *testing.B, onDisk, stock bool) {
	cfg := local.TemporalConfig{Standalone: standalone(b), NoUI: true, StockSettings: stock}
	if onDisk {
		pg, err := local.StartPostgres(b.Context(), local.PostgresConfig{Dir: tempDir(b)})
		require.NoError(b, err)
		defer func() { _ = pg.Stop() }()
		cfg.Postgres = pg
	}
	temporal, err := local.StartTemporal(b.Context(), cfg)
	require.NoError(b, err)
	defer func() { _ = temporal.Stop() }()
	c, err := client.Dial(client.Options{HostPort: temporal.Frontend(), Namespace: temporal.Namespace(), Logger: silent{}})
	require.NoError(b, err)
	defer c.Close()
	w := worker.New(c, queue, worker.Options{MaxConcurrentWorkflowTaskPollers: 8, MaxConcurrentActivityTaskPollers: 8})
	w.RegisterWorkflow(steps)
	w.RegisterActivity(echo)
	require.NoError(b, w.Start())
	defer w.Stop()

	const n = 20
	run := func() error {
		r, err := c.ExecuteWorkflow(b.Context(), client.StartWorkflowOptions{TaskQueue: queue}, steps, n)
		if err != nil {
			return err
		}
		return r.Get(b.Context(), nil)
	}
	require.NoError(b, run()) // caches are warm, the sticky queue exists
	b.Run("alone", func(b *testing.B) {
		for b.Loop() {
			require.NoError(b, run())
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/1e3/float64(b.N*n), "ms/step")
	})
	b.Run("hundred", func(b *testing.B) {
		for b.Loop() {
			var all errgroup.Group
			for range 100 {
				all.Go(run)
			}
			require.NoError(b, all.Wait())
		}
		b.ReportMetric(float64(100*n*b.N)/b.Elapsed().Seconds(), "steps/s")
	})
}

func steps(ctx workflow.Context, n int) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	for range n {
		if err := workflow.ExecuteActivity(ctx, echo, "x").Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}
