package local_test

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/local"
)

func TestAKilledParentLeavesNoChildAndItsDataCanBeOpenedAtOnce(t *testing.T) {
	t.Parallel()
	ctx := within(t)
	standalone(t) // built before the parent is, which has no test log to say so
	dir := tempDir(t)
	self, err := os.Executable()
	require.NoError(t, err)
	parent := exec.CommandContext(ctx, self, "be-a-parent", dir)
	parent.Stderr = os.Stderr
	out, err := parent.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, parent.Start())
	line, err := bufio.NewReader(out).ReadBytes('\n')
	require.NoError(t, err)
	var children family
	require.NoError(t, json.Unmarshal(line, &children))
	for name, pid := range children.Pids {
		require.True(t, alive(pid), name)
	}

	require.NoError(t, parent.Process.Kill())
	_ = parent.Wait()
	pg, err := local.StartPostgres(ctx, local.PostgresConfig{Dir: filepath.Join(dir, "postgres")})
	require.NoError(t, err)
	require.NoError(t, pg.Stop())
	for name, pid := range children.Pids {
		require.Eventually(t, func() bool { return !alive(pid) }, patience, poll, name)
	}
}

// alive reports whether a process runs; one that only waits to be buried by its
// parent, who is not us, does not.
func alive(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return false
	}
	fields := stat[len(stat)-1:]
	if i := lastParen(stat); i >= 0 && i+2 < len(stat) {
		fields = stat[i+2:]
	}
	return fields[0] != 'Z' && syscall.Kill(pid, 0) == nil
}

func lastParen(stat []byte) int {
	for i, s := range slices.Backward(stat) {
		if s == ')' {
			return i
		}
	}
	return -1
}
