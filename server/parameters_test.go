package server_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
)

const setRunParameters = `mutation($in: SetRunParametersInput!) {
  setRunParameters(input: $in) { run { id } changes { name old new applies unconfirmed } }
}`

func TestLiveParametersAreSetAndTheRunSaysWhenTheyHold(t *testing.T) {
	t.Parallel()
	s := ready(t)
	id := s.begun()
	in := func(values any) map[string]any {
		return map[string]any{"in": map[string]any{"runId": id, "values": values, "reason": "it drinks little"}}
	}
	var got struct {
		SetRunParameters struct {
			Run     struct{ ID string }
			Changes []map[string]any
		}
	}
	s.ask(setRunParameters, in(map[string]any{"reward": 4.5})).into(t, &got)
	require.Equal(t, id, got.SetRunParameters.Run.ID)
	require.Equal(t, []map[string]any{
		{"name": "reward", "old": 3.0, "new": 4.5, "applies": "NEXT_TRIAL", "unconfirmed": []any{"rig-1"}},
	}, got.SetRunParameters.Changes)
	require.Equal(t, "it drinks little", s.runner.parameters[0].Why)
	require.NotEmpty(t, s.runner.parameters[0].By)
	require.Equal(t, map[string]json.RawMessage{"reward": json.RawMessage("4.5")}, s.runner.parameters[0].Values)

	for name, values := range map[string]any{"none": map[string]any{}, "a list": []any{1}, "a text": "reward=4"} {
		a := s.ask(setRunParameters, in(values))
		require.Equal(t, "INVALID", a.code(), name)
	}
	s.runner.err = &lab.Error{Code: lab.OutOfLimits, Field: "values.reward", Message: "Parameter reward: 11.0 is more than 10."}
	a := s.ask(setRunParameters, in(map[string]any{"reward": 11}))
	require.Equal(t, "OUT_OF_LIMITS", a.code())
	require.Equal(t, "values.reward", a.Errors[0].Extensions["field"])

	_, err := s.store.FinishRun(t.Context(), id, lab.RunStopped, "", "")
	require.NoError(t, err)
	require.Equal(t, "WRONG_STATE", s.ask(setRunParameters, in(map[string]any{"reward": 4})).code())
	require.Len(t, s.runner.parameters, 2)
}
