package bpod_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/bpod"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

var update = flag.Bool("update", false, "rewrite the files that tests compare with")

func file(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return raw
}

// imported is the plan of a state machine.
func imported(t require.TestingT, raw []byte) (*protocol.Graph, *plan.Plan) {
	g, ds := bpod.Import(raw)
	require.False(t, diagnostic.HasErrors(ds), "%v", ds)
	p, ds := protocol.Compile(g)
	require.False(t, diagnostic.HasErrors(ds), "%v", ds)
	return g, p
}

// played runs a plan with inputs like "1000 Port1_High; …" and gives the states
// and outputs as "state@ms".
func played(t *testing.T, p *plan.Plan, script string, until time.Duration) []string {
	t.Helper()
	r, err := dryrun.Run(context.Background(), p, dryrun.Options{Inputs: inputs(t, script), Until: until})
	require.NoError(t, err)
	require.Empty(t, r.Error)
	var out []string
	for _, row := range r.Rows {
		if row.Kind == task.KindState || row.Kind == task.KindOutput {
			out = append(out, fmt.Sprintf("%s@%d", row.Text(), row.At.Milliseconds()))
		}
	}
	return out
}

func inputs(t *testing.T, script string) []dryrun.Input {
	t.Helper()
	out := []dryrun.Input{}
	for part := range strings.SplitSeq(script, ";") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		var ms int64
		var event string
		_, err := fmt.Sscanf(strings.TrimSpace(part), "%d %s", &ms, &event)
		require.NoError(t, err)
		out = append(out, dryrun.Input{At: time.Duration(ms) * time.Millisecond, Event: event})
	}
	return out
}

// The trace is that of the published example with a left trial.
func TestTheLight2AFCExampleOfBpodGivesItsTrace(t *testing.T) {
	t.Parallel()
	_, p := imported(t, file(t, "light2afc-left.json"))
	require.Equal(t, strings.Fields(`WaitForPoke@0 CueDelay@1000 WaitForPoke@1100 CueDelay@1500 WaitForPortOut@1700 PWM1=1@1700
		WaitForResponse@1900 PWM1=0@2400 Reward@2400 Valve1=1@2400 Valve1=0@2430 Drinking@2430 DrinkingGrace@3000 Drinking@3200
		DrinkingGrace@3600 exit@4100`), played(t, p, `1000 Port2_High; 1100 Port2_Low; 1500 Port2_High; 1900 Port2_Low; 2400 Port1_High;
		3000 Port1_Low; 3200 Port1_High; 3600 Port1_Low`, 10*time.Second))
	require.Equal(t, strings.Fields(`WaitForPoke@0 CueDelay@1500 WaitForPortOut@1700 PWM1=1@1700 WaitForResponse@1900 PWM1=0@2400 Punish@2400 exit@5400`),
		played(t, p, `1500 Port2_High; 1900 Port2_Low; 2400 Port3_High`, 10*time.Second))
	require.Equal(t, strings.Fields(`WaitForPoke@0 CueDelay@1500 WaitForPortOut@1700 PWM1=1@1700 WaitForResponse@1900 PWM1=0@6900 exit@6900`),
		played(t, p, `1500 Port2_High; 1900 Port2_Low`, 10*time.Second))
}

func TestTheDrawingIsAsItsFileShows(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"light2afc-left", "everything"} {
		g, _ := imported(t, file(t, name+".json"))
		got, err := g.Encode()
		require.NoError(t, err)
		golden := "testdata/" + name + ".protocol.json"
		if *update {
			require.NoError(t, os.WriteFile(golden, got, 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got))
	}
}

func TestGlobalTimersCountersConditionsAndBackDoWhatTheyDoInABpod(t *testing.T) {
	t.Parallel()
	_, p := imported(t, file(t, "everything.json"))
	// Timer 0 drives the trigger line from 100 ms after the start for 1 s; timer 1 ends the trial 5 s after Left was last entered.
	require.Equal(t, strings.Fields(`Begin@0 Left@0 PWM1=0.25098039215686274@0 TTLOut1=1@100 PWM1=0@300 Pause@300 Left@600 PWM1=0.25098039215686274@600
		PWM1=0@800 Right@800 WireOut1=1@800 WireOut1=0@900 Pause@900 Right@1000 WireOut1=1@1000 TTLOut1=0@1100 WireOut1=0@1200 Left@1200
		PWM1=0.25098039215686274@1200 PWM1=0@6200 exit@6200`),
		played(t, p, `300 Port2_High; 400 Port2_Low; 600 Port3_High; 700 Port3_Low; 800 TTLIn1_High; 850 TTLIn1_Low; 900 Port2_High; 950 Port2_Low;
			1000 Port3_High; 1100 Port3_Low; 1200 Port1_High`, 10*time.Second))
	// The third poke into port 1 reaches the counter's threshold.
	require.Equal(t, "exit@1400", last(played(t, p, `1000 Port1_High; 1100 Port1_Low; 1200 Port1_High; 1300 Port1_Low; 1400 Port1_High`, 10*time.Second)))
	// A line that is high already when the state is entered fires the condition at once.
	require.Contains(t, played(t, p, `50 Wire1_High; 800 TTLIn1_High`, 3*time.Second), "Full@800")
	require.Contains(t, played(t, p, `800 TTLIn1_High; 900 Wire1_High`, 3*time.Second), "Full@900", "and a later one too")
}

func last(s []string) string { return s[len(s)-1] }
