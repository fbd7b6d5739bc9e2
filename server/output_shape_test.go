package server_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

func TestARampIsAskedOnlyOfAChannelThatCanHaveIt(t *testing.T) {
	t.Parallel()
	s := ready(t)
	s.box("dimmer", true, func(r *wire.Rig) { r.Channels[1].Shaped = true })
	s.calibrate("dimmer", "valve")
	ramped := func(device string) map[string]any {
		return start(t, func(in map[string]any) {
			in["document"] = json.RawMessage(strings.Replace(string(lever(t)), `"do": "pulse",`, `"do": "pulse", "ramp": "1ms",`, 1))
			in["devices"] = []any{map[string]any{"role": "box", "device": device}}
		})
	}
	require.True(t, s.check(ramped("dimmer")).CheckRun.Ok)
	got := s.check(ramped("rig-1"))
	require.False(t, got.CheckRun.Ok)
	c := got.of("CHANNEL")[0]
	require.Equal(t, "valve", c.Channel)
	require.Equal(t, "Channel valve of device rig-1 can only be switched, and valve has a ramp or a frequency: if the pin and the part can do it, say `pwm: true` in the rig.", c.Message)
	require.Contains(t, s.ask(startRun, ramped("rig-1")).Errors[0].Message, "can only be switched")
}

func TestEventsTellTheRampAndTheFrequencyOfAnOutput(t *testing.T) {
	t.Parallel()
	s := ready(t)
	run := s.begun()
	_, _, err := s.store.StoreBatch(t.Context(), wire.EventBatch{
		V: 1, Device: "rig-1", Boot: "b1", First: 1, Run: run, Command: "c", Start: 1,
		Rows: []task.Row{
			{Kind: task.KindOutput, Name: "tone", Value: expr.FloatValue(0.5), Ramp: 5 * time.Millisecond, Frequency: 4000},
			{Kind: task.KindOutput, Name: "tone", Value: expr.IntValue(0)},
		},
	})
	require.NoError(t, err)
	var got struct {
		Run struct {
			Events struct {
				Nodes []struct {
					Kind, Name  string
					Value       float64
					RampNs      *int64
					FrequencyHz *float64
				}
			}
		}
	}
	s.ask(`query($id: ID!) { run(id: $id) { events(first: 10) { nodes { kind name value rampNs frequencyHz } } } }`, map[string]any{"id": run}).into(t, &got)
	nodes := got.Run.Events.Nodes
	require.Len(t, nodes, 2)
	require.InDelta(t, 0.5, nodes[0].Value, 0, "the value stays the level")
	require.EqualValues(t, 5_000_000, *nodes[0].RampNs)
	require.InDelta(t, 4000, *nodes[0].FrequencyHz, 0)
	require.Nil(t, nodes[1].RampNs)
	require.Nil(t, nodes[1].FrequencyHz)
}
