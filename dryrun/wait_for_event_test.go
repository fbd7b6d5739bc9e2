package dryrun_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol"
)

// kind is the compiled example of a kind of node.
func kind(t *testing.T, name string) *plan.Plan {
	t.Helper()
	raw, err := os.ReadFile("../protocol/testdata/kinds/" + name + ".json")
	require.NoError(t, err)
	g, err := protocol.Parse(raw)
	require.NoError(t, err)
	p, ds := protocol.Compile(g)
	require.Empty(t, ds)
	return p
}

func TestTheFirstEventOfADeviceEndsTheWait(t *testing.T) {
	t.Parallel()
	p := kind(t, "wait_for_event")
	r, err := dryrun.Run(t.Context(), p, dryrun.Options{Inputs: inputs(t, "60000 lever_1_in; 61000 lever_1_out")})
	require.NoError(t, err)
	require.Empty(t, r.Error)
	require.Equal(t, []string{`lever_1_in`}, texts(values(r, "said")))
	require.Equal(t, 61*time.Second, r.Duration)

	r, err = dryrun.Run(t.Context(), p, dryrun.Options{Inputs: inputs(t, "60000 lever_1_out")})
	require.NoError(t, err)
	require.Equal(t, 2*time.Hour, r.Duration, "the time-out ends it")
}

func texts(quoted []string) []string {
	var out []string
	for _, q := range quoted {
		if len(q) > 1 && q[0] == '"' {
			q = q[1 : len(q)-1]
		}
		out = append(out, q)
	}
	return out
}
