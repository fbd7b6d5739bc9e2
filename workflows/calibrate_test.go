package workflows_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/wire"
	"github.com/lics-lab/lics/workflows"
)

// drawn is the compiled example of a kind of node.
func drawn(t *testing.T, kind string) *plan.Plan {
	t.Helper()
	raw, err := os.ReadFile("../protocol/testdata/kinds/" + kind + ".json")
	require.NoError(t, err)
	g, err := protocol.Parse(raw)
	require.NoError(t, err)
	p, ds := protocol.Compile(g)
	require.Empty(t, ds)
	return p
}

func weighed(node, variable, grams string) workflows.Answer {
	return workflows.Answer{Step: wire.CommandID(runID, node, "1"), By: "alice", Values: map[string]json.RawMessage{variable: json.RawMessage(grams)}}
}

func TestACalibrationIsMeasuredAndKept(t *testing.T) {
	t.Parallel()
	for second, want := range map[string]string{"0.63": "", "0.1": "make no calibration"} {
		b := newBench(t)
		b.update(time.Minute, workflows.UpdateAnswer, weighed("cal>weigh_1", "p1__grams_1", "0.21"))
		b.update(2*time.Minute, workflows.UpdateAnswer, weighed("cal>weigh_2", "p1__grams_2", second))
		in := input(drawn(t, "calibrate"))
		in.Bindings[0].Channels = map[string]string{"pump": "valve_2"}
		res := b.run(in)
		if want != "" {
			require.Contains(t, res.Error, want)
			require.Empty(t, b.store.Curves())
			continue
		}
		require.Equal(t, lab.RunCompleted, res.Status)
		curve := b.store.Curves()[0]
		require.Equal(t, "lab box-1 valve_2", strings.Join([]string{curve.Organisation, curve.Device, curve.Channel}, " "))
		require.JSONEq(t, `[{"microlitres":4,"open_ns":20000000},{"microlitres":12,"open_ns":50000000}]`, string(curve.Points))
		require.Contains(t, b.store.Told(), "calibration cal>keep valve_2")
	}
}
