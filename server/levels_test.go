package server_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/wire"
)

const deviceLevels = `subscription($id: ID!) { deviceLevels(id: $id) { deviceId at channels { channel level changes } } }`

// watched waits for a watch of a device with a lease, or for its end.
func (s *site) watched(device string, goesOn bool) {
	s.t.Helper()
	require.Eventually(s.t, func() bool {
		s.commander.mu.Lock()
		defer s.commander.mu.Unlock()
		for _, c := range s.commander.asked {
			var b wire.WatchBody
			if c.Verb == wire.VerbWatch && json.Unmarshal(c.Body, &b) == nil && (b.Lease > 0) == goesOn {
				return true
			}
		}
		return false
	}, 3*soon, 5*time.Millisecond, device)
}

func TestLevelsAreToldWhileSomebodyWatches(t *testing.T) {
	t.Parallel()
	s := ready(t)
	s.commander.reply = wire.Reply{State: wire.Done}
	c := s.open()
	c.subscribe("1", deviceLevels, map[string]any{"id": "rig-1"})
	s.watched("rig-1", true)
	at := time.Now().UTC()
	s.levels.Publish(wire.Levels{Device: "rig-2", Channels: map[string]wire.Level{"lever": {Level: 1}}})
	s.levels.Publish(wire.Levels{Device: "rig-1", At: at.UnixNano(), Channels: map[string]wire.Level{"valve": {Level: 0.5, Changes: 3}, "lever": {}}})
	m := c.next()
	require.Equal(t, "next", m.Type, string(m.Payload))
	require.JSONEq(t, `{"data":{"deviceLevels":{"deviceId":"rig-1","at":"`+at.Format(time.RFC3339Nano)+`",
		"channels":[{"channel":"lever","level":0,"changes":0},{"channel":"valve","level":0.5,"changes":3}]}}}`, string(m.Payload))

	// Leaving the page ends the watch, and with it what was set by hand.
	require.NoError(t, c.conn.CloseNow())
	s.watched("rig-1", false)
	require.Eventually(t, func() bool { return s.levels.Readers() == 0 }, 3*soon, 5*time.Millisecond)
}

func TestAnAgentThatKnowsNoLevelsIsSaidToBeOld(t *testing.T) {
	t.Parallel()
	s := ready(t)
	s.commander.reply = wire.Reply{State: wire.Refused, Reason: &wire.Reason{Code: wire.ReasonUnknownVerb, Message: "unknown"}}
	c := s.open()
	c.subscribe("1", deviceLevels, map[string]any{"id": "rig-1"})
	m := c.next()
	require.Equal(t, "error", m.Type)
	require.Contains(t, string(m.Payload), "too old")
	require.Contains(t, string(m.Payload), "WRONG_STATE")
	c.subscribe("2", deviceLevels, map[string]any{"id": "unknown"})
	for m = c.next(); m.ID != "2"; m = c.next() {
	}
	require.Contains(t, string(m.Payload), "NOT_FOUND")
}
