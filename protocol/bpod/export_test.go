package bpod_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/bpod"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/template"
)

func drawn(t *testing.T, raw []byte) *protocol.Graph {
	t.Helper()
	g, err := protocol.Parse(raw)
	require.NoError(t, err)
	return g
}

func said(ds []diagnostic.Diagnostic) string {
	var lines []string
	for _, d := range ds {
		lines = append(lines, d.String())
	}
	return strings.Join(lines, "\n") + "\n"
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile("testdata/"+name, []byte(got), 0o644))
	}
	require.Equal(t, string(file(t, name)), got)
}

func TestATaskDrawnForAnyBoxIsWrittenWithTheLinesOfABpod(t *testing.T) {
	t.Parallel()
	g := drawn(t, file(t, "drawn.json"))
	m, ds := bpod.Export(g, bpod.Options{})
	require.NotNil(t, m, said(ds))
	raw, err := m.Encode()
	require.NoError(t, err)
	golden(t, "drawn.bpod.json", string(raw))
	golden(t, "drawn.said", said(ds))

	m, ds = bpod.Export(g, bpod.Options{Parameters: map[string]json.RawMessage{"hold": json.RawMessage(`"1.5s"`)}})
	require.NotNil(t, m, said(ds))
	require.InDelta(t, 1.5, m.States[2].Timer, 0)
}

func TestWhatABpodCannotDoIsRefusedStateByState(t *testing.T) {
	t.Parallel()
	m, ds := bpod.Export(drawn(t, file(t, "unexportable.json")), bpod.Options{})
	require.Nil(t, m)
	golden(t, "unexportable.said", said(ds))
	for _, tpl := range template.All() { // whatever they use, each is written or refused with a reason
		m, ds := bpod.Export(drawn(t, tpl.Document), bpod.Options{})
		require.Equal(t, m == nil, diagnostic.HasErrors(ds), tpl.Name)
	}
}

func TestWhatLICSCannotCarryIsRefusedStateByState(t *testing.T) {
	t.Parallel()
	g, ds := bpod.Import(file(t, "refused.json"))
	require.Nil(t, g)
	golden(t, "refused.said", said(ds))
}

func TestBrokenFilesGetAClearWord(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		``:                                  "ends too early",
		`[]`:                                "no object",
		`{"states": {}}`:                    "has no states",
		`{"state": {}}`:                     `no field "state"`,
		`{"states": {"a": {"timer": "1"}}}`: "timer has the wrong type: it is a string",
		`{"states": {"a": {"timer": -1}}}`:  "from 0 to",
		`{"states": {"a": {}, "a": {}}}`:    "there twice",
		`{"states": {"a": {"transitions": {"Tup": "b"}}}}`:                            `no state "b"`,
		`{"states": {"a": {"actions": {"GlobalTimerTrig": 3}}}}`:                      "no global timer 3",
		`{"states": {"a": {}}, "global_timers": {"x": {"duration": 1}}}`:              "numbers from 0",
		`{"states": {"a": {}}, "global_timers": {"0": {}}}`:                           "global_timers.0 is empty",
		`{"states": {"a": {}}, "global_counters": {"0": {"event": "Port1_High"}}}`:    "needs a threshold",
		`{"states": {"a": {"transitions": {"Port1_High": "a", "Port1In": ">exit"}}}}`: "answered twice",
		`{"states": {"a": {"actions": {"BNC1": 1, "TTLOut1": 1}}}}`:                   "drives TTLOut1 twice",
		`{"states": {"a": {}}} x`:                                                     "something follows",
		`{"name": "` + strings.Repeat("x", 300) + `", "states": {"a": {"timer": 1}}}`: "name",
	} {
		g, ds := bpod.Import([]byte(raw))
		require.Nil(t, g, raw)
		require.Contains(t, said(ds), want, raw)
	}
}

func TestATaskIsChosenByItsName(t *testing.T) {
	t.Parallel()
	g := drawn(t, file(t, "drawn.json"))
	m, ds := bpod.Export(g, bpod.Options{Task: "another"})
	require.Nil(t, m)
	require.Contains(t, said(ds), `no task "another" (its tasks are poking)`)
	m, ds = bpod.Export(g, bpod.Options{Task: "poking"})
	require.NotNil(t, m, said(ds))
}
