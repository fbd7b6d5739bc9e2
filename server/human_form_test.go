package server_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
)

func TestAFormIsFilledInAsItAsks(t *testing.T) {
	t.Parallel()
	s := ready(t)
	run := s.begun()
	id := run + "/weigh/1"
	require.NoError(t, s.store.AskHuman(t.Context(), lab.HumanStep{
		ID: id, Run: run, Node: "weigh", Title: "Weigh", Sign: "I have looked.", Role: "technician",
		Form: json.RawMessage(`[{"name":"grams","type":"float","label":"Weight","required":true,"minimum":0.1,"plausible_minimum":18}]`),
	}))
	a := s.ask(`{ humanSteps { nodes { role also statement signature values form { name type label required minimum plausibleMinimum maximum options } } } }`, nil)
	require.JSONEq(t, `{"humanSteps":{"nodes":[{"role":"technician","also":"","statement":"I have looked.","signature":"","values":null,
		"form":[{"name":"grams","type":"float","label":"Weight","required":true,"minimum":0.1,"plausibleMinimum":18,"maximum":null,"options":[]}]}]}}`, string(a.Data))

	answer := `mutation($in: AnswerHumanStepInput!) { answerHumanStep(input: $in) { humanStep { values signature } } }`
	for _, tt := range []struct {
		in   map[string]any
		want string
	}{
		{map[string]any{}, "Sign with your name as it is known here, administrator: I have looked."},
		{map[string]any{"signature": "administrator"}, "Weight is needed."},
		{map[string]any{"signature": "administrator", "values": map[string]any{"grams": 12}}, "usually at least 18"},
		{map[string]any{"signature": "administrator", "values": map[string]any{"grams": 0}, "confirm": true}, "must be at least 0.1"},
		{map[string]any{"signature": "administrator", "values": []int{1}}, "The values are an object"},
	} {
		tt.in["id"] = id
		a := s.ask(answer, map[string]any{"in": tt.in})
		require.Equal(t, "INVALID", a.code())
		require.Contains(t, a.Errors[0].Message, tt.want)
	}
	a = s.ask(answer, map[string]any{"in": map[string]any{"id": id, "signature": "administrator", "values": map[string]any{"grams": 12}, "confirm": true}})
	require.JSONEq(t, `{"answerHumanStep":{"humanStep":{"values":{"grams":12},"signature":"administrator"}}}`, string(a.Data))
}
