package plan_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/plan/plantest"
)

func filled(t *testing.T, raw string) map[string]json.RawMessage {
	t.Helper()
	var m map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(raw), &m))
	return m
}

func TestAFormTakesWhatFitsAndSaysWhatDoesNot(t *testing.T) {
	t.Parallel()
	low, high, usual := 0.1, 100.0, 18.0
	form := plan.Form{
		{Name: "grams", Type: "float", Label: "Weight", Unit: "g", Required: true, Minimum: &low, Maximum: &high, PlausibleMinimum: &usual},
		{Name: "drops", Type: "int"},
		{Name: "site", Type: "string", Options: []string{"left ear", "right ear"}},
		{Name: "rest", Type: "duration", Maximum: &high},
	}
	for _, tt := range []struct {
		given, want string
		confirmed   bool
	}{
		{given: `{"grams": 20, "drops": 3, "site": "left ear", "rest": "90s"}`},
		{given: `{"grams": 20, "drops": null}`},
		{given: `{"grams": 12.5}`, want: "Weight is 12.5, and usually at least 18 g. Look again; if it is right, confirm it."},
		{given: `{"grams": 12.5}`, confirmed: true},
		{given: `{"grams": 0}`, confirmed: true, want: "Weight is 0, and must be between 0.1 and 100 g."},
		{given: `{}`, want: "Weight is needed."},
		{given: `{"grams": "heavy"}`, want: "Weight: "},
		{given: `{"grams": 20, "drops": 1.5}`, want: "drops: "},
		{given: `{"grams": 20, "site": "nose"}`, want: `must be one of left ear, right ear.`},
		{given: `{"grams": 20, "rest": "2min"}`, want: "rest is 120s, and must be at most 100."},
		{given: `{"grams": 20, "gram": 2}`, want: `no field "gram"`},
	} {
		values, err := form.Fill(filled(t, tt.given), tt.confirmed)
		if tt.want != "" {
			require.ErrorContains(t, err, tt.want, tt.given)
			continue
		}
		require.NoError(t, err, tt.given)
		require.Equal(t, expr.Float, values["grams"].Type())
	}
}

func TestAFormFillsInVariablesAndItsLimitsAreComputed(t *testing.T) {
	t.Parallel()
	p := plantest.Draw(t, "start -> human\nhuman -yes> end\nhuman -no> end")
	p.Node("human").Human.Form = []plan.Field{{Variable: "x", Minimum: "item + 2", PlausibleMaximum: "2.5"}, {Variable: "item", Required: true}}
	r, err := plan.NewRunner(p, nil, nil)
	require.NoError(t, err)
	a, err := r.Start()
	require.NoError(t, err)
	form := a.Start[0].Form
	require.InDelta(t, 2, *form[0].Minimum, 0)
	require.InDelta(t, 2.5, *form[0].PlausibleMaximum, 0)
	require.Equal(t, "int", form[1].Type)
	values, err := form.Fill(filled(t, `{"x": 2, "item": 7}`), false)
	require.NoError(t, err)
	_, err = restored(t, p, r).Complete("human/1", plan.Completion{Port: "no", Values: values})
	require.NoError(t, err)
	_, err = r.Complete("human/1", plan.Completion{Port: "no", Values: values})
	require.NoError(t, err)
	require.Equal(t, "2 7 no", r.Variables()["x"].String()+" "+r.Variables()["item"].String()+" "+r.Variables()["word"].Str())
}
