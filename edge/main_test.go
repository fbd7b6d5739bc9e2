package edge_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/lics-lab/lics/edge"
	"github.com/lics-lab/lics/edge/driver/sim"
	"github.com/lics-lab/lics/licstest"
)

// The test binary is also the agent and its guard, so that a test can kill a
// real process.
func TestMain(m *testing.M) {
	switch os.Getenv("LICS_TEST_AS") {
	case "agent":
		if os.Args[len(os.Args)-1] == "guard" {
			_ = edge.Guard(os.Stdin, edge.SimulatedDrivers(), slog.New(slog.DiscardHandler))
			os.Exit(0)
		}
		os.Exit(child())
	default:
		goleak.VerifyTestMain(m, licstest.Leaks()...)
	}
}

func child() int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.DiscardHandler)
	if os.Getenv("LICS_TEST_LOG") != "" {
		log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	if n, err := strconv.ParseInt(os.Getenv("LICS_TEST_DIE_AT"), 10, 64); err == nil {
		later, _ := time.ParseDuration(os.Getenv("LICS_TEST_DIE_LATER"))
		dieAt(n, later)
	}
	err := edge.Run(ctx, edge.Simulated(edge.Config{
		Device: "box", Broker: os.Getenv("LICS_TEST_BROKER"), StateDir: os.Getenv("LICS_TEST_DIR"), Rig: []byte(testRig),
		Lease: time.Second, Guard: []string{os.Args[0], "guard"}, Log: log, Ready: func() { fmt.Fprintln(os.Stdout, "ready") },
	}))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// env makes this binary the agent of the world.
func (w *world) env() []string {
	return append(os.Environ(), "LICS_TEST_AS=agent", "LICS_TEST_BROKER="+w.url(), "LICS_TEST_DIR="+w.dir)
}

// spawn starts the agent as a process of its own.
func (w *world) spawn() *exec.Cmd {
	w.t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = w.env()
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(w.t, err)
	require.NoError(w.t, cmd.Start())
	w.t.Cleanup(func() {
		if cmd.ProcessState == nil {
			_ = cmd.Process.Signal(syscall.SIGCONT)
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(w.t, err)
	require.Equal(w.t, "ready\n", line)
	return cmd
}

// guardTook is how long after a moment the guard put an output safe.
func (w *world) guardTook(channel string, since time.Time) time.Duration {
	w.t.Helper()
	var took time.Duration
	w.server.await("the guard to put "+channel+" safe", func() bool {
		all, err := sim.ReadOutputs(filepath.Join(w.dir, sim.OutputsFile))
		require.NoError(w.t, err)
		for _, e := range all {
			if e.Channel == channel && e.By == "guard" && e.At >= since.UnixNano() {
				took = time.Unix(0, e.At).Sub(since)
				return true
			}
		}
		return false
	})
	return took
}
