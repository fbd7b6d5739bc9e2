package local_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/local"
)

// The test binary is also the programs that the tests start and kill.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		var err error
		switch os.Args[1] {
		case "serve-broker":
			err = local.ServeBroker(context.Background(), os.Stdin, os.Stdout, local.BrokerConfig{})
		case "be-a-parent":
			err = beAParent(os.Args[2])
		default:
			os.Exit(m.Run())
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// patience is for the slowest machine; nothing waits for it to pass.
const patience = 90 * time.Second

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// tempDir is a directory that PostgreSQL, running as somebody else, can enter.
func tempDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "lics-test-")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o711))
	return dir
}

func standalone(t testing.TB) string {
	t.Helper()
	path, err := local.FindStandalone(t.Context(), local.StandaloneConfig{Progress: func(line string) { t.Log(line) }})
	require.NoError(t, err)
	return path
}

// family is what a parent has started, by name.
type family struct {
	Pids map[string]int
	Addr string
}

// beAParent starts one of everything, says so, and waits to be killed.
func beAParent(dir string) error {
	ctx := context.Background()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	program, err := local.FindStandalone(ctx, local.StandaloneConfig{})
	if err != nil {
		return err
	}
	pg, err := local.StartPostgres(ctx, local.PostgresConfig{Dir: dir + "/postgres"})
	if err != nil {
		return err
	}
	temporal, err := local.StartTemporal(ctx, local.TemporalConfig{Standalone: program, NoUI: true})
	if err != nil {
		return err
	}
	s3, err := local.StartS3(ctx, local.S3Config{Standalone: program, Dir: dir + "/s3", Access: "lics", Secret: "secret"})
	if err != nil {
		return err
	}
	broker, err := local.StartBrokerProcess(ctx, local.BrokerConfig{Addr: "127.0.0.1:0", Open: true}, self, "serve-broker")
	if err != nil {
		return err
	}
	err = json.NewEncoder(os.Stdout).Encode(family{
		Pids: map[string]int{"postgresql": pg.PID(), "temporal": temporal.PID(), "s3": s3.PID(), "broker": broker.PID()},
		Addr: broker.Addr(),
	})
	if err != nil {
		return err
	}
	select {}
}
