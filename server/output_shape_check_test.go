package server_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

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
