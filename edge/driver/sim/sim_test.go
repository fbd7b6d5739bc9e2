package sim_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/edge/driver/sim"
)

func TestTheBoxWritesItsOutputsAndMakesEdges(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	i, err := sim.Driver{Seed: 1}.Open(driver.Box{
		StateDir: dir, Speed: 100, By: "agent", Animal: map[string]any{"reaction": "300ms", "accuracy": 1.0, "laziness": 0.0},
		Channels: []driver.Channel{{Name: "poke_1"}, {Name: "led_1", Output: true}, {Name: "door", Output: true, Safe: 1}},
	})
	require.NoError(t, err)
	box, ok := i.(*sim.Box)
	require.True(t, ok)
	edges := make(chan driver.Edge, 1000)
	require.NoError(t, box.Watch(func(e driver.Edge) {
		select {
		case edges <- e:
		default:
		}
	}))
	led, err := box.Output("led_1")
	require.NoError(t, err)
	_, err = box.Output("poke_1")
	require.Error(t, err)
	require.NoError(t, led.Set(1))
	first := <-edges
	require.Equal(t, "poke_1", first.Channel)
	require.True(t, first.High)
	require.LessOrEqual(t, first.At, driver.Now())
	second := <-edges
	require.False(t, second.High)
	require.Greater(t, second.At, first.At)
	require.NoError(t, box.Safe())
	require.NoError(t, box.Close())

	path := filepath.Join(dir, sim.OutputsFile)
	all, err := sim.ReadOutputs(path)
	require.NoError(t, err)
	require.Equal(t, map[string]float64{"led_1": 0, "door": 1}, sim.Levels(all))
	require.Equal(t, "agent", all[0].By)
	require.WithinDuration(t, time.Now(), time.Unix(0, all[len(all)-1].At), time.Minute)

	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, _ = f.WriteString(`{"t":1,"c":"led_1","v`) // cut by a power failure
	require.NoError(t, f.Close())
	again, err := sim.ReadOutputs(path)
	require.NoError(t, err)
	require.Equal(t, all, again)
}

func TestAnUnknownTraitIsRefused(t *testing.T) {
	t.Parallel()
	_, err := sim.Driver{}.Open(driver.Box{StateDir: t.TempDir(), Animal: map[string]any{"courage": 1}})
	require.ErrorContains(t, err, "courage")
}

func TestTheDefaultCurvesAreValid(t *testing.T) {
	t.Parallel()
	for channel, c := range sim.DefaultCalibrations() {
		require.NoError(t, c.Validate(), channel)
		open, ok := c.Open(3)
		require.True(t, ok)
		require.Equal(t, 30*time.Millisecond, open)
	}
}
