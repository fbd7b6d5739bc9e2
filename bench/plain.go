package main

import (
	"context"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// The peer of a step: the loop that every Temporal tutorial shows, on a worker
// with the SDK's own settings, whose activity does nothing at all.

const plainQueue = "plain"

func plainSequence(ctx workflow.Context, steps int) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	for i := range steps {
		if err := workflow.ExecuteActivity(ctx, plainStep, i).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

func plainStep(context.Context, int) error { return nil }

// plain starts the worker of the peer.
func plain(c client.Client) (stop func(), err error) {
	w := worker.New(c, plainQueue, worker.Options{})
	w.RegisterWorkflow(plainSequence)
	w.RegisterActivity(plainStep)
	return w.Stop, w.Start()
}
