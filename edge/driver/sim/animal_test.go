package sim_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/edge/driver/sim"
)

var (
	fiveIn  = []string{"poke_1", "poke_2", "poke_3", "poke_4", "poke_5", "poke_6"}
	fiveOut = []string{"led_1", "led_2", "led_3", "led_4", "led_5", "led_6", "pump", "house_light"}
)

// until lets the animal live until it enters an input, and gives which.
func until(t *testing.T, a *sim.Animal, limit time.Duration) (string, time.Duration) {
	t.Helper()
	for {
		at, channel, high, ok := a.Next()
		if !ok || at > limit {
			return "", limit
		}
		a.Pop()
		if high {
			return channel, at
		}
	}
}

func TestTheSameSeedIsTheSameAnimal(t *testing.T) {
	t.Parallel()
	life := func(seed uint64) string {
		a := sim.NewAnimal(sim.AnimalConfig{}, seed, fiveIn, fiveOut)
		var b strings.Builder
		for i := range 200 {
			at, channel, high, ok := a.Next()
			require.True(t, ok)
			fmt.Fprintln(&b, at, channel, high)
			a.Pop()
			if i%7 == 0 {
				a.Output(at, fiveOut[i%5], 1)
				a.Output(at, fiveOut[i%5], 0)
			}
		}
		return b.String()
	}
	first := life(1)
	require.Equal(t, first, life(1))
	require.NotEqual(t, first, life(2))
}

func TestTheAnimalHasOneBody(t *testing.T) {
	t.Parallel()
	a := sim.NewAnimal(sim.AnimalConfig{}, 3, fiveIn, fiveOut)
	in, last := "", time.Duration(0)
	for i := range 5000 {
		at, channel, high, ok := a.Next()
		require.True(t, ok)
		require.GreaterOrEqual(t, at, last)
		last = at
		if high {
			require.Empty(t, in)
			in = channel
		} else {
			require.Equal(t, in, channel)
			in = ""
		}
		a.Pop()
		if i%3 == 0 {
			out := fiveOut[i%len(fiveOut)]
			a.Output(at, out, 1)
			a.Output(at+time.Millisecond, out, 0)
		}
	}
}

func TestItAnswersTheFiveChoiceLights(t *testing.T) {
	t.Parallel()
	cfg := sim.DefaultAnimal()
	cfg.Impulsivity, cfg.Initiation = 0, 0
	a := sim.NewAnimal(cfg, 4, fiveIn, fiveOut)
	correct, wrong, omitted, magazine := 0, 0, 0, 0
	now := time.Duration(0)
	for i := range 2000 {
		now += 10 * time.Second
		n := i%5 + 1
		a.Output(now, fmt.Sprintf("led_%d", n), 1)
		a.Output(now+500*time.Millisecond, fmt.Sprintf("led_%d", n), 0)
		switch poke, at := until(t, a, now+5*time.Second); {
		case poke == "":
			omitted++
		case poke == fmt.Sprintf("poke_%d", n):
			require.Less(t, at-now, 4*time.Second)
			correct++
			a.Output(at, "led_6", 1)
			if poke, _ := until(t, a, at+5*time.Second); poke == "poke_6" {
				magazine++
			}
			a.Output(at+5*time.Second, "led_6", 0)
		default:
			wrong++
		}
		now += 10 * time.Second
	}
	require.InDelta(t, 0.85, float64(correct)/float64(correct+wrong), 0.03)
	require.InDelta(t, 0.06, float64(omitted)/2000, 0.02)
	require.Greater(t, magazine, correct*99/100)
}

func TestItHoldsTheCentrePortAndGoesToTheLight(t *testing.T) {
	t.Parallel()
	a := sim.NewAnimal(sim.AnimalConfig{}, 5, []string{"port_1", "port_2", "port_3"}, []string{"led_1", "led_2", "led_3", "valve_1", "valve_3"})
	held, tries, correct := 0, 0, 0
	for tries < 500 {
		at, channel, high, ok := a.Next()
		require.True(t, ok)
		a.Pop()
		if channel != "port_2" || !high {
			continue
		}
		tries++
		out, _, high, _ := a.Next()
		require.False(t, high)
		if out-at < 200*time.Millisecond {
			a.Pop()
			continue
		}
		held++
		a.Output(at+200*time.Millisecond, "led_1", 1)
		a.Pop() // leaves
		if port, at := until(t, a, at+10*time.Second); port == "port_1" {
			correct++
			a.Output(at, "led_1", 0)
			a.Output(at, "valve_1", 1)
			leave, channel, high, _ := a.Next()
			require.False(t, high)
			require.Equal(t, "port_1", channel)
			require.Greater(t, leave-at, 200*time.Millisecond, "it drinks")
			a.Output(at+30*time.Millisecond, "valve_1", 0)
		} else {
			a.Output(at, "led_1", 0)
		}
	}
	require.Greater(t, held, tries*8/10, "mostly longer than the cue delay")
	require.Greater(t, correct, held*7/10)
}

func TestItPressesAndCollects(t *testing.T) {
	t.Parallel()
	a := sim.NewAnimal(sim.AnimalConfig{}, 6, []string{"lever_1", "magazine"}, []string{"pellet", "house_light"})
	presses, collected := 0, 0
	for presses < 100 {
		channel, at := until(t, a, 24*time.Hour)
		if channel != "lever_1" {
			continue
		}
		presses++
		if presses%5 == 0 {
			a.Output(at, "pellet", 1)
			a.Output(at+50*time.Millisecond, "pellet", 0)
			if next, _ := until(t, a, 24*time.Hour); next == "magazine" {
				collected++
			}
		}
	}
	require.Equal(t, 20, collected)
}

func TestAnAnimalWithoutInputsRests(t *testing.T) {
	t.Parallel()
	a := sim.NewAnimal(sim.AnimalConfig{}, 7, nil, []string{"led_1"})
	a.Output(0, "led_1", 1)
	_, _, _, ok := a.Next()
	require.False(t, ok)
	a.Pop()
}
