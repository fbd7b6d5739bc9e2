package server_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/edge"
	"github.com/lics-lab/lics/ingest"
	"github.com/lics-lab/lics/licstest"
	"github.com/lics-lab/lics/mqtt"
	"github.com/lics-lab/lics/server"
)

const liveRig = `
name: box
channels:
  - {name: lever, direction: in, driver: sim}
  - {name: lamp, direction: out, driver: sim}
animal: {initiation: 0, impulsivity: 0, laziness: 1}
`

// live is a site with a real broker, a real ingest and a real agent on a
// simulated box.
func live(t *testing.T) *site {
	t.Helper()
	url := "mqtt://" + licstest.Broker(t)
	client, err := mqtt.Connect(t.Context(), mqtt.Config{URL: url, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	t.Cleanup(client.Close)
	s := newSite(t, func(c *server.Config) { c.Resolver.Commander = mqtt.NewCommander(client, nil) })

	dir := t.TempDir() // before what is cleaned up first
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var parts sync.WaitGroup
	t.Cleanup(func() { cancel(); parts.Wait() })
	in := &ingest.Ingest{Store: s.store, Messages: client, Organisation: s.user.Organisation, Feed: s.events, Devices: s.devices, Levels: s.levels}
	known := s.devices.Subscribe(nil)
	defer known.Close()
	parts.Go(func() { _ = in.Run(ctx) })
	parts.Go(func() {
		err := edge.Run(ctx, edge.Simulated(edge.Config{
			Device: "box-1", Broker: url, StateDir: dir, Rig: []byte(liveRig), VitalsEvery: 20 * time.Millisecond,
		}))
		if err != nil {
			t.Errorf("agent: %v", err)
		}
	})
	wait, end := context.WithTimeout(t.Context(), 20*time.Second)
	defer end()
	_, err = known.Next(wait)
	require.NoError(t, err, "the agent does not come up")
	return s
}

func TestAnOutputDrivenByHandIsSeenAndGoesOffWhenThePageIsLeft(t *testing.T) {
	t.Parallel()
	s := live(t)
	hand := func(in string) string {
		return string(s.ask(`mutation { sendDeviceCommand(input: {device: "box-1", `+in+`}) { state result } }`, nil).Data)
	}
	const on = `verb: SET, channel: "lamp", whileWatched: true`
	require.Contains(t, hand(on), "REFUSED", "nobody watches")

	c := s.open()
	c.subscribe("1", deviceLevels, map[string]any{"id": "box-1"})
	until := func(level float64) {
		t.Helper()
		for {
			var p struct {
				Data struct {
					DeviceLevels struct {
						Channels []struct {
							Channel string
							Level   float64
						}
					}
				}
			}
			m := c.next()
			require.Equal(t, "next", m.Type, string(m.Payload))
			require.NoError(t, json.Unmarshal(m.Payload, &p))
			now := p.Data.DeviceLevels.Channels
			require.Len(t, now, 2)
			if now[0].Channel == "lamp" && now[0].Level == level {
				return
			}
		}
	}
	until(0)
	require.Contains(t, hand(on), "DONE")
	until(1)
	require.Contains(t, hand(`verb: SAFE`), "DONE")
	until(0)
	require.Contains(t, hand(on), "DONE")
	until(1)
	require.NoError(t, c.conn.CloseNow())
	require.Eventually(t, func() bool {
		var got struct {
			SendDeviceCommand struct{ Result struct{ Value *float64 } }
		}
		require.NoError(t, json.Unmarshal([]byte(hand(`verb: READ, channel: "lamp"`)), &got))
		v := got.SendDeviceCommand.Result.Value
		return v != nil && *v == 0
	}, 3*soon, 20*time.Millisecond)

	require.Eventually(t, func() bool {
		var got struct {
			Device struct{ Metrics []struct{ Name, Unit string } }
		}
		s.ask(`{ device(id: "box-1") { metrics { name unit } } }`, nil).into(t, &got)
		for _, m := range got.Device.Metrics {
			if m.Name == "agent.disk_free_bytes" && m.Unit == "B" {
				return true
			}
		}
		return false
	}, 3*soon, 20*time.Millisecond)
}
