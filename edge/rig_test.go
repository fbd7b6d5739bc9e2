package edge_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/edge"
	"github.com/lics-lab/lics/edge/driver/sim"
)

func TestTheSimulatedRigIsValid(t *testing.T) {
	t.Parallel()
	r, err := edge.ParseRig([]byte(sim.DefaultRig()))
	require.NoError(t, err)
	require.Len(t, r.Hash(), 64)
}

func TestARigErrorNamesTheLine(t *testing.T) {
	t.Parallel()
	const good = "name: box\nchannels:\n  - name: led\n    direction: out\n    driver: sim\n    pin: 17\n    max_on: 2s\n"
	for _, tt := range []struct{ what, rig, want string }{
		{"good", good, ""},
		{"empty", "", "empty"},
		{"unknown key", good + "    colour: red\n", "8:5] unknown field"},
		{"no name", strings.Replace(good, "name: box\n", "", 1), "give it a name"},
		{"bad direction", strings.Replace(good, "out", "sideways", 1), `line 3: channel "led": direction is "sideways"`},
		{"bad name", strings.Replace(good, "led", "LED one", 1), `line 3: channel "LED one": a name is`},
		{"twice", good + "  - {name: led, direction: in, driver: sim}\n", "the name is used twice"},
		{"safe of an input", good + "  - {name: poke, direction: in, driver: sim, safe: 1}\n", "line 8: channel \"poke\": safe, max_on and calibration are for outputs"},
		{"bad polarity", good + "    polarity: up\n", "line 8: channel \"led\": polarity"},
		{"anchor", "name: &a box\nchannels: [*a, *a]\n", "line 1: anchors are not allowed"},
		{"syntax", "name: [", "rig:"},
		{"bad duration", good + "    debounce: soon\n", "rig:"},
	} {
		t.Run(tt.what, func(t *testing.T) {
			t.Parallel()
			_, err := edge.ParseRig([]byte(tt.rig))
			if tt.want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, tt.want)
		})
	}
}

func TestTheRigHashIsOfTheContent(t *testing.T) {
	t.Parallel()
	hash := func(s string) string {
		r, err := edge.ParseRig([]byte(s))
		require.NoError(t, err)
		return r.Hash()
	}
	a := hash("name: b\nchannels:\n  - {name: led, direction: out, driver: sim, max_on: 1s}\n")
	require.Equal(t, a, hash("# comment\nchannels:\n  - {driver: sim, max_on: 1000ms, direction: out, name: led}\nname: b\n"))
	require.NotEqual(t, a, hash("name: b\nchannels:\n  - {name: led, direction: out, driver: sim, max_on: 2s}\n"))
}

func FuzzParseRig(f *testing.F) {
	f.Add([]byte(sim.DefaultRig()))
	f.Add([]byte("name: a\nchannels: [1]\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, err := edge.ParseRig(b); err == nil {
			require.NotEmpty(t, r.Hash())
		}
	})
}
