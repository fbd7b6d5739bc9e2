package workflows_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/wire"
)

func TestAHardwareCheckSaysEverythingThatIsWrong(t *testing.T) {
	t.Parallel()
	p := plantest.Draw(t, "start -> check\ncheck -ok> end1\ncheck -problem> end2")
	level := func(value string) func(string, wire.Command) wire.Reply {
		return func(_ string, cmd wire.Command) wire.Reply {
			return wire.Reply{State: wire.Done, Result: json.RawMessage(`{"value":` + value + `}`)}
		}
	}
	b := newBench(t)
	b.devices.Act = level("0")
	require.Equal(t, "end1", b.run(input(p)).Outcome)
	require.Equal(t, []string{"ping check/1~c0", "read check/1~c1", "read check/1~c2"}, b.devices.Did()[:3])

	b = newBench(t)
	b.devices.Act = level("1")
	require.Equal(t, "end2", b.run(input(p)).Outcome)
	for _, e := range b.store.Events() {
		if e.Kind == "check" {
			require.JSONEq(t, `{"visit":"1","device":"box-1","problems":["beam is 1, at most 0 is expected"]}`, string(e.Body))
		}
	}

	b = newBench(t)
	b.devices.Act = func(string, wire.Command) wire.Reply {
		return wire.Reply{State: wire.Refused, Reason: &wire.Reason{Code: wire.ReasonBusy, Message: "the box belongs to another run"}}
	}
	require.Equal(t, "end2", b.run(input(p)).Outcome)
}

func TestAnExportIsMarkedAndTheRunSaysSo(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	require.Equal(t, "end", b.run(input(plantest.Draw(t, "start -> export\nexport -> end"))).Outcome)
	require.Equal(t, []string{"csv"}, b.store.Exports())
	require.Contains(t, b.store.Told(), "export export marked")
}
