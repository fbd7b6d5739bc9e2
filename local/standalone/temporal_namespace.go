package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/schema/sqlite"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/durationpb"
)

// createNamespace writes the namespace into the database, unless it is there,
// before the server starts. Through the API it would exist at once too, but its
// search attributes would be refused until a cache was refreshed, 10 s later.
func createNamespace(server *config.Config, cfg temporalConfig) error {
	attributes, err := searchAttributes(cfg)
	if err != nil {
		return err
	}
	// The package is named after SQLite; what we call works with any SQL plugin.
	ns, err := sqlite.NewNamespaceConfig(clusterName, cfg.Namespace, false, attributes)
	if err != nil {
		return fmt.Errorf("namespace %s: %w", cfg.Namespace, err)
	}
	ns.Detail.Config.Retention = durationpb.New(time.Duration(cfg.RetentionDays) * 24 * time.Hour)
	if err := sqlite.CreateNamespaces(server.Persistence.DataStores[mainStore].SQL, ns); err != nil {
		return fmt.Errorf("namespace %s: %w", cfg.Namespace, err)
	}
	return nil
}

// awaitNamespace waits until the server does work in the namespace, and gives it
// the search attributes that a database made by an older LICS does not have.
func awaitNamespace(ctx context.Context, frontend string, cfg temporalConfig) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	conn, err := grpc.NewClient("passthrough:///"+frontend, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer conn.Close()

	if err := awaitHistory(ctx, workflowservice.NewWorkflowServiceClient(conn), cfg.Namespace); err != nil {
		return err
	}
	want, err := searchAttributes(cfg)
	if err != nil {
		return err
	}
	operator := operatorservice.NewOperatorServiceClient(conn)
	have, err := operator.ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{Namespace: cfg.Namespace})
	if err != nil {
		return fmt.Errorf("search attributes: %w", err)
	}
	for name := range have.GetCustomAttributes() {
		delete(want, name)
	}
	if len(want) == 0 {
		return nil
	}
	_, err = operator.AddSearchAttributes(ctx, &operatorservice.AddSearchAttributesRequest{
		Namespace: cfg.Namespace, SearchAttributes: want,
	})
	if err != nil {
		return fmt.Errorf("search attributes: %w", err)
	}
	return nil
}

// awaitHistory asks for a workflow that does not exist. Only a server whose
// frontend answers and whose history shards are held says so.
func awaitHistory(ctx context.Context, client workflowservice.WorkflowServiceClient, namespace string) error {
	every := time.NewTicker(10 * time.Millisecond)
	defer every.Stop()
	for {
		_, err := client.DescribeWorkflowExecution(ctx, &workflowservice.DescribeWorkflowExecutionRequest{
			Namespace: namespace,
			Execution: &commonpb.WorkflowExecution{WorkflowId: "lics-standalone-is-it-there"},
		})
		var missing *serviceerror.NotFound
		if err = serviceerror.FromStatus(serviceerror.ToStatus(err)); errors.As(err, &missing) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("not ready: %w (last answer: %v)", ctx.Err(), err)
		case <-every.C:
		}
	}
}

func searchAttributes(cfg temporalConfig) (map[string]enumspb.IndexedValueType, error) {
	types := map[string]enumspb.IndexedValueType{}
	for name, kind := range cfg.SearchAttributes {
		t, err := enumspb.IndexedValueTypeFromString(kind)
		if err != nil {
			return nil, fmt.Errorf("search attribute %s: %w", name, err)
		}
		types[name] = t
	}
	return types, nil
}
