package licstest

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/lics-lab/lics/local"
)

// Temporal returns the address, host:port, of a Temporal server, and a namespace
// of the test's own in it. Everything is in memory.
func Temporal(t testing.TB) (hostPort, namespace string) {
	t.Helper()
	server, err := startedTemporal()
	if err != nil {
		t.Fatal(err)
	}
	namespace = "test-" + unique()
	if err := register(t.Context(), server.Frontend(), namespace); err != nil {
		t.Fatalf("namespace %s: %v", namespace, err)
	}
	return server.Frontend(), namespace
}

var startedTemporal = sync.OnceValues(func() (*local.Temporal, error) {
	ctx, cancel := context.WithTimeout(context.Background(), startWithin)
	defer cancel()
	program, err := Standalone(ctx)
	if err != nil {
		return nil, err
	}
	return local.StartTemporal(ctx, local.TemporalConfig{Standalone: program, NoUI: true})
})

// Standalone is the path of lics-standalone, which is built when it has to be.
func Standalone(ctx context.Context) (string, error) {
	return local.FindStandalone(ctx, local.StandaloneConfig{
		Progress: func(line string) { slog.Info("lics-standalone", "progress", line) }, // go test has a silent minute or five ahead
	})
}

func register(ctx context.Context, hostPort, namespace string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	c, err := client.DialContext(ctx, client.Options{HostPort: hostPort, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = c.WorkflowService().RegisterNamespace(ctx, &workflowservice.RegisterNamespaceRequest{
		Namespace:                        namespace,
		WorkflowExecutionRetentionPeriod: durationpb.New(24 * time.Hour),
	})
	if err != nil {
		return err
	}
	attributes := map[string]enumspb.IndexedValueType{}
	for name, kind := range local.SearchAttributes() {
		if attributes[name], err = enumspb.IndexedValueTypeFromString(kind); err != nil {
			return err
		}
	}
	_, err = c.OperatorService().AddSearchAttributes(ctx, &operatorservice.AddSearchAttributesRequest{
		Namespace: namespace, SearchAttributes: attributes,
	})
	return err
}
