package main_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The agent is small and runs on ARM: nothing of the server may slip in, on
// whatever way.
func TestTheAgentLinksNothingOfTheServer(t *testing.T) {
	t.Parallel()
	const module = "github.com/lics-lab/lics/"
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", ".")
	out, err := cmd.Output()
	require.NoError(t, err)
	deps := strings.Fields(string(out))
	require.Contains(t, deps, module+"edge", "the list is of this program")
	for _, dep := range deps {
		for _, bad := range []string{"go.temporal.io/", "github.com/jackc/pgx", "google.golang.org/grpc"} {
			require.False(t, strings.HasPrefix(dep, bad), "%s on a device", dep)
		}
		rest, ours := strings.CutPrefix(dep, module)
		if !ours {
			continue
		}
		switch top, _, _ := strings.Cut(rest, "/"); top {
		case "edge", "mqtt", "wire", "task", "expr":
		case "cmd":
			require.Equal(t, "cmd/lics-edge", rest)
		default:
			require.Fail(t, "the agent links "+dep)
		}
	}
}
