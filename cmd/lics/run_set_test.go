package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLiveParametersAreSetByTheirTypesAndTheAnswerSaysWhenTheyHold(t *testing.T) {
	t.Parallel()
	f := newFakeServer(t)
	f.data["RunVersion"] = func(map[string]any) any {
		return map[string]any{"run": map[string]any{"protocolVersion": map[string]any{"id": "v1"}}}
	}
	f.data["Declarations"] = func(map[string]any) any {
		return map[string]any{"protocolVersion": map[string]any{"check": map[string]any{"parameters": []any{
			map[string]any{"name": "reward", "type": "float"}, map[string]any{"name": "hold", "type": "duration"},
		}}}}
	}
	var input map[string]any
	f.data["Set"] = func(v map[string]any) any {
		input, _ = v["input"].(map[string]any)
		return map[string]any{"setRunParameters": map[string]any{"changes": []any{
			map[string]any{"name": "reward", "old": 3, "new": 4, "applies": "NEXT_TRIAL", "unconfirmed": []any{"box-1"}},
			map[string]any{"name": "hold", "old": "1s", "new": "250ms", "applies": "NEXT_STEP", "unconfirmed": []any{}},
		}}}
	}
	out, errs, code := f.against(t.Context(), t, "run", "set", someRun, "reward=4", "hold=250ms", "--reason", "it drinks little")
	require.Zero(t, code, errs)
	require.Equal(t, map[string]any{
		"runId": someRun, "values": map[string]any{"reward": 4.0, "hold": "250ms"}, "reason": "it drinks little",
	}, input)
	require.Contains(t, out, "from the next trial after box-1 has heard")
	require.Regexp(t, `hold +1s +250ms +in what begins from now on`, out)

	for given, want := range map[string]string{
		"reward":      "reward: write name=value",
		"reward=much": "lics: reward: ",
		"rewards=4":   "rewards: the protocol has no such parameter. Did you mean reward?",
	} {
		_, errs, code := f.against(t.Context(), t, "run", "set", someRun, given)
		require.Equal(t, exitUsage, code)
		require.Contains(t, errs, want)
	}
}

func TestAChangeOfAParameterIsShownForPeople(t *testing.T) {
	t.Parallel()
	e := runEvent{Kind: "set_parameter", Name: "reward", Value: json.RawMessage(`{"old":3.0,"new":4.5,"by":"alice","why":"it drinks little"}`)}
	require.Equal(t, "reward: 3 → 4.5, by alice: it drinks little", e.text())
	e = runEvent{Kind: "parameter", Name: "hold", Value: json.RawMessage(`{"old":{"duration_ns":1000000},"new":{"duration_ns":2000000}}`)}
	require.Equal(t, "hold: 1ms → 2ms", e.text())
}
